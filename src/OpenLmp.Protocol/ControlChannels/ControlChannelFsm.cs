// RFC 4204 §11.1, Figure 3
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <summary>States of a control channel (RFC 4204 §11.1.1).</summary>
public enum ControlChannelState : byte
{
    /// <summary>No attempt is being made to bring the channel up.</summary>
    Down,

    /// <summary>Sending Config, expecting ConfigAck or ConfigNack.</summary>
    ConfSnd,

    /// <summary>Waiting for acceptable parameters from the neighbour.</summary>
    ConfRcv,

    /// <summary>Parameters agreed, sending Hello, waiting for a valid one.</summary>
    Active,

    /// <summary>Operational.</summary>
    Up,

    /// <summary>Being taken down by the operator; every message carries ControlChannelDown.</summary>
    GoingDown,
}

/// <summary>Events of a control channel; the comments give the RFC's numbers (RFC 4204 §11.1.2).</summary>
public enum ControlChannelEvent : byte
{
    /// <summary>1a evBringUp, by sending Config.</summary>
    BringUpActive,

    /// <summary>1b evBringUp, by waiting for Config.</summary>
    BringUpPassive,

    /// <summary>2 evCCDn: the channel is no longer available.</summary>
    CcDn,

    /// <summary>3 evConfDone: ConfigAck received.</summary>
    ConfDone,

    /// <summary>4 evConfErr: ConfigNack received.</summary>
    ConfErr,

    /// <summary>5 evNewConfOK: Config received and acknowledged.</summary>
    NewConfOk,

    /// <summary>6 evNewConfErr: Config received and refused.</summary>
    NewConfErr,

    /// <summary>7 evContenWin: contention won, the Config received is ignored.</summary>
    ContenWin,

    /// <summary>8a evContenLost: contention lost, the Config received is acknowledged.</summary>
    ContenLostAck,

    /// <summary>8b evContenLost: contention lost, the Config received is refused.</summary>
    ContenLostNack,

    /// <summary>9 evAdminDown: the operator takes the channel down.</summary>
    AdminDown,

    /// <summary>10 evNbrGoesDn: a message with ControlChannelDown received.</summary>
    NbrGoesDn,

    /// <summary>11 evHelloRcvd: a Hello with expected sequence numbers received.</summary>
    HelloRcvd,

    /// <summary>12a evHoldTimer: HelloDeadInterval over, on the active side.</summary>
    HoldTimerActive,

    /// <summary>12b evHoldTimer: HelloDeadInterval over, on the passive side.</summary>
    HoldTimerPassive,

    /// <summary>13 evSeqNumErr: a Hello with unexpected sequence numbers received and discarded.</summary>
    SeqNumErr,

    /// <summary>14a evReconfig: parameters changed, on the active side.</summary>
    ReconfigActive,

    /// <summary>14b evReconfig: parameters changed, on the passive side.</summary>
    ReconfigPassive,

    /// <summary>15 evConfRet: Config is sent again.</summary>
    ConfRet,

    /// <summary>16 evHelloRet: Hello is sent.</summary>
    HelloRet,

    /// <summary>17 evDownTimer: no ControlChannelDown received in time.</summary>
    DownTimer,
}

/// <summary>The control channel FSM (RFC 4204 §11.1.3, Figure 3).</summary>
public static class ControlChannelFsm
{
    /// <summary>The next state; null where the figure draws no arrow: the event is counted and nothing changes.</summary>
    public static ControlChannelState? Next(ControlChannelState state, ControlChannelEvent e) => (state, e) switch
    {
        (_, CcDn) => Down,                                                  // 2: always

        (Down, BringUpActive) => ConfSnd,                                   // 1a
        (Down, BringUpPassive) => ConfRcv,                                  // 1b

        (ConfSnd, ConfErr or ContenWin or ReconfigActive or ConfRet) => ConfSnd, // 4, 7, 14, 15
        (ConfSnd, ConfDone or ContenLostAck) => Active,                     // 3, 8a
        (ConfSnd, ContenLostNack) => ConfRcv,                               // 8b
        (ConfSnd, AdminDown) => Down,                                       // 9
        (ConfSnd, NbrGoesDn) => Down,                                       // 10: §3.2.3, not drawn

        (ConfRcv, NewConfErr or ReconfigActive or ReconfigPassive) => ConfRcv, // 6, 14
        (ConfRcv, NewConfOk) => Active,                                     // 5
        (ConfRcv, AdminDown) => Down,                                       // 9
        (ConfRcv, NbrGoesDn) => Down,                                       // 10: §3.2.3, not drawn

        (Active, NewConfOk or SeqNumErr or HelloRet) => Active,             // 5, 13, 16
        (Active, HelloRcvd) => Up,                                          // 11

        (Up, HelloRcvd or SeqNumErr or HelloRet) => Up,                     // 11, 13, 16
        (Up, NewConfOk) => Active,                                          // 5

        (Active or Up, HoldTimerActive or ReconfigActive) => ConfSnd,       // 12a, 14a
        (Active or Up, HoldTimerPassive or ReconfigPassive) => ConfRcv,     // 12b, 14b
        (Active or Up, NewConfErr) => ConfRcv,                              // 6
        (Active or Up, AdminDown) => GoingDown,                             // 9
        (Active or Up, NbrGoesDn) => Down,                                  // 10

        (GoingDown, NbrGoesDn or DownTimer) => Down,                        // 10, 17

        _ => null,
    };
}
