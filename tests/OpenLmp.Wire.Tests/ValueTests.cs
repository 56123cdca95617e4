// The values that messages are made of, and the cursors: RFC 4204 §13.2-13.4, RFC 3471 §3.1.2.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class ValueTests
{
    [Theory]
    [InlineData("101", IdentifierType.Unnumbered, "101"), InlineData("0", IdentifierType.Unnumbered, "0"), InlineData("4294967295", IdentifierType.Unnumbered, "4294967295")]
    [InlineData("192.0.2.1", IdentifierType.IPv4, "192.0.2.1"), InlineData("0.0.0.0", IdentifierType.IPv4, "0.0.0.0")]
    [InlineData("2001:DB8:0::1", IdentifierType.IPv6, "2001:db8::1"), InlineData("::", IdentifierType.IPv6, "::")]
    public void Identifier_is_read_and_shown(string text, IdentifierType type, string shown)
    {
        Assert.True(Identifier.TryParse(text, out var id));
        Assert.Equal(type, id.Type);
        Assert.Equal(shown, id.ToString());
        Assert.Equal(text is "0" or "0.0.0.0" or "::", id.IsZero);
        Assert.Equal(type == IdentifierType.IPv6 ? 16 : 4, id.Length);
    }

    [Theory]
    [InlineData(""), InlineData("-1"), InlineData("+1"), InlineData(" 1"), InlineData("4294967296"), InlineData("1.2"), InlineData("1.2.3"), InlineData("0x7f000001")]
    [InlineData("010.0.0.1"), InlineData("0x0a.0.0.1"), InlineData("fe80::1%1"), InlineData("[::1]"), InlineData("[::1]:701")]
    [InlineData("300.0.0.1"), InlineData("2001:db8"), InlineData("te1"), InlineData("1.2.3.4.5")]
    public void Identifier_is_written_in_full(string text) => Assert.False(Identifier.TryParse(text, out _));

    [Fact]
    public void The_same_number_is_another_id_in_another_form() =>
        Assert.NotEqual(Identifier.Unnumbered(0xC0000201), Vector.Address("192.0.2.1"));

    [Fact]
    public void Node_Ids_compare_unsigned()
    {
        Assert.True(NodeId.TryParse("10.0.0.1", out var low));
        Assert.True(NodeId.TryParse("200.0.0.1", out var high));
        Assert.Equal("200.0.0.1", high.ToString());
        Assert.True(low < high && high > low && low <= high && high >= low);
        Assert.True(low.CompareTo(high) < 0);
        Assert.False(NodeId.TryParse("101", out _));
        Assert.False(NodeId.TryParse("::1", out _));
    }

    // Bytes per second as RFC 3471 §3.1.2 lists them.
    [Theory]
    [InlineData(0x483C7A00, "1.544 Mbps"), InlineData(0x4B9450C0, "155.52 Mbps"), InlineData(0x4CEE6B28, "1 Gbps"), InlineData(0x4E9450C0, "9.95328 Gbps")]
    [InlineData(0x45FA0000, "64 kbps"), InlineData(0x00000000, "0 bps"), InlineData(0x3F800000, "8 bps")]
    public void Bandwidth_is_shown_and_read(uint bits, string text)
    {
        var value = BitConverter.UInt32BitsToSingle(bits);
        Assert.Equal(text, Bandwidth.Format(value));
        Assert.True(Bandwidth.TryParse(text, out var parsed));
        Assert.Equal(value, parsed);
        Assert.True(Bandwidth.TryParse(text.Replace(" ", ""), out parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData(""), InlineData("10"), InlineData("Gbps"), InlineData("-1Gbps"), InlineData("1,5Gbps"), InlineData("10 Gb"), InlineData("1e99Tbps")]
    public void Bandwidth_has_a_number_and_a_unit(string text) => Assert.False(Bandwidth.TryParse(text, out _));

    [Fact]
    public void Every_bandwidth_can_be_shown()
    {
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1f, float.Epsilon, float.MaxValue })
            Assert.EndsWith("bps", Bandwidth.Format(value));
    }

    [Fact]
    public void Lists_compare_by_their_elements()
    {
        ValueList<uint> a = [1, 2, 3];
        Assert.True(a == [1, 2, 3] && a != [1, 2] && a != [1, 2, 4]);
        Assert.Equal(a.GetHashCode(), ((ValueList<uint>)[1, 2, 3]).GetHashCode());
        Assert.True(default == (ValueList<uint>)[]);
        Assert.Equal([1, 2, 3], a.ToArray());
        Assert.Empty(default(ValueList<uint>));
    }

    [Theory]
    [InlineData(MessageType.Config, "Config"), InlineData(MessageType.ConfirmDataChannelStatusNack, "ConfirmDataChannelStatusNack")]
    [InlineData((MessageType)0, "Type0"), InlineData((MessageType)35, "Type35"), InlineData((MessageType)255, "Type255")]
    [InlineData((MessageType)50, "ServiceConfig"), InlineData((MessageType)51, "ServiceConfigAck"), InlineData((MessageType)52, "ServiceConfigNack")]
    [InlineData((MessageType)241, "DiscoveryResponse"), InlineData((MessageType)242, "DiscoveryResponseAck"), InlineData((MessageType)243, "DiscoveryResponseNack")]
    public void Message_types_have_names_those_seen_outside_the_RFCs_too(MessageType type, string name)
    {
        Assert.Equal(name, MessageTypeRegistry.Name(type));
        if (!Enum.IsDefined(type))
        {
            Assert.True(LmpMessage.TryDecode([0x10, 0, 0, (byte)type, 0, 8, 0, 0], out var message, out _));
            Assert.Equal(name, Assert.IsType<UnknownMessage>(message).Name);
        }
    }

    [Fact]
    public void Registry_names_read_both_ways()
    {
        Assert.Equal(["packet", "ethernet", "pdh", "sdh", "digital-wrapper", "lambda", "fiber", "fiber-channel"], Rfc3471.Encodings.Select(e => Rfc3471.Name(e.Value)));
        Assert.Equal([1, 2, 3, 5, 7, 8, 9, 11], Rfc3471.Encodings.Select(e => (int)e.Value));
        Assert.Equal([1, 2, 3, 4, 51, 100, 150, 200], Rfc3471.SwitchingTypes.Select(e => (int)e.Value));
        Assert.Equal([1, 2, 4, 8, 16, 32], Rfc3471.Protections.Select(e => (int)e.Value));
        Assert.Equal(["sonet-j0", "sonet-j1", "sonet-j2", "sdh-j0", "sdh-j1", "sdh-j2"], Enumerable.Range(1, 6).Select(t => TraceTypes.Name((TraceType)t)));
        Assert.Equal("7", TraceTypes.Name((TraceType)7));
    }

    [Fact]
    public void A_writer_that_overflowed_drops_everything_after_it()
    {
        var buffer = new byte[3];
        var writer = new LmpWriter(buffer);
        writer.WriteByte(1);
        writer.WriteUInt32(2);
        writer.WriteByte(3); // would fit, and would shift what follows
        Assert.True(writer.Overflowed);
        Assert.Equal(1, writer.Written);
        Assert.Equal([1, 0, 0], buffer);
    }

    [Fact]
    public void A_reader_that_failed_reads_nothing_and_keeps_the_first_error()
    {
        var reader = new LmpReader([1, 2, 3, 4, 5], baseOffset: 100);
        Assert.Equal(0x01020304u, reader.ReadUInt32());
        Assert.Equal(104, reader.Offset);
        Assert.Equal(0, reader.ReadUInt16());
        Assert.True(reader.Failed);
        Assert.Equal(104, reader.Error.Offset);
        Assert.Equal(0, reader.ReadByte());
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.Equal(UInt128.Zero, reader.ReadUInt128());
        Assert.True(reader.ReadBytes(1).IsEmpty);
        reader.Fail(DecodeErrorKind.TraceLength, 1, 2);
        Assert.Equal(new DecodeError(DecodeErrorKind.ObjectLength, 104, 1), reader.Error);
    }

    // RFC 4204 §7, §13.5
    [Fact]
    public void An_encoded_message_gets_another_Message_Id_and_is_the_same_otherwise()
    {
        var bytes = Config(7).Encode();
        MessageId.Renew(bytes, 0xFFFF_FFFE);
        Assert.Equal(Config(0xFFFF_FFFE).Encode(), bytes);
        Assert.Throws<ArgumentException>(() => MessageId.Renew(new ConfigAckMessage(1, new NodeId(1), 2, 3, new NodeId(2)).Encode(), 8));

        static ConfigMessage Config(uint id) => new(5, id, new NodeId(5), new HelloConfig(150, 500) { Negotiable = true });
    }
}
