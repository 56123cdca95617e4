// RFC 4204 §9
using System.Net;
using System.Net.Sockets;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>An IP address as a value: compared and copied without allocation on the Hello path.</summary>
/// <param name="IsIPv6">The family.</param>
/// <param name="Value">The address as a number.</param>
/// <param name="Scope">The interface index of a link-local IPv6 address, otherwise 0.</param>
public readonly record struct NetworkAddress(bool IsIPv6, UInt128 Value, uint Scope = 0)
{
    /// <summary>Where Config goes on a point-to-point interface over IPv4 (RFC 4204 §9).</summary>
    public static readonly NetworkAddress AllNodesIPv4 = new(false, 0xE0000001);

    /// <summary>Where Config goes on a point-to-point interface over IPv6 (RFC 4204 §9).</summary>
    public static readonly NetworkAddress AllNodesIPv6 = new(true, new UInt128(0xFF02_0000_0000_0000, 1));

    /// <summary>Whether this is 0.0.0.0 or ::.</summary>
    public bool IsAny => Value == 0;

    /// <summary>Whether this is a multicast address.</summary>
    public bool IsMulticast => IsIPv6 ? (Value >> 120) == 0xFF : (Value >> 28) == 0xE;

    /// <summary>From the framework's type; IPv4-mapped IPv6 addresses become IPv4.</summary>
    public static NetworkAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var reader = new LmpReader(address.GetAddressBytes());
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new NetworkAddress(true, reader.ReadUInt128(), (uint)address.ScopeId)
            : new NetworkAddress(false, reader.ReadUInt32());
    }

    /// <summary>Parses <c>192.0.2.1</c>, <c>2001:db8::1</c> or <c>fe80::1%3</c>.</summary>
    public static bool TryParse(string text, out NetworkAddress address)
    {
        address = default;
        if (!IPAddress.TryParse(text, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') != 3)) return false;
        address = From(parsed);
        return true;
    }

    /// <summary>The framework's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[IsIPv6 ? 16 : 4];
        var writer = new LmpWriter(bytes);
        if (IsIPv6) writer.WriteUInt128(Value);
        else writer.WriteUInt32((uint)Value);
        return IsIPv6 ? new IPAddress(bytes, Scope) : new IPAddress(bytes);
    }

    /// <inheritdoc/>
    // Looked up for every datagram. What is put into tables by address comes from the configuration: nobody can choose it to collide.
    public override int GetHashCode() => (int)((((ulong)Value ^ (ulong)(Value >> 64) ^ Scope) * 0x9E37_79B9_7F4A_7C15) >> 32);

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress().ToString();
}

/// <summary>An IP address and a UDP port.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The UDP port.</param>
public readonly record struct NetworkEndpoint(NetworkAddress Address, ushort Port)
{
    /// <summary>LMP's UDP port (RFC 4204 §12).</summary>
    public const ushort LmpPort = 701;

    /// <summary>Parses <c>10.0.0.1</c>, <c>10.0.0.1:7011</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c> or <c>[2001:db8::1]:7011</c>.</summary>
    public static bool TryParse(string text, ushort defaultPort, out NetworkEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        endpoint = default;
        var bracketed = text.StartsWith('[') && text.EndsWith(']');
        if (NetworkAddress.TryParse(bracketed ? text[1..^1] : text, out var bare) && text.StartsWith('[') == bracketed && (bare.IsIPv6 || !bracketed))
        {
            endpoint = new NetworkEndpoint(bare, defaultPort);
            return true;
        }

        if (!IPEndPoint.TryParse(text, out var parsed) || parsed.Port == 0) return false;
        endpoint = new NetworkEndpoint(NetworkAddress.From(parsed.Address), (ushort)parsed.Port);
        return true;
    }

    /// <summary>The address alone where the port is 701, otherwise address and port.</summary>
    public override string ToString() =>
        Port == LmpPort ? Address.ToString() : Address.IsIPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
