using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The transports there are and the sockets behind them. Opens what can be opened, knows why the rest cannot, and tries that again when the
/// machine's interfaces or addresses change, or after a while. Belongs to the node's thread.
/// </summary>
internal sealed class TransportTable(Poller poller, InterfaceTable interfaces, ILogger logger, Action flush) : IDisposable
{
    /// <summary>Socket tags in the <see cref="Poller"/> start here.</summary>
    public const int FirstTag = 16;

    // For what nothing tells us about: a port that another program gives back, an address on a machine that does not tell of its addresses.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly List<Transport?> _transports = [];
    private readonly Dictionary<TransportKey, Transport> _byKey = [];
    private readonly List<SocketEntry?> _sockets = [];
    private readonly List<SocketKey> _listen = [];
    private readonly Dictionary<TunnelKey, TunnelStatus> _tunnels = [];
    private bool _unsettled;

    /// <summary>When to call <see cref="Settle"/> next although nothing has changed.</summary>
    public Instant RetryAt { get; private set; } = Instant.Never;

    /// <summary>The transport in a slot.</summary>
    public Transport this[int slot] => _transports[slot] ?? throw new ArgumentOutOfRangeException(nameof(slot), slot, "no such transport");

    /// <summary>Makes the transport, or shares it. It works, or has its reason, after the next <see cref="Settle"/>.</summary>
    public Transport Acquire(in TransportKey key, bool multicast)
    {
        if (!_byKey.TryGetValue(key, out var transport))
        {
            var slot = FreeIndex(_transports, _byKey.Count);
            _byKey[key] = _transports[slot] = transport = new Transport(slot, key);
        }

        transport.Users++;
        if (multicast) transport.MulticastUsers++;
        _unsettled = true;
        return transport;
    }

    /// <summary>One control channel less uses a transport.</summary>
    public void Release(Transport transport, bool multicast)
    {
        if (multicast) transport.MulticastUsers--;
        if (--transport.Users == 0)
        {
            _transports[transport.Slot] = null;
            _byKey.Remove(transport.Key);
        }

        _unsettled = true;
    }

    /// <summary>Sets the addresses to listen on beside those of the transports.</summary>
    public void Listen(IEnumerable<NetworkEndpoint> endpoints)
    {
        _listen.Clear();
        _listen.AddRange(endpoints.Select(LinkLocalScopes.Resolve));
        _unsettled = true;
    }

    /// <summary>Tunnels are as told. Of one that has not been told of, nothing is sent and nothing taken.</summary>
    public void SetTunnels(IReadOnlyList<TunnelStatus> tunnels)
    {
        foreach (var tunnel in tunnels) _tunnels[tunnel.Key] = tunnel;
        _unsettled = true;
    }

    /// <summary>The socket with a tag; false if it has been closed.</summary>
    public bool TryGetSocket(int tag, [NotNullWhen(true)] out SocketEntry? socket)
    {
        socket = tag - FirstTag < _sockets.Count ? _sockets[tag - FirstTag] : null;
        return socket?.Open is not null;
    }

    /// <summary>A socket failed in use: it is opened anew by and by.</summary>
    public void Fail(SocketEntry socket, int errno, Instant now)
    {
        Close(socket);
        socket.Problem = $"{socket.Key}: {Libc.Describe(errno)}";
        socket.NotBefore = now + RetryInterval;
        _unsettled = true;
    }

    /// <summary>The machine's interfaces or addresses changed.</summary>
    public void Apply(NetworkChanges changes)
    {
        foreach (var socket in _sockets)
        {
            if (socket is null) continue;
            // A socket keeps the address it was bound to, but sends and receives nothing once the address is gone. Whether it is (it may be on
            // another interface too) is seen by binding again.
            if (changes.Missed || changes.AddressesGone.Contains(socket.Key.Bind.Address)) Close(socket);
            if (socket.Open is null) _unsettled = true;
        }

        foreach (var transport in _transports)
        {
            if (transport is null) continue;
            _unsettled |= transport.Problem is not null || changes.Missed || changes.AddressesGone.Contains(transport.Key.Local.Address)
                || (transport.Key.Interface is { } name && changes.Interfaces.Contains(name))
                || (transport.Key.Tunnel is { } tunnel && _tunnels.TryGetValue(tunnel, out var status) && changes.Interfaces.Contains(status.Device));
        }
    }

    /// <summary>Opens and closes sockets until they are what the transports need, as far as that is possible now.</summary>
    /// <returns>Whether there was anything to do: transports may work that did not, or the other way round.</returns>
    public bool Settle(Instant now)
    {
        if (!_unsettled && now < RetryAt) return false;
        _unsettled = false;
        RetryAt = Instant.Never;

        // What is waiting goes out through the sockets that it was meant for.
        flush();
        var plan = TransportPlan.For(_listen, [.. from t in _transports where t is not null select (t.Key, t.MulticastUsers > 0)]);
        for (var i = 0; i < _sockets.Count; i++)
        {
            if (_sockets[i] is not { } socket || plan.Sockets.Contains(socket.Key)) continue;
            Close(socket);
            _sockets[i] = null;
        }

        var byKey = _sockets.OfType<SocketEntry>().ToDictionary(s => s.Key);
        foreach (var key in plan.Sockets)
        {
            if (!byKey.TryGetValue(key, out var socket))
            {
                var index = FreeIndex(_sockets, _sockets.Count(s => s is not null));
                byKey[key] = _sockets[index] = socket = new SocketEntry(key, index + FirstTag);
            }

            TryOpen(socket, now);
            socket.ClearRoutes();
            socket.IsUsed = false;
        }

        foreach (var transport in _transports)
        {
            if (transport is null) continue;
            var sockets = plan[transport.Key];
            Connect(transport, byKey[sockets.Unicast], sockets.Group is { } group ? byKey[group] : null, now);
        }

        var senders = _transports.Select(t => t?.Sender).OfType<UdpSocket>().ToHashSet();
        foreach (var socket in byKey.Values)
        {
            socket.CloseSenders(senders);
            Log(socket);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets)
            if (socket is not null) Close(socket);
    }

    private void TryOpen(SocketEntry socket, Instant now)
    {
        var problem = socket.Key.Interface is { } name ? interfaces.ProblemWith(name) : null;
        var retry = problem is not null && !interfaces.IsWatched;
        // An interface that went and came back is another one to the kernel.
        if (problem is not null || (socket.Open is { } old && old.Key.Interface is { } bound && Libc.IfNameToIndex(bound) != old.InterfaceIndex)) Close(socket);
        if (problem is null && socket.Open is null)
        {
            if (now < socket.NotBefore)
            {
                problem = socket.Problem;
            }
            else if (UdpSocket.TryOpen(socket.Key, out var opened, out problem))
            {
                socket.Open = opened;
                poller.Add(opened.Fd, socket.Tag);
            }

            retry = problem is not null;
        }

        socket.Problem = problem;
        if (retry) RetryAt = now + RetryInterval;
    }

    private void Connect(Transport transport, SocketEntry unicast, SocketEntry? group, Instant now)
    {
        var key = transport.Key;
        transport.Unicast = unicast;
        transport.Group = group;
        unicast.IsUsed = true;
        if (group is not null) group.IsUsed = true;
        if (key.Tunnel is { } tunnel)
        {
            Connect(transport, tunnel, now);
            return;
        }

        transport.InterfaceIndex = key.Interface is null ? 0 : Libc.IfNameToIndex(key.Interface);
        transport.MustSaySource = unicast.Key.Bind.Address.IsAny || unicast.Key.Interface != key.Interface;
        transport.Problem = ProblemWith(transport);
        if (transport.Problem is not null)
        {
            if (unicast.Key.Bind.Address.IsAny) RetryAt = now + RetryInterval;
            return;
        }

        var address = key.Local.Address;
        unicast.AddRoute(address, unicast.Key.Interface is null ? transport.InterfaceIndex : 0, transport.Slot);
        if (transport.MulticastUsers == 0) return;
        var all = address.IsIPv6 ? NetworkAddress.AllNodesIPv6 : NetworkAddress.AllNodesIPv4;
        var socket = group ?? unicast;
        socket.AddRoute(all, socket.Key.Interface is null ? transport.InterfaceIndex : 0, transport.Slot);
    }

    // Sends on the tunnel's device whatever the routes say, and takes what came in on it. Where charon starts anew the device has another index:
    // with the old one the kernel sends nothing.
    private void Connect(Transport transport, TunnelKey key, Instant now)
    {
        var status = _tunnels.GetValueOrDefault(key);
        transport.IsPending = status is null or { State: TunnelState.Starting };
        transport.MustSaySource = true;
        transport.InterfaceIndex = status is null ? 0 : Libc.IfNameToIndex(status.Device);
        transport.Problem = ProblemWith(transport) ?? (status is null or { State: not TunnelState.Up }
            ? status?.Problem ?? $"no IPsec tunnel to {key.Remote} yet" : ProblemWithDevice(status.Device, key));
        transport.Sender = null;
        if (transport.Problem is null && key.Local.IsIPv6)
        {
            transport.Sender = transport.Unicast!.SenderOn(new SocketKey(transport.Key.Local, status!.Device), transport.InterfaceIndex, out var why);
            transport.Problem = why;
            if (why is not null) RetryAt = now + RetryInterval;
        }

        transport.Unicast!.AddTunnelRoute(transport.Key, transport.Problem is null ? transport.InterfaceIndex : 0, transport.Slot);
    }

    private string? ProblemWithDevice(string device, TunnelKey key) =>
        interfaces.ProblemWith(device) is { } problem ? $"no IPsec tunnel to {key.Remote}: {problem}"
        : !interfaces.IsTunnel(device) ? $"no IPsec tunnel to {key.Remote}: interface {device} is no tunnel's, what it receives anyone can have sent; correct device"
        : null;

    private string? ProblemWith(Transport transport)
    {
        var key = transport.Key;
        if (key.Interface is null && transport.MulticastUsers > 0) return "multicast needs an interface";
        if (key.Interface is null && NativeAddress.IsLinkLocal(key.Local.Address)) return $"link-local address {key.Local.Address} needs an interface";
        if (key.Interface is { } name && interfaces.ProblemWith(name) is { } problem) return problem;
        if (transport.Unicast!.Problem is { } unicast) return unicast;
        if (transport.Group?.Problem is { } group) return group;
        // A wildcard socket opens whether the transport's address is there or not: try the address itself, on any free port.
        if (!transport.Unicast.Key.Bind.Address.IsAny) return null;
        if (!UdpSocket.TryOpen(new SocketKey(key.Local with { Port = 0 }, key.Interface), out var probe, out var absent)) return absent;
        probe.Dispose();
        return null;
    }

    // Where control channels use the socket, its problem is told as theirs.
    private void Log(SocketEntry socket)
    {
        if (socket.Problem == socket.Told) return;
        socket.Told = socket.Problem;
        if (socket.Problem is null) logger.Listening(socket.Key);
        else logger.NotListening(socket.IsUsed ? LogLevel.Debug : LogLevel.Warning, socket.Key, socket.Problem);
    }

    private void Close(SocketEntry socket)
    {
        if (socket.Open is not { } open) return;
        // What is opened anew finds its port free.
        socket.CloseSenders(FrozenSet<UdpSocket>.Empty);
        poller.Remove(open.Fd);
        open.Dispose();
        socket.Open = null;
    }

    // Nothing is looked for where nothing is free: ten thousand control channels may come at once.
    private static int FreeIndex<T>(List<T?> list, int used) where T : class
    {
        if (used < list.Count) return list.IndexOf(null);
        list.Add(null);
        return list.Count - 1;
    }
}
