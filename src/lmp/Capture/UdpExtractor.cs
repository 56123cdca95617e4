// RFC 791; RFC 8200 §4; RFC 4302; RFC 768
using System.Buffers.Binary;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Capture;

/// <summary>A UDP datagram of a capture, valid until the next one is extracted.</summary>
/// <param name="source">Sender and its port.</param>
/// <param name="destination">Receiver and its port.</param>
/// <param name="payload">What was captured of the payload.</param>
/// <param name="length">The payload's length as the UDP header tells it.</param>
/// <param name="fragments">How many IP fragments carried it.</param>
internal readonly ref struct UdpDatagram(NetworkEndpoint source, NetworkEndpoint destination, ReadOnlySpan<byte> payload, int length, int fragments)
{
    /// <summary>Sender and its port.</summary>
    public NetworkEndpoint Source { get; } = source;

    /// <summary>Receiver and its port.</summary>
    public NetworkEndpoint Destination { get; } = destination;

    /// <summary>What was captured of the payload.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The payload's length as the UDP header tells it.</summary>
    public int Length { get; } = length;

    /// <summary>How many IP fragments carried it; 1 where it was not fragmented.</summary>
    public int Fragments { get; } = fragments;

    /// <summary>Whether the capture has only the first part of the payload.</summary>
    public bool IsCut => Payload.Length < Length;
}

/// <summary>
/// From captured packets to the UDP datagrams in them. Checksums are not looked at: in captures of outgoing packets the network card had not
/// filled them in yet.
/// </summary>
internal sealed class UdpExtractor
{
    private const byte Udp = 17;
    private const byte Fragment = 44;
    private const byte AuthenticationHeader = 51;

    private readonly FragmentReassembler _reassembler = new();

    /// <summary>Packets of which some fragments came and others did not.</summary>
    public long IncompletePackets => _reassembler.Incomplete;

    /// <summary>Finds the UDP datagram in a packet.</summary>
    /// <returns>False where there is none, or only a fragment of one that is not complete yet.</returns>
    public bool TryExtract(in CapturedPacket packet, out UdpDatagram datagram)
    {
        datagram = default;
        var ip = LinkLayer.IPPacketOf(packet.LinkType, packet.Bytes);
        if (ip.Length == 0) return false;
        return (ip[0] >> 4) switch
        {
            4 => FromIPv4(ip, packet.Time, out datagram),
            6 => FromIPv6(ip, packet.Time, out datagram),
            _ => false,
        };
    }

    private bool FromIPv4(ReadOnlySpan<byte> ip, CaptureTime time, out UdpDatagram datagram)
    {
        datagram = default;
        if (ip.Length < 20) return false;
        var headerLength = (ip[0] & 0x0F) * 4;
        var totalLength = (int)BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        if (headerLength < 20 || totalLength < headerLength || ip.Length < headerLength) return false;
        var packet = new Packet(
            new NetworkAddress(false, BinaryPrimitives.ReadUInt32BigEndian(ip[12..])),
            new NetworkAddress(false, BinaryPrimitives.ReadUInt32BigEndian(ip[16..])),
            time,
            IsCut: totalLength > ip.Length);
        var protocol = ip[9];
        // What lies behind the total length is the link layer's padding.
        var payload = ip[headerLength..Math.Min(totalLength, ip.Length)];

        var fragmentation = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
        var (offset, more) = ((fragmentation & 0x1FFF) * 8, (fragmentation & 0x2000) != 0);
        // A first fragment that is cut can never be completed, but shows what kind of message it was.
        if (offset == 0 && (!more || packet.IsCut)) return Walk(packet, protocol, payload, 1, out datagram);
        if (packet.IsCut || protocol is not (Udp or AuthenticationHeader)) return false;
        var key = new FragmentKey(packet.Source, packet.Destination, BinaryPrimitives.ReadUInt16BigEndian(ip[4..]), protocol);
        return _reassembler.TryComplete(key, offset, more, payload, time, out var whole, out var fragments)
            && Walk(packet, protocol, whole, fragments, out datagram);
    }

    private bool FromIPv6(ReadOnlySpan<byte> ip, CaptureTime time, out UdpDatagram datagram)
    {
        datagram = default;
        if (ip.Length < 40) return false;
        var end = 40 + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        var packet = new Packet(
            new NetworkAddress(true, BinaryPrimitives.ReadUInt128BigEndian(ip[8..])),
            new NetworkAddress(true, BinaryPrimitives.ReadUInt128BigEndian(ip[24..])),
            time,
            IsCut: end > ip.Length);
        return Walk(packet, ip[6], ip[40..Math.Min(end, ip.Length)], 1, out datagram);
    }

    /// <summary>Passes over IPv6 extension headers, and the Authentication Header of either version, to UDP.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="protocol">What <paramref name="data"/> starts with.</param>
    /// <param name="data">What follows the IP header.</param>
    /// <param name="fragments">How many fragments were put together; 1: none yet, and a Fragment header may follow.</param>
    /// <param name="datagram">The datagram, if the result is true.</param>
    private bool Walk(scoped in Packet packet, byte protocol, ReadOnlySpan<byte> data, int fragments, out UdpDatagram datagram)
    {
        datagram = default;
        while (protocol != Udp)
        {
            if (data.Length < 8) return false;
            var next = data[0];
            var length = 8;
            switch (protocol)
            {
                case 0 or 43 or 60 or 135 or 139 or 140: // Hop-by-Hop, Routing, Destination Options, Mobility, HIP, Shim6
                    length = (data[1] + 1) * 8;
                    break;
                case AuthenticationHeader:
                    length = (data[1] + 2) * 4;
                    break;
                case Fragment when packet.Source.IsIPv6:
                    var field = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
                    var (offset, more) = (field & 0xFFF8, (field & 1) != 0);
                    if (offset == 0 && (!more || packet.IsCut)) break;
                    if (packet.IsCut || fragments != 1 || !CanLeadToUdp(next)) return false;
                    var key = new FragmentKey(packet.Source, packet.Destination, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), next);
                    if (!_reassembler.TryComplete(key, offset, more, data[8..], packet.Time, out data, out fragments)) return false;
                    length = 0;
                    break;
                default: // ESP hides what it carries; everything else carries no UDP.
                    return false;
            }

            if (data.Length < length) return false;
            data = data[length..];
            protocol = next;
        }

        if (data.Length < 8) return false;
        var udpLength = BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        if (udpLength < 8) return false;
        datagram = new UdpDatagram(
            new NetworkEndpoint(packet.Source, BinaryPrimitives.ReadUInt16BigEndian(data)),
            new NetworkEndpoint(packet.Destination, BinaryPrimitives.ReadUInt16BigEndian(data[2..])),
            data[8..Math.Min(data.Length, udpLength)],
            udpLength - 8,
            fragments);
        return true;
    }

    private static bool CanLeadToUdp(byte protocol) => protocol is Udp or 0 or 43 or AuthenticationHeader or 60 or 135 or 139 or 140;

    private readonly record struct Packet(NetworkAddress Source, NetworkAddress Destination, CaptureTime Time, bool IsCut);
}
