// RFC 4204 §6.2
namespace OpenLmp.Api;

/// <summary>A fault that was localized to a data link (RFC 4204 §6.2).</summary>
/// <param name="Ports">The two ports it is between; both ends name the same two, that of the lower Node_Id first.</param>
/// <param name="Signal">What arrives: <c>fail</c> or <c>degrade</c>.</param>
/// <param name="Receive">Whether it is so at this node's end.</param>
/// <param name="Transmit">Whether it is so at the neighbour's end.</param>
/// <param name="Since">When this node knew first that something was wrong, UTC.</param>
/// <param name="Allocated">Whether the data link is allocated to user traffic.</param>
/// <param name="ContinuesOn">The data link that what is affected continues on here, or comes from; null if none is known.</param>
public sealed record FaultInfo(
    IReadOnlyList<PortInfo> Ports,
    SignalState Signal,
    bool Receive,
    bool Transmit,
    DateTime Since,
    bool Allocated,
    string? ContinuesOn);

/// <summary>One end of a data link.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="NodeId">Its Node_Id.</param>
/// <param name="InterfaceId">Its Interface_Id of the data link; null while it is not known.</param>
public sealed record PortInfo(string Node, string NodeId, LinkIdentifier? InterfaceId);
