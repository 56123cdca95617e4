using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// What can be known of one end of a data link by looking at the light itself, and by nobody's word: where a fault of it is (RFC 4204 §6.2).
/// </summary>
internal sealed class LinkTruth
{
    public LinkTruth(World world, DataLinkPlan plan, LinkEnd end)
    {
        (Plan, End, Node) = (plan, end, world[end.Node]);
        var beyond = plan.Beyond(end.Node);
        (Far, var far) = (world[beyond.Node], world.Lights.Port(beyond.Node, beyond.Name));
        Port = world.Lights.Port(end.Node, end.Name);
        (Link, var other) = (Node.Lmp?.FindPort(end.Name), Far.Lmp?.FindPort(beyond.Name));
        IsSwapped = world.Lights.IsSwapped(Port) || world.Lights.IsSwapped(far);
        IsSilent = world.Lights.IsSilent(Port);
        IsFree = !world.Operators.IsInUse(plan);
        IsSound = !world.Lights.IsDisturbed(plan);
        if (Link is null || other is null) return;
        IsMapped = Link.RemoteId == beyond.Id && other.RemoteId == end.Id;

        var (input, output) = (far.CrossConnect?.Received ?? SignalState.Ok, Port.CrossConnect?.Received ?? SignalState.Ok);
        IsFaultReceived = Link.IsWatched && Port.Received.Rank() > input.Rank();
        MayFaultBeSent = Link.IsWatched && far.Received.Rank() > output.Rank();
        IsFaultSent = MayFaultBeSent && other.IsWatched;
        IsFailed = (IsFaultReceived && Port.Received == SignalState.Fail) || (IsFaultSent && far.Received == SignalState.Fail);
    }

    public DataLinkPlan Plan { get; }

    public LinkEnd End { get; }

    public SimulatedNode Node { get; }

    public SimulatedNode Far { get; }

    /// <summary>The data link as its node has it; null: it is not configured, or no process runs.</summary>
    public DataLink? Link { get; }

    public OpticalPort Port { get; }

    public bool IsSwapped { get; }

    /// <summary>
    /// Whether both nodes know that these two ends belong together. Where that is to be learned and no light gets through it cannot be, nor can the two
    /// speak of the data link.
    /// </summary>
    public bool IsMapped { get; }

    /// <summary>Whether Test messages that are sent here get lost.</summary>
    public bool IsSilent { get; }

    /// <summary>Whether no traffic uses it, at either end.</summary>
    public bool IsFree { get; }

    /// <summary>Whether nothing is wrong between its two ends.</summary>
    public bool IsSound { get; }

    /// <summary>Whether what arrives here went wrong between the two ends; and the same at the other end.</summary>
    public bool IsFaultReceived { get; }

    public bool IsFaultSent { get; }

    /// <summary>
    /// Whether it went wrong for the other end, which may have told of it before it ceased to watch (RFC 4204 §6.5).
    /// </summary>
    public bool MayFaultBeSent { get; }

    /// <summary>Whether no usable light comes through between the two ends, one way or the other.</summary>
    public bool IsFailed { get; }

    /// <summary>Whether a fault has to be localized here; and whether one may be.</summary>
    public bool IsLocalized => Plan.TeLink.IsFaultManaged && (IsFaultReceived || IsFaultSent);

    public bool MayBeLocalized => Plan.TeLink.IsFaultManaged && (IsFaultReceived || MayFaultBeSent);

    /// <summary>The two ends of every data link of the blueprint.</summary>
    public static IEnumerable<LinkTruth> All(World world) =>
        world.Blueprint.DataLinks.SelectMany(l => (LinkTruth[])[new LinkTruth(world, l, l.A), new LinkTruth(world, l, l.B)]);

    /// <summary>The alarm of that kind about the data link; null: none, or it is cleared.</summary>
    public Alarm? Alarm(AlarmKind kind) => Node.Lmp?.Alarms.Find(kind, End.Name) is { State: not AlarmState.Cleared } alarm ? alarm : null;
}
