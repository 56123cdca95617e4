// RFC 4204 §13, RFC 4209 §2.4.1, RFC 6898 §3: what the objects answer about themselves.
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests;

public class ObjectTests
{
    [Theory]
    [InlineData("01 01 0008 00000000"), InlineData("02 01 0008 00000000")]
    [InlineData("06 03 0008 00000000"), InlineData("02 03 0008 00000000"), InlineData("04 03 0014 00000000000000000000000000000000")]
    [InlineData("01 04 0008 00000000"), InlineData("05 04 0008 00000000"), InlineData("06 04 0008 00000000")]
    [InlineData("03 0B 0010 00000000 00000000 00000001"), InlineData("01 0B 0010 00000000 C0000201 00000000")]
    [InlineData("03 0C 0010 00000000 00000000 00000001"), InlineData("01 0C 0010 00000000 C0000201 00000000")]
    [Requirement("4204-13.1-1"), Requirement("4204-13.1-2"), Requirement("4204-13.3-1"), Requirement("4204-13.3-2")]
    [Requirement("4204-13.4-1"), Requirement("4204-13.4-2"), Requirement("4204-13.11-1"), Requirement("4204-13.11-2")]
    [Requirement("4204-13.12-1"), Requirement("4204-13.12-2"), Requirement("4204-12.5.1-3")]
    public void Zero_ids_decode_so_that_the_node_can_answer_them_and_are_shown_as_wrong(string hex)
    {
        var reader = new LmpReader(Parse(hex));
        var o = ObjectDecoder.Read(ref reader);
        Assert.False(reader.Failed);
        Assert.Single(Vectors.FieldText.Of(o).Split('\n'), line => line.EndsWith(": 0 is not allowed", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("4204-12.5.1-2")]
    public void Zero_LOCAL_LINK_ID_of_BeginVerify_is_told_from_a_TE_link()
    {
        var begin = new BeginVerifyObject(BeginVerifyFlags.None, 1, 1, EncodingType.Packet, VerifyTransport.Payload, 1, 0);
        Assert.True(Decode(new BeginVerifyMessage(Number(0), 1, null, begin)).LocalLinkId.IsZero);
        Assert.False(Decode(new BeginVerifyMessage(Number(1), 1, null, begin)).LocalLinkId.IsZero);
    }

    [Theory]
    [InlineData(VerifyTransport.Payload, true), InlineData(VerifyTransport.Dccs, true), InlineData((VerifyTransport)0x0100, true)]
    [InlineData(VerifyTransport.None, false), InlineData(VerifyTransport.Payload | VerifyTransport.J0Trace, false)]
    [Requirement("4204-13.9-1")]
    public void One_and_only_one_transport_is_chosen(VerifyTransport transport, bool right) =>
        Assert.Equal(right, new BeginVerifyAckObject(1000, transport).HasOneTransport);

    [Fact]
    [Requirement("4204-13.13-1")]
    public void The_entire_TE_link_is_one_Interface_Id_and_it_is_zero()
    {
        var state = new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalFail);
        foreach (var form in Enum.GetValues<IdentifierType>())
        {
            var whole = ChannelStatusObject.ForTeLink(form, state);
            Assert.True(whole.IsWholeTeLink);
            Assert.Equal(form, whole.Form);
            Assert.Equal(new ChannelStatusEntry(new Identifier(form, 0), state), Assert.Single(whole.Channels));
            Assert.True(new ChannelStatusObject(form, []).IsWholeTeLink); // RFC 4204 §12.7.1
            Assert.False(new ChannelStatusObject(form, [new(new Identifier(form, 7), state)]).IsWholeTeLink);
            Assert.False((whole with { Channels = [whole.Channels[0], whole.Channels[0]] }).IsWholeTeLink);
        }
    }

    [Fact]
    [Requirement("6898-3.1-1"), Requirement("6898-3.1-2"), Requirement("6898-3.2-1")]
    public void BehaviorConfig_is_sent_negotiable_aligned_and_with_MBZ_zero()
    {
        var config = new BehaviorConfig(LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck);
        Assert.True(config.Negotiable);
        Assert.Equal(8, config.Length);
        Assert.Equal(0xA0000000, Assert.Single(config.Words));
        Assert.Equal(LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck, config.Behaviors);
        Assert.False(config.HasUnknownBits);
    }

    [Theory]
    [InlineData("E0000000", false), InlineData("00000000", false), InlineData("E0000000 00000000 00000000", false)]
    [InlineData("10000000", true), InlineData("E0000001", true), InlineData("E0000000 80000000", true), InlineData("00000000 00000000 00000001", true)]
    [Requirement("6898-3.2-4"), Requirement("6898-3.2-3")]
    public void BehaviorConfig_shows_MBZ_bits_and_keeps_them(string flags, bool unknown)
    {
        var body = Parse(flags);
        byte[] bytes = [0x83, 0x06, 0x00, (byte)(4 + body.Length), .. body];
        var reader = new LmpReader(bytes);
        var config = Assert.IsType<BehaviorConfig>(ObjectDecoder.Read(ref reader));
        Assert.Equal(unknown, config.HasUnknownBits);
        var again = new byte[config.Length];
        var writer = new LmpWriter(again);
        config.Write(ref writer);
        Assert.Equal(bytes, again);
    }

    [Fact]
    [Requirement("6898-2.2-1"), Requirement("6898-2.2-6")]
    public void One_Config_carries_several_CONFIG_objects_one_of_each_C_Type()
    {
        var config = Decode(new ConfigMessage(1, 2, Node("10.0.0.1"), new HelloConfig(150, 500) { Negotiable = true }, new LmpWdmConfig(true, false),
            new BehaviorConfig(LmpBehaviors.Dwdm)));
        Assert.Equal([1, 2, 3], config.Configs.Select(c => (int)c.CType));
    }

    [Fact]
    [Requirement("5818-5.3-1"), Requirement("5818-5.3-2")]
    public void Data_channel_status_is_carried_in_DATA_LINK()
    {
        var link = new DataLinkObject(DataLinkFlags.Port, Number(1), Number(2), [new DataChannelStatusSubobject(DataChannelStatus.InUse, [0, 0, 0, 1])]);
        var message = Decode(new ConfirmDataChannelStatusMessage(Number(1), 2, link));
        Assert.Equal(link.Subobjects, Assert.Single(message.DataLinks).Subobjects);
    }

    [Fact]
    public void Subobjects_up_to_the_8_bit_Length_are_sent_and_longer_ones_refused()
    {
        Assert.Equal(252, Encoded(new Srlg([.. Enumerable.Range(0, Srlg.MaxValues).Select(i => (uint)i)])).Length);
        Assert.Equal(256, Encoded(new DataChannelStatusSubobject(DataChannelStatus.Free, [.. new byte[DataChannelStatusSubobject.MaxIdLength]])).Length);
        Assert.Throws<InvalidOperationException>(() => Encoded(new Srlg([.. new uint[Srlg.MaxValues + 1]])));
        Assert.Throws<InvalidOperationException>(() => Encoded(new DataChannelStatusSubobject(DataChannelStatus.Free, [.. new byte[DataChannelStatusSubobject.MaxIdLength + 1]])));
    }

    [Fact]
    public void Messages_longer_than_a_datagram_are_refused()
    {
        var link = new DataLinkObject(DataLinkFlags.Port, Number(1), Number(2), []);
        var te = new TeLinkObject(TeLinkFlags.None, Number(1), Number(2));
        var most = (CommonHeader.MaxMessageLength - 32) / link.Length;
        Assert.Equal(32 + (most * link.Length), new LinkSummaryMessage(1, te, [.. Enumerable.Repeat(link, most)]).Encode().Length);
        Assert.Throws<InvalidOperationException>(() => new LinkSummaryMessage(1, te, [.. Enumerable.Repeat(link, most + 1)]).Encode());
    }

    private static T Decode<T>(T message) where T : LmpMessage
    {
        Assert.True(LmpMessage.TryDecode(message.Encode(), out var decoded, out var error), error.ToString());
        return Assert.IsType<T>(decoded);
    }

    private static byte[] Encoded(DataLinkSubobject subobject)
    {
        var buffer = new byte[512];
        var writer = new LmpWriter(buffer);
        subobject.Write(ref writer);
        return buffer[..writer.Written];
    }
}
