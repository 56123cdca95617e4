// https://www.tcpdump.org/linktypes.html
using System.Buffers.Binary;

namespace OpenLmp.Cli.Capture;

/// <summary>From a captured frame to the IP packet in it.</summary>
internal static class LinkLayer
{
    /// <summary>The link types understood, in words.</summary>
    public const string Supported = "Ethernet, Linux cooked v1 and v2, raw IP, BSD loopback";

    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeIPv6 = 0x86DD;

    /// <summary>Whether frames of this type can be read.</summary>
    public static bool IsSupported(int linkType) => linkType is 0 or 1 or 12 or 14 or 101 or 108 or 113 or 228 or 229 or 276;

    /// <summary>What follows the link layer's header where that is an IP packet; otherwise nothing.</summary>
    public static ReadOnlySpan<byte> IPPacketOf(int linkType, ReadOnlySpan<byte> frame) => linkType switch
    {
        1 => AfterEtherType(frame, 12),
        // Linux cooked: the protocol is an EtherType here; VLAN tags are left in place by some versions.
        113 => AfterEtherType(frame, 14),
        276 => frame.Length < 20 ? default : AfterEtherType(BinaryPrimitives.ReadUInt16BigEndian(frame), frame, 20),
        // 12 and 14 are the values of DLT_RAW on systems that wrote it into files.
        12 or 14 or 101 or 228 or 229 => frame,
        0 or 108 => AfterAddressFamily(frame),
        _ => default,
    };

    private static ReadOnlySpan<byte> AfterEtherType(ReadOnlySpan<byte> frame, int at) =>
        frame.Length < at + 2 ? default : AfterEtherType(BinaryPrimitives.ReadUInt16BigEndian(frame[at..]), frame, at + 2);

    private static ReadOnlySpan<byte> AfterEtherType(ushort type, ReadOnlySpan<byte> frame, int end)
    {
        // IEEE 802.1Q and 802.1ad tags, and the values in use before 802.1ad: two bytes of tag, then the next EtherType.
        while (type is 0x8100 or 0x88A8 or 0x9100 or 0x9200)
        {
            if (frame.Length < end + 4) return default;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(end + 2)..]);
            end += 4;
        }

        return type is EtherTypeIPv4 or EtherTypeIPv6 ? frame[end..] : default;
    }

    private static ReadOnlySpan<byte> AfterAddressFamily(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4) return default;
        // In the byte order of the machine that captured (0), or in network byte order (108). Families are small numbers, so either can be told.
        var family = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        // AF_INET is 2 everywhere; AF_INET6 is 10, 24, 28 or 30 depending on the system.
        return family is 2 or 10 or 24 or 28 or 30 ? frame[4..] : default;
    }
}
