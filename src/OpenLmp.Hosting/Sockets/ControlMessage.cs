using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The ancillary data of a datagram (cmsg): which address it was sent to, which interface it came in on and with which TTL; or which to send it
/// from. Each part is a header of {length: 8, level: 4, type: 4} bytes and the packet info, in_pktinfo or in6_pktinfo, or a number.
/// </summary>
internal static class ControlMessage
{
    /// <summary>Room for one packet info of either family.</summary>
    public const int Size = 40;

    /// <summary>Room for all that is received: a packet info, and a TTL or Hop Limit.</summary>
    public const int ReceivedSize = Size + 24;

    private const int Header = 16;
    private const int IPv4Info = 12;
    private const int IPv6Info = 20;

    /// <summary>Reads where a datagram was sent to, and how it came; zero where the kernel did not say.</summary>
    public static void Read(ReadOnlySpan<byte> from, out NetworkAddress destination, out int interfaceIndex, out byte hopLimit)
    {
        (destination, interfaceIndex, hopLimit) = (default, 0, 0);
        while (from.Length >= Header)
        {
            var length = (int)Math.Min(BitConverter.ToUInt64(from), (ulong)from.Length);
            if (length < Header) return;
            var data = from[Header..length];
            switch ((BitConverter.ToInt32(from[8..]), BitConverter.ToInt32(from[12..])))
            {
                case (Linux.IpProtocol, Linux.IpPacketInfo) when data.Length >= IPv4Info:
                    interfaceIndex = BitConverter.ToInt32(data);
                    destination = NativeAddress.ReadIPv4(data[8..]);
                    break;
                case (Linux.Ipv6Protocol, Linux.Ipv6PacketInfo) when data.Length >= IPv6Info:
                    destination = NativeAddress.ReadIPv6(data);
                    interfaceIndex = BitConverter.ToInt32(data[16..]);
                    break;
                case (Linux.IpProtocol, Linux.IpTtl) or (Linux.Ipv6Protocol, Linux.Ipv6HopLimit) when data.Length >= sizeof(int):
                    hopLimit = (byte)BitConverter.ToInt32(data);
                    break;
            }

            from = from[Math.Min((length + 7) & ~7, from.Length)..];
        }
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
