// RFC 5818 §3: connections set up or deleted at one end only leave stranded resources behind.
using OpenLmp.Api;

namespace OpenLmp.Cli.Lab;

/// <summary>A data link is allocated or released at one of its ends, and nobody tells the other.</summary>
/// <param name="At">When.</param>
/// <param name="Port">The end.</param>
/// <param name="Allocate">Allocated; otherwise released.</param>
/// <param name="Strands">Whether its ends differ then.</param>
internal sealed record LabAllocationStep(TimeSpan At, LabPort Port, bool Allocate, bool Strands) : LabStep(At)
{
    public override string Headline => $"{What.ToUpperInvariant()}{(Strands ? $" AT {Port.Node.Name} ONLY" : "")}: {Port}";

    public override string Plan => $"{Port} {What}{(Strands ? $" at {Port.Node.Name} only" : "")}";

    public override bool IsPlanted => Strands;

    public override bool IsSilent => true;

    public override string Undone => "put right";

    private string What => Allocate ? "allocated" : "released";

    public override Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        string[] names = [network.Topology.DataLinkNameOf(Port)];
        return network.OperateAsync(Port.Node, (n, now) => Allocate ? n.Allocate(now, names) : n.Release(now, names), cancellation);
    }
}

/// <summary>An operator lets both ends of a TE link compare what is in use (RFC 5818 §6).</summary>
/// <param name="At">When.</param>
/// <param name="Node">The node that asks.</param>
/// <param name="Neighbor">The one that is asked.</param>
internal sealed record LabConfirmStep(TimeSpan At, LabNode Node, LabNode Neighbor) : LabStep(At)
{
    public override string Headline => $"CONFIRM: {Plan} (lmp te-link confirm {TeLink})";

    public override string Plan => $"{Node.Name} compares with {Neighbor.Name} which data channels are in use";

    private string TeLink => LabNode.TeLinkTo(Neighbor);

    public override async Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        // Where nothing differs there is no alarm to wait for.
        using var events = network[Node].Events.Subscribe();
        var why = await network.OperateAsync(Node, (n, now) => n.Confirm(now, TeLink), cancellation);
        if (why is not null) return why;
        await foreach (var e in events.Reader.ReadAllAsync(cancellation))
            if (e.Event.Type == EventTypes.Confirmation && e.Event.Object == TeLink) break;
        return null;
    }
}
