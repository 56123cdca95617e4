using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The ancillary data of a datagram (cmsg): which address it was sent to and which interface it came in on; or which to send it from. One
/// header of {length: 8, level: 4, type: 4} bytes and the packet info, in_pktinfo or in6_pktinfo.
/// </summary>
internal static class ControlMessage
{
    /// <summary>Room for one packet info of either family.</summary>
    public const int Size = 40;

    private const int Header = 16;
    private const int IPv4Info = 12;
    private const int IPv6Info = 20;

    /// <summary>Reads where a datagram was sent to.</summary>
    /// <returns>False if the kernel did not say.</returns>
    public static bool TryRead(ReadOnlySpan<byte> from, out NetworkAddress destination, out int interfaceIndex)
    {
        while (from.Length >= Header)
        {
            var length = (int)Math.Min(BitConverter.ToUInt64(from), (ulong)from.Length);
            if (length < Header) break;
            var level = BitConverter.ToInt32(from[8..]);
            var type = BitConverter.ToInt32(from[12..]);
            if (level == Linux.IpProtocol && type == Linux.IpPacketInfo && length >= Header + IPv4Info)
            {
                interfaceIndex = BitConverter.ToInt32(from[Header..]);
                destination = NativeAddress.ReadIPv4(from[(Header + 8)..]);
                return true;
            }

            if (level == Linux.Ipv6Protocol && type == Linux.Ipv6PacketInfo && length >= Header + IPv6Info)
            {
                destination = NativeAddress.ReadIPv6(from[Header..]);
                interfaceIndex = BitConverter.ToInt32(from[(Header + 16)..]);
                return true;
            }

            from = from[Math.Min((length + 7) & ~7, from.Length)..];
        }

        destination = default;
        interfaceIndex = 0;
        return false;
    }

    /// <summary>Writes which address and interface to send from.</summary>
    /// <param name="to">At least <see cref="Size"/> bytes.</param>
    /// <param name="source">The source address.</param>
    /// <param name="interfaceIndex">0: as the routes say.</param>
    /// <returns>The length.</returns>
    public static int WriteSource(Span<byte> to, in NetworkAddress source, int interfaceIndex)
    {
        to[..Size].Clear();
        var info = source.IsIPv6 ? IPv6Info : IPv4Info;
        BitConverter.TryWriteBytes(to, (ulong)(Header + info));
        BitConverter.TryWriteBytes(to[8..], source.IsIPv6 ? Linux.Ipv6Protocol : Linux.IpProtocol);
        BitConverter.TryWriteBytes(to[12..], source.IsIPv6 ? Linux.Ipv6PacketInfo : Linux.IpPacketInfo);
        if (source.IsIPv6)
        {
            NativeAddress.WriteAddress(to[Header..], source);
            BitConverter.TryWriteBytes(to[(Header + 16)..], interfaceIndex);
        }
        else
        {
            BitConverter.TryWriteBytes(to[Header..], interfaceIndex);
            NativeAddress.WriteAddress(to[(Header + 4)..], source); // ipi_spec_dst: the source when sending
        }

        return (Header + info + 7) & ~7;
    }
}
