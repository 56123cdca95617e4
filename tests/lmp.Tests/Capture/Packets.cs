using System.Buffers.Binary;
using System.Net;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Capture;

/// <summary>Builds packets layer by layer, by hand from the layers' specifications.</summary>
internal static class Packets
{
    public const string Source4 = "10.255.0.1";
    public const string Destination4 = "10.255.0.2";
    public const string Source6 = "2001:db8::1";
    public const string Destination6 = "2001:db8::2";

    /// <summary>A message that decodes.</summary>
    public static byte[] Hello(uint txSeqNum = 5) => new HelloMessage(1, txSeqNum, 4).Encode();

    public static byte[] Udp(byte[] payload, ushort source = 701, ushort destination = 701, int? length = null) =>
        [.. U16(source), .. U16(destination), .. U16(length ?? (8 + payload.Length)), 0, 0, .. payload];

    public static byte[] IPv4(byte[] body, byte protocol = 17, ushort id = 0, int offset = 0, bool more = false, byte[]? options = null, int? totalLength = null)
    {
        options ??= [];
        var headerLength = 20 + options.Length;
        return
        [
            (byte)(0x40 | (headerLength / 4)), 0, .. U16(totalLength ?? (headerLength + body.Length)),
            .. U16(id), .. U16((offset / 8) | (more ? 0x2000 : 0)),
            64, protocol, 0, 0,
            .. IPAddress.Parse(Source4).GetAddressBytes(), .. IPAddress.Parse(Destination4).GetAddressBytes(),
            .. options, .. body,
        ];
    }

    public static byte[] IPv6(byte[] body, byte nextHeader = 17) =>
    [
        0x60, 0, 0, 0, .. U16(body.Length), nextHeader, 64,
        .. IPAddress.Parse(Source6).GetAddressBytes(), .. IPAddress.Parse(Destination6).GetAddressBytes(),
        .. body,
    ];

    /// <summary>A header of 8 bytes times <paramref name="units"/> as Hop-by-Hop, Routing and Destination Options have them.</summary>
    public static byte[] Extension(byte nextHeader, byte[] rest, int units = 1) => [nextHeader, (byte)(units - 1), .. new byte[(8 * units) - 2], .. rest];

    public static byte[] AuthenticationHeader(byte nextHeader, byte[] rest) => [nextHeader, 4, .. new byte[22], .. rest];

    public static byte[] Fragment6(byte nextHeader, uint id, int offset, bool more, byte[] part) =>
        [nextHeader, 0, .. U16(offset | (more ? 1 : 0)), .. U32(id), .. part];

    public static byte[] Ethernet(byte[] ip, params ushort[] tags)
    {
        var etherType = (ip[0] >> 4) == 6 ? (ushort)0x86DD : (ushort)0x0800;
        return [.. new byte[12], .. tags.SelectMany(t => (byte[])[.. U16(t), 0, 7]), .. U16(etherType), .. ip];
    }

    public static byte[] Sll(byte[] ip) => [.. new byte[14], .. U16((ip[0] >> 4) == 6 ? 0x86DD : 0x0800), .. ip];

    public static byte[] Sll2(byte[] ip) => [.. U16((ip[0] >> 4) == 6 ? 0x86DD : 0x0800), .. new byte[18], .. ip];

    public static byte[] Loopback(byte[] ip, uint family, bool bigEndian) => bigEndian ? [.. U32(family), .. ip] : [.. U32(family).Reverse(), .. ip];

    /// <summary>The most usual packet: Ethernet, IPv4, UDP from and to port 701.</summary>
    public static byte[] Usual(byte[] payload) => Ethernet(IPv4(Udp(payload)));

    public static byte[] U16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
