// RFC 4204 §12.1; RFC 4207 §6; RFC 5818 §8.1
using System.Globalization;

namespace OpenLmp.Wire;

/// <summary>LMP message types. A received message may carry any other value.</summary>
public enum MessageType : byte
{
#pragma warning disable CS1591 // The names are the RFCs'.
    Config = 1, // RFC 4204
    ConfigAck = 2,
    ConfigNack = 3,
    Hello = 4,
    BeginVerify = 5,
    BeginVerifyAck = 6,
    BeginVerifyNack = 7,
    EndVerify = 8,
    EndVerifyAck = 9,
    Test = 10,
    TestStatusSuccess = 11,
    TestStatusFailure = 12,
    TestStatusAck = 13,
    LinkSummary = 14,
    LinkSummaryAck = 15,
    LinkSummaryNack = 16,
    ChannelStatus = 17,
    ChannelStatusAck = 18,
    ChannelStatusRequest = 19,
    ChannelStatusResponse = 20,
    TraceMonitor = 21, // RFC 4207
    TraceMonitorAck = 22,
    TraceMonitorNack = 23,
    TraceMismatch = 24,
    TraceMismatchAck = 25,
    TraceReq = 26,
    TraceReport = 27,
    TraceReqNack = 28,
    InsertTrace = 29,
    InsertTraceAck = 30,
    InsertTraceNack = 31,
    ConfirmDataChannelStatus = 32, // RFC 5818
    ConfirmDataChannelStatusAck = 33,
    ConfirmDataChannelStatusNack = 34,
#pragma warning restore CS1591
}

/// <summary>Names of message types.</summary>
public static class MessageTypeRegistry
{
    /// <summary>The highest message type with a format of its own.</summary>
    public const byte Highest = (byte)MessageType.ConfirmDataChannelStatusNack;

    /// <summary>The RFC's name of a message type; for types seen outside the RFCs the name in use there; otherwise <c>Type99</c>.</summary>
    public static string Name(MessageType type) => type switch
    {
        >= MessageType.Config and <= MessageType.ConfirmDataChannelStatusNack => Enum.GetName(type)!,
        // OIF UNI 1.0 service discovery.
        (MessageType)50 => "ServiceConfig",
        (MessageType)51 => "ServiceConfigAck",
        (MessageType)52 => "ServiceConfigNack",
        // OIF ASON discovery (ITU-T G.7714.1), in the private-use range.
        (MessageType)241 => "DiscoveryResponse",
        (MessageType)242 => "DiscoveryResponseAck",
        (MessageType)243 => "DiscoveryResponseNack",
        _ => string.Create(CultureInfo.InvariantCulture, $"Type{(byte)type}"),
    };
}
