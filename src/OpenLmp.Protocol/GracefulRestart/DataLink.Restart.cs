// RFC 4204 §8: a data link after a restart of the node.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>What is known from before a restart, and what the neighbour knows.</content>
public sealed partial class DataLink
{
    /// <summary>Whether the operator has decided about the allocation since the restart: older views of the neighbour no longer count.</summary>
    internal bool IsDecidedByOperator { get; set; }

    /// <summary>Takes up what was retained, where the configuration does not say otherwise. The link itself is Down until both ends agree again.</summary>
    internal void Restore()
    {
        if (_node.Retention.Find(Configuration, TeLink.Neighbor.NodeId) is not { } before) return;
        RemoteId ??= before.RemoteId;
        (FoundTransmit, FoundReceive, Verified, Allocated) = (FarEndOf(before.FoundTransmit), FarEndOf(before.FoundReceive), before.Verified, before.Allocated);
    }

    /// <summary>Our state is lost, and the neighbour says which of its Interface_Ids the link is connected to.</summary>
    internal void TakeMapping(Identifier remoteId)
    {
        RemoteId ??= remoteId;
        _node.Retention.Save(this);
    }

    /// <summary>
    /// We were restarted, and the neighbour says whether the link is allocated: that "MUST take precedence over any local value". Each difference
    /// is told.
    /// </summary>
    internal void TakeAllocation(Instant now, bool allocated)
    {
        if (allocated == Allocated || IsDecidedByOperator) return;
        var reason = $"{TeLink.Neighbor.Name} says so after the restart of this node";
        if (allocated) Allocate(now, reason);
        else Release(now, reason);
    }

    // A neighbour that is no longer configured is nobody to lead to.
    private FarEnd? FarEndOf(RetainedFarEnd? end) =>
        end is not null && _node.Node.Neighbors.FirstOrDefault(n => n.NodeId == end.Neighbor) is { } neighbor ? new FarEnd(neighbor, end.InterfaceId, end.LinkId) : null;
}
