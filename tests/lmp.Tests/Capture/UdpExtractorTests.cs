using OpenLmp.Cli.Capture;
using OpenLmp.Protocol;
using static OpenLmp.Cli.Tests.Capture.Packets;

namespace OpenLmp.Cli.Tests.Capture;

/// <summary>Link types, IPv4 and IPv6 down to UDP; fragments have tests of their own.</summary>
public class UdpExtractorTests
{
    private static readonly byte[] Payload = [.. "sixteen bytes..."u8];
    private static readonly byte[] V4 = IPv4(Udp(Payload, 1000, 701));
    private static readonly byte[] V6 = IPv6(Udp(Payload, 1000, 701));

    public static TheoryData<string, int, byte[], bool> Frames => new()
    {
        { "Ethernet", 1, Ethernet(V4), false },
        { "Ethernet", 1, Ethernet(V6), true },
        { "VLAN", 1, Ethernet(V4, 0x8100), false },
        { "QinQ", 1, Ethernet(V6, 0x88A8, 0x8100), true },
        { "QinQ before 802.1ad", 1, Ethernet(V4, 0x9100, 0x9200, 0x8100), false },
        { "Ethernet with padding", 1, [.. Ethernet(V4), 0, 0, 0, 0, 0, 0], false },
        { "Linux cooked", 113, Sll(V4), false },
        { "Linux cooked", 113, Sll(V6), true },
        { "Linux cooked v2", 276, Sll2(V4), false },
        { "Linux cooked v2", 276, Sll2(V6), true },
        { "raw", 101, V4, false },
        { "raw", 101, V6, true },
        { "raw IPv4", 228, V4, false },
        { "raw IPv6", 229, V6, true },
        { "DLT_RAW", 12, V4, false },
        { "DLT_RAW of OpenBSD", 14, V4, false },
        { "null, little-endian", 0, Loopback(V4, 2, bigEndian: false), false },
        { "null, big-endian", 0, Loopback(V4, 2, bigEndian: true), false },
        { "null, FreeBSD's AF_INET6", 0, Loopback(V6, 28, bigEndian: false), true },
        { "null, macOS's AF_INET6", 0, Loopback(V6, 30, bigEndian: false), true },
        { "null, NetBSD's AF_INET6", 0, Loopback(V6, 24, bigEndian: false), true },
        { "null, Linux's AF_INET6", 0, Loopback(V6, 10, bigEndian: false), true },
        { "loop", 108, Loopback(V4, 2, bigEndian: true), false },
        { "IPv4 options", 101, IPv4(Udp(Payload, 1000, 701), options: new byte[12]), false },
        { "IPv4 Authentication Header", 101, IPv4(AuthenticationHeader(17, Udp(Payload, 1000, 701)), protocol: 51), false },
        { "Hop-by-Hop", 101, IPv6(Extension(17, Udp(Payload, 1000, 701)), 0), true },
        { "Routing", 101, IPv6(Extension(17, Udp(Payload, 1000, 701), 3), 43), true },
        { "all extension headers", 101, IPv6(Extension(60, Extension(43, Extension(51, AuthenticationHeader(60, Extension(17, Udp(Payload, 1000, 701)))))), 0), true },
        { "atomic fragment", 101, IPv6(Fragment6(17, 1, 0, false, Udp(Payload, 1000, 701)), 44), true },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Finds_the_datagram(string what, int linkType, byte[] frame, bool isIPv6)
    {
        Assert.True(Extract(linkType, frame, out var found), what);
        var address = isIPv6 ? Source6 : Source4;
        Assert.Equal((address, (ushort)1000, (ushort)701), (found.Source.Address.ToString(), found.Source.Port, found.Destination.Port));
        Assert.Equal(isIPv6 ? Destination6 : Destination4, found.Destination.Address.ToString());
        Assert.Equal(Payload, found.Payload);
        Assert.False(found.IsCut);
    }

    public static TheoryData<string, int, byte[]> NoDatagrams => new()
    {
        { "ARP", 1, [.. new byte[12], 0x08, 0x06, .. new byte[28]] },
        { "a tag without its EtherType", 1, [.. new byte[12], 0x81, 0x00, 0, 7] },
        { "half an Ethernet header", 1, new byte[13] },
        { "half a cooked header", 276, new byte[19] },
        { "another address family", 0, [16, 0, 0, 0, .. V4] },
        { "half an address family", 0, [2, 0, 0] },
        { "an unsupported link type", 105, V4 },
        { "IP version 5", 101, [0x55, .. V4[1..]] },
        { "nothing", 101, [] },
        { "TCP", 101, IPv4(new byte[20], protocol: 6) },
        { "ESP", 101, IPv4(new byte[40], protocol: 50) },
        { "ESP over IPv6", 101, IPv6(new byte[40], 50) },
        { "no next header", 101, IPv6([], 59) },
        { "ICMPv6", 101, IPv6(new byte[8], 58) },
        { "half an IPv4 header", 101, V4[..19] },
        { "an IPv4 header longer than the packet", 101, [0x4F, .. V4[1..28]] },
        { "an IPv4 header shorter than it can be", 101, [0x44, .. V4[1..]] },
        { "a total length shorter than the header", 101, IPv4(Udp(Payload), totalLength: 19) },
        { "half an IPv6 header", 101, V6[..39] },
        { "an extension header longer than the packet", 101, IPv6([17, 200, .. new byte[14]], 0) },
        { "half an extension header", 101, IPv6([17, 0, 0], 0) },
        { "half a UDP header", 101, IPv4([2, 189, 2, 189, 0, 8]) },
        { "a UDP length shorter than its header", 101, IPv4(Udp(Payload, length: 7)) },
    };

    [Theory]
    [MemberData(nameof(NoDatagrams))]
    public void Finds_none_where_there_is_none(string what, int linkType, byte[] frame) => Assert.False(Extract(linkType, frame, out _), what);

    [Fact]
    public void Sees_what_the_capture_cut_off()
    {
        foreach (var (linkType, frame) in new[] { (101, V4), (101, V6), (1, Ethernet(V4)) })
        {
            Assert.True(Extract(linkType, frame[..^6], out var found));
            Assert.Equal(Payload[..^6], found.Payload);
            Assert.Equal(Payload.Length, found.Length);
            Assert.True(found.IsCut);
        }
    }

    [Fact]
    public void Takes_the_length_from_UDP_where_IP_has_more()
    {
        Assert.True(Extract(101, IPv4(Udp(Payload, length: 8 + 4)), out var found));
        Assert.Equal(Payload[..4], found.Payload);
        Assert.False(found.IsCut);
    }

    internal sealed record Found(NetworkEndpoint Source, NetworkEndpoint Destination, byte[] Payload, int Length, bool IsCut, int Fragments);

    internal static bool Extract(int linkType, byte[] frame, out Found found) => Extract(new UdpExtractor(), linkType, frame, out found);

    internal static bool Extract(UdpExtractor extractor, int linkType, byte[] frame, out Found found, long second = 0)
    {
        var packet = new CapturedPacket(1, linkType, new CaptureTime(second, 0, 6), frame, (uint)frame.Length);
        var result = extractor.TryExtract(packet, out var datagram);
        found = new Found(datagram.Source, datagram.Destination, datagram.Payload.ToArray(), datagram.Length, datagram.IsCut, datagram.Fragments);
        return result;
    }
}
