using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>A datagram, or a fragment of one, as an attacker makes it: from any address, with any TTL or Hop Limit.</summary>
internal struct ForgedPacket
{
    public NetworkEndpoint Source;
    public byte TimeToLive;
    /// <summary>Of the whole datagram, which its fragments share; IPv4.</summary>
    public ushort Identification;
    public bool MoreFragments;
    /// <summary>The length of the LMP message in it.</summary>
    public int Length;
}

/// <summary>Says what is sent next.</summary>
/// <param name="number">0, 1, 2, ...</param>
/// <param name="packet">To be filled in; as the last one was, at first.</param>
/// <param name="payload">Where the message goes.</param>
internal delegate void Forge(int number, ref ForgedPacket packet, Span<byte> payload);

/// <summary>Sends forged packets as fast as one thread can (a raw socket, sendmmsg). To be made and used on a thread in its network namespace.</summary>
internal sealed unsafe class RawSender : IDisposable
{
    private const int Slots = 64;
    private const int Room = 2_048;
    private const int UdpHeader = 8;
    private const int Udp = 17;
    private const int IpRaw = 255;

    private readonly int _fd;
    private readonly NetworkEndpoint _to;
    private readonly int _ipHeader;
    private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(Slots, Room);
    private readonly byte* _address = (byte*)NativeMemory.AllocZeroed(NativeAddress.Size);
    private readonly IoVec* _vectors = (IoVec*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(IoVec));
    private readonly MMsgHdr* _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));

    public RawSender(NetworkEndpoint to)
    {
        (_to, _ipHeader) = (to, to.Address.IsIPv6 ? 40 : 20);
        _fd = Libc.Socket(to.Address.IsIPv6 ? Linux.AfInet6 : Linux.AfInet, Linux.SockRaw | Linux.SockCloseOnExec, IpRaw);
        if (_fd < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var length = NativeAddress.Write(new Span<byte>(_address, NativeAddress.Size), to with { Port = 0 }, 0);
        for (var i = 0; i < Slots; i++)
        {
            _vectors[i].Base = _bytes + (i * Room);
            _messages[i].Header = new MsgHdr { Name = _address, NameLength = (uint)length, Vectors = &_vectors[i], VectorCount = 1 };
        }
    }

    /// <summary>Sends packets.</summary>
    /// <returns>How many the kernel took; a full queue refuses some.</returns>
    public int Send(int count, Forge forge)
    {
        var (taken, packet) = (0, new ForgedPacket { TimeToLive = 255 });
        for (var done = 0; done < count;)
        {
            var batch = Math.Min(Slots, count - done);
            for (var i = 0; i < batch; i++)
            {
                var bytes = new Span<byte>(_bytes + (i * Room), Room);
                forge(done + i, ref packet, bytes[(_ipHeader + UdpHeader)..]);
                if (_to.Address.IsIPv6) WriteIPv6(bytes, packet);
                else WriteIPv4(bytes, packet);
                _vectors[i].Length = (nuint)(_ipHeader + UdpHeader + packet.Length);
            }

            var sent = Libc.SendMMsg(_fd, _messages, (uint)batch, Linux.MsgNoSignal);
            taken += Math.Max(sent, 0);
            // What is refused is not sent again: there is enough where it comes from.
            done += sent > 0 ? sent : batch;
        }

        return taken;
    }

    public void Dispose()
    {
        _ = Libc.Close(_fd);
        NativeMemory.Free(_bytes);
        NativeMemory.Free(_address);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_messages);
    }

    // RFC 791, RFC 768. The kernel fills in the header's checksum; a UDP checksum of 0 says that there is none.
    private void WriteIPv4(Span<byte> bytes, in ForgedPacket packet)
    {
        bytes[.._ipHeader].Clear();
        bytes[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)(_ipHeader + UdpHeader + packet.Length));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], packet.Identification);
        if (packet.MoreFragments) bytes[6] = 0x20;
        bytes[8] = packet.TimeToLive;
        bytes[9] = Udp;
        NativeAddress.WriteAddress(bytes[12..], packet.Source.Address);
        NativeAddress.WriteAddress(bytes[16..], _to.Address);
        // A fragment is the beginning of something as long as there is.
        WriteUdp(bytes[_ipHeader..], packet, packet.MoreFragments ? (ushort)65_515 : (ushort)(UdpHeader + packet.Length));
    }

    // RFC 8200. Here UDP needs its checksum, over a header of its own (§8.1): the two addresses, the length, the protocol.
    private void WriteIPv6(Span<byte> bytes, in ForgedPacket packet)
    {
        var length = (ushort)(UdpHeader + packet.Length);
        bytes[.._ipHeader].Clear();
        bytes[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], length);
        (bytes[6], bytes[7]) = (Udp, packet.TimeToLive);
        NativeAddress.WriteAddress(bytes[8..], packet.Source.Address);
        NativeAddress.WriteAddress(bytes[24..], _to.Address);
        WriteUdp(bytes[_ipHeader..], packet, length);
        // An octet beyond an odd length counts as zero.
        bytes[_ipHeader + length] = 0;
        var sum = (uint)(length + Udp);
        foreach (var word in MemoryMarshal.Cast<byte, ushort>(bytes[8..(_ipHeader + length + (length & 1))])) sum += BinaryPrimitives.ReverseEndianness(word);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(_ipHeader + 6)..], (ushort)~sum is 0 ? ushort.MaxValue : (ushort)~sum);
    }

    private void WriteUdp(Span<byte> udp, in ForgedPacket packet, ushort length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(udp, packet.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], _to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], length);
        udp[6..UdpHeader].Clear();
    }
}
