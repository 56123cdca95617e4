// RFC 4204 §6.2
namespace OpenLmp.Cli.Lab;

/// <summary>Between which two ports a fault is.</summary>
internal sealed class LabFaultTruth(LabNetwork network, LabReport report, LabSignalTruth signals) : LabTruth(network, report)
{
    private List<LabLink> _before = [];
    private List<LabLink> _faulty = [];

    public override void Happened(LabStep step) => (_before, _faulty) = (_faulty, LabLocalization.Faulty(Topology, signals.Light));

    public override IEnumerable<string> Differences(LabView view) => LabLocalization.Differences(Topology, signals.Light, view);

    public override bool Tell(LabStep step, LabView view)
    {
        var bad = signals.Bad.ToList();
        foreach (var link in _faulty.Except(_before))
        {
            Report.Tell($"FAULT LOCALIZED between {link.A} and {link.B}: both nodes say so (ChannelStatus)");
            Report.Continue($"suppressed  {bad.Count} {(bad.Count == 1 ? "alarm" : "alarms")}, at {string.Join(", ", bad)}: {(bad.Count == 1 ? "it points" : "they point")} to the cause");
            Report.Continue($"to do       look at the fibre between {link.A} and {link.B}, and at these two ports");
        }

        foreach (var link in _before.Except(_faulty)) Report.Tell($"no fault between {link.A} and {link.B} any more{(bad.Count == 0 ? "; all clear" : "")}");
        return signals.HasChanged && step is LabFibreStep or LabLaserStep;
    }
}
