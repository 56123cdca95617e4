// RFC 4204 §12.5.6, §13.8: Test messages in the payload, on exactly one interface.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OpenLmp.Hosting;

/// <summary>
/// A packet socket on one network interface, for Test messages and nothing else. An ordinary UDP socket would receive nothing where reverse-path
/// filtering is on and the interface has no address, and could not tell which interface a multicast leaves by. It sees each frame as it came off the
/// wire, before the kernel gives it to a VLAN, a bridge or a bond above. Changes nothing on the interface. Belongs to the node's thread.
/// </summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    private const int AfPacket = 17;
    private const int SolPacket = 263;
    private const int PacketIgnoreOutgoing = 23;
    private const int SoAttachFilter = 26;
    private const ushort EtherTypeIPv4 = 0x0800;
    // Not ETH_P_IP: by then a frame of a VLAN above looks like one of this interface, and one for a bridge above is gone.
    private const ushort EveryEtherType = 0x0003; // ETH_P_ALL
    private const uint ProtocolOf = 0xFFFFF000;   // SKF_AD_OFF + SKF_AD_PROTOCOL
    private const uint VlanTagOf = 0xFFFFF02C;    // SKF_AD_OFF + SKF_AD_VLAN_TAG
    private const int AddressSize = 20; // sockaddr_ll

    // 224.0.0.1 as an Ethernet address (RFC 1112 §6.4).
    private static ReadOnlySpan<byte> AllNodesMac => [0x01, 0x00, 0x5E, 0x00, 0x00, 0x01];

    // Unfragmented UDP over IPv4 to 224.0.0.1 port 701, of no VLAN; the packet begins with the IP header.
    private static readonly BpfInstruction[] Filter =
    [
        new(0x28, 0, 0, ProtocolOf),  // ldh proto
        new(0x15, 0, 12, EtherTypeIPv4),
        new(0x28, 0, 0, VlanTagOf),   // ldh vlan_tci           VLAN 0 is none, but a priority
        new(0x45, 10, 0, 0x0FFF),     // jset #0xfff, drop, next
        new(0x30, 0, 0, 9),           // ldb [9]                the protocol
        new(0x15, 0, 8, 17),          // jeq #17, next, drop    UDP
        new(0x20, 0, 0, 16),          // ld  [16]               the destination
        new(0x15, 0, 6, 0xE0000001),  // jeq #224.0.0.1, next, drop
        new(0x28, 0, 0, 6),           // ldh [6]                flags and fragment offset
        new(0x45, 4, 0, 0x1FFF),      // jset #0x1fff, drop, next
        new(0xB1, 0, 0, 0),           // ldxb 4*([0]&0xf)       the header's length
        new(0x48, 0, 0, 2),           // ldh [x + 2]            the destination port
        new(0x15, 0, 1, 701),         // jeq #701, next, drop
        new(0x06, 0, 0, 0xFFFF),      // ret #65535
        new(0x06, 0, 0, 0),           // drop: ret #0
    ];

    private PacketSocket(int fd, uint interfaceIndex) => (Fd, InterfaceIndex) = (fd, interfaceIndex);

    /// <summary>The file descriptor, -1 once closed.</summary>
    public int Fd { get; private set; }

    /// <summary>The interface it is bound to. An interface that is made anew under the same name has another.</summary>
    public uint InterfaceIndex { get; }

    /// <summary>Opens a socket.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="why">Where it failed: why, in words for an operator.</param>
    public static bool TryOpen(string name, [NotNullWhen(true)] out PacketSocket? socket, [NotNullWhen(false)] out string? why)
    {
        socket = null;
        why = null;
        var index = Libc.IfNameToIndex(name);
        if (index == 0)
        {
            why = $"interface {name} does not exist";
            return false;
        }

        // No protocol yet: nothing may come in before the filter is in place.
        var fd = Libc.Socket(AfPacket, Linux.SockDgram | Linux.SockNonBlock | Linux.SockCloseOnExec, 0);
        if (fd < 0 || !AttachFilter(fd) || !Libc.SetOption(fd, SolPacket, PacketIgnoreOutgoing, 1) || !Bind(fd, index))
        {
            var errno = Marshal.GetLastPInvokeError();
            why = errno is Linux.EPERM or Linux.EACCES
                ? "Test messages need root or CAP_NET_RAW"
                : $"no packet socket on interface {name}: {Libc.Describe(errno)}";
            if (fd >= 0) _ = Libc.Close(fd);
            return false;
        }

        socket = new PacketSocket(fd, index);
        return true;
    }

    /// <summary>Sends an IP packet to all nodes on the link.</summary>
    /// <returns>0, or an errno.</returns>
    public int Send(ReadOnlySpan<byte> packet)
    {
        var address = stackalloc byte[AddressSize];
        WriteAddress(new Span<byte>(address, AddressSize), InterfaceIndex, EtherTypeIPv4);
        fixed (byte* bytes = packet)
            return Libc.SendTo(Fd, bytes, (nuint)packet.Length, Linux.MsgDontWait | Linux.MsgNoSignal, address, AddressSize) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Receives an IP packet; 0 bytes where none is waiting.</summary>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer) return (int)Math.Max(Libc.Recv(Fd, bytes, (nuint)buffer.Length, Linux.MsgDontWait), 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Fd >= 0) _ = Libc.Close(Fd);
        Fd = -1;
    }

    private static bool AttachFilter(int fd)
    {
        fixed (BpfInstruction* instructions = Filter)
        {
            var program = new BpfProgram { Length = (ushort)Filter.Length, Instructions = instructions };
            return Libc.SetSockOpt(fd, Linux.SolSocket, SoAttachFilter, &program, (uint)sizeof(BpfProgram)) == 0;
        }
    }

    private static bool Bind(int fd, uint index)
    {
        var address = stackalloc byte[AddressSize];
        WriteAddress(new Span<byte>(address, AddressSize), index, EveryEtherType);
        return Libc.Bind(fd, address, AddressSize) == 0;
    }

    // sockaddr_ll: family 2, protocol 2 (network order), index 4, hardware type 2, packet type 1, address length 1, address 8.
    private static void WriteAddress(Span<byte> address, uint index, ushort protocol)
    {
        address.Clear();
        BitConverter.TryWriteBytes(address, (ushort)AfPacket);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(address[2..], protocol);
        BitConverter.TryWriteBytes(address[4..], index);
        address[11] = (byte)AllNodesMac.Length;
        AllNodesMac.CopyTo(address[12..]);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct BpfInstruction(ushort code, byte ifTrue, byte ifFalse, uint operand)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Operand = operand;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BpfProgram
    {
        public ushort Length;
        public BpfInstruction* Instructions;
    }
}
