using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class TestPacketTests
{
    // By hand: IPv4 (RFC 791) from 10.0.0.1 to 224.0.0.1, TTL 1, UDP (RFC 768) 701 to 701, Test (RFC 4204 §12.5.6) of Interface_Id 101, Verify_Id 7.
    private const string Vector =
        "45000034 00000000 0111cfb7 0a000001 e0000001" // version 4, 20 bytes; length 52; TTL 1, protocol 17, checksum; addresses
        + "02bd02bd 0020f985" // ports 701; length 32, checksum
        + "1000000a 00180000 05040008 00000065 010a0008 00000007";

    private static readonly byte[] Bytes = Convert.FromHexString(Vector.Replace(" ", "", StringComparison.Ordinal));

    [Fact]
    [Requirement("4204-12.5.6-1")]
    public void Headers_are_those_written_by_hand()
    {
        var packet = Enumerable.Repeat((byte)0xA5, 100).ToArray();
        var length = TestPacket.Write(packet, 0x0A000001, new TestMessage(Identifier.Unnumbered(101), 7).Encode());
        Assert.Equal(Convert.ToHexString(Bytes), Convert.ToHexString(packet.AsSpan(0, length)));
        Assert.Equal(Bytes[TestPacket.HeaderLength..], TestPacket.Read(packet.AsSpan(0, length)).ToArray());
    }

    [Fact]
    public void Ethernet_padding_is_not_part_of_the_message() =>
        Assert.Equal(Bytes[TestPacket.HeaderLength..], TestPacket.Read([.. Bytes, 0, 0, 0, 0]).ToArray());

    [Fact]
    public void What_is_no_whole_UDP_packet_is_no_Test_message()
    {
        for (var length = 0; length < Bytes.Length; length++) Assert.True(TestPacket.Read(Bytes.AsSpan(0, length)).IsEmpty, $"{length} bytes");
        foreach (var (index, value) in ((int, byte)[])[(0, 0x65), (0, 0x44), (9, 6), (6, 0x20), (7, 1), (25, 33), (25, 7)])
        {
            var bytes = (byte[])Bytes.Clone();
            bytes[index] = value;
            Assert.True(TestPacket.Read(bytes).IsEmpty, $"byte {index} is {value}");
        }
    }
}
