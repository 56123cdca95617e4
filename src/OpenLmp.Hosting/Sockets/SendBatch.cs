using System.Runtime.InteropServices;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// Datagrams waiting to be sent, with their own copy of the bytes, and the system call that sends those of one socket together (sendmmsg).
/// What cannot be sent is counted and forgotten: LMP repeats what matters.
/// </summary>
internal sealed unsafe class SendBatch(NodeLoopStatistics statistics, Action<UdpSocket, int>? unsent = null) : IDisposable
{
    private const int Slots = 64;
    private const int Room = 256 * 1024;

    private readonly MMsgHdr* _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));
    private readonly MMsgHdr* _together = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));
    private readonly IoVec* _vectors = (IoVec*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(IoVec));
    private readonly byte* _addresses = (byte*)NativeMemory.AllocZeroed(Slots, NativeAddress.Size);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(Slots, ControlMessage.Size);
    private readonly byte* _bytes = (byte*)NativeMemory.AlignedAlloc(Room, 64);
    private readonly UdpSocket?[] _sockets = new UdpSocket?[Slots];
    private int _used;

    /// <summary>How many datagrams wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a datagram; sends what is waiting first if there is no room.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="source">The source address to give it, where the socket alone does not settle that.</param>
    /// <param name="interfaceIndex">The interface to send it on; 0: the routes decide.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="datagram">At most 65,507 bytes; copied.</param>
    public void Add(UdpSocket socket, in NetworkAddress? source, int interfaceIndex, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > 65_507) throw new ArgumentOutOfRangeException(nameof(datagram), datagram.Length, "longer than UDP carries");
        if (Count == Slots || datagram.Length > Room - _used) Flush();

        var slot = Count++;
        _sockets[slot] = socket;
        var bytes = _bytes + _used;
        datagram.CopyTo(new Span<byte>(bytes, datagram.Length));
        _used = (_used + datagram.Length + 7) & ~7;
        _vectors[slot] = new IoVec { Base = bytes, Length = (nuint)datagram.Length };

        ref var header = ref _messages[slot].Header;
        header.Name = _addresses + (slot * NativeAddress.Size);
        header.NameLength = (uint)NativeAddress.Write(new Span<byte>(header.Name, NativeAddress.Size), destination, (uint)interfaceIndex);
        header.Vectors = &_vectors[slot];
        header.VectorCount = 1;
        header.Control = null;
        header.ControlLength = 0;
        if (source is { } from)
        {
            header.Control = _controls + (slot * ControlMessage.Size);
            header.ControlLength = (nuint)ControlMessage.WriteSource(new Span<byte>(header.Control, ControlMessage.Size), from, interfaceIndex);
        }
    }

    /// <summary>Sends everything: one system call for each socket. The order within a socket is kept.</summary>
    public void Flush()
    {
        for (var i = 0; i < Count; i++)
        {
            if (_sockets[i] is not { } socket) continue;
            var together = 0;
            for (var j = i; j < Count; j++)
            {
                if (_sockets[j] != socket) continue;
                _together[together++] = _messages[j];
                _sockets[j] = null;
            }

            Send(socket, together);
        }

        Count = 0;
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_together);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_addresses);
        NativeMemory.Free(_controls);
        NativeMemory.AlignedFree(_bytes);
    }

    // An error speaks of the first message that is left: it is dropped, and the rest gets its chance.
    private void Send(UdpSocket socket, int count)
    {
        for (var done = 0; done < count;)
        {
            var sent = Libc.SendMMsg(socket.Fd, _together + done, (uint)(count - done), Linux.MsgDontWait | Linux.MsgNoSignal);
            if (sent > 0)
            {
                statistics.CountSent(sent);
                done += sent;
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (sent < 0 && errno == Linux.EINTR) continue;
            statistics.CountUnsent(1);
            unsent?.Invoke(socket, errno);
            done++;
        }
    }
}
