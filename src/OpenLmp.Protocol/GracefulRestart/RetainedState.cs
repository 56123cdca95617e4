// RFC 4204 §8: what a node retains across a restart.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// What a node knew before its restart and cannot find in its configuration. A node that is given this has retained its state: it does not set
/// the LMP Restart flag (RFC 4204 §8). What the configuration says otherwise, or no longer has, does not count.
/// </summary>
public sealed record RetainedState
{
    /// <summary>What was learned of TE links; those of which nothing was learned are missing.</summary>
    public ValueList<RetainedTeLink> TeLinks { get; init; }

    /// <summary>What was learned of data links, and which are allocated; those of which there is nothing to say are missing.</summary>
    public ValueList<RetainedDataLink> DataLinks { get; init; }

    /// <summary>The control channels that the operator has taken down.</summary>
    public ValueList<RetainedControlChannel> ControlChannelsDown { get; init; }

    /// <summary>The trace messages that the operator wants sent and expects, where the configuration says nothing.</summary>
    public ValueList<RetainedTrace> Traces { get; init; }

    /// <summary>Which data links continue on which.</summary>
    public ValueList<CrossConnect> CrossConnects { get; init; }
}

/// <summary>A TE link whose other end was learned. It is the same one while name, Link_Id and neighbour are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LocalId">Our Link_Id.</param>
/// <param name="Neighbor">The neighbour's Node_Id.</param>
/// <param name="RemoteId">The neighbour's Link_Id, learned.</param>
public sealed record RetainedTeLink(string Name, Identifier LocalId, NodeId Neighbor, Identifier RemoteId);

/// <summary>A data link. It is the same one while name, Interface_Id and neighbour are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LocalId">Our Interface_Id.</param>
/// <param name="Neighbor">The neighbour's Node_Id.</param>
public sealed record RetainedDataLink(string Name, Identifier LocalId, NodeId Neighbor)
{
    /// <summary>The neighbour's Interface_Id, learned; null where the configuration has it, or it is not known.</summary>
    public Identifier? RemoteId { get; init; }

    /// <summary>Where verification found our Test messages to arrive; null if it did not.</summary>
    public RetainedFarEnd? FoundTransmit { get; init; }

    /// <summary>Whose Test messages verification found to arrive here; null if it did not.</summary>
    public RetainedFarEnd? FoundReceive { get; init; }

    /// <summary>Whether the last verification succeeded.</summary>
    public bool Verified { get; init; }

    /// <summary>Whether the link is allocated to user traffic.</summary>
    public bool Allocated { get; init; }

    /// <summary>Whether there is nothing to remember of the link.</summary>
    internal bool IsEmpty => RemoteId is null && FoundTransmit is null && FoundReceive is null && !Verified && !Allocated;
}

/// <summary>Where verification found a data link to end.</summary>
/// <param name="Neighbor">The Node_Id of the node at its other end.</param>
/// <param name="InterfaceId">That node's Interface_Id.</param>
/// <param name="LinkId">The Link_Id of that node's TE link; null where it was not told.</param>
public sealed record RetainedFarEnd(NodeId Neighbor, Identifier InterfaceId, Identifier? LinkId = null);

/// <summary>What the operator wants of a trace message (RFC 4207 §4).</summary>
/// <param name="DataLink">The data link's name.</param>
/// <param name="Type">Which overhead byte.</param>
/// <param name="Send">What to send; null: nothing.</param>
/// <param name="Expect">What to expect; null: nothing.</param>
public sealed record RetainedTrace(string DataLink, TraceType Type, string? Send, string? Expect)
{
    /// <summary>Whether there is nothing to remember.</summary>
    public bool IsEmpty => Send is null && Expect is null;
}

/// <summary>A control channel that the operator has taken down.</summary>
/// <param name="Neighbor">The neighbour's Node_Id.</param>
/// <param name="Id">Our CC_Id.</param>
public sealed record RetainedControlChannel(NodeId Neighbor, uint Id);
