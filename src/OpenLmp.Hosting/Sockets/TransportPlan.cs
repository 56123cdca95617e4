// RFC 4204 §9
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>The sockets of a transport.</summary>
/// <param name="Unicast">Sends, and receives what is sent to the transport's address.</param>
/// <param name="Group">Receives what is sent to all nodes on the interface; null where nothing is, or where the same socket does both.</param>
internal readonly record struct TransportSockets(SocketKey Unicast, SocketKey? Group);

/// <summary>
/// Which sockets a set of transports needs. Two sockets that could receive the same datagram cannot be bound at once (short of SO_REUSEADDR,
/// which would let any other program in as well), so the wider socket serves the narrower transport too: by each datagram's destination
/// address and interface it is known whose it is.
/// </summary>
internal sealed class TransportPlan
{
    private readonly HashSet<SocketKey> _sockets = [];
    private readonly Dictionary<TransportKey, TransportSockets> _byTransport = [];

    private TransportPlan()
    {
    }

    /// <summary>The sockets.</summary>
    public IReadOnlySet<SocketKey> Sockets => _sockets;

    /// <summary>The sockets of a transport.</summary>
    public TransportSockets this[in TransportKey transport] => _byTransport[transport];

    /// <summary>Makes a plan.</summary>
    /// <param name="listen">Addresses to listen on, wildcards among them.</param>
    /// <param name="transports">The transports, and whether multicast is to be received on them.</param>
    public static TransportPlan For(IEnumerable<SocketKey> listen, IReadOnlyCollection<(TransportKey Key, bool Multicast)> transports)
    {
        var plan = new TransportPlan();
        var listens = listen.ToLookup(socket => socket.Bind.Address.IsAny);
        foreach (var socket in listens[true]) plan._sockets.Add(socket);

        // Those on any interface first: they serve those on one.
        foreach (var (key, multicast) in transports.OrderBy(t => t.Key.SocketInterface is not null))
        {
            var unicast = plan.SocketFor(key.Local, key.SocketInterface);
            SocketKey? group = null;
            // A wildcard socket receives multicast as it is.
            if (multicast && !unicast.Bind.Address.IsAny)
            {
                var all = key.Local.Address.IsIPv6 ? NetworkAddress.AllNodesIPv6 : NetworkAddress.AllNodesIPv4;
                group = plan.SocketFor(key.Local with { Address = all }, key.Interface);
            }

            plan._byTransport[key] = new TransportSockets(unicast, group);
        }

        // What is left to listen on has no control channel. Open all the same: to others this node then looks the same on all of its addresses.
        var served = transports.ToLookup(t => t.Key.Local, t => t.Key.SocketInterface);
        foreach (var (bind, onInterface) in listens[false])
            if (!served[bind].Any(other => onInterface is null || other is null || other == onInterface)) plan.SocketFor(bind, onInterface);

        return plan;
    }

    // The socket there is that receives what is sent to an endpoint on an interface; otherwise one more, bound to exactly that.
    private SocketKey SocketFor(NetworkEndpoint endpoint, string? onInterface)
    {
        var wildcard = new SocketKey(endpoint with { Address = new NetworkAddress(endpoint.Address.IsIPv6, 0) }, null);
        if (_sockets.Contains(wildcard)) return wildcard;
        var anywhere = new SocketKey(endpoint, null);
        if (_sockets.Contains(anywhere)) return anywhere;
        var own = new SocketKey(endpoint, onInterface);
        _sockets.Add(own);
        return own;
    }
}
