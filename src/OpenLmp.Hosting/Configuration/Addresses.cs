using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Texts to identifiers and endpoints.</summary>
internal static class Addresses
{
    /// <summary>Stands for the word "multicast" until the family and port of the local end are known.</summary>
    public static NetworkEndpoint Multicast => default;

    /// <summary>A Node_Id, non-zero.</summary>
    public static Converted<NodeId> NodeIdentifier(string text)
    {
        // The framework takes 010.0.0.1 for octal: what is not written the usual way is not taken.
        if (!NodeId.TryParse(text, out var value) || value.ToString() != text)
            return new Wrong($"{Findings.Quote(text)} is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1");
        return value.Value != 0 ? value : new Wrong("a Node_Id is not zero; write an address of the node, such as 10.0.0.1");
    }

    /// <summary>A CC_Id, non-zero (RFC 4204 §13.1).</summary>
    public static Converted<uint> ControlChannelId(string text)
    {
        if (!Conversions.TryNumber(text, out var value)) return new Wrong($"{Findings.Quote(text)} is not a CC_Id; write a number from 1 to {uint.MaxValue}");
        return value != 0 ? value : new Wrong("a CC_Id is not zero (RFC 4204 §13.1); write a number from 1");
    }

    /// <summary>A Link_Id or an Interface_Id, non-zero (RFC 4204 §13.3, §13.4).</summary>
    public static Converted<Identifier> LinkIdentifier(string text)
    {
        if (!Identifier.TryParse(text, out var value) || text.AsSpan().IndexOfAny("[]%/") >= 0
            || (value.Type == IdentifierType.IPv4 && value.ToString() != text))
        {
            return new Wrong(
                $"{Findings.Quote(text)} is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1");
        }

        return !value.IsZero ? value : new Wrong("the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another");
    }

    /// <summary>An address to listen on; without a port, LMP's.</summary>
    public static Converted<NetworkEndpoint> Listen(string text)
    {
        if (!TryEndpoint(text, NetworkEndpoint.LmpPort, out var value)) return NoEndpoint(text);
        return value.Address.IsMulticast ? new Wrong($"{text} is a multicast address; write an address of this machine") : value;
    }

    /// <summary>An address of this machine; port 0 where none is given.</summary>
    public static Converted<NetworkEndpoint> Local(string text)
    {
        if (!TryEndpoint(text, 0, out var value)) return NoEndpoint(text);
        return IsHost(value.Address) ? value : new Wrong($"{text} is not the address of one machine; write this channel's own, such as 10.255.0.1");
    }

    /// <summary>A neighbour's address; without a port, LMP's. The word "multicast" becomes <see cref="Multicast"/>.</summary>
    public static Converted<NetworkEndpoint> Remote(string text)
    {
        if (text == "multicast") return Multicast;
        if (!TryEndpoint(text, NetworkEndpoint.LmpPort, out var value)) return NoEndpoint(text);
        return IsHost(value.Address) ? value : new Wrong($"{text} is not the address of one machine; write the neighbour's, or multicast (RFC 4204 §9)");
    }

    /// <summary>Where HTTP is served.</summary>
    public static Converted<NetworkEndpoint> Http(string text)
    {
        if (!TryEndpoint(text, 0, out var value) || value.Port == 0)
            return new Wrong($"{Findings.Quote(text)} is not an IP address and a port; write them as 127.0.0.1:7010");
        return value.Address.IsMulticast ? new Wrong($"{text} is a multicast address; write an address of this machine") : value;
    }

    /// <summary>As it is written in the file, with the port even where it is LMP's own; without one where it is 0.</summary>
    public static string Full(NetworkEndpoint endpoint) =>
        endpoint.Port == 0 ? endpoint.Address.ToString()
        : endpoint.Address.IsIPv6 ? $"[{endpoint.Address}]:{endpoint.Port}" : $"{endpoint.Address}:{endpoint.Port}";

    /// <summary>127.0.0.0/8 and ::1.</summary>
    public static bool IsLoopback(NetworkAddress address) => address.IsIPv6 ? address.Value == 1 : address.Value >> 24 == 127;

    /// <summary>fe80::/10, which means something on one link only.</summary>
    public static bool IsLinkLocal(NetworkAddress address) => address.IsIPv6 && address.Value >> 118 == 0x3FA;

    private static bool IsHost(NetworkAddress address) => !address.IsAny && !address.IsMulticast && (address.IsIPv6 || address.Value != uint.MaxValue);

    private static bool TryEndpoint(string text, ushort defaultPort, out NetworkEndpoint endpoint)
    {
        if (!NetworkEndpoint.TryParse(text, defaultPort, out endpoint)) return false;
        // As with ids: 010.0.0.1 and ::ffff:10.0.0.1 have one usual form.
        return endpoint.Address.IsIPv6 || text.Split(':')[0] == endpoint.Address.ToString();
    }

    private static Wrong NoEndpoint(string text) =>
        new($"{Findings.Quote(text)} is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, "
            + "with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"");
}
