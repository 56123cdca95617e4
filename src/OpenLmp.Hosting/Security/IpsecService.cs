// RFC 4204 §15
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// Sees to it that messages of neighbours with <c>security: ipsec</c> go through tunnels: one session for each charon that is asked. The node hears of
/// tunnels as of interfaces: the control channels through one that is not up are down.
/// </summary>
internal sealed class IpsecService(NodeLoop loop, DaemonConfiguration configuration, ILogger logger, IpsecTiming? timing = null) : IDaemonService, ITunnelUser
{
    private readonly IpsecTiming _timing = timing ?? new IpsecTiming();
    private readonly Dictionary<string, CharonSession> _sessions = [];
    private readonly ConcurrentDictionary<TunnelKey, TunnelStatus> _statuses = [];
    private readonly HashSet<string> _alarmed = [];
    private readonly SemaphoreSlim _telling = new(1);

    /// <summary>How the tunnels to a neighbour are; none where nothing protects its messages. On any thread.</summary>
    public IReadOnlyList<TunnelStatus> TunnelsTo(string neighbor) =>
        _statuses.IsEmpty ? [] : [.. _statuses.Values.Where(s => s.Neighbor == neighbor).OrderBy(s => s.Key.ToString(), StringComparer.Ordinal)];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => ApplyAsync(configuration);

    /// <summary>Puts another configuration in force, after the node has it. Files of keys are read anew.</summary>
    public async Task ApplyAsync(DaemonConfiguration next)
    {
        var tunnels = TunnelsOf(next);
        foreach (var gone in _statuses.Keys.Where(key => !tunnels.Any(t => t.Key == key))) _statuses.TryRemove(gone, out _);
        foreach (var path in _sessions.Keys.Where(path => !tunnels.Any(t => t.Configuration.Vici == path))) _sessions[path].Apply([]);
        foreach (var group in tunnels.Where(t => t.Configuration.Vici is not null).GroupBy(t => t.Configuration.Vici!))
        {
            if (_sessions.TryGetValue(group.Key, out var session)) session.Apply([.. group]);
            else _sessions.Add(group.Key, new CharonSession(group.Key, [.. group], this, _timing, logger));
        }

        // Keys that are set by hand are somebody else's care: the tunnel is there when its device is.
        var manual = tunnels.Where(t => t.Configuration.Vici is null)
            .Select(t => t.Status with { State = TunnelState.Up, Problem = null, Encryption = "keys set by hand" }).ToList();
        if (manual.Count > 0) await TellAsync(manual).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task TellAsync(IReadOnlyList<TunnelStatus> changed)
    {
        await _telling.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var status in changed)
            {
                var before = _statuses.GetValueOrDefault(status.Key);
                _statuses[status.Key] = status;
                if (status.State == TunnelState.Up && before?.State != TunnelState.Up) logger.TunnelUp(status.Neighbor, status.Key.Remote, status.Encryption, $"{status.SpiIn:x8}", $"{status.SpiOut:x8}");
                else if (status.State == TunnelState.Down && before?.Problem != status.Problem) logger.TunnelDown(status.Neighbor, status.Problem!);
                else if (before is not null && status.Rekeys > before.Rekeys) logger.TunnelRekeyed(status.Neighbor, status.Key.Remote, $"{status.SpiIn:x8}", $"{status.SpiOut:x8}");
            }

            var problems = changed.Select(s => s.Neighbor).Distinct().ToDictionary(name => name, name => TunnelsTo(name).FirstOrDefault(s => s.State == TunnelState.Down)?.Problem);
            await loop.InvokeAsync((node, now) =>
            {
                loop.SetTunnels(changed);
                foreach (var (neighbor, problem) in problems)
                    if (problem is null ? _alarmed.Remove(neighbor) : _alarmed.Add(neighbor) || true) node.ReportSecurity(now, neighbor, problem);
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            _telling.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TunnelKey, bool>> AskAsync() => await loop.InvokeAsync((node, _) =>
    {
        var heard = new Dictionary<TunnelKey, bool>();
        foreach (var neighbor in node.Neighbors)
        {
            if (neighbor.Configuration.Security == NeighborSecurity.None) continue;
            foreach (var channel in neighbor.ControlChannels)
            {
                var key = TunnelKey.Of(channel.Configuration);
                if (!channel.AdminDown) heard[key] = channel.IsUsable || heard.GetValueOrDefault(key);
            }
        }

        return heard;
    }).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values) await session.DisposeAsync().ConfigureAwait(false);
        _sessions.Clear();
    }

    private List<Tunnel> TunnelsOf(DaemonConfiguration next)
    {
        var protections = next.Ipsec.ToDictionary(i => i.Neighbor);
        var tunnels = new List<Tunnel>();
        foreach (var neighbor in next.Node.Neighbors)
        {
            if (!protections.TryGetValue(neighbor.Name, out var ipsec)) continue;
            foreach (var channels in neighbor.ControlChannels.GroupBy(TunnelKey.Of))
                tunnels.Add(new Tunnel(ipsec, channels.Key, [.. channels.Select(c => (c.Local.Port, c.Remote.Port))], next.Node.NodeId.Value > neighbor.NodeId.Value, _timing));
        }

        return tunnels;
    }
}
