// RFC 4204 §6.1
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>What each port receives: the light there really is.</summary>
internal sealed class LabSignalTruth(LabNetwork network, LabReport report) : LabTruth(network, report)
{
    private Dictionary<LabPort, SignalState> _before = [];

    /// <summary>What arrives at each port.</summary>
    public IReadOnlyDictionary<LabPort, SignalState> Light { get; private set; } = Look(network);

    /// <summary>The ports that receive no good signal, in the order of the file.</summary>
    public IEnumerable<LabPort> Bad => Light.Where(p => p.Value != SignalState.Ok).Select(p => p.Key);

    public override void Happened(LabStep step) => (_before, Light) = (new(Light), Look(Network));

    public override IEnumerable<string> Differences(LabView view) =>
        Light.Where(p => !Sees(view.Ports[p.Key], p.Value)).Select(p => $"{p.Key} should receive {Word(p.Value)}, says {Word(view.Ports[p.Key].Signal)}");

    public override bool Tell(LabStep step, LabView view)
    {
        var changed = Light.Where(p => p.Value != _before[p.Key]).GroupBy(p => p.Value, p => p.Key).ToList();
        foreach (var ports in changed) Report.Tell($"{Word(ports.Key)} at {LabFaultTruth.Places([.. ports])}: told by {(ports.Count() == 1 ? "its node" : "their nodes")}");
        // Found is what is localized, too.
        return false;
    }

    /// <summary>Whether anything arrives otherwise than before the last step.</summary>
    public bool HasChanged => Light.Any(p => p.Value != _before[p.Key]);

    public override bool Explains(LabPort port, AlarmKind kind) => ExplainsDown(port);

    public override bool ExplainsDown(LabPort port) => Topology.LinkOf(port).Ends.Any(e => Light[e.Here] != SignalState.Ok);

    // An alarm while there is something wrong, and none while there is not.
    private static bool Sees(LabPortView port, SignalState signal) =>
        port.Signal == signal && port.Has(AlarmKind.SignalFail) == (signal == SignalState.Fail) && port.Has(AlarmKind.SignalDegrade) == (signal == SignalState.Degrade);

    private static Dictionary<LabPort, SignalState> Look(LabNetwork network) =>
        network.Topology.Links.SelectMany(l => l.Ends).ToDictionary(e => e.Here, e => network.Optics.ReceivedAt(e.Here));

    private static string Word(SignalState signal) => signal switch
    {
        SignalState.Ok => "a good signal",
        SignalState.Degrade => "a degraded signal",
        SignalState.Fail => "no signal",
        _ => "an unknown signal",
    };
}
