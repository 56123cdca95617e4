// RFC 4204 §6.2
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>One end of a data link, as both its nodes name it.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="NodeId">Its Node_Id.</param>
/// <param name="InterfaceId">Its Interface_Id of the data link; null while it is not known.</param>
public sealed record FaultPort(string Node, NodeId NodeId, Identifier? InterfaceId)
{
    /// <summary>For people: <c>oxc2:103</c>.</summary>
    public override string ToString() => $"{Node}:{(InterfaceId is { } id ? id.ToString() : "?")}";
}

/// <summary>A fault that was localized: between these two ports, and nowhere else (RFC 4204 §6.2).</summary>
/// <param name="First">The port of the node with the lower Node_Id, so that both ends name the same two in the same order.</param>
/// <param name="Second">The other port.</param>
/// <param name="Signal">What arrives: Fail or Degrade; the worse one if the directions differ.</param>
/// <param name="Receive">Whether it is so at this node's end.</param>
/// <param name="Transmit">Whether it is so at the neighbour's end.</param>
/// <param name="Since">When this node knew first that something was wrong.</param>
public sealed record LinkFault(FaultPort First, FaultPort Second, SignalState Signal, bool Receive, bool Transmit, Instant Since)
{
    /// <summary>Whether the two speak of the same fault in the same directions.</summary>
    internal bool IsSameAs(LinkFault? other) =>
        other is not null && (Signal, Receive, Transmit, First, Second) == (other.Signal, other.Receive, other.Transmit, other.First, other.Second);
}
