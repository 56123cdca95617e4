// RFC 4204 §11.3, Figures 5 and 6
using static OpenLmp.Protocol.DataLinkEvent;
using static OpenLmp.Protocol.DataLinkState;

namespace OpenLmp.Protocol;

/// <summary>States of a data link (RFC 4204 §11.3.1).</summary>
public enum DataLinkState : byte
{
    /// <summary>Not in service.</summary>
    Down,

    /// <summary>Test messages are being sent through it.</summary>
    Test,

    /// <summary>It is being checked for incoming Test messages.</summary>
    PasvTest,

    /// <summary>Up/Free: in service, not allocated.</summary>
    UpFree,

    /// <summary>Up/Alloc: allocated for data traffic.</summary>
    UpAlloc,
}

/// <summary>Events of a data link; the comments give the RFC's numbers (RFC 4204 §11.3.2).</summary>
public enum DataLinkEvent : byte
{
    /// <summary>1 evCCUp: the first control channel went up.</summary>
    CcUp,

    /// <summary>2 evCCDown: the last control channel went down.</summary>
    CcDown,

    /// <summary>3 evStartTst: start sending Test messages.</summary>
    StartTst,

    /// <summary>4 evStartPsv: start listening for Test messages.</summary>
    StartPsv,

    /// <summary>5a evTestOK: TestStatusSuccess received.</summary>
    TestOk,

    /// <summary>5b evTestOK: ready without verification.</summary>
    ReadyUntested,

    /// <summary>6 evTestRcv: Test message received, TestStatusSuccess sent.</summary>
    TestRcv,

    /// <summary>7 evTestFail: verification failed.</summary>
    TestFail,

    /// <summary>8 evPsvTestFail: no Test message detected.</summary>
    PsvTestFail,

    /// <summary>9 evLnkAlloc: allocated.</summary>
    LnkAlloc,

    /// <summary>10 evLnkDealloc: de-allocated.</summary>
    LnkDealloc,

    /// <summary>11 evTestRet: the Test message is sent again.</summary>
    TestRet,

    /// <summary>12 evSummaryFail: LinkSummary did not match for this link.</summary>
    SummaryFail,

    /// <summary>13 evLocalizeFail: a failure has been localized to this link.</summary>
    LocalizeFail,

    /// <summary>14 evdcDown: the data channel is no longer available.</summary>
    DcDown,
}

/// <summary>The FSM of the transmitting side of a data link (RFC 4204 §11.3.3, Figure 5).</summary>
public static class ActiveDataLinkFsm
{
    /// <summary>The next state; null where the figure draws no arrow: the event is counted and nothing changes.</summary>
    public static DataLinkState? Next(DataLinkState state, DataLinkEvent e) => (state, e) switch
    {
        (Down or UpFree, StartTst) => Test,                                 // 3
        (Down, ReadyUntested) => UpFree,                                    // 5b
        (Test, TestOk) => UpFree,                                           // 5a
        (Test, TestFail) => Down,                                           // 7
        (Test, TestRet) => Test,                                            // 11
        (UpFree, LnkAlloc) => UpAlloc,                                      // 9
        (UpFree, SummaryFail or DcDown) => Down,                            // 12, 14
        (UpAlloc, LnkDealloc) => UpFree,                                    // 10
        (UpAlloc, LocalizeFail) => Down,                                    // 13
        _ => null,
    };
}

/// <summary>The FSM of the receiving side of a data link (RFC 4204 §11.3.4, Figure 6).</summary>
public static class PassiveDataLinkFsm
{
    /// <summary>The next state; null where the figure draws no arrow: the event is counted and nothing changes.</summary>
    public static DataLinkState? Next(DataLinkState state, DataLinkEvent e) => (state, e) switch
    {
        (Down or UpFree, StartPsv) => PasvTest,                             // 4
        (Down, ReadyUntested) => UpFree,                                    // 5b
        (PasvTest, TestRcv) => UpFree,                                      // 6
        (PasvTest, PsvTestFail) => Down,                                    // 8
        (UpFree, LnkAlloc) => UpAlloc,                                      // 9
        (UpFree, SummaryFail or DcDown) => Down,                            // 12, 14
        (UpAlloc, LnkDealloc) => UpFree,                                    // 10
        (UpAlloc, LocalizeFail) => Down,                                    // 13
        _ => null,
    };
}
