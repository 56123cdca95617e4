// RFC 4204 §15.2, by strongSwan's charon.
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What a <see cref="CharonSession"/> needs of the node.</summary>
internal interface ITunnelUser
{
    /// <summary>Tunnels are different from what was told before.</summary>
    Task TellAsync(IReadOnlyList<TunnelStatus> changed);

    /// <summary>Of each tunnel, whether some control channel through it is in use; one through which none is wanted is not among them.</summary>
    Task<IReadOnlyDictionary<TunnelKey, bool>> AskAsync();
}

/// <summary>
/// Keeps the tunnels that one charon is in charge of. Everything is done here, off the node's thread: charon may be slow, or not there. What changes
/// is told in one go.
/// </summary>
internal sealed class CharonSession : IAsyncDisposable
{
    private const int MostAttemptsAtOnce = 8;
    private static readonly string[] Events = ["ike-updown", "child-updown", "ike-rekey", "child-rekey", "list-sa"];

    private readonly string _path;
    private readonly ITunnelUser _user;
    private readonly IpsecTiming _timing;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _attempts = new(MostAttemptsAtOnce);
    private readonly ConcurrentQueue<(Tunnel Tunnel, string? Problem)> _attempted = [];
    private readonly Dictionary<TunnelKey, TunnelStatus> _told = [];
    private readonly Func<string, bool> _isThere;
    private readonly Task _running;
    private volatile IReadOnlyList<Tunnel> _wanted;
    private List<Tunnel> _tunnels = [];
    private Instant _loadAgain = Instant.Never;

    public CharonSession(string path, IReadOnlyList<Tunnel> tunnels, ITunnelUser user, IpsecTiming timing, ILogger logger, Func<string, bool>? isThere = null)
    {
        (_path, _wanted, _user, _timing, _logger) = (path, tunnels, user, timing, logger);
        _isThere = isThere ?? (name => Libc.IfNameToIndex(name) != 0);
        _running = Task.Run(KeepAsync);
    }

    /// <summary>Other tunnels, or the same with other contents of their files.</summary>
    public void Apply(IReadOnlyList<Tunnel> tunnels)
    {
        _wanted = tunnels;
        _wake.Release();
    }

    /// <summary>Ends. Tunnels stay: a daemon that starts again finds them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _wake.Dispose();
    }

    private async Task KeepAsync()
    {
        var (pause, told) = (_timing.FirstPause, "");
        while (!_stopping.IsCancellationRequested)
        {
            string problem;
            try
            {
                await ServeAsync(() => (pause, told) = (_timing.FirstPause, "")).ConfigureAwait(false);
                return;
            }
            catch (ViciException e)
            {
                problem = e.Message;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return; // The node has stopped.
            }

            if (problem != told) _logger.CharonGone(_path, problem);
            told = problem;
            Take(_wanted);
            foreach (var tunnel in _tunnels) tunnel.Lost($"charon at {_path} does not answer ({problem}); start strongSwan, or correct vici");
            await TellAsync().ConfigureAwait(false);
            await _wake.WaitAsync(pause, _stopping.Token).ConfigureAwait(false);
            pause = pause * 2 < _timing.LongestPause ? pause * 2 : _timing.LongestPause;
        }
    }

    // From connecting to charon until it is gone.
    private async Task ServeAsync(Action connected)
    {
        var listed = new List<ViciSection>();
        await using var vici = await ViciClient.ConnectAsync(_path, OnEvent, _stopping.Token).ConfigureAwait(false);
        _ = vici.Closed.ContinueWith(_ => _wake.Release(), _stopping.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var name in Events) await vici.RegisterAsync(name, _timing.Answer, _stopping.Token).ConfigureAwait(false);
        IReadOnlyList<Tunnel>? loaded = null;
        while (true)
        {
            var wanted = _wanted;
            if (!ReferenceEquals(loaded, wanted) || NodeClock.Now >= _loadAgain) await LoadAsync(vici, loaded = wanted).ConfigureAwait(false);
            connected();
            while (_attempted.TryDequeue(out var ended)) ended.Tunnel.Attempted(ended.Problem, NodeClock.Now);
            listed.Clear();
            await vici.AskAsync("list-sas", new ViciSection { { "noblock", "yes" } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
            Observe(listed);
            var heard = await _user.AskAsync().ConfigureAwait(false);
            var now = NodeClock.Now;
            foreach (var tunnel in _tunnels)
            {
                if (tunnel.HasFailed(heard.TryGetValue(tunnel.Key, out var isHeard) ? isHeard : null, now)) Start(tunnel, anew: true);
                else if (tunnel.IsDue(now)) Start(tunnel, anew: false);
            }

            await TellAsync().ConfigureAwait(false);
            await _wake.WaitAsync(_timing.Poll, _stopping.Token).ConfigureAwait(false);
            // One look is enough for whatever has happened.
            while (_wake.Wait(0, CancellationToken.None))
            {
            }

            if (vici.Closed.IsCompleted) throw new ViciException("it hung up");
        }

        // On the connection's thread; those of a list come before its answer, so nobody looks at them meanwhile.
        void OnEvent(string name, ViciSection message)
        {
            if (name == "list-sa") listed.Add(message);
            else _wake.Release();
        }
    }

    // What is gone is unloaded and ended, what is new or different is loaded; the files are read anew.
    private async Task LoadAsync(ViciClient vici, IReadOnlyList<Tunnel> wanted)
    {
        var before = _tunnels;
        foreach (var gone in before.Where(b => !wanted.Any(w => w.Connection == b.Connection)))
        {
            await vici.AskAsync("unload-conn", new ViciSection { { "name", gone.Connection } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
            await vici.AskAsync("unload-shared", new ViciSection { { "id", gone.Connection } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
            await TerminateAsync(vici, gone).ConfigureAwait(false);
        }

        Take(wanted);
        _loadAgain = Instant.Never;
        foreach (var tunnel in _tunnels)
        {
            try
            {
                await LoadAsync(vici, tunnel, wanted).ConfigureAwait(false);
                // Keys of an association that is there belong to what was agreed before.
                if (before.Find(b => b.Connection == tunnel.Connection) is { } old && !old.IsSame(tunnel)) await TerminateAsync(vici, tunnel).ConfigureAwait(false);
                tunnel.Begin(NodeClock.Now);
            }
            catch (SecretFileException e)
            {
                tunnel.Lost(e.Message);
                _loadAgain = NodeClock.Now + _timing.LongestPause;
            }
        }
    }

    private async Task LoadAsync(ViciClient vici, Tunnel tunnel, IReadOnlyList<Tunnel> all)
    {
        if (tunnel.Configuration.PskFile is { } psk)
        {
            var key = SecretFile.ReadPsk(psk);
            try
            {
                await vici.DoAsync("load-shared", IkeConnection.Shared(tunnel, key), _timing.Answer, _stopping.Token).ConfigureAwait(false);
            }
            finally
            {
                Array.Clear(key);
            }
        }
        else if (tunnel.Configuration.KeyFile is { } file)
        {
            var key = SecretFile.Read(file, atMost: SecretFile.LongestForCharon);
            try
            {
                var answer = await vici.AskAsync("load-key", new ViciSection { { "type", "any" }, { "data", key } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
                if (answer["success"] != "yes") throw new SecretFileException($"charon cannot use the key in {file}: {answer["errmsg"]}");
            }
            finally
            {
                Array.Clear(key);
            }
        }

        var isShared = all.Any(other => other.Configuration.Neighbor == tunnel.Configuration.Neighbor && other.Key != tunnel.Key);
        var loaded = await vici.AskAsync("load-conn", IkeConnection.Load(tunnel, isShared), _timing.Answer, _stopping.Token).ConfigureAwait(false);
        if (loaded["success"] != "yes") throw new SecretFileException($"charon refuses the connection: {loaded["errmsg"]}; see ike-proposals, esp-proposals and the certificates");
    }

    // What is the same stays: what is known of it, and what is under way.
    private void Take(IReadOnlyList<Tunnel> wanted) => _tunnels = [.. wanted.Select(tunnel => _tunnels.Find(t => t.IsSame(tunnel)) ?? tunnel)];

    private void Observe(List<ViciSection> listed)
    {
        var found = new Dictionary<string, SecurityAssociation>();
        foreach (var (name, ike) in listed.SelectMany(message => message.Sections))
        {
            if (SecurityAssociation.Of(ike) is { } association && (!found.TryGetValue(name, out var other) || association.Age < other.Age))
                found[name] = association;
        }

        var (now, utc) = (NodeClock.Now, DateTime.UtcNow);
        foreach (var tunnel in _tunnels) tunnel.Observe(found.GetValueOrDefault(tunnel.Connection), _isThere(tunnel.Configuration.Device), now, utc);
    }

    private void Start(Tunnel tunnel, bool anew)
    {
        tunnel.IsBusy = true;
        _ = Task.Run(async () =>
        {
            string? problem = "the attempt to set it up failed";
            try
            {
                await _attempts.WaitAsync(_stopping.Token).ConfigureAwait(false);
                try
                {
                    problem = await EstablishAsync(tunnel, anew).ConfigureAwait(false);
                }
                finally
                {
                    _attempts.Release();
                }
            }
            catch (ViciException e)
            {
                problem = e.Message;
            }
            finally
            {
                _attempted.Enqueue((tunnel, problem));
                if (!_stopping.IsCancellationRequested) _wake.Release();
            }
        });
    }

    // On a connection of its own: charon answers when IKE has ended. What it logs meanwhile says why it failed.
    private async Task<string?> EstablishAsync(Tunnel tunnel, bool anew)
    {
        var log = new List<string>();
        await using var vici = await ViciClient.ConnectAsync(_path, (_, message) =>
        {
            if (message["msg"] is not { } line) return;
            lock (log) log.Add(line);
        }, _stopping.Token).ConfigureAwait(false);
        if (anew) await TerminateAsync(vici, tunnel).ConfigureAwait(false);
        await vici.RegisterAsync("control-log", _timing.Answer, _stopping.Token).ConfigureAwait(false);
        var answer = await vici.AskAsync("initiate", IkeConnection.Initiate(tunnel, _timing.Negotiation), _timing.Negotiation + _timing.Answer, _stopping.Token).ConfigureAwait(false);
        if (answer["success"] == "yes") return null;
        List<string> said;
        lock (log) said = [.. log];
        var why = IkeFailure.Describe(said, answer["errmsg"], tunnel);
        // What is still trying would be one too many at the next attempt; what the neighbour has set up meanwhile is not.
        await TerminateConnectingAsync(tunnel).ConfigureAwait(false);
        return why;
    }

    private async Task TerminateConnectingAsync(Tunnel tunnel)
    {
        var listed = new List<ViciSection>();
        await using var vici = await ViciClient.ConnectAsync(_path, (_, message) => listed.Add(message), _stopping.Token).ConfigureAwait(false);
        await vici.RegisterAsync("list-sa", _timing.Answer, _stopping.Token).ConfigureAwait(false);
        await vici.AskAsync("list-sas", new ViciSection { { "ike", tunnel.Connection }, { "noblock", "yes" } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
        foreach (var (_, ike) in listed.SelectMany(message => message.Sections))
        {
            if (ike["state"] == "CONNECTING" && ike["initiator"] == "yes" && ike["uniqueid"] is { } id)
                await vici.AskAsync("terminate", new ViciSection { { "ike-id", id }, { "force", "yes" }, { "timeout", "-1" } }, _timing.Answer, _stopping.Token).ConfigureAwait(false);
        }
    }

    // "Also, tear down the crypto channel (both the IKE SA and IPsec SAs)." A neighbour that is not there cannot confirm it.
    private Task<ViciSection> TerminateAsync(ViciClient vici, Tunnel tunnel) =>
        vici.AskAsync("terminate", new ViciSection { { "ike", tunnel.Connection }, { "force", "yes" }, { "timeout", "2000" } }, _timing.Negotiation, _stopping.Token);

    private async Task TellAsync()
    {
        var changed = _tunnels.Select(t => t.Status).Where(s => !_told.TryGetValue(s.Key, out var told) || told != s).ToList();
        if (changed.Count == 0) return;
        await _user.TellAsync(changed).ConfigureAwait(false);
        foreach (var status in changed) _told[status.Key] = status;
    }
}
