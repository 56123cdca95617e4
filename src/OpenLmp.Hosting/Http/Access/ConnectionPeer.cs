using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OpenLmp.Hosting.Http;

/// <summary>The other end of a connection.</summary>
internal sealed class ConnectionPeer
{
    private const int NetworkBytes = 8;

    private ConnectionPeer(object key, string from)
    {
        Key = key;
        From = from;
    }

    /// <summary>What connections are counted by: the user, the IPv4 address, or the /64 of the IPv6 address, all of which one machine may have.</summary>
    public object Key { get; }

    /// <summary>For people: <c>process 4242</c> or <c>192.0.2.1:51234</c>.</summary>
    public string From { get; }

    /// <summary>The user and groups, over the Unix socket.</summary>
    public PeerCredentials? Credentials { get; private init; }

    /// <summary>Whether it came over a Unix socket.</summary>
    public bool IsLocal { get; private init; }

    /// <summary>Whether it is root's or the daemon's own: not held up by the number of others.</summary>
    public bool IsPrivileged => Credentials is { User: var user } && (user == 0 || user == Accounts.EffectiveUser);

    /// <summary>The certificates in force at the handshake; null where there was none.</summary>
    public TlsMaterial? Tls { get; set; }

    /// <summary>Looks at a new connection.</summary>
    public static ConnectionPeer Of(ConnectionContext connection)
    {
        if (connection.RemoteEndPoint is IPEndPoint { Address: var address } remote) return new ConnectionPeer(KeyOf(address), remote.ToString());
        var credentials = connection.Features.Get<IConnectionSocketFeature>() is { Socket: var socket } ? PeerCredentials.Of(socket) : null;
        return credentials is null
            ? new ConnectionPeer("unknown", "the Unix socket") { IsLocal = true }
            : new ConnectionPeer(credentials.User, string.Create(CultureInfo.InvariantCulture, $"process {credentials.Process}")) { IsLocal = true, Credentials = credentials };
    }

    private static object KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length > 2 * sizeof(uint) ? BitConverter.ToUInt64(bytes.AsSpan(0, NetworkBytes)) : address;
    }
}
