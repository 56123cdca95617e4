using System.Runtime.InteropServices;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>Ethernet frames as they come, which no socket of .NET sends.</summary>
internal static class Frames
{
    private const int AfPacket = 17;
    private const int SockRaw = 3;
    private const int AddressSize = 20; // sockaddr_ll

    /// <summary>A frame with a Test message of Verify_Id 1.</summary>
    /// <param name="vlan">The VLAN that its tag names; null: it has no tag.</param>
    public static byte[] Test(ushort? vlan)
    {
        var test = new TestMessage(Identifier.Unnumbered(1001), 1).Encode();
        var packet = new byte[TestPacket.HeaderLength + test.Length];
        TestPacket.Write(packet, 0x0A000001, test);
        byte[] tag = vlan is { } id ? [0x81, 0x00, (byte)(id >> 8), (byte)id] : [];
        return [0x01, 0x00, 0x5E, 0x00, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01, .. tag, 0x08, 0x00, .. packet];
    }

    /// <summary>Sends a frame out of an interface of the calling thread's namespace.</summary>
    public static unsafe void Send(string name, byte[] frame)
    {
        var fd = Libc.Socket(AfPacket, SockRaw, 0);
        Assert.True(fd >= 0);
        try
        {
            // Family, protocol, interface.
            var address = stackalloc byte[AddressSize];
            new Span<byte>(address, AddressSize).Clear();
            MemoryMarshal.Write(new Span<byte>(address, sizeof(ushort)), (ushort)AfPacket);
            MemoryMarshal.Write(new Span<byte>(address + 4, sizeof(uint)), Libc.IfNameToIndex(name));
            fixed (byte* bytes = frame) Assert.Equal(frame.Length, Libc.SendTo(fd, bytes, (nuint)frame.Length, 0, address, AddressSize));
        }
        finally
        {
            _ = Libc.Close(fd);
        }
    }
}
