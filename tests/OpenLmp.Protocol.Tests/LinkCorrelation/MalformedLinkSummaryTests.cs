// RFC 4204 §12.6.3: LinkSummaries that do not decode, because of what the RFC has an error bit for, or of more.
using System.Buffers.Binary;
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Wire.LinkSummaryErrors;

namespace OpenLmp.Protocol.Tests;

[Requirement("4204-2-4")]
public class MalformedLinkSummaryTests
{
    private const string MessageId = "01050008deadbeef";
    private const string TeLink = "030b0010 03000000 00000002 00000001";
    private const string DataLink1 = "030c001c 01000000 000000c9 00000065 010c9608 4e9502f9 4e9502f9";
    private const string DataLink2 = "030c001c 01000000 000000ca 00000066 010c9608 4e9502f9 4e9502f9";

    private readonly LinkPartner _node = new(NodeA());

    [Fact]
    public void The_parts_of_these_tests_are_sound_as_they_are()
    {
        _node.Send(Message(MessageId, TeLink, DataLink1, DataLink2));
        Assert.Equal(0xDEADBEEF, Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last()).MessageIdAck);
    }

    [Theory]
    [InlineData("030b000c 03000000 00000002")]
    [InlineData("030b0014 03000000 00000002 00000001 00000000")]
    [InlineData("030b0008 03000000")]
    [InlineData("030b0004")]
    [InlineData("020b0010 03000000 00000002 00000001")]
    [InlineData("030b0011 03000000 00000002 00000001 00")]
    [Requirement("4204-12.6.3-8")]
    public void A_te_link_of_the_wrong_length_is_invalid(string teLink) => Refused(InvalidTeLink, MessageId, teLink, DataLink1, DataLink2);

    [Theory]
    [InlineData("030c000c 01000000 000000c9")]
    [InlineData("030c0004")]
    [InlineData("020c0010 01000000 000000c9 00000065")]
    [InlineData("030c001c 01000000 000000c9 00000065 01009608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 01029608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 010b9608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 01109608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 01ff9608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 01089608 4e9502f9 4e9502f9")]
    [InlineData("030c001c 01000000 000000c9 00000065 020c0000 00000007 00000000")]
    [InlineData("030c0012 01000000 000000c9 00000065 0104")]
    [InlineData("030c0011 01000000 000000c9 00000065 01")]
    [Requirement("4204-12.6.3-9")]
    [Requirement("4204-13.12.1-1")]
    public void A_data_link_of_the_wrong_length_or_with_a_broken_subobject_is_invalid(string dataLink)
    {
        Refused(InvalidDataLink, MessageId, TeLink, dataLink, DataLink2);
        Refused(InvalidDataLink, MessageId, TeLink, DataLink2, dataLink);
        // §12.2 leaves the order to the sender: the Message_Id is found wherever it is.
        Refused(InvalidDataLink, dataLink, TeLink, DataLink2, MessageId);
    }

    [Fact]
    [Requirement("4204-12.6.3-8")]
    [Requirement("4204-12.6.3-9")]
    public void A_link_summary_without_te_link_or_data_link_is_refused_too()
    {
        Refused(InvalidTeLink, MessageId, DataLink1);
        Refused(InvalidDataLink, MessageId, TeLink);
    }

    [Theory]
    [InlineData(TeLink + DataLink1)]
    [InlineData("01050004" + TeLink + DataLink1)]
    [InlineData(MessageId + MessageId + TeLink + DataLink1)]
    [InlineData(MessageId + "030b0003" + DataLink1)]
    [InlineData(MessageId + TeLink + "030c0100 01000000 000000c9 00000065")]
    [InlineData(MessageId + TeLink + DataLink1 + "030c")]
    [InlineData("")]
    public void What_is_too_broken_to_be_answered_is_counted_and_changes_nothing(string body)
    {
        var before = (_node.Sent.Count, _node.Events.Count);
        _node.Send(Message(body));
        Assert.Equal(before, (_node.Sent.Count, _node.Events.Count));
        Assert.Equal(1, _node.Node.Counters.Dropped(DropReason.Malformed));
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
    }

    [Fact]
    public void Broken_answers_are_counted_and_leave_the_exchange_running()
    {
        var id = _node.LastSummary.MessageId!.Value;
        _node.Send(Message(MessageType.LinkSummaryAck, "02050008" + id.ToString("x8") + "0000"));
        _node.Send(Message(MessageType.LinkSummaryNack, "02050008" + id.ToString("x8")));
        _node.Send(Message(MessageType.LinkSummaryNack, "02050008" + id.ToString("x8") + "0214000800000001" + "030c000c 01000000 000000c9"));
        Assert.Equal(3, _node.Node.Counters.Dropped(DropReason.Malformed));
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
        _node.Ack();
        Assert.Equal(TeLinkState.Up, _node.TeLink.State);
    }

    private void Refused(LinkSummaryErrors errors, params string[] objects)
    {
        var sent = _node.Sent.Count;
        _node.Send(Message(objects));
        Assert.Equal(sent + 1, _node.Sent.Count);
        Assert.Equal(new LinkSummaryNackMessage(0xDEADBEEF, errors), _node.LastNack);
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
    }

    private static byte[] Message(params string[] objects) => Message(MessageType.LinkSummary, objects);

    private static byte[] Message(MessageType type, params string[] objects)
    {
        var bytes = Convert.FromHexString("1000000000000000" + string.Concat(objects).Replace(" ", "", StringComparison.Ordinal));
        bytes[3] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), (ushort)bytes.Length);
        return bytes;
    }
}
