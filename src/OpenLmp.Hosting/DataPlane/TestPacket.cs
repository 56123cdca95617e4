// RFC 4204 §12.5.6: "these messages MUST be transmitted over UDP like all other LMP messages".
using System.Buffers.Binary;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>The IPv4 and UDP headers around a Test message on a data link: from the Node_Id to 224.0.0.1, TTL 1, port 701.</summary>
internal static class TestPacket
{
    /// <summary>Bytes of both headers.</summary>
    public const int HeaderLength = IpHeader + UdpHeader;

    private const int IpHeader = 20;
    private const int UdpHeader = 8;
    private const byte Udp = 17;

    /// <summary>Writes a packet; the result is its length.</summary>
    /// <param name="buffer">Room for <see cref="HeaderLength"/> bytes and the message.</param>
    /// <param name="source">The source address: data links need not have one of their own, and the Node_Id says who sends.</param>
    /// <param name="test">The Test message.</param>
    public static int Write(Span<byte> buffer, uint source, ReadOnlySpan<byte> test)
    {
        var length = HeaderLength + test.Length;
        var packet = buffer[..length];
        packet[..HeaderLength].Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)length);
        packet[8] = 1; // TTL
        packet[9] = Udp;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], source);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], (uint)NetworkAddress.AllNodesIPv4.Value);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(0, packet[..IpHeader]));

        var udp = packet[IpHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, NetworkEndpoint.LmpPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], NetworkEndpoint.LmpPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        test.CopyTo(udp[UdpHeader..]);
        // The pseudo header: both addresses, the protocol and the length (RFC 768). A sum of zero is written as all ones.
        var sum = Checksum((uint)Sum(packet[12..20]) + Udp + (uint)udp.Length, udp);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? (ushort)0xFFFF : sum);
        return length;
    }

    /// <summary>
    /// The Test message in a packet; empty where it is none. Checksums are not looked at: the frame had its own, and packets that have not been
    /// on a wire yet may come without.
    /// </summary>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < HeaderLength || packet[0] >> 4 != 4) return default;
        var header = (packet[0] & 0xF) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        // Ethernet pads short frames: what the IP header does not count is not ours.
        if (header < IpHeader || total > packet.Length || total < header + UdpHeader || packet[9] != Udp) return default;
        // A first fragment has no offset but more to come.
        if ((BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0) return default;
        var udp = packet[header..total];
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        return length < UdpHeader || length > udp.Length ? default : udp[UdpHeader..length];
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return (bytes.Length & 1) == 0 ? sum : sum + ((ulong)bytes[^1] << 8);
    }

    private static ushort Checksum(uint start, ReadOnlySpan<byte> bytes)
    {
        var sum = start + Sum(bytes);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
