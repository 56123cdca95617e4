// RFC 4204 §3
namespace OpenLmp.Api;

/// <summary>A control channel (RFC 4204 §3).</summary>
/// <param name="Name">Neighbour and CC_Id, such as <c>oxc2/1</c>.</param>
/// <param name="Neighbor">The neighbour's name.</param>
/// <param name="Id">Our CC_Id.</param>
/// <param name="RemoteId">The neighbour's CC_Id; null until it is known.</param>
/// <param name="LocalAddress">Our address; with its port unless that is 701.</param>
/// <param name="RemoteAddress">The neighbour's address, configured or learned, with its port unless that is 701; null until it is known.</param>
/// <param name="Interface">The network interface the channel is bound to; null if to none.</param>
/// <param name="Role">Who starts the negotiation.</param>
/// <param name="AdminState">Whether the operator has taken the channel down.</param>
/// <param name="State">The state.</param>
/// <param name="HelloInterval">HelloInterval, ms: the one agreed; before that, the one preferred. 0: Hello is off.</param>
/// <param name="HelloDeadInterval">HelloDeadInterval, ms: the one agreed; before that, the one preferred. 0: Hello is off.</param>
/// <param name="TxSeqNum">The sequence number of the Hellos sent; 0 before the first.</param>
/// <param name="RcvSeqNum">The sequence number of the last valid Hello received; 0 before the first.</param>
/// <param name="Flaps">How often the channel has left Up other than by the operator's word.</param>
/// <param name="Reason">Why the channel is not up, and the next step to take; empty while it is.</param>
/// <param name="LastChange">When the state changed last, UTC.</param>
public sealed record ControlChannelInfo(
    string Name,
    string Neighbor,
    uint Id,
    uint? RemoteId,
    string LocalAddress,
    string? RemoteAddress,
    string? Interface,
    ControlChannelRole Role,
    AdminState AdminState,
    ControlChannelState State,
    int HelloInterval,
    int HelloDeadInterval,
    uint TxSeqNum,
    uint RcvSeqNum,
    int Flaps,
    string Reason,
    DateTime LastChange);
