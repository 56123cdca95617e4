using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>A non-blocking UDP socket. Belongs to the node's thread.</summary>
internal sealed unsafe partial class UdpSocket : IDisposable
{
    // Twice this is what the kernel sets aside: more than a second of 1,000 channels' Hellos, for the time this process does not run.
    private const int ReceiveBufferBytes = 4 << 20;
    private const int SendBufferBytes = 1 << 20;

    // What the kernel charges a receive buffer for the smallest datagram is more than this.
    private const int LeastChargePerDatagram = 512;

    private UdpSocket(int fd, SocketKey key, uint interfaceIndex)
    {
        Fd = fd;
        Key = key;
        InterfaceIndex = interfaceIndex;
        int receiveBuffer;
        uint length = sizeof(int);
        if (Libc.GetSockOpt(fd, Linux.SolSocket, Linux.SoReceiveBuffer, &receiveBuffer, &length) != 0) receiveBuffer = ReceiveBufferBytes;
        Capacity = receiveBuffer / LeastChargePerDatagram;
    }

    /// <summary>The file descriptor, -1 once closed.</summary>
    public int Fd { get; private set; }

    /// <summary>What it is bound to.</summary>
    public SocketKey Key { get; }

    /// <summary>The index of the interface it is bound to; 0 if none.</summary>
    public uint InterfaceIndex { get; }

    /// <summary>More datagrams than this cannot be waiting.</summary>
    public int Capacity { get; }

    /// <summary>The last error of sending that was logged, and when; so that it is not logged for each datagram.</summary>
    public int UnsentErrno { get; set; }

    /// <summary>See <see cref="UnsentErrno"/>.</summary>
    public Instant UnsentLogged { get; set; }

    /// <summary>Opens a socket.</summary>
    /// <param name="key">What to bind to.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="why">Where it failed: why, in words for an operator.</param>
    public static bool TryOpen(in SocketKey key, [NotNullWhen(true)] out UdpSocket? socket, [NotNullWhen(false)] out string? why)
    {
        socket = null;
        uint index = 0;
        if (key.Interface is not null && (index = Libc.IfNameToIndex(key.Interface)) == 0)
        {
            why = $"interface {key.Interface} does not exist";
            return false;
        }

        var wanted = key;
        return TryOpen(wanted, index, fd => Configure(fd, wanted) && Bind(fd, wanted, index), out socket, out why);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Fd >= 0) _ = Libc.Close(Fd);
        Fd = -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Key.ToString();

    private static bool TryOpen(
        SocketKey key, uint interfaceIndex, Func<int, bool> prepare, [NotNullWhen(true)] out UdpSocket? socket, [NotNullWhen(false)] out string? why)
    {
        socket = null;
        var fd = Libc.Socket(key.Bind.Address.IsIPv6 ? Linux.AfInet6 : Linux.AfInet, Linux.SockDgram | Linux.SockNonBlock | Linux.SockCloseOnExec, 0);
        if (fd < 0)
        {
            why = $"no socket for {key}: {Libc.Describe(Marshal.GetLastPInvokeError())}";
            return false;
        }

        if (!prepare(fd))
        {
            why = Explain(key, Marshal.GetLastPInvokeError());
            _ = Libc.Close(fd);
            return false;
        }

        socket = new UdpSocket(fd, key, interfaceIndex);
        why = null;
        return true;
    }

    private static bool Configure(int fd, in SocketKey key)
    {
        // The larger buffer needs CAP_NET_ADMIN; without, as much as the system allows.
        if (!Libc.SetOption(fd, Linux.SolSocket, Linux.SoReceiveBufferForce, ReceiveBufferBytes))
            Libc.SetOption(fd, Linux.SolSocket, Linux.SoReceiveBuffer, ReceiveBufferBytes);
        Libc.SetOption(fd, Linux.SolSocket, Linux.SoSendBuffer, SendBufferBytes);

        // Several nodes may listen to one group. Nowhere else: it would let a second daemon take over the first one's port unnoticed.
        if (key.Bind.Address.IsMulticast && !Libc.SetOption(fd, Linux.SolSocket, Linux.SoReuseAddress, 1)) return false;

        // No router forwards what is sent to all nodes on a link, whatever its TTL.
        // LMP messages of up to 65,507 bytes are the kernel's to fragment; with path-MTU discovery on it would refuse them (EMSGSIZE).
        var options = key.Bind.Address.IsIPv6
            ? Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6Only, 1)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6ReceivePacketInfo, 1)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6ReceiveHopLimit, 1)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6UnicastHops, Linux.HighestHopLimit)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6MtuDiscover, Linux.PathMtuDiscoveryOff)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6MulticastHops, Linux.HighestHopLimit)
                && Libc.SetOption(fd, Linux.Ipv6Protocol, Linux.Ipv6MulticastLoop, 0)
            : Libc.SetOption(fd, Linux.IpProtocol, Linux.IpPacketInfo, 1)
                && Libc.SetOption(fd, Linux.IpProtocol, Linux.IpReceiveTtl, 1)
                && Libc.SetOption(fd, Linux.IpProtocol, Linux.IpTtl, Linux.HighestHopLimit)
                && Libc.SetOption(fd, Linux.IpProtocol, Linux.IpMtuDiscover, Linux.PathMtuDiscoveryOff)
                && Libc.SetOption(fd, Linux.IpProtocol, Linux.IpMulticastTtl, Linux.HighestHopLimit)
                && Libc.SetOption(fd, Linux.IpProtocol, Linux.IpMulticastLoop, 0);
        if (!options || key.Interface is null) return options;

        Span<byte> name = stackalloc byte[64];
        name.Clear();
        if (!Encoding.UTF8.TryGetBytes(key.Interface, name[..^1], out var length)) return false;
        fixed (byte* pointer = name) return Libc.SetSockOpt(fd, Linux.SolSocket, Linux.SoBindToDevice, pointer, (uint)length + 1) == 0;
    }

    private static bool Bind(int fd, in SocketKey key, uint interfaceIndex)
    {
        var address = stackalloc byte[NativeAddress.Size];
        var length = NativeAddress.Write(new Span<byte>(address, NativeAddress.Size), key.Bind, interfaceIndex);
        return Libc.Bind(fd, address, (uint)length) == 0;
    }

    private static string Explain(in SocketKey key, int errno) => errno switch
    {
        Linux.EADDRNOTAVAIL => $"address {key.Bind.Address} is not on this machine",
        Linux.EADDRINUSE => $"UDP port {key.Bind.Port} of {key.Bind.Address} is taken by another program",
        Linux.ENODEV => $"interface {key.Interface} does not exist",
        Linux.EACCES => $"UDP port {key.Bind.Port} needs root or CAP_NET_BIND_SERVICE",
        Linux.EPERM when key.Interface is not null => $"binding to interface {key.Interface} needs root or CAP_NET_RAW",
        _ => $"cannot use {key}: {Libc.Describe(errno)}",
    };
}
