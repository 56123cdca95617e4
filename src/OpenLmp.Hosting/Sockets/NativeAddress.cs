using System.Buffers.Binary;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>sockaddr_in and sockaddr_in6 to and from endpoints, without allocation.</summary>
internal static class NativeAddress
{
    /// <summary>Room for either form.</summary>
    public const int Size = 28;

    private const int IPv4Size = 16;

    /// <summary>Writes an endpoint; <paramref name="scope"/> goes with link-local addresses only.</summary>
    /// <returns>The length of the form.</returns>
    public static int Write(Span<byte> to, in NetworkEndpoint endpoint, uint scope)
    {
        to[..Size].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], endpoint.Port);
        if (!endpoint.Address.IsIPv6)
        {
            Host16(to, Linux.AfInet);
            WriteAddress(to[4..], endpoint.Address);
            return IPv4Size;
        }

        Host16(to, Linux.AfInet6);
        WriteAddress(to[8..], endpoint.Address);
        if (NeedsScope(endpoint.Address)) Host32(to[24..], scope);
        return Size;
    }

    /// <summary>Reads an endpoint. The scope is left out: which interface it was is known from elsewhere.</summary>
    public static NetworkEndpoint Read(ReadOnlySpan<byte> from) => new(
        BitConverter.ToUInt16(from) == Linux.AfInet6 ? ReadIPv6(from[8..]) : ReadIPv4(from[4..]),
        BinaryPrimitives.ReadUInt16BigEndian(from[2..]));

    /// <summary>Writes the 4 or 16 bytes of an address.</summary>
    public static void WriteAddress(Span<byte> to, in NetworkAddress address)
    {
        if (address.IsIPv6) BinaryPrimitives.WriteUInt128BigEndian(to, address.Value);
        else BinaryPrimitives.WriteUInt32BigEndian(to, (uint)address.Value);
    }

    /// <summary>Reads 4 bytes.</summary>
    public static NetworkAddress ReadIPv4(ReadOnlySpan<byte> from) => new(false, BinaryPrimitives.ReadUInt32BigEndian(from));

    /// <summary>Reads 16 bytes.</summary>
    public static NetworkAddress ReadIPv6(ReadOnlySpan<byte> from) => new(true, BinaryPrimitives.ReadUInt128BigEndian(from));

    /// <summary>Whether an address says nothing without an interface: fe80::/10 and ff02::/16.</summary>
    public static bool NeedsScope(in NetworkAddress address) => IsLinkLocal(address) || (address.IsIPv6 && (ushort)(address.Value >> 112) == 0xFF02);

    /// <summary>Whether the address is in fe80::/10.</summary>
    public static bool IsLinkLocal(in NetworkAddress address) => address.IsIPv6 && (ushort)(address.Value >> 118) == 0xFE80 >> 6;

    private static void Host16(Span<byte> to, int value) => BitConverter.TryWriteBytes(to, (ushort)value);

    private static void Host32(Span<byte> to, uint value) => BitConverter.TryWriteBytes(to, value);
}
