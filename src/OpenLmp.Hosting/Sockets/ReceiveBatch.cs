using System.Runtime.InteropServices;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>A datagram in a <see cref="ReceiveBatch"/>; valid until the next <see cref="ReceiveBatch.Receive"/>.</summary>
internal readonly ref struct ReceivedDatagram
{
    public required NetworkEndpoint Source { get; init; }

    public required NetworkAddress Destination { get; init; }

    /// <summary>The interface it came in on.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>Its TTL or Hop Limit; 0 if the kernel did not say.</summary>
    public required byte HopLimit { get; init; }

    public required ReadOnlySpan<byte> Bytes { get; init; }
}

/// <summary>
/// The buffers all sockets of a node receive into (recvmmsg). The first part of each lies next to those of the others: what arrives is short
/// nearly always, and a batch of it is to fit the caches. What is longer goes on in a buffer of the longest kind, which is address space
/// rather than memory: pages that no datagram was long enough to reach are never touched.
/// </summary>
internal sealed unsafe class ReceiveBatch : IDisposable
{
    /// <summary>Datagrams per system call.</summary>
    public const int Slots = 32;

    private const int Short = 512;
    private const int Longest = 65_536;

    private readonly MMsgHdr* _messages = (MMsgHdr*)NativeMemory.AllocZeroed(Slots, (nuint)sizeof(MMsgHdr));
    private readonly IoVec* _vectors = (IoVec*)NativeMemory.AllocZeroed(2 * Slots, (nuint)sizeof(IoVec));
    private readonly byte* _addresses = (byte*)NativeMemory.AllocZeroed(Slots, NativeAddress.Size);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(Slots, ControlMessage.ReceivedSize);
    private readonly byte* _short = (byte*)NativeMemory.AlignedAlloc(Slots * Short, 64);
    private readonly byte* _long = (byte*)NativeMemory.AlignedAlloc(Slots * Longest, 64);

    public ReceiveBatch()
    {
        for (var i = 0; i < Slots; i++)
        {
            _vectors[2 * i] = new IoVec { Base = _short + (i * Short), Length = Short };
            _vectors[(2 * i) + 1] = new IoVec { Base = _long + (i * Longest) + Short, Length = Longest - Short };
            _messages[i].Header.Name = _addresses + (i * NativeAddress.Size);
            _messages[i].Header.Vectors = &_vectors[2 * i];
            _messages[i].Header.VectorCount = 2;
            _messages[i].Header.Control = _controls + (i * ControlMessage.ReceivedSize);
        }
    }

    /// <summary>The datagram in slot <paramref name="index"/>.</summary>
    public ReceivedDatagram this[int index]
    {
        get
        {
            ref var message = ref _messages[index];
            ControlMessage.Read(
                new ReadOnlySpan<byte>(message.Header.Control, (int)message.Header.ControlLength), out var destination, out var interfaceIndex, out var hopLimit);
            return new ReceivedDatagram
            {
                Source = NativeAddress.Read(new ReadOnlySpan<byte>(message.Header.Name, NativeAddress.Size)),
                Destination = destination,
                InterfaceIndex = interfaceIndex,
                HopLimit = hopLimit,
                Bytes = Bytes(index, (int)message.Length),
            };
        }
    }

    /// <summary>Whether the datagram in slot <paramref name="index"/> says that it is a Hello.</summary>
    public bool IsHello(int index) => _messages[index].Length >= CommonHeader.Size && _short[(index * Short) + 3] == (byte)MessageType.Hello;

    /// <summary>Receives what is waiting, as much as there are slots.</summary>
    /// <param name="socket">Where from.</param>
    /// <param name="errno">0, or what went wrong: the socket is no longer of use.</param>
    /// <returns>How many datagrams; fewer than <see cref="Slots"/> means that no more were waiting.</returns>
    public int Receive(UdpSocket socket, out int errno)
    {
        errno = 0;
        for (var i = 0; i < Slots; i++)
        {
            // The kernel overwrites these with what it used.
            _messages[i].Header.NameLength = NativeAddress.Size;
            _messages[i].Header.ControlLength = ControlMessage.ReceivedSize;
        }

        while (true)
        {
            var received = Libc.RecvMMsg(socket.Fd, _messages, Slots, Linux.MsgDontWait, null);
            if (received >= 0) return received;
            switch (Marshal.GetLastPInvokeError())
            {
                case Linux.EINTR:
                    continue;
                // An ICMP error for something sent earlier is no news about this socket.
                case Linux.EAGAIN or Linux.ECONNREFUSED or Linux.EHOSTUNREACH or Linux.ENETUNREACH or Linux.ENOBUFS:
                    return 0;
                case var other:
                    errno = other;
                    return 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_addresses);
        NativeMemory.Free(_controls);
        NativeMemory.AlignedFree(_short);
        NativeMemory.AlignedFree(_long);
    }

    private ReadOnlySpan<byte> Bytes(int index, int length)
    {
        var start = new Span<byte>(_short + (index * Short), Math.Min(length, Short));
        if (length <= Short) return start;
        var whole = new Span<byte>(_long + (index * Longest), length);
        start.CopyTo(whole);
        return whole;
    }
}
