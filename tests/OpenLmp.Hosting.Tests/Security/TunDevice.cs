using System.Buffers.Binary;
using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenLmp.Hosting.Tests;

/// <summary>A TUN device, as charon's is: what leaves on it is read here, and what is written here comes in on it.</summary>
internal sealed partial class TunDevice : IDisposable
{
    private const ulong SetInterface = 0x400454CA; // TUNSETIFF
    private const short TunWithoutHeader = 0x1001; // IFF_TUN | IFF_NO_PI
    private const int IPv4Header = 20;
    private const int IPv6Header = 40;
    private const int UdpHeader = 8;

    private readonly FileStream _file;

    public TunDevice(NetworkNamespace space, string name)
    {
        SafeFileHandle? handle = null;
        space.Do(() =>
        {
            handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite);
            var request = new byte[40]; // ifreq
            System.Text.Encoding.ASCII.GetBytes(name, request);
            BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(16), TunWithoutHeader);
            if (Control(handle, SetInterface, request) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        });
        _file = new FileStream(handle!, FileAccess.ReadWrite, bufferSize: 0);
        space.Ip($"link set {name} up");
    }

    /// <summary>The payload of the next datagram with UDP that leaves on it, in IPv4 or IPv6.</summary>
    public Task<byte[]> ReadUdpAsync() => Task.Run(ReadUdp).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A UDP datagram comes in on it.</summary>
    public void WriteUdp(IPEndPoint from, IPEndPoint to, byte[] payload)
    {
        var packet = new byte[IPv4Header + UdpHeader + payload.Length];
        (packet[0], packet[8], packet[9]) = (0x45, 64, 17);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        from.Address.GetAddressBytes().CopyTo(packet, 12);
        to.Address.GetAddressBytes().CopyTo(packet, 16);
        var sum = 0;
        for (var i = 0; i < IPv4Header; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(i));
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), (ushort)~sum);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), (ushort)(UdpHeader + payload.Length));
        payload.CopyTo(packet, IPv4Header + UdpHeader);
        _file.Write(packet);
    }

    public void Dispose() => _file.Dispose();

    private byte[] ReadUdp()
    {
        var packet = new byte[65_536];
        while (true)
        {
            var length = _file.Read(packet);
            if (packet[0] == 0x45 && packet[9] == 17) return packet[(IPv4Header + UdpHeader)..length];
            if (packet[0] >> 4 == 6 && packet[6] == 17) return packet[(IPv6Header + UdpHeader)..length];
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeHandle file, ulong request, byte[] argument);
}
