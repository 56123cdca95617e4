// RFC 4204 §13.15, RFC 4207 §4, RFC 5818 §5.1.3
namespace OpenLmp.Wire.Tests.Vectors;

internal static class ErrorAndTraceObjectVectors
{
    public static IReadOnlyList<ObjectVector> All { get; } =
    [
        new("BEGIN_VERIFY_ERROR", "01 14 0008  0000001F",
            new BeginVerifyError(BeginVerifyErrors.NotSupported | BeginVerifyErrors.Unwilling | BeginVerifyErrors.UnsupportedTransport
                | BeginVerifyErrors.LinkIdConfiguration | BeginVerifyErrors.UnknownCType),
            "errorCode = 31: Link Verification Procedure not supported, Unwilling to verify, Unsupported verification transport mechanism, "
            + "Link_Id configuration error, Unknown object C-Type"),
        new("BEGIN_VERIFY_ERROR: reserved bits", "01 14 0008  80000020", new BeginVerifyError((BeginVerifyErrors)0x80000020),
            "errorCode = 2147483680: reserved bits 0x80000020"),
        new("LINK_SUMMARY_ERROR", "02 14 0008  0000003F",
            new LinkSummaryError(LinkSummaryErrors.UnacceptableNonNegotiable | LinkSummaryErrors.Renegotiate | LinkSummaryErrors.InvalidTeLink
                | LinkSummaryErrors.InvalidDataLink | LinkSummaryErrors.UnknownTeLinkCType | LinkSummaryErrors.UnknownDataLinkCType),
            "errorCode = 63: Unacceptable non-negotiable LINK_SUMMARY parameters, Renegotiate LINK_SUMMARY parameters, Invalid TE_LINK object, "
            + "Invalid DATA_LINK object, Unknown TE_LINK object C-Type, Unknown DATA_LINK object C-Type"),
        new("LINK_SUMMARY_ERROR: a reserved bit", "02 14 0008  00000042", new LinkSummaryError((LinkSummaryErrors)0x42),
            "errorCode = 66: Renegotiate LINK_SUMMARY parameters, reserved bits 0x40"),
        new("LINK_SUMMARY_ERROR: no bit", "02 14 0008  00000000", new LinkSummaryError(LinkSummaryErrors.None), "errorCode = 0: no error"),
        new("TRACE_ERROR", "03 14 0008  00000003", new TraceError(TraceErrors.UnsupportedTraceType | TraceErrors.InvalidTraceMessage),
            "errorCode = 3: Unsupported Trace Type, Invalid Trace Message"),
        new("CONFIRM_DATA_CHANNEL_STATUS_ERROR", "04 14 0008  00000003",
            new ConfirmDataChannelStatusError(ConfirmDataChannelStatusErrors.NotSupported | ConfirmDataChannelStatusErrors.Unwilling),
            "errorCode = 3: Channel Status Confirmation Procedure not supported, Unwilling to Confirm"),

        new("TRACE", "01 15 0010  0001 0005  6F78633161 000000", new TraceObject(TraceType.SonetJ0, "oxc1a"),
            """
            traceType = 1: SONET Section Trace (J0 Byte)
            traceLength = 5: bytes, padding not counted
            traceMessage = "oxc1a"
            """),
        new("TRACE: no text", "01 15 000C  0009 0004  0D 0A 5C FF", new TraceObject((TraceType)9, [0x0D, 0x0A, 0x5C, 0xFF]),
            """
            traceType = 9: not defined
            traceLength = 4: bytes, padding not counted
            traceMessage = "\x0d\x0a\x5c\xff"
            """),
        new("TRACE: empty", "01 15 0008  0006 0000", new TraceObject(TraceType.SdhJ2, ""),
            """
            traceType = 6: SDH Path Trace (J2 Byte)
            traceLength = 0: bytes, padding not counted
            traceMessage = ""
            """),
        new("TRACE_REQ", "01 16 0008  0002 0000", new TraceReqObject(TraceType.SonetJ1), "traceType = 2: SONET Path Trace (J1 Byte)"),
        new("TRACE_REQ: SONET J2", "01 16 0008  0003 0000", new TraceReqObject(TraceType.SonetJ2), "traceType = 3: SONET Path Trace (J2 Byte)"),
        new("TRACE_REQ: SDH J0", "01 16 0008  0004 0000", new TraceReqObject(TraceType.SdhJ0), "traceType = 4: SDH Section Trace (J0 Byte)"),
        new("TRACE_REQ: SDH J1", "01 16 0008  0005 0000", new TraceReqObject(TraceType.SdhJ1), "traceType = 5: SDH Path Trace (J1 Byte)"),

        new("SERVICE_CONFIG C-Type 1", "01 33 0006  0102", new UnknownObject((ObjectClass)51, 1, [1, 2]), "body = \"0102\": not defined by the RFCs; kept as it is"),
        new("DA_DCN_ADDRESS C-Type 1", "01 F8 0004", new UnknownObject((ObjectClass)248, 1, []), "body = \"\": not defined by the RFCs; kept as it is"),
        new("LOCAL_LAD_INFO C-Type 2", "02 F9 0005  FF", new UnknownObject((ObjectClass)249, 2, [255]), "body = \"ff\": not defined by the RFCs; kept as it is"),
        new("CONFIG C-Type 4", "04 06 0004", new UnknownObject(ObjectClass.Config, 4, []), "body = \"\": not defined by the RFCs; kept as it is"),
        new("CLASS_99 C-Type 127", "7F 63 0004", new UnknownObject((ObjectClass)99, 127, []), "body = \"\": not defined by the RFCs; kept as it is"),
    ];
}
