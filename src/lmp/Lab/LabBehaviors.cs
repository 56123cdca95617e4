// RFC 6898 §4
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Tells which neighbours take part in behaviour negotiation, and compares that with which ones can.</summary>
/// <param name="network">The nodes.</param>
/// <param name="told">The lab as it is told.</param>
/// <param name="report">Where it is told.</param>
internal sealed class LabBehaviors(LabNetwork network, LabTopology told, LabReport report)
{
    /// <summary>Waits until every node has settled it with each neighbour.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        List<string> differences = [];
        var reasons = new Dictionary<(LabNode Node, LabNode Neighbor), string>();
        await LabWait.UntilAsync(
            async c =>
            {
                differences.Clear();
                foreach (var (a, b) in told.Adjacencies)
                    foreach (var (here, there) in ((LabNode, LabNode)[])[(a, b), (b, a)])
                    {
                        var expected = here.IsOld || there.IsOld ? BehaviorSupport.Legacy : BehaviorSupport.Negotiated;
                        var (support, reason) = await network.LookAsync(here, n => n.Neighbors.Where(x => x.Name == there.Name).Select(x => (x.BehaviorSupport, x.LegacyReason)).Single(), c);
                        reasons[(here, there)] = reason;
                        if (support != expected) differences.Add($"{here.Name} says that {there.Name} is {Word(support)} (RFC 6898), it is {Word(expected)}");
                    }

                return differences.Count == 0;
            },
            cancellation);

        foreach (var difference in differences) report.Differs(difference);
        foreach (var old in told.Nodes.Where(n => n.IsOld))
        {
            var neighbors = told.Adjacencies.Where(p => p.A == old || p.B == old).Select(p => p.A == old ? p.B : p.A).ToList();
            report.Tell($"OLD NEIGHBOUR {old.Name}: up without BehaviorConfig, with RFC 4204 alone: no traces (RFC 4207), no status confirmation (RFC 5818)");
            foreach (var neighbor in neighbors) report.Continue($"{neighbor.Name} says  {old.Name} is {Word(BehaviorSupport.Legacy)}: {reasons[(neighbor, old)]}");
            if (differences.Count == 0) report.Count();
        }
    }

    private static string Word(BehaviorSupport support) => support switch
    {
        BehaviorSupport.Legacy => "legacy",
        BehaviorSupport.Negotiated => "one that takes part in behaviour negotiation",
        _ => "unknown",
    };
}
