using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// Tries addresses to listen on before anything changes. A daemon that starts waits for addresses that are not there yet; one that is told of them while
/// it runs says at once that they are wrong.
/// </summary>
internal static class ListenProbe
{
    /// <summary>Tries what is new.</summary>
    /// <exception cref="ConfigurationRefusedException">An address cannot be bound.</exception>
    public static void Check(IReadOnlyList<NetworkEndpoint> old, IReadOnlyList<NetworkEndpoint> next)
    {
        foreach (var endpoint in next)
        {
            // Where the node listens already, its own sockets are in the way, and make room.
            if (old.Any(o => o.Port == endpoint.Port && o.Address.IsIPv6 == endpoint.Address.IsIPv6 && (o.Address == endpoint.Address || o.Address.IsAny || endpoint.Address.IsAny)))
                continue;
            if (UdpSocket.TryOpen(new SocketKey(LinkLocalScopes.Resolve(endpoint).Bind, null), out var socket, out var why))
            {
                socket.Dispose();
                continue;
            }

            var text = $"listen: {why}";
            throw new ConfigurationRefusedException(ConfigurationRefusal.Impossible, $"{text}; nothing has changed", new ConfigurationFinding("error", 1, 1, "listen", text));
        }
    }
}
