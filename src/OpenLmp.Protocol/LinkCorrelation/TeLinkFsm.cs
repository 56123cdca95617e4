// RFC 4204 §11.2, Figure 4
using static OpenLmp.Protocol.TeLinkEvent;
using static OpenLmp.Protocol.TeLinkState;

namespace OpenLmp.Protocol;

/// <summary>States of a TE link (RFC 4204 §11.2.1).</summary>
public enum TeLinkState : byte
{
    /// <summary>There are no data links in the TE link.</summary>
    Down,

    /// <summary>There are data links, but the configuration is not yet agreed with the neighbour.</summary>
    Init,

    /// <summary>Normal operation.</summary>
    Up,

    /// <summary>All control channels are down; data links stay as they are.</summary>
    Degraded,
}

/// <summary>Events of a TE link; the comments give the RFC's numbers (RFC 4204 §11.2.2).</summary>
public enum TeLinkEvent : byte
{
    /// <summary>1 evDCUp: data links have been enabled and assigned.</summary>
    DcUp,

    /// <summary>2 evSumAck: LinkSummary received and acknowledged.</summary>
    SumAck,

    /// <summary>3 evSumNack: LinkSummary received and refused.</summary>
    SumNack,

    /// <summary>4 evRcvAck: LinkSummaryAck received.</summary>
    RcvAck,

    /// <summary>5 evRcvNack: LinkSummaryNack received.</summary>
    RcvNack,

    /// <summary>6 evSumRet: LinkSummary is sent again.</summary>
    SumRet,

    /// <summary>7 evCCUp: the first control channel went up.</summary>
    CcUp,

    /// <summary>8 evCCDown: the last control channel went down.</summary>
    CcDown,

    /// <summary>9 evDCDown: the last data link has been removed.</summary>
    DcDown,
}

/// <summary>The TE link FSM (RFC 4204 §11.2.3, Figure 4).</summary>
public static class TeLinkFsm
{
    /// <summary>The next state; null where the figure draws no arrow: the event is counted and nothing changes.</summary>
    public static TeLinkState? Next(TeLinkState state, TeLinkEvent e) => (state, e) switch
    {
        (Down, DcUp) => Init,                                               // 1
        (Down, SumNack or CcUp or CcDown) => Down,                          // 3, 7, 8

        (Init, SumNack or RcvNack or SumRet or CcUp or CcDown) => Init,     // 3, 5, 6, 7, 8
        (Init, SumAck or RcvAck) => Up,                                     // 2, 4

        (Up, SumAck or SumNack or RcvAck or RcvNack or SumRet) => Up,       // 2, 3, 4, 5, 6
        (Up, CcDown) => Degraded,                                           // 8

        (Degraded, CcUp) => Up,                                             // 7

        (Init or Up or Degraded, DcDown) => Down,                           // 9

        _ => null,
    };
}
