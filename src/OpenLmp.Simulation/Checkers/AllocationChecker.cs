using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// No allocation is lost or invented (RFC 4204 §8): what operators ordered is so until they order otherwise, over crashes, too. After a restart, and
/// only then, the neighbour's word may change it, to what the neighbour has.
/// </summary>
internal sealed class AllocationChecker(World world) : Checker(world)
{
    // A LinkSummary may still be on its way, or be held back at a slow end, that was true when it was sent.
    private static readonly long MayBeOld = 30 * Timeline.Second;

    private readonly Dictionary<LinkEnd, Belief> _beliefs = [];
    private LinkEnd? _ordering;

    public override string Name => "allocations";

    /// <summary>Whether a data link is allocated at an end, as far as that is known; null: it is to be learned, or its last order is not confirmed.</summary>
    public bool? Is(LinkEnd end) => Of(end).Value;

    /// <summary>Whether a node has lost what it knew of a data link, and its neighbour has not.</summary>
    public bool IsToBeLearned(LinkEnd end) => Of(end).Value is null && Of(Other(end)).Value == true;

    public bool MayBeAllocated(DataLinkPlan link) => Of(link.A).Value != false || Of(link.B).Value != false;

    /// <summary>An operator's order; true if it is carried out.</summary>
    public bool Order(SimulatedNode node, LinkEnd end, bool allocated)
    {
        var belief = Of(end);
        var wasConfirmed = belief.IsConfirmed;
        belief.IsConfirmed = false;
        _ordering = end;
        var result = node.Command(
            (n, now) => allocated ? n.Allocate(now, [end.Name]) : n.Release(now, [end.Name]),
            confirmed: () => belief.IsConfirmed = true);
        _ordering = null;
        // Not configured at the moment: it is free then, and stays so.
        if (!allocated && result.Status == CommandStatus.NotFound) return true;
        if (result.Status != CommandStatus.Ok)
        {
            belief.IsConfirmed = wasConfirmed;
            return false;
        }

        belief.Set(World.Timeline.Now, allocated);
        return true;
    }

    public override void Started(SimulatedNode node, bool withState)
    {
        foreach (var (end, belief) in EndsOf(node))
        {
            var actual = node.Lmp?.FindPort(end.Name)?.Allocated ?? false;
            belief.MayLearn = true;
            if (!withState)
            {
                if (actual) Violate(node, $"{end.Name} is allocated after the loss of all state");
                belief.Set(World.Timeline.Now, null);
            }
            else if (belief.Value is { } value && belief.IsConfirmed && actual != value)
            {
                Violate(node, $"{end.Name} was {Words(value)}, and is {Words(actual)} after a restart with state");
            }
            else if (belief.Value is not null)
            {
                // An order that was not confirmed when the process ended may have become durable or not.
                belief.Set(World.Timeline.Now, actual);
            }
        }
    }

    public override void Told(SimulatedNode node, NodeEvent e)
    {
        if (e is not AllocationChanged changed) return;
        var plan = World.Blueprint.Find(node.Number, changed.DataLink.Name);
        var end = plan.At(node.Number);
        if (_ordering == end) return;
        var (belief, other) = (Of(end), Of(Other(end)));
        if (!belief.MayLearn) Violate(node, $"{end.Name} is {Words(changed.Allocated)} now, and nobody ordered that: {changed.Reason}");
        else if (!other.MayHaveBeen(changed.Allocated, World.Timeline.Now - MayBeOld))
            Violate(node, $"{end.Name} is {Words(changed.Allocated)} now by the word of its neighbour, which has it {Words(!changed.Allocated)}: {changed.Reason}");
        belief.Set(World.Timeline.Now, changed.Allocated);
        belief.IsConfirmed = false;
    }

    public override void Check(Calm calm)
    {
        foreach (var link in World.Blueprint.DataLinks)
        {
            var (a, b) = (Of(link.A), Of(link.B));
            var known = a.Value ?? b.Value;
            foreach (var (end, belief) in (ReadOnlySpan<(LinkEnd, Belief)>)[(link.A, a), (link.B, b)])
            {
                var node = World[end.Node];
                if (node.Lmp?.FindPort(end.Name) is not { } actual) continue;
                var expected = belief.Value ?? known ?? false;
                if (actual.Allocated != expected) Violate(node, $"{end.Name} is {Words(actual.Allocated)}, and should be {Words(expected)}");
                belief.Set(World.Timeline.Now, actual.Allocated);
                (belief.IsConfirmed, belief.MayLearn) = (true, false);
            }

            if (a.Value != b.Value) Violate(null, $"{link} is {Words(a.Value == true)} at {link.A.Node.Name()} and {Words(b.Value == true)} at {link.B.Node.Name()}");
        }
    }

    private static string Words(bool allocated) => allocated ? "allocated" : "free";

    private IEnumerable<(LinkEnd End, Belief Belief)> EndsOf(SimulatedNode node) =>
        World.Blueprint.DataLinks.Where(l => l.A.Node == node.Number || l.B.Node == node.Number).Select(l => (l.At(node.Number), Of(l.At(node.Number))));

    private LinkEnd Other(LinkEnd end) => World.Blueprint.Find(end.Node, end.Name).Beyond(end.Node);

    private Belief Of(LinkEnd end)
    {
        if (!_beliefs.TryGetValue(end, out var belief)) _beliefs.Add(end, belief = new Belief());
        return belief;
    }

    private sealed class Belief
    {
        private bool? _before = false;
        private long _since;

        public bool? Value { get; private set; } = false;

        /// <summary>Whether the last order was answered as done and durable.</summary>
        public bool IsConfirmed { get; set; } = true;

        /// <summary>Whether the node was restarted, and may take its neighbour's word.</summary>
        public bool MayLearn { get; set; }

        public void Set(long now, bool? value)
        {
            if (value == Value) return;
            (_before, Value, _since) = (Value, value, now);
        }

        public bool MayHaveBeen(bool value, long since) => Value is null || Value == value || (_since >= since && (_before is null || _before == value));
    }
}
