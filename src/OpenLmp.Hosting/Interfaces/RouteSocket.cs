using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OpenLmp.Hosting;

/// <summary>
/// An rtnetlink socket: the kernel tells on it, unasked, which interfaces and addresses come, go and change. Belongs to the node's thread.
/// </summary>
internal sealed unsafe class RouteSocket : IDisposable
{
    private const int RouteFamily = 0;                                   // NETLINK_ROUTE
    private const uint Groups = 0x1 | 0x10 | 0x100;                      // RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR
    private const ushort GetLink = 18;                                   // RTM_GETLINK
    private const ushort RequestDump = 0x1 | 0x300;                      // NLM_F_REQUEST, NLM_F_DUMP
    private const int MostReadsAtOnce = 256;

    private readonly InterfaceTable _table;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RouteSocket(int fd, InterfaceTable table)
    {
        Fd = fd;
        _table = table;
    }

    /// <summary>The file descriptor.</summary>
    public int Fd { get; }

    /// <summary>Opens the socket and asks for the interfaces there are; <see cref="Read"/> reads the answer.</summary>
    public static bool TryOpen(InterfaceTable table, [NotNullWhen(true)] out RouteSocket? socket, [NotNullWhen(false)] out string? why)
    {
        socket = null;
        why = null;
        var fd = Libc.Socket(Linux.AfNetlink, Linux.SockRaw | Linux.SockNonBlock | Linux.SockCloseOnExec, RouteFamily);
        if (fd >= 0)
        {
            Libc.SetOption(fd, Linux.SolSocket, Linux.SoReceiveBuffer, 1 << 20);
            var address = stackalloc byte[12]; // sockaddr_nl: family 2, pad 2, port 4, groups 4
            var span = new Span<byte>(address, 12);
            span.Clear();
            BitConverter.TryWriteBytes(span, (ushort)Linux.AfNetlink);
            BitConverter.TryWriteBytes(span[8..], Groups);
            var opened = new RouteSocket(fd, table);
            if (Libc.Bind(fd, address, 12) == 0 && opened.Ask())
            {
                socket = opened;
                table.IsWatched = true;
                return true;
            }
        }

        why = Libc.Describe(Marshal.GetLastPInvokeError());
        if (fd >= 0) _ = Libc.Close(fd);
        return false;
    }

    /// <summary>Reads what is waiting into the table.</summary>
    public void Read()
    {
        for (var i = 0; i < MostReadsAtOnce; i++)
        {
            nint length;
            fixed (byte* buffer = _buffer) length = Libc.Recv(Fd, buffer, (nuint)_buffer.Length, Linux.MsgDontWait);
            if (length >= 0)
            {
                RouteMessages.Read(_buffer.AsSpan(0, (int)length), _table);
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Linux.EINTR:
                    continue;
                case Linux.ENOBUFS:
                    // More happened than the socket could hold: start over.
                    _table.Forget();
                    Ask();
                    continue;
                default:
                    return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(Fd);

    // The answer comes on this socket like any news.
    private bool Ask()
    {
        var request = stackalloc byte[32]; // nlmsghdr and an empty ifinfomsg
        var span = new Span<byte>(request, 32);
        span.Clear();
        BitConverter.TryWriteBytes(span, 32u);
        BitConverter.TryWriteBytes(span[4..], GetLink);
        BitConverter.TryWriteBytes(span[6..], RequestDump);
        return Libc.Send(Fd, request, 32, 0) == 32;
    }
}
