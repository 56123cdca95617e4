// RFC 4204 §15.2: "all LMP messages are expected to be sent over the IPsec tunnel".
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <content>
/// In IPv6, to say on which interface a datagram shall leave (IPV6_PKTINFO) is no more than a wish: where it names its source address as well, and
/// no route leads there over that interface, the kernel takes another one. In IPv4 it does not. Only a socket that is bound to the interface sends on it
/// or not at all.
/// </content>
internal sealed unsafe partial class UdpSocket
{
    /// <summary>Opens a socket that sends from where this one receives, on one interface and no other. It receives nothing.</summary>
    /// <param name="key">The address, the port and the interface; this socket receives what is sent there on any interface.</param>
    /// <param name="interfaceIndex">The interface's index: the kernel sends nothing on one that is gone, or came again with another.</param>
    /// <param name="sender">The socket.</param>
    /// <param name="why">Where it failed: why, in words for an operator.</param>
    public bool TryOpenSender(SocketKey key, uint interfaceIndex, [NotNullWhen(true)] out UdpSocket? sender, [NotNullWhen(false)] out string? why) => TryOpen(
        // Bound to the interface at last: what it is connected to is not there.
        key, interfaceIndex, fd => Configure(fd, key with { Interface = null }) && BindBeside(fd, key.Bind) && Libc.SetOption(fd, Linux.SolSocket, Linux.SoBindToInterfaceIndex, (int)interfaceIndex),
        out sender, out why);

    // Only at this moment may another socket have our port: this thread's. Then it is connected to itself: nothing else can send to it.
    private bool BindBeside(int fd, in NetworkEndpoint local)
    {
        var address = stackalloc byte[NativeAddress.Size];
        var length = (uint)NativeAddress.Write(new Span<byte>(address, NativeAddress.Size), local, 0);
        if (!Libc.SetOption(fd, Linux.SolSocket, Linux.SoReuseAddress, 1) || !Libc.SetOption(Fd, Linux.SolSocket, Linux.SoReuseAddress, 1)) return false;
        var bound = Libc.Bind(fd, address, length) == 0;
        var errno = Marshal.GetLastPInvokeError();
        _ = Libc.SetOption(Fd, Linux.SolSocket, Linux.SoReuseAddress, 0);
        if (bound) return Libc.Connect(fd, address, length) == 0;
        Marshal.SetLastPInvokeError(errno);
        return false;
    }
}
