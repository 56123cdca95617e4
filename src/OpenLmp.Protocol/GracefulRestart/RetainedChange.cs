// RFC 4204 §8: what has to be written down so that a restart does not lose it.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// A change of what a node retains, told by <see cref="INodeOutput.Retain"/>: a closed set. Each says all there is to say of its object, so that
/// of several about the same object (equal <see cref="Key"/>) the last counts.
/// </summary>
public abstract record RetainedChange
{
    /// <summary>The neighbour that is told of it by the messages which follow it; null: none.</summary>
    public virtual NodeId? Neighbor => null;

    /// <summary>What it is about, such as <c>data-link te1-1</c>.</summary>
    public abstract string Key { get; }
}

/// <summary>A data link was learned, verified, allocated or released.</summary>
public sealed record DataLinkRetained(RetainedDataLink Link) : RetainedChange
{
    /// <inheritdoc/>
    public override NodeId? Neighbor => Link.Neighbor;

    /// <inheritdoc/>
    public override string Key => $"data-link {Link.Name}";
}

/// <summary>There is nothing left to remember of a data link, or it is no longer configured.</summary>
public sealed record DataLinkForgotten(string Name, NodeId LastNeighbor) : RetainedChange
{
    /// <inheritdoc/>
    public override NodeId? Neighbor => LastNeighbor;

    /// <inheritdoc/>
    public override string Key => $"data-link {Name}";
}

/// <summary>The other end of a TE link was learned.</summary>
public sealed record TeLinkRetained(RetainedTeLink Link) : RetainedChange
{
    /// <inheritdoc/>
    public override NodeId? Neighbor => Link.Neighbor;

    /// <inheritdoc/>
    public override string Key => $"te-link {Link.Name}";
}

/// <summary>The other end of a TE link is configured now, or the TE link is no longer configured.</summary>
public sealed record TeLinkForgotten(string Name, NodeId LastNeighbor) : RetainedChange
{
    /// <inheritdoc/>
    public override NodeId? Neighbor => LastNeighbor;

    /// <inheritdoc/>
    public override string Key => $"te-link {Name}";
}

/// <summary>
/// The operator took a control channel down, or up again. No message to the neighbour waits for it: ControlChannelDown is told by Hello.
/// </summary>
public sealed record ControlChannelAdministered(RetainedControlChannel Channel, bool Down) : RetainedChange
{
    /// <inheritdoc/>
    public override string Key => $"control-channel {Channel.Neighbor}/{Channel.Id}";
}

/// <summary>The operator wants something else of a trace message; an empty one: nothing any more.</summary>
public sealed record TraceOrdered(RetainedTrace Trace) : RetainedChange
{
    /// <inheritdoc/>
    public override string Key => $"trace {Trace.DataLink} {TraceTypes.Name(Trace.Type)}";
}

/// <summary>A cross-connect was made or removed.</summary>
public sealed record CrossConnectChanged(CrossConnect CrossConnect, bool Connected) : RetainedChange
{
    /// <inheritdoc/>
    public override string Key => $"cross-connect {CrossConnect.A} {(CrossConnect.OneWay ? "to " : "")}{CrossConnect.B}";
}

/// <summary>Message_Ids below the mark may be used before the next one is told: after a restart they start at the mark (RFC 4204 §7).</summary>
public sealed record MessageIdsReserved(uint Mark) : RetainedChange
{
    /// <inheritdoc/>
    public override string Key => "message-ids";
}

/// <summary>The node's own Node_Id is another one by a change of the configuration.</summary>
public sealed record NodeRenumbered(NodeId NodeId) : RetainedChange
{
    /// <inheritdoc/>
    public override string Key => "node-id";
}
