// RFC 4207 §4
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class TraceVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("TraceMonitor",
            """
            10 00 00 15  # Msg Type 21
            00 24 00 00  # LMP Length 36
            01 05 00 08  # MESSAGE_ID
            00 00 00 50
            05 04 00 08  # LOCAL_INTERFACE_ID
            00 00 00 65
            01 15 00 0C  # TRACE: C-Type 1, Class 21, Length 12
            00 01 00 04  #   SONET Section Trace, Trace Length 4: no padding
            6F 78 63 31  #   "oxc1"
            """,
            new TraceMonitorMessage(80, Number(101), new TraceObject(TraceType.SonetJ0, "oxc1"))),

        new("TraceMonitorAck",
            """
            10 00 00 16  # Msg Type 22
            00 10 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 50
            """,
            new TraceMonitorAckMessage(80)),

        new("TraceMonitorNack",
            """
            10 00 00 17  # Msg Type 23
            00 18 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 50
            03 14 00 08  # TRACE_ERROR: C-Type 3, Class 20
            00 00 00 02  #   Invalid Trace Message
            """,
            new TraceMonitorNackMessage(80, TraceErrors.InvalidTraceMessage)),

        new("TraceMismatch",
            """
            10 00 00 18  # Msg Type 24
            00 20 00 00  # LMP Length 32
            01 05 00 08  # MESSAGE_ID
            00 00 00 51
            05 04 00 08  # LOCAL_INTERFACE_ID
            00 00 00 65
            01 04 00 08  # another, IPv4: C-Type 1
            C6 33 64 01
            """,
            new TraceMismatchMessage(81, Number(101), Address("198.51.100.1"))),

        new("TraceMismatchAck",
            """
            10 00 00 19  # Msg Type 25
            00 10 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 51
            """,
            new TraceMismatchAckMessage(81)),

        new("TraceReq",
            """
            10 00 00 1A  # Msg Type 26
            00 20 00 00  # LMP Length 32
            01 05 00 08  # MESSAGE_ID
            00 00 00 52
            05 04 00 08  # LOCAL_INTERFACE_ID
            00 00 00 65
            01 16 00 08  # TRACE_REQ: C-Type 1, Class 22
            00 06 00 00  #   SDH Path Trace (J2 Byte), Reserved
            """,
            new TraceReqMessage(82, Number(101), TraceType.SdhJ2)),

        new("TraceReport",
            """
            10 00 00 1B  # Msg Type 27
            00 1C 00 00  # LMP Length 28
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 52
            01 15 00 0C  # TRACE
            00 06 00 01  #   Trace Length 1
            58 00 00 00  #   "X", padding
            """,
            new TraceReportMessage(82, new TraceObject(TraceType.SdhJ2, "X"))),

        new("TraceReport: an empty trace message",
            """
            10 00 00 1B
            00 18 00 00
            02 05 00 08
            00 00 00 52
            01 15 00 08
            00 05 00 00  #   Trace Length 0
            """,
            new TraceReportMessage(82, new TraceObject(TraceType.SdhJ1, []))),

        new("TraceReqNack",
            """
            10 00 00 1C  # Msg Type 28
            00 18 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 52
            03 14 00 08  # TRACE_ERROR
            00 00 00 01  #   Unsupported Trace Type
            """,
            new TraceReqNackMessage(82, TraceErrors.UnsupportedTraceType)),

        new("InsertTrace",
            """
            10 00 00 1D  # Msg Type 29
            00 28 00 00  # LMP Length 40
            01 05 00 08  # MESSAGE_ID
            00 00 00 53
            05 04 00 08  # LOCAL_INTERFACE_ID
            00 00 00 65
            01 15 00 10  # TRACE, Length 16
            00 02 00 07  #   SONET Path Trace (J1 Byte), Trace Length 7
            65 61 73 74  #   "east"
            2D 31 00 00  #   "-1", NUL (part of the trace message), padding
            """,
            new InsertTraceMessage(83, Number(101), new TraceObject(TraceType.SonetJ1, [0x65, 0x61, 0x73, 0x74, 0x2D, 0x31, 0x00]))),

        new("InsertTraceAck",
            """
            10 00 00 1E  # Msg Type 30
            00 10 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 53
            """,
            new InsertTraceAckMessage(83)),

        new("InsertTraceNack",
            """
            10 00 00 1F  # Msg Type 31
            00 18 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 53
            03 14 00 08  # TRACE_ERROR
            00 00 00 03  #   both
            """,
            new InsertTraceNackMessage(83, TraceErrors.UnsupportedTraceType | TraceErrors.InvalidTraceMessage)),
    ];
}
