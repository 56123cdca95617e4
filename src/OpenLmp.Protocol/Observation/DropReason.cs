namespace OpenLmp.Protocol;

/// <summary>Why a received datagram changed nothing: a closed set, each counted.</summary>
public enum DropReason
{
    /// <summary>Not an LMP message: see the decode errors of the log for what was wrong.</summary>
    Malformed,

    /// <summary>LMP Length differs from the datagram's length.</summary>
    LengthMismatch,

    /// <summary>The version is not 1.</summary>
    BadVersion,

    /// <summary>A message type no RFC defines.</summary>
    UnknownType,

    /// <summary>A message type that this node does not handle.</summary>
    Unsupported,

    /// <summary>The source address belongs to no control channel.</summary>
    UnknownSource,

    /// <summary>More messages than are looked at (<see cref="LimitsConfiguration"/>).</summary>
    RateLimited,

    /// <summary>A TTL or Hop Limit that says that it came over a router, where that is not wanted (RFC 5082).</summary>
    HopLimit,

    /// <summary>The source address is a neighbour's that IPsec is configured for, and it did not come through the tunnel (RFC 4204 §15.2).</summary>
    Unprotected,

    /// <summary>A Node_Id that is not the configured neighbour's, or not ours where ours is expected.</summary>
    WrongNodeId,

    /// <summary>A CC_Id that belongs to no control channel with that neighbour.</summary>
    UnknownChannel,

    /// <summary>An id that must not be zero is zero.</summary>
    ZeroId,

    /// <summary>The message has no place in the control channel's or link's state.</summary>
    WrongState,

    /// <summary>The operator has taken the control channel down.</summary>
    AdminDown,

    /// <summary>A Message_Id older than the last one (RFC 4204 §7).</summary>
    OutOfOrder,

    /// <summary>An answer to nothing that is outstanding.</summary>
    StaleAnswer,

    /// <summary>A Verify_Id of no verification procedure under way.</summary>
    UnknownVerifyId,

    /// <summary>A Hello with unexpected sequence numbers (RFC 4204 §11.1.2, event 13).</summary>
    SequenceNumber,

    /// <summary>A Config ignored because this node won the contention (RFC 4204 §11.1.2, event 7).</summary>
    ContentionWon,

    /// <summary>A Config from a node with our own Node_Id (RFC 4204 §3.1).</summary>
    EqualNodeId,

    /// <summary>A message about a TE link or data links that are not known here.</summary>
    UnknownLink,
}
