// RFC 4204 §12
using System.Diagnostics.CodeAnalysis;

namespace OpenLmp.Wire;

/// <summary>From a datagram to a message: the one place that lists the message types.</summary>
internal static class MessageDecoder
{
    /// <summary>The format of a type; null for types that no RFC defines.</summary>
    public static MessageFormat? FormatOf(MessageType type) => type switch
    {
        MessageType.Config => ConfigMessage.Format,
        MessageType.ConfigAck => ConfigAckMessage.Format,
        MessageType.ConfigNack => ConfigNackMessage.Format,
        MessageType.Hello => HelloMessage.Format,
        MessageType.BeginVerify => BeginVerifyMessage.Format,
        MessageType.BeginVerifyAck => BeginVerifyAckMessage.Format,
        MessageType.BeginVerifyNack => BeginVerifyNackMessage.Format,
        MessageType.EndVerify => EndVerifyMessage.Format,
        MessageType.EndVerifyAck => EndVerifyAckMessage.Format,
        MessageType.Test => TestMessage.Format,
        MessageType.TestStatusSuccess => TestStatusSuccessMessage.Format,
        MessageType.TestStatusFailure => TestStatusFailureMessage.Format,
        MessageType.TestStatusAck => TestStatusAckMessage.Format,
        MessageType.LinkSummary => LinkSummaryMessage.Format,
        MessageType.LinkSummaryAck => LinkSummaryAckMessage.Format,
        MessageType.LinkSummaryNack => LinkSummaryNackMessage.Format,
        MessageType.ChannelStatus => ChannelStatusMessage.Format,
        MessageType.ChannelStatusAck => ChannelStatusAckMessage.Format,
        MessageType.ChannelStatusRequest => ChannelStatusRequestMessage.Format,
        MessageType.ChannelStatusResponse => ChannelStatusResponseMessage.Format,
        MessageType.TraceMonitor => TraceMonitorMessage.Format,
        MessageType.TraceMonitorAck => TraceMonitorAckMessage.Format,
        MessageType.TraceMonitorNack => TraceMonitorNackMessage.Format,
        MessageType.TraceMismatch => TraceMismatchMessage.Format,
        MessageType.TraceMismatchAck => TraceMismatchAckMessage.Format,
        MessageType.TraceReq => TraceReqMessage.Format,
        MessageType.TraceReport => TraceReportMessage.Format,
        MessageType.TraceReqNack => TraceReqNackMessage.Format,
        MessageType.InsertTrace => InsertTraceMessage.Format,
        MessageType.InsertTraceAck => InsertTraceAckMessage.Format,
        MessageType.InsertTraceNack => InsertTraceNackMessage.Format,
        MessageType.ConfirmDataChannelStatus => ConfirmDataChannelStatusMessage.Format,
        MessageType.ConfirmDataChannelStatusAck => ConfirmDataChannelStatusAckMessage.Format,
        MessageType.ConfirmDataChannelStatusNack => ConfirmDataChannelStatusNackMessage.Format,
        _ => null,
    };

    public static bool TryDecode(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out LmpMessage? message, out DecodeError error)
    {
        message = null;
        if (!CommonHeader.TryRead(datagram, out var header, out error)) return false;

        var reader = new LmpReader(datagram[CommonHeader.Size..], CommonHeader.Size);
        var objects = new LmpObject[ObjectWalker.Count(datagram)];
        var format = FormatOf(header.Type);
        var (count, messageIds) = (0, 0);
        while (reader.Remaining > 0)
        {
            var offset = reader.Offset;
            var o = ObjectDecoder.Read(ref reader);
            // RFC 4204 §7: "Only one MESSAGE_ID/MESSAGE_ID_ACK object may be included in any LMP message."
            if (format is not null && o is MessageId or MessageIdAck && ++messageIds > 1)
                reader.Fail(DecodeErrorKind.DuplicateMessageId, offset, 0, o.Class, o.CType);
            if (!reader.Failed) objects[count++] = o;
        }

        if (reader.Failed)
        {
            error = reader.Error;
            return false;
        }

        if (format is null)
        {
            message = new UnknownMessage(header.Type, ValueList.Wrap(objects)) { Flags = header.Flags };
            return true;
        }

        if (format.FindMissing(objects) is { } missing)
        {
            error = new DecodeError(DecodeErrorKind.MissingObject, datagram.Length, 0, missing.Class, missing.CTypes.Length == 1 ? missing.CTypes[0] : (byte)0);
            return false;
        }

        message = format.Create(ValueList.Wrap(objects));
        if (header.Flags != HeaderFlags.None) message = message with { Flags = header.Flags };
        return true;
    }
}
