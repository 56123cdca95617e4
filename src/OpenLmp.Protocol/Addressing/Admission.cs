// RFC 5082; RFC 4204 §16: what is not looked at.
namespace OpenLmp.Protocol;

/// <summary>
/// The door of the node: which datagrams are looked at, decided by what costs next to nothing to look at. Strangers leave no trace but a counter,
/// however many there are. A Hello of a configured control channel needs no more than <see cref="IsNear"/>: to take it in costs as little as to
/// turn it away, and a limit would let forged ones use up what is there for the neighbour's.
/// </summary>
internal sealed class Admission(NodeContext node)
{
    private const int OctetsPerUnit = 512;

    private static readonly TimeSpan BetweenExplanations = TimeSpan.FromSeconds(1);

    private Allowance _total;
    // Those that may be a neighbour whose address is to be learned (RFC 4204 §9), all together: their number has no bound.
    private Allowance _strangers;
    private Instant _nextExplanation;

    /// <summary>Whether a datagram is to be looked at; otherwise it is counted.</summary>
    /// <param name="now">The time.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="far">The control channel it seems to be for and may not be, because it comes from afar.</param>
    public bool Admits(Instant now, in DatagramOrigin origin, out ControlChannel? far)
    {
        far = null;
        var peer = node.Peers.Find(origin);
        if ((peer?.Channels ?? node.Peers.Learning(origin)) is not { } channels)
        {
            // §15.2: "an LMP receiver configured to use Ipsec with a peer should reject any LMP traffic that does not come through the crypto
            // channel." What comes through it belongs to a transport of its own; whatever else has the neighbour's address is nobody's.
            if (node.Peers.ProtectedAt(origin.Source.Address) is { } neighbor) node.Drop(neighbor, DropReason.Unprotected);
            else node.Drop(null, DropReason.UnknownSource);
            return false;
        }

        foreach (var channel in channels)
        {
            if (IsNear(channel, origin)) continue;
            far = channel;
            return false;
        }

        ref var own = ref _strangers;
        if (peer is not null) own = ref peer.Allowance;
        if (!own.IsOpen(now) || !_total.IsOpen(now))
        {
            node.Drop(channels is [var only] ? only.Neighbor : null, DropReason.RateLimited);
            return false;
        }

        var limits = node.Node.Configuration.Limits ?? LimitsConfiguration.Default;
        var cost = 1 + (node.IncomingOctets / OctetsPerUnit);
        own.Take(now, cost, limits.PerSource);
        _total.Take(now, cost, limits.Total);
        return true;
    }

    /// <summary>RFC 5082 §3: whether a datagram for a control channel has come over no router, where that is asked for; otherwise it is counted.</summary>
    public bool IsNear(ControlChannel channel, in DatagramOrigin origin)
    {
        if (origin.HopLimit == DatagramOrigin.Undiminished || !channel.Neighbor.Configuration.Gtsm) return true;
        node.Drop(channel.Neighbor, DropReason.HopLimit);
        return false;
    }

    /// <summary>
    /// Whether to tell the operator why datagrams are turned away, once a second at most: they may be the neighbour's own, and then it is why its
    /// control channel does not come up.
    /// </summary>
    public bool MayExplain(Instant now)
    {
        if (now < _nextExplanation) return false;
        _nextExplanation = now + BetweenExplanations;
        return true;
    }
}
