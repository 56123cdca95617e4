// RFC 4204 §6.3, Figure 2
using System.Diagnostics;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// Lets the planted fibre faults happen in their time, and compares what each node says it receives, and where the fault is, with the light there
/// really is.
/// </summary>
/// <param name="network">The nodes, and the light between them.</param>
/// <param name="topology">The lab, with its faults.</param>
/// <param name="tell">Tells a line.</param>
/// <param name="go">Goes on with another line of the same.</param>
internal sealed class LabFibreStory(LabNetwork network, LabTopology topology, Action<string> tell, Action<string> go)
{
    private readonly List<string> _unexpected = [];
    private readonly HashSet<LabFibreFault> _found = [];
    private Dictionary<LabPort, SignalState> _light = [];

    /// <summary>Faults whose effect was seen at exactly the receivers that it darkened, localized to the right link, and gone with the repair.</summary>
    public int Found => _found.Count;

    /// <summary>What was not seen as it is.</summary>
    public IReadOnlyList<string> Unexpected => _unexpected;

    /// <summary>The ends of links that still receive no good signal, and their other ends.</summary>
    public IReadOnlySet<LabPort> Lasting { get; private set; } = new HashSet<LabPort>();

    /// <summary>Lets everything happen.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        _light = Light();
        var start = Stopwatch.GetTimestamp();
        var events = topology.FibreFaults.Select(f => (At: f.After, Fault: f, IsRepair: false))
            .Concat(topology.FibreFaults.Where(f => f.RepairAfter is not null).Select(f => (At: f.After + f.RepairAfter!.Value, Fault: f, IsRepair: true)))
            .OrderBy(e => e.At);
        foreach (var (at, fault, isRepair) in events)
        {
            if (at - Stopwatch.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, cancellation);
            await TellAsync(fault, isRepair, cancellation);
        }

        var failing = _light.Where(p => p.Value != SignalState.Ok).Select(p => p.Key).ToHashSet();
        Lasting = topology.Links.Where(l => failing.Contains(l.A) || failing.Contains(l.B)).SelectMany(l => l.Ends).Select(e => e.Here).ToHashSet();
    }

    private async Task TellAsync(LabFibreFault fault, bool isRepair, CancellationToken cancellation)
    {
        tell($"{(isRepair ? "REPAIRED" : fault.What.ToUpperInvariant())}: {fault.Fibres}");
        if (isRepair) network.Optics.Repair(fault);
        else network.Optics.Strike(fault);

        var before = _light;
        _light = Light();
        LabView view = null!;
        var seen = await LabWait.UntilAsync(
            async c =>
            {
                view = await LabView.LookAsync(network, c);
                return _light.All(p => Sees(view.Ports[p.Key], p.Value));
            },
            cancellation);
        if (!seen)
        {
            _found.Remove(fault);
            foreach (var (port, signal) in _light)
            {
                if (Sees(view.Ports[port], signal)) continue;
                var says = Word(view.Ports[port].Signal);
                _unexpected.Add($"{fault.Fibres} {(isRepair ? "repaired" : fault.What)}: {port} should receive {Word(signal)}, says {says}");
            }

            return;
        }

        var changed = _light.Where(p => p.Value != before[p.Key]).GroupBy(p => p.Value, p => p.Key).ToList();
        foreach (var ports in changed) tell($"{Word(ports.Key)} at {string.Join(", ", ports)}: told by {(ports.Count() == 1 ? "its node" : "their nodes")}");
        if (!await LocalizedAsync(fault, isRepair, LabLocalization.Faulty(topology, before), cancellation)) return;
        if (!isRepair && changed.Count > 0) _found.Add(fault);
        else if (!isRepair) _unexpected.Add($"{fault.Fibres} {fault.What}: no receiver noticed");
    }

    private async Task<bool> LocalizedAsync(LabFibreFault fault, bool isRepair, List<LabLink> before, CancellationToken cancellation)
    {
        List<string> differences = [];
        var agreed = await LabWait.UntilAsync(
            async c => (differences = LabLocalization.Differences(topology, _light, await LabView.LookAsync(network, c))).Count == 0,
            cancellation);
        if (!agreed)
        {
            _found.Remove(fault);
            _unexpected.AddRange(differences.Select(d => $"{fault.Fibres} {(isRepair ? "repaired" : fault.What)}: {d}"));
            return false;
        }

        var (now, bad) = (LabLocalization.Faulty(topology, _light), _light.Where(p => p.Value != SignalState.Ok).Select(p => p.Key).ToList());
        foreach (var link in now.Except(before))
        {
            tell($"FAULT LOCALIZED between {link.A} and {link.B}: both nodes say so (ChannelStatus)");
            go($"suppressed  {bad.Count} {(bad.Count == 1 ? "alarm" : "alarms")}, at {string.Join(", ", bad)}: {(bad.Count == 1 ? "it points" : "they point")} to the cause");
            go($"to do       look at the fibre between {link.A} and {link.B}, and at these two ports");
        }

        foreach (var link in before.Except(now)) tell($"no fault between {link.A} and {link.B} any more{(bad.Count == 0 ? "; all clear" : "")}");
        return true;
    }

    // An alarm while there is something wrong, and none while there is not.
    private static bool Sees(LabPortView port, SignalState signal) =>
        port.Signal == signal && port.Has(AlarmKind.SignalFail) == (signal == SignalState.Fail) && port.Has(AlarmKind.SignalDegrade) == (signal == SignalState.Degrade);

    private Dictionary<LabPort, SignalState> Light() => topology.Links.SelectMany(l => l.Ends).ToDictionary(e => e.Here, e => network.Optics.ReceivedAt(e.Here));

    private static string Word(SignalState signal) => signal switch
    {
        SignalState.Ok => "a good signal",
        SignalState.Degrade => "a degraded signal",
        SignalState.Fail => "no signal",
        _ => "an unknown signal",
    };
}
