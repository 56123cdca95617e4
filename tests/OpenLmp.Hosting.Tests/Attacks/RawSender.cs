using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>An IPv4 datagram, or a fragment of one, as an attacker makes it: from any address, with any TTL.</summary>
internal struct ForgedPacket
{
    public NetworkEndpoint Source;
    public byte TimeToLive;
    /// <summary>Of the whole datagram, which its fragments share.</summary>
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
    private const int Headers = 28;
    private const int IpRaw = 255;

    private readonly int _fd;
    private readonly NetworkEndpoint _to;
    private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(Slots, Room);
    private readonly byte* _address = (byte*)NativeMemory.AllocZeroed(NativeAddress.Size);
    private readonly IoVec* _vectors = (IoVec*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(IoVec));
    private readonly MMsgHdr* _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));

    public RawSender(NetworkEndpoint to)
    {
        _to = to;
        _fd = Libc.Socket(Linux.AfInet, Linux.SockRaw | Linux.SockCloseOnExec, IpRaw);
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
                forge(done + i, ref packet, bytes[Headers..]);
                WriteHeaders(bytes, packet);
                _vectors[i].Length = (nuint)(Headers + packet.Length);
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
    private void WriteHeaders(Span<byte> bytes, in ForgedPacket packet)
    {
        bytes[..Headers].Clear();
        bytes[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)(Headers + packet.Length));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], packet.Identification);
        if (packet.MoreFragments) bytes[6] = 0x20;
        bytes[8] = packet.TimeToLive;
        bytes[9] = 17;
        NativeAddress.WriteAddress(bytes[12..], packet.Source.Address);
        NativeAddress.WriteAddress(bytes[16..], _to.Address);
        var udp = bytes[20..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, packet.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], _to.Port);
        // A fragment is the beginning of something as long as there is.
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], packet.MoreFragments ? (ushort)65_515 : (ushort)(8 + packet.Length));
    }
}
