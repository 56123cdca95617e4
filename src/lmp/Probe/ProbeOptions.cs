using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary>Whom to probe and how.</summary>
/// <param name="Target">Address and UDP port.</param>
/// <param name="Timeout">How long to wait for an answer.</param>
/// <param name="NodeId">The Node_Id to send; null: our source address, or 0.0.0.1 where that is IPv6.</param>
/// <param name="Local">The source address; null: whatever the routes say.</param>
internal sealed record ProbeOptions(NetworkEndpoint Target, TimeSpan Timeout, NodeId? NodeId = null, NetworkAddress? Local = null)
{
    /// <summary>How long to wait unless told otherwise: the last router asks three times, a second each, before it says that there is no such host.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3.5);

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    /// <summary>Parses a target: an address or a host name, with a port or without.</summary>
    /// <param name="text">As on the command line.</param>
    /// <param name="target">The endpoint, if the result is null.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? ParseTarget(string text, out NetworkEndpoint target)
    {
        if (!NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out target) && Resolve(text, out target) is { } error) return error;
        if (target.Address.IsAny) return $"{text}: the address of one node is needed";
        return target.Address.IsMulticast ? $"{text}: the answer to a multicast comes from another address; probe the node's own" : null;
    }

    /// <summary>Parses a duration such as <c>500ms</c> or <c>3s</c>, above 0 and up to an hour.</summary>
    public static bool TryParseTimeout(string text, out TimeSpan timeout)
    {
        timeout = default;
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], TimeSpan.FromMilliseconds(1)),
            _ when text.EndsWith('s') => (text[..^1], TimeSpan.FromSeconds(1)),
            _ => ("", default),
        };
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 3_600_000) return false;
        timeout = unit * number;
        return timeout > TimeSpan.Zero && timeout <= MaxTimeout;
    }

    private static string? Resolve(string text, out NetworkEndpoint target)
    {
        target = default;
        var (host, port) = (text, NetworkEndpoint.LmpPort);
        if (text.Split(':') is [var name, var number])
        {
            if (!ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port == 0)
                return $"{text}: expected a port, 1-65535, after the colon";
            host = name;
        }

        // "10.0.1" is not a name but a mistyped address, which the resolver would complete in its own way.
        if (!host.Any(char.IsAsciiLetter) || host.Contains(':', StringComparison.Ordinal))
            return $"{text}: expected an address such as 192.0.2.1, 192.0.2.1:7011, 2001:db8::1 or [2001:db8::1]:7011";
        try
        {
            if (Dns.GetHostAddresses(host) is not [var first, ..]) return $"{host}: has no address";
            target = new NetworkEndpoint(NetworkAddress.From(first), port);
            return null;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return $"{host}: cannot be resolved";
        }
    }
}
