using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// Nothing grows without bound: what a node sends for one input, how often it acts without time going on, how much it sends in a calm, and what it
/// remembers, as far as that shows.
/// </summary>
internal sealed class BoundsChecker(World world) : Checker(world)
{
    // Inputs at one instant: everything at one node may be due at once, but not again and again.
    private const int MostAtOnce = 2000;

    private readonly Count[] _counts = [.. world.Nodes.Select(_ => new Count())];
    private readonly int[] _most = [.. world.Nodes.Select(n => Most(world.Blueprint, n.Number))];

    public override string Name => "bounds";

    public override void Starting(SimulatedNode node) => _counts[node.Number] = new Count();

    public override void Sent(SimulatedNode node, ControlChannel channel, ReadOnlySpan<byte> bytes) => _counts[node.Number].SentNow++;

    public override void Handled(SimulatedNode node)
    {
        var count = _counts[node.Number];
        var now = World.Timeline.Now;
        if (count.SentNow > _most[node.Number]) Violate(node, $"{count.SentNow} messages for one input");
        count.SentNow = 0;
        if (now != count.At) (count.At, count.Inputs) = (now, 0);
        if (++count.Inputs > MostAtOnce) Violate(node, $"{count.Inputs} inputs at one instant: no time goes on");
    }

    public override void Check(Calm calm)
    {
        foreach (var node in World.Nodes)
        {
            if (node.Lmp is not { } lmp) continue;
            var live = lmp.Alarms.All.Count(a => a.State != AlarmState.Cleared);
            if (lmp.Alarms.All.Count - live > AlarmTable.MaxCleared) Violate(node, $"{lmp.Alarms.All.Count - live} cleared alarms are kept");
            if (lmp.NextDeadline == Instant.Never) Violate(node, "it waits for nothing, with control channels that need Hello");
        }
    }

    // Each channel, TE link and data link may have something to say, and an answer to give.
    private static int Most(Blueprint blueprint, int node) =>
        32 + (4 * (blueprint.Channels.Count(c => c.A.Node == node || c.B.Node == node) + blueprint.DataLinks.Count(l => l.A.Node == node || l.B.Node == node)));

    private sealed class Count
    {
        public long At { get; set; } = -1;

        public int Inputs { get; set; }

        public int SentNow { get; set; }
    }
}
