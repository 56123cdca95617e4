// RFC 4204 §12.1, §13: "should be sent as zero and ignored on receipt".
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class ReservedFieldTests
{
    // As received, and as sent again.
    private static readonly (string Name, string Received, string Sent)[] Objects =
    [
        ("LMP-WDM_CONFIG", "02 06 0008  BFFFFFFF", "02 06 0008  80000000"),
        ("BEGIN_VERIFY flags and byte", "01 08 0018  FFFD 0096 00000001 01 FF 8000 3F800000 00000000", "01 08 0018  0001 0096 00000001 01 00 8000 3F800000 00000000"),
        ("IPv4 TE_LINK", "01 0B 0010  FD FFFFFF  C0000201 C0000202", "01 0B 0010  01 000000  C0000201 C0000202"),
        ("Unnumbered TE_LINK", "03 0B 0010  FE 123456  00000001 00000002", "03 0B 0010  02 000000  00000001 00000002"),
        ("DATA_LINK", "03 0C 0010  F9 FFFFFF  00000065 000000C9", "03 0C 0010  01 000000  00000065 000000C9"),
        ("TRACE_REQ", "01 16 0008  0001 FFFF", "01 16 0008  0001 0000"),
        ("TRACE padding", "01 15 0010  0001 0005  6F78633161 FFFFFF", "01 15 0010  0001 0005  6F78633161 000000"),
        ("TRACE without padding", "01 15 000D  0001 0005  6F78633161", "01 15 0010  0001 0005  6F78633161 000000"),
    ];

    private static readonly (string Name, string Received, string Sent)[] Subobjects =
    [
        ("Wavelength", "02 08 FFFF 0000060E", "02 08 0000 0000060E"),
        ("Link Group ID", "03 08 FFFF 00000007", "03 08 0000 00000007"),
        ("SRLG", "04 08 FFFF 0000000B", "04 08 0000 0000000B"),
        ("BER Estimate", "05 04 0D FF", "05 04 0D 00"),
        ("Optical Protection: 10 bits", "06 04 FF C4", "06 04 00 04"),
        ("Total Span Length", "07 08 FFFF 00013880", "07 08 0000 00013880"),
        ("Administrative Group", "08 08 FFFF 00000005", "08 08 0000 00000005"),
        ("Data Channel Status padding", "09 05 0001 AA FFFFFF", "09 05 0001 AA 000000"),
    ];

    public static TheoryData<string> ObjectNames => [.. Objects.Select(c => c.Name)];

    public static TheoryData<string> SubobjectNames => [.. Subobjects.Select(c => c.Name)];

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Common_header(string name)
    {
        var vector = AllVectors.Message(name);
        var bytes = (byte[])vector.Bytes.Clone();
        bytes[0] |= 0x0F;
        bytes[1] = 0xFF;
        bytes[2] |= 0xFC;
        bytes[6] = 0xFF;
        bytes[7] = 0xFF;
        Assert.True(LmpMessage.TryDecode(bytes, out var message, out var error), error.ToString());
        Assert.Equal(vector.Value, message);
        Assert.Equal(vector.Bytes, message.Encode());
    }

    [Fact]
    public void Common_header_flags_that_no_RFC_defines_are_not_sent()
    {
        const HeaderFlags all = (HeaderFlags)0xFF;
        Assert.Equal(3, (new LinkSummaryAckMessage(1) { Flags = all }).Encode()[2]);
        var hello = new byte[Hello.EncodedLength];
        new Hello(all, 1, 1, 0).Encode(hello);
        Assert.Equal(3, hello[2]);
    }

    [Theory, MemberData(nameof(ObjectNames))]
    [Requirement("4207-4.1.6-2"), Requirement("4207-4.1.1.1-1")]
    public void Object(string name)
    {
        var (_, received, sent) = Objects.Single(c => c.Name == name);
        var reader = new LmpReader(Vector.Parse(received));
        var o = ObjectDecoder.Read(ref reader);
        Assert.False(reader.Failed, reader.Error.ToString());
        var plain = new LmpReader(Vector.Parse(sent));
        Assert.Equal(ObjectDecoder.Read(ref plain), o);
        var buffer = new byte[o.Length];
        var writer = new LmpWriter(buffer);
        o.Write(ref writer);
        Assert.Equal(Vector.Parse(sent), buffer);
    }

    [Theory, MemberData(nameof(SubobjectNames))]
    [Requirement("5818-5.2-1")]
    public void Subobject(string name)
    {
        var (_, received, sent) = Subobjects.Single(c => c.Name == name);
        var reader = new LmpReader(Vector.Parse(received));
        var o = DataLinkSubobject.Read(default, ref reader);
        Assert.False(reader.Failed, reader.Error.ToString());
        var plain = new LmpReader(Vector.Parse(sent));
        Assert.Equal(DataLinkSubobject.Read(default, ref plain), o);
        var buffer = new byte[o.PaddedLength];
        var writer = new LmpWriter(buffer);
        o.Write(ref writer);
        Assert.Equal(Vector.Parse(sent), buffer);
    }

    [Fact]
    public void Bits_that_no_RFC_defines_are_not_sent_even_if_a_value_has_them()
    {
        Assert.Equal("030b0010030000000000000100000002", Hex(new TeLinkObject((TeLinkFlags)0xFF, Vector.Number(1), Vector.Number(2))));
        Assert.Equal("030c0010070000000000000100000002", Hex(new DataLinkObject((DataLinkFlags)0xFF, Vector.Number(1), Vector.Number(2), [])));
        Assert.Equal("0108001800030000000000000100000000000000000000" + "00",
            Hex(new BeginVerifyObject((BeginVerifyFlags)0xFFFF, 0, 0, EncodingType.Packet, VerifyTransport.None, 0, 0)));
        Assert.Equal("030d000c000000017fffffff",
            Hex(new ChannelStatusObject(IdentifierType.Unnumbered, [Vector.Channel(Vector.Number(1), false, ChannelDirection.Transmit, (ChannelCondition)0xFFFFFFFF)])));
        Assert.Equal("83060008e0000000", Hex(new BehaviorConfig((LmpBehaviors)0xFFFFFFFF)));
    }

    private static string Hex(LmpObject o)
    {
        var buffer = new byte[o.Length];
        var writer = new LmpWriter(buffer);
        o.Write(ref writer);
        return Convert.ToHexStringLower(buffer);
    }
}
