// RFC 4204 §3.1, §9: which control channel a datagram belongs to.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// The control channels by what a received datagram tells: transport, source address, the sender's CC_Id, and the source port where several
/// neighbours share an address.
/// </summary>
internal sealed class PeerTable
{
    // One for all: strangers cost no memory.
    private static readonly List<ControlChannel> None = [];

    private readonly Dictionary<(NetworkAddress Source, int Slot), Peer> _bySource = [];
    private readonly Dictionary<(NetworkAddress Source, int Slot, uint CcId), ControlChannel> _byCcId = [];
    // Multicast channels: the neighbour's address is learned, or may change while the channel is not up.
    private readonly Dictionary<int, List<ControlChannel>> _learning = [];
    // Looked into only for what is dropped.
    private readonly Dictionary<NetworkAddress, List<ControlChannel>> _protected = [];

    public void Add(ControlChannel channel)
    {
        if (channel.Configuration.IsMulticast)
        {
            if (!_learning.TryGetValue(channel.TransportSlot, out var learning)) _learning.Add(channel.TransportSlot, learning = []);
            learning.Add(channel);
        }

        if (channel.Remote is not { } remote) return;
        if (channel.IsProtected)
        {
            if (!_protected.TryGetValue(remote.Address, out var protectedThere)) _protected.Add(remote.Address, protectedThere = []);
            protectedThere.Add(channel);
        }

        var source = (remote.Address, channel.TransportSlot);
        if (!_bySource.TryGetValue(source, out var peer)) _bySource.Add(source, peer = new Peer());
        peer.Channels.Add(channel);
        if (channel.RemoteId is not { } ccId) return;
        ref var first = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_byCcId, (remote.Address, channel.TransportSlot, ccId), out _);
        channel.NextAtSamePeer = first;
        first = channel;
    }

    public void Remove(ControlChannel channel)
    {
        if (channel.Configuration.IsMulticast && _learning.TryGetValue(channel.TransportSlot, out var learning) && learning.Remove(channel) && learning.Count == 0)
            _learning.Remove(channel.TransportSlot);
        if (channel.Remote is not { } remote) return;
        if (channel.IsProtected && _protected.TryGetValue(remote.Address, out var protectedThere) && protectedThere.Remove(channel) && protectedThere.Count == 0)
            _protected.Remove(remote.Address);
        var source = (remote.Address, channel.TransportSlot);
        if (_bySource.TryGetValue(source, out var peer) && peer.Channels.Remove(channel) && peer.Channels.Count == 0) _bySource.Remove(source);
        if (channel.RemoteId is not { } ccId) return;
        var key = (remote.Address, channel.TransportSlot, ccId);
        if (!_byCcId.TryGetValue(key, out var first)) return;
        if (first == channel)
        {
            if (channel.NextAtSamePeer is { } next) _byCcId[key] = next;
            else _byCcId.Remove(key);
        }
        else
        {
            for (var c = first; c is not null; c = c.NextAtSamePeer)
                if (c.NextAtSamePeer == channel) c.NextAtSamePeer = channel.NextAtSamePeer;
        }

        channel.NextAtSamePeer = null;
    }

    /// <summary>Who is at the datagram's source address; null: no neighbour that is known.</summary>
    public Peer? Find(in DatagramOrigin origin) => _bySource.GetValueOrDefault((origin.Source.Address, origin.TransportSlot));

    /// <summary>The channels whose neighbour may be at any address; null if there are none where the datagram came in.</summary>
    public List<ControlChannel>? Learning(in DatagramOrigin origin) => _learning.GetValueOrDefault(origin.TransportSlot);

    /// <summary>The neighbour that only protected messages are taken of from an address; null if there is none.</summary>
    public Neighbor? ProtectedAt(in NetworkAddress source) => _protected.TryGetValue(source, out var channels) ? channels[0].Neighbor : null;

    /// <summary>The channels at the datagram's source address.</summary>
    public IReadOnlyList<ControlChannel> At(in DatagramOrigin origin) => Find(origin)?.Channels ?? None;

    /// <summary>
    /// The channel a Hello belongs to; where it lacks LOCAL_CCID, or the neighbour's CC_Id is not known yet, by its source address if only one
    /// channel is there.
    /// </summary>
    public ControlChannel? ForHello(in DatagramOrigin origin, uint ccId)
    {
        if (!_byCcId.TryGetValue((origin.Source.Address, origin.TransportSlot, ccId), out var first))
            return At(origin) is [var only] && (ccId == 0 || only.RemoteId is null) && IsFor(only, origin) ? only : null;
        for (var c = first; c is not null; c = c.NextAtSamePeer)
            if (c.Remote!.Value.Port == origin.Source.Port && IsFor(c, origin)) return c;
        // Another source port is no harm where there is nothing to confuse.
        return first.NextAtSamePeer is null && IsFor(first, origin) ? first : null;
    }

    /// <summary>
    /// The channel that carries a message without CC_Id: one that is in use, at the very source port; at another one only if a single neighbour
    /// uses the address.
    /// </summary>
    public ControlChannel? ForMessage(in DatagramOrigin origin)
    {
        ControlChannel? found = null;
        var ambiguous = false;
        foreach (var c in At(origin))
        {
            if (c.State is not (ControlChannelState.Active or ControlChannelState.Up) || !IsFor(c, origin)) continue;
            if (c.Remote!.Value.Port == origin.Source.Port) return c;
            ambiguous |= found is not null && found.Neighbor != c.Neighbor;
            found ??= c;
        }

        return ambiguous ? null : found;
    }

    /// <summary>
    /// The channel a Config of <paramref name="nodeId"/> for its <paramref name="ccId"/> is about: the one paired with it, by learning or
    /// configuration; else the first not paired yet; else the first not in use, whose neighbour then changed its CC_Id. One in use keeps to
    /// its partner as long as Hellos prove that it is there: two channels of the neighbour may claim the only one here.
    /// </summary>
    public ControlChannel? ForConfig(in DatagramOrigin origin, NodeId nodeId, uint ccId)
    {
        ControlChannel? unpaired = null, unused = null, only = null;
        var count = 0;
        foreach (var c in Candidates(origin))
        {
            if (c.Neighbor.NodeId != nodeId || !IsFor(c, origin)) continue;
            if (c.RemoteId == ccId) return c;
            if (c.Configuration.RemoteId is not null) continue;
            if (c.RemoteId is null) unpaired = Better(unpaired, c, origin);
            else if (c.State is not (ControlChannelState.Active or ControlChannelState.Up)) unused = Better(unused, c, origin);
            (count, only) = (count + 1, c);
        }

        return unpaired ?? unused ?? (count == 1 && !only!.IsWatched ? only : null);
    }

    /// <summary>Whether an answer from <paramref name="origin"/> may be for <paramref name="channel"/>, whose CC_Id it names.</summary>
    public static bool IsFrom(ControlChannel channel, in DatagramOrigin origin) =>
        channel.TransportSlot == origin.TransportSlot && IsFor(channel, origin)
        && (channel.Configuration.IsMulticast || channel.Remote?.Address == origin.Source.Address);

    /// <summary>The channels a Config from <paramref name="origin"/> may be about.</summary>
    public IEnumerable<ControlChannel> Candidates(DatagramOrigin origin) =>
        _learning.TryGetValue(origin.TransportSlot, out var learning) ? At(origin).Concat(learning.Where(c => !IsPinned(c))) : At(origin);

    /// <summary>
    /// The channels whose configuration may be what is wrong when a stranger calls from <paramref name="origin"/>: those at the very source
    /// port; else the only one there; those that still learn.
    /// </summary>
    public IEnumerable<ControlChannel> Suspects(DatagramOrigin origin)
    {
        var count = At(origin).Count;
        return Candidates(origin).Where(c => c.Local != origin.Source && IsFor(c, origin)
            && (c.Configuration.IsMulticast || count == 1 || c.Remote?.Port == origin.Source.Port));
    }

    // A multicast channel in use keeps to the address it learned.
    private static bool IsPinned(ControlChannel c) => c.State is ControlChannelState.Active or ControlChannelState.Up;

    private static ControlChannel Better(ControlChannel? best, ControlChannel c, in DatagramOrigin origin)
    {
        if (best is null) return c;
        var (bestPort, port) = (best.Remote?.Port == origin.Source.Port, c.Remote?.Port == origin.Source.Port);
        return port != bestPort ? (port ? c : best) : c.Id < best.Id ? c : best;
    }

    private static bool IsFor(ControlChannel c, in DatagramOrigin origin) =>
        c.Local.Address == origin.Destination || origin.Destination.IsMulticast || c.Local.Address.IsAny;

    /// <summary>A source address that control channels lead to.</summary>
    public sealed class Peer
    {
        /// <summary>What may come from it.</summary>
        public Allowance Allowance;

        /// <summary>The channels.</summary>
        public List<ControlChannel> Channels { get; } = [];
    }
}
