// RFC 4204 §13.8; RFC 4207 §3.1
namespace OpenLmp.Wire.Tests;

public class VerifyTransportTests
{
    [Theory]
    [InlineData(0x0002, "DCCS")]
    [InlineData(0x0004, "DCCL")]
    [InlineData(0x0008, "J0-trace")]
    [InlineData(0x0040, "J1-trace")]
    [InlineData(0x0080, "J2-trace")]
    public void The_bits_of_SONET_and_SDH_have_the_names_of_the_RFC_there_and_none_elsewhere(ushort bit, string name)
    {
        var transport = (VerifyTransport)bit;
        Assert.Equal(name, VerifyTransports.InWords(transport, EncodingType.Sdh));
        Assert.Equal($"{name} (if SONET/SDH)", VerifyTransports.InWords(transport, null));
        Assert.Equal($"0x{bit:x4} (not defined)", VerifyTransports.InWords(transport, EncodingType.Lambda));
        Assert.Contains((transport, name.ToLowerInvariant()), VerifyTransports.All);
        Assert.Equal(name.ToLowerInvariant(), VerifyTransports.Name(transport));
    }

    [Fact]
    public void Payload_means_the_same_for_every_encoding_and_reserved_bits_nothing()
    {
        foreach (var encoding in Enum.GetValues<EncodingType>())
            Assert.Equal("Payload", VerifyTransports.InWords(VerifyTransport.Payload, encoding));
        Assert.Equal("Payload, DCCS, J2-trace, 0x0031 (not defined)", VerifyTransports.InWords((VerifyTransport)0x80B3, EncodingType.Sdh));
        Assert.Null(VerifyTransports.Name((VerifyTransport)0x0001));
    }
}
