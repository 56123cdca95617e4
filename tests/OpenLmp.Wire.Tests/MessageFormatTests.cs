// RFC 4204 §12: the order of objects, and which may be missing.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class MessageFormatTests
{
    public static TheoryData<string> KnownTypes => [.. AllVectors.Messages.Where(v => v.Value is not UnknownMessage).Select(v => v.Name)];

    [Theory, MemberData(nameof(KnownTypes))]
    [Requirement("4204-12.3.1-1"), Requirement("4204-12.3.2-1"), Requirement("4204-12.3.3-2"), Requirement("4204-12.4-1")]
    [Requirement("4204-12.5.1-1"), Requirement("4204-12.5.2-2"), Requirement("4204-12.5.3-2"), Requirement("4204-12.5.4-1"), Requirement("4204-12.5.5-1")]
    [Requirement("4204-12.5.6-2"), Requirement("4204-12.5.7-1"), Requirement("4204-12.5.8-1"), Requirement("4204-12.5.9-1")]
    [Requirement("4204-12.6.1-1"), Requirement("4204-12.6.2-1"), Requirement("4204-12.6.3-2")]
    [Requirement("4204-12.7.1-2"), Requirement("4204-12.7.2-1"), Requirement("4204-12.7.3-2"), Requirement("4204-12.7.4-1")]
    [Requirement("4207-4.1.1-1"), Requirement("4207-4.1.2-1"), Requirement("4207-4.1.3-1"), Requirement("4207-4.1.4-1"), Requirement("4207-4.1.6-1")]
    [Requirement("4207-4.1.8-1"), Requirement("4207-4.1.9-1"), Requirement("4207-4.1.11-1")]
    public void Objects_are_sent_in_the_order_of_the_format(string name)
    {
        // The value of a vector comes from the message's constructor, which is what sends; its bytes were compared in VectorTests.
        var message = AllVectors.Message(name).Value;
        var slots = MessageDecoder.FormatOf(message.Type)!.Slots;
        var last = 0;
        foreach (var o in message.Objects)
        {
            var slot = IndexOf(slots, o);
            if (slot < 0) continue; // no RFC defines it, so it has no place
            Assert.True(slot >= last, $"{o.Name} comes too late");
            last = slot;
        }
    }

    [Theory, MemberData(nameof(KnownTypes))]
    public void Only_repeatable_objects_are_sent_more_than_once(string name)
    {
        var message = AllVectors.Message(name).Value;
        foreach (var slot in MessageDecoder.FormatOf(message.Type)!.Slots)
        {
            var count = message.Objects.Count(slot.Matches);
            if (slot.Required) Assert.True(count > 0);
            if (!slot.Repeatable) Assert.True(count <= 1);
        }
    }

    [Theory, MemberData(nameof(KnownTypes))]
    public void Objects_in_any_order_are_accepted(string name)
    {
        var vector = AllVectors.Message(name);
        var reversed = vector.Value with { Objects = [.. vector.Value.Objects.Reverse()] };
        Assert.True(LmpMessage.TryDecode(reversed.Encode(), out var decoded, out var error), error.ToString());
        Assert.Equal(reversed, decoded);
        Assert.IsType(vector.Value.GetType(), decoded);
        Assert.Equal(vector.Value.MessageId, decoded.MessageId);
        Assert.Equal(vector.Value.MessageIdAck, decoded.MessageIdAck);
    }

    [Theory, MemberData(nameof(KnownTypes))]
    [Requirement("4207-4.1.7-1"), Requirement("4207-4.1.8-3"), Requirement("4207-4.1.11-2"), Requirement("5818-6-2")]
    public void Without_a_required_object_the_message_is_malformed(string name)
    {
        var message = AllVectors.Message(name).Value;
        foreach (var slot in MessageDecoder.FormatOf(message.Type)!.Slots)
        {
            var bytes = (message with { Objects = [.. message.Objects.Where(o => !slot.Matches(o))] }).Encode();
            var decoded = LmpMessage.TryDecode(bytes, out _, out var error);
            Assert.Equal(!slot.Required, decoded);
            if (!slot.Required) continue;
            var cType = slot.CTypes.Length == 1 ? slot.CTypes[0] : (byte)0;
            Assert.Equal(new DecodeError(DecodeErrorKind.MissingObject, bytes.Length, 0, slot.Class, cType), error);
        }
    }

    [Theory, MemberData(nameof(KnownTypes))]
    public void A_second_MESSAGE_ID_or_MESSAGE_ID_ACK_makes_the_message_malformed(string name)
    {
        // RFC 4204 §7: "Only one MESSAGE_ID/MESSAGE_ID_ACK object may be included in any LMP message."
        var message = AllVectors.Message(name).Value;
        var has = message.Objects.Any(o => o is MessageId or MessageIdAck);
        foreach (var second in new LmpObject[] { new MessageId(1), new MessageIdAck(1) })
        {
            var one = (message with { Objects = [.. message.Objects, second] }).Encode();
            Assert.Equal(!has, LmpMessage.TryDecode(one, out _, out var error));
            if (has) Assert.Equal(new DecodeError(DecodeErrorKind.DuplicateMessageId, one.Length - 8, 0, ObjectClass.MessageId, second.CType), error);
        }
    }

    [Fact]
    public void Formats_are_those_of_the_RFCs()
    {
        // Transcribed once more: class[C-Types], all of them where none is listed; in parentheses: optional; +: repeatable.
        var expected = new Dictionary<MessageType, string>
        {
            [MessageType.Config] = "Ccid[1] MessageId[1] NodeId[1] Config[]+",
            [MessageType.ConfigAck] = "Ccid[1] NodeId[1] Ccid[2] MessageId[2] NodeId[2] (Config[]+)",
            [MessageType.ConfigNack] = "Ccid[1] NodeId[1] Ccid[2] MessageId[2] NodeId[2] Config[]+",
            [MessageType.Hello] = "(Ccid[1]) Hello[1]", // LOCAL_CCID is required by the BNF; there are senders that leave it out
            [MessageType.BeginVerify] = "LinkId[1,3,5] MessageId[1] (LinkId[2,4,6]) BeginVerify[]",
            [MessageType.BeginVerifyAck] = "(LinkId[1,3,5]) MessageId[2] BeginVerifyAck[1] VerifyId[1]",
            [MessageType.BeginVerifyNack] = "(LinkId[1,3,5]) MessageId[2] ErrorCode[1]",
            [MessageType.EndVerify] = "MessageId[1] VerifyId[1]",
            [MessageType.EndVerifyAck] = "MessageId[2] VerifyId[1]",
            [MessageType.Test] = "InterfaceId[1,3,5] VerifyId[1] (Trace[1])",
            [MessageType.TestStatusSuccess] = "LinkId[1,3,5] MessageId[1] InterfaceId[1,3,5] InterfaceId[2,4,6] VerifyId[1]",
            [MessageType.TestStatusFailure] = "MessageId[1] VerifyId[1]",
            [MessageType.TestStatusAck] = "MessageId[2] VerifyId[1]",
            [MessageType.LinkSummary] = "MessageId[1] TeLink[] DataLink[]+",
            [MessageType.LinkSummaryAck] = "MessageId[2]",
            [MessageType.LinkSummaryNack] = "MessageId[2] ErrorCode[2] (DataLink[]+)",
            [MessageType.ChannelStatus] = "LinkId[1,3,5] MessageId[1] ChannelStatus[]+",
            [MessageType.ChannelStatusAck] = "MessageId[2]",
            [MessageType.ChannelStatusRequest] = "LinkId[1,3,5] MessageId[1] (ChannelStatusRequest[]+)",
            [MessageType.ChannelStatusResponse] = "MessageId[2] ChannelStatus[]+",
            [MessageType.TraceMonitor] = "MessageId[1] InterfaceId[1,3,5] Trace[1]",
            [MessageType.TraceMonitorAck] = "MessageId[2]",
            [MessageType.TraceMonitorNack] = "MessageId[2] ErrorCode[3]",
            [MessageType.TraceMismatch] = "MessageId[1] InterfaceId[1,3,5]+",
            [MessageType.TraceMismatchAck] = "MessageId[2]",
            [MessageType.TraceReq] = "MessageId[1] InterfaceId[1,3,5] TraceReq[1]",
            [MessageType.TraceReport] = "MessageId[2] Trace[1]",
            [MessageType.TraceReqNack] = "MessageId[2] ErrorCode[3]",
            [MessageType.InsertTrace] = "MessageId[1] InterfaceId[1,3,5] Trace[1]",
            [MessageType.InsertTraceAck] = "MessageId[2]",
            [MessageType.InsertTraceNack] = "MessageId[2] ErrorCode[3]",
            [MessageType.ConfirmDataChannelStatus] = "LinkId[1,3,5] MessageId[1] DataLink[]+",
            [MessageType.ConfirmDataChannelStatusAck] = "MessageId[2] DataLink[]+",
            [MessageType.ConfirmDataChannelStatusNack] = "(LinkId[1,3,5]) MessageId[2] ErrorCode[4]",
        };
        foreach (var type in Enum.GetValues<MessageType>())
        {
            var slots = MessageDecoder.FormatOf(type)!.Slots.Select(s =>
            {
                var text = $"{s.Class}[{string.Join(',', s.CTypes)}]{(s.Repeatable ? "+" : "")}";
                return s.Required ? text : $"({text})";
            });
            Assert.Equal(expected[type], string.Join(' ', slots));
        }
    }

    private static int IndexOf(IReadOnlyList<Slot> slots, LmpObject o)
    {
        for (var i = 0; i < slots.Count; i++)
            if (slots[i].Matches(o)) return i;
        return -1;
    }
}
