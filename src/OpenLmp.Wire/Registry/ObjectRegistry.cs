// RFC 4204 §13, §16; RFC 4207 §6; RFC 4209 §4; RFC 5818 §8; RFC 6898 §6
using System.Globalization;

namespace OpenLmp.Wire;

/// <summary>LMP object classes. A received object may carry any other value.</summary>
public enum ObjectClass : byte
{
#pragma warning disable CS1591 // The names are the RFCs'.
    Ccid = 1, // RFC 4204
    NodeId = 2,
    LinkId = 3,
    InterfaceId = 4,
    MessageId = 5,
    Config = 6,
    Hello = 7,
    BeginVerify = 8,
    BeginVerifyAck = 9,
    VerifyId = 10,
    TeLink = 11,
    DataLink = 12,
    ChannelStatus = 13,
    ChannelStatusRequest = 14,
    ErrorCode = 20,
    Trace = 21, // RFC 4207
    TraceReq = 22,
#pragma warning restore CS1591
}

/// <summary>Names of object classes and C-Types.</summary>
public static class ObjectRegistry
{
    /// <summary>The class's name as the RFCs write it, or <c>CLASS_99</c>.</summary>
    public static string ClassName(ObjectClass @class) => @class switch
    {
        ObjectClass.Ccid => "CCID",
        ObjectClass.NodeId => "NODE_ID",
        ObjectClass.LinkId => "LINK_ID",
        ObjectClass.InterfaceId => "INTERFACE_ID",
        ObjectClass.MessageId => "MESSAGE_ID",
        ObjectClass.Config => "CONFIG",
        ObjectClass.Hello => "HELLO",
        ObjectClass.BeginVerify => "BEGIN_VERIFY",
        ObjectClass.BeginVerifyAck => "BEGIN_VERIFY_ACK",
        ObjectClass.VerifyId => "VERIFY_ID",
        ObjectClass.TeLink => "TE_LINK",
        ObjectClass.DataLink => "DATA_LINK",
        ObjectClass.ChannelStatus => "CHANNEL_STATUS",
        ObjectClass.ChannelStatusRequest => "CHANNEL_STATUS_REQUEST",
        ObjectClass.ErrorCode => "ERROR_CODE",
        ObjectClass.Trace => "TRACE",
        ObjectClass.TraceReq => "TRACE_REQ",
        // OIF UNI 1.0 service discovery.
        (ObjectClass)51 => "SERVICE_CONFIG",
        // OIF ASON discovery (ITU-T G.7714.1), in the private-use range.
        (ObjectClass)248 => "DA_DCN_ADDRESS",
        (ObjectClass)249 => "LOCAL_LAD_INFO",
        _ => string.Create(CultureInfo.InvariantCulture, $"CLASS_{(byte)@class}"),
    };

    /// <summary>The object's name as the RFCs write it, such as <c>LOCAL_CCID</c>, <c>IPv6 TE_LINK</c> or <c>CONFIG C-Type 9</c>.</summary>
    public static string ObjectName(ObjectClass @class, byte cType) => (@class, cType) switch
    {
        (ObjectClass.Ccid or ObjectClass.NodeId, 1) => "LOCAL_" + ClassName(@class),
        (ObjectClass.Ccid or ObjectClass.NodeId, 2) => "REMOTE_" + ClassName(@class),
        (ObjectClass.LinkId or ObjectClass.InterfaceId, >= 1 and <= 6) =>
            (cType <= 2 ? "IPv4 " : cType <= 4 ? "IPv6 " : "Unnumbered ") + (cType % 2 == 1 ? "LOCAL_" : "REMOTE_") + ClassName(@class),
        (ObjectClass.MessageId, 1) => "MESSAGE_ID",
        (ObjectClass.MessageId, 2) => "MESSAGE_ID_ACK",
        (ObjectClass.Config, 1) => "HelloConfig",
        (ObjectClass.Config, 2) => "LMP-WDM_CONFIG",
        (ObjectClass.Config, 3) => "BehaviorConfig",
        (ObjectClass.Hello or ObjectClass.BeginVerify or ObjectClass.BeginVerifyAck or ObjectClass.VerifyId or ObjectClass.Trace or ObjectClass.TraceReq, 1) =>
            ClassName(@class),
        (ObjectClass.TeLink or ObjectClass.DataLink or ObjectClass.ChannelStatus or ObjectClass.ChannelStatusRequest, 1) => "IPv4 " + ClassName(@class),
        (ObjectClass.TeLink or ObjectClass.DataLink or ObjectClass.ChannelStatus or ObjectClass.ChannelStatusRequest, 2) => "IPv6 " + ClassName(@class),
        (ObjectClass.TeLink or ObjectClass.DataLink or ObjectClass.ChannelStatus or ObjectClass.ChannelStatusRequest, 3) => "Unnumbered " + ClassName(@class),
        (ObjectClass.ChannelStatus, 4) => "LINK_GROUP CHANNEL_STATUS",
        (ObjectClass.ErrorCode, 1) => "BEGIN_VERIFY_ERROR",
        (ObjectClass.ErrorCode, 2) => "LINK_SUMMARY_ERROR",
        (ObjectClass.ErrorCode, 3) => "TRACE_ERROR",
        (ObjectClass.ErrorCode, 4) => "CONFIRM_DATA_CHANNEL_STATUS_ERROR",
        _ => string.Create(CultureInfo.InvariantCulture, $"{ClassName(@class)} C-Type {cType}"),
    };
}
