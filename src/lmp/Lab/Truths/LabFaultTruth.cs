// RFC 4204 §6.2
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Between which two ports a fault is.</summary>
internal sealed class LabFaultTruth(LabNetwork network, LabReport report, LabSignalTruth signals) : LabTruth(network, report)
{
    private const int MostNamed = 8;

    private List<LabLink> _before = [];
    private List<LabLink> _faulty = [];

    public override void Happened(LabStep step) => (_before, _faulty) = (_faulty, LabLocalization.Faulty(Topology, signals.Light));

    public override IEnumerable<string> Differences(LabView view) => LabLocalization.Differences(Topology, signals.Light, view);

    public override bool Tell(LabStep step, LabView view)
    {
        var bad = signals.Bad.ToList();
        var isFirst = true;
        foreach (var links in Together(_faulty.Except(_before)))
        {
            Report.Tell($"FAULT LOCALIZED between {Where(links)}: both nodes say so (ChannelStatus)");
            if (isFirst) Report.Continue($"suppressed  {bad.Count} {(bad.Count == 1 ? "alarm" : "alarms")}, at {Places(bad)}: {(bad.Count == 1 ? "it points" : "they point")} to the cause");
            isFirst = false;
            if (links[0].Through is not null)
                foreach (var (here, _) in links[0].Ends) Report.Continue($"{here.Node.Name} says  {view.Ports[here].Alarms[AlarmKind.FaultLocalized]}");
            else if (links.Count > 1) Report.Continue($"to do       look at what these have in common between {links[0].A.Node.Name} and {links[0].B.Node.Name}: cable, line cards, lasers");
            else Report.Continue($"to do       look at the fibre between {links[0].A} and {links[0].B}, and at these two ports");
        }

        foreach (var links in Together(_before.Except(_faulty))) Report.Tell($"no fault between {Where(links)} any more{(bad.Count == 0 ? "; all clear" : "")}");
        return signals.HasChanged && step is LabFibreStep or LabLaserStep;
    }

    /// <summary>Ports for people: each, or how many at which node where they are many.</summary>
    public static string Places(IReadOnlyCollection<LabPort> ports) => ports.Count <= MostNamed ? string.Join(", ", ports)
        : string.Join(", ", ports.GroupBy(p => p.Node).Select(n => $"{n.Key.Name} ({n.Count()} ports)"));

    private static IEnumerable<List<LabLink>> Together(IEnumerable<LabLink> links) => links.GroupBy(LabTopology.AdjacencyOf).Select(g => g.ToList());

    private string Where(List<LabLink> links)
    {
        var (a, b) = (links[0].A.Node, links[0].B.Node);
        return links.Count == 1 ? $"{links[0].A} and {links[0].B}"
            : $"{a.Name} and {b.Name}, on {links.Count} of {Topology.Links.Count(l => l.Joins(a, b))} data links, {links[0]} to {links[^1]}";
    }
}
