using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>The API of one node over a Unix socket, and over TCP where configured.</summary>
public sealed class ApiServer : IDaemonService
{
    private readonly ApiContext _api;
    private readonly ApiDoor _door;
    private readonly Dictionary<ApiPlace, Task> _retiring = [];
    private Task _auditRetiring = Task.CompletedTask;
    private readonly CancellationTokenSource _stopping = new();
    private List<ApiListener> _listeners;
    private ApiConfiguration _configuration;
    private AccessRules _rules;
    private ObjectHistory? _history;
    private bool _isReserved;

    /// <summary>Makes the server of a node's API; <see cref="StartAsync"/> starts it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">Where to serve it.</param>
    /// <param name="loggerFactory">Where to log.</param>
    /// <exception cref="AccessRefusedException">A group or file that the configuration names cannot be used.</exception>
    public ApiServer(INodeAccess node, ApiConfiguration configuration, ILoggerFactory loggerFactory)
        : this(node, configuration, loggerFactory, RulesOf(configuration), TimeSpan.FromSeconds(15))
    {
    }

    internal ApiServer(INodeAccess node, ApiConfiguration configuration, ILoggerFactory loggerFactory, AccessRules rules, TimeSpan? heartbeat = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        _api = new ApiContext(node, heartbeat ?? TimeSpan.FromSeconds(15));
        _rules = rules;
        _configuration = configuration;
        Audit = new AuditLog(loggerFactory.CreateLogger("lmpd"), TimeProvider.System);
        _door = new ApiDoor(configuration.Limits, new ConnectionGate(() => Limits), () => Rules, Audit, loggerFactory);
        _listeners = [.. ApiPlace.Of(configuration).Select(place => new ApiListener(place, configuration, _door))];
    }

    /// <summary>Everything that is served, once started.</summary>
    internal IReadOnlyList<ApiRoute> Routes { get; private set; } = [];

    /// <summary>Where the API answers over TCP, once started; null if nowhere.</summary>
    public Uri? HttpAddress => _listeners.Find(l => l.Place.Http is not null)?.Address;

    /// <summary>Where the API answers over TLS, once started; null if nowhere.</summary>
    public Uri? HttpsAddress => _listeners.Find(l => l.Place.Https is not null)?.Address;

    /// <summary>Where changes are told.</summary>
    internal AuditLog Audit { get; }

    /// <summary>Who may do what from now on.</summary>
    internal AccessRules Rules
    {
        get => Volatile.Read(ref _rules);
        set
        {
            var before = Interlocked.Exchange(ref _rules, value);
            if (before != value) before.Replace();
        }
    }

    private ApiLimits Limits => Volatile.Read(ref _configuration).Limits;

    /// <summary>Takes the socket and the address: who connects from now on waits until <see cref="StartAsync"/> is done.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public void Reserve()
    {
        if (_isReserved) return;
        foreach (var listener in _listeners) listener.Reserve();
        if (_configuration.AuditPath is { } path) Audit.Switch(Audit.Open(path));
        _isReserved = true;
    }

    /// <summary>Starts to answer.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Reserve();
        _history = new ObjectHistory(_api.Node.Events);
        Routes =
        [
            .. StateRoutes.Of(_api), new EventRoutes(_api, _history, () => Limits, _stopping.Token).Route, .. CommandRoutes.Of(_api),
            .. ConfigurationRoutes.Of(_api), .. DataPlaneRoutes.Of(_api), .. LogRoutes.Of(_api), .. ServiceRoutes.Of(_api),
        ];
        foreach (var listener in _listeners) await listener.StartAsync(Routes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to serve where another configuration says, beside where it is served now.</summary>
    /// <param name="next">The configuration.</param>
    /// <param name="rules">Who may do what, once the move is complete.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What ends the serving where it is served no longer; to be disposed without that where nothing is to change.</returns>
    /// <exception cref="DaemonStartException">A new place cannot be used; nothing has changed.</exception>
    internal async Task<ApiMove> BeginMoveAsync(ApiConfiguration next, AccessRules rules, CancellationToken cancellation)
    {
        var places = ApiPlace.Of(next).ToList();
        var door = _door with { Rules = () => Rules.Tls is null && rules.Tls is not null ? rules : Rules };
        var added = places.Where(place => !_listeners.Exists(l => l.Place == place)).Select(place => new ApiListener(place, next, door)).ToList();
        var newAudit = next.AuditPath != _configuration.AuditPath;
        var audit = newAudit && next.AuditPath is { } auditPath ? Audit.Open(auditPath) : null;
        var move = new ApiMove(added, audit, () =>
        {
            Rules = rules;
            Volatile.Write(ref _configuration, next);
            // Its disk may be slow.
            if (newAudit && Audit.Switch(audit) is { } before) _auditRetiring = Task.WhenAll(_auditRetiring, Task.Run(before.Dispose));
            // In the background: the request that asks for this may have come in there, and is still to be answered.
            foreach (var listener in _listeners.Where(l => !places.Contains(l.Place)))
                _retiring[listener.Place] = Task.Run(async () => await listener.DisposeAsync().ConfigureAwait(false));
            _listeners = [.. _listeners.Where(l => places.Contains(l.Place)), .. added];
        });
        try
        {
            foreach (var listener in added)
            {
                if (_retiring.TryGetValue(listener.Place, out var before)) await before.ConfigureAwait(false);
                listener.Reserve();
            }

            if (next.SocketPath is { } path && path == _configuration.SocketPath) Give(path, next);
            foreach (var listener in added) await listener.StartAsync(Routes, cancellation).ConfigureAwait(false);
            return move;
        }
        catch
        {
            if (_configuration.SocketPath is { } same && same == next.SocketPath) Give(same, _configuration);
            await move.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listeners) await listener.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll([.. _retiring.Values, _auditRetiring]).ConfigureAwait(false);
        if (_history is not null) await _history.DisposeAsync().ConfigureAwait(false);
        Audit.Dispose();
        _stopping.Dispose();
    }

    // The file of a socket that stays may get another group, or other permissions.
    private void Give(string path, ApiConfiguration next)
    {
        if (next.SocketMode == _configuration.SocketMode && (next.ReadGroup ?? next.AdminGroup) == (_configuration.ReadGroup ?? _configuration.AdminGroup)) return;
        try
        {
            UnixSocketFile.Give(path, next.SocketMode, next.ReadGroup ?? next.AdminGroup);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DaemonStartException($"api socket {path}: {e.Message}");
        }
    }

    private static AccessRules RulesOf(ApiConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var result = AccessLoader.Load(configuration, "api");
        return result.Rules ?? throw new AccessRefusedException(result.Errors);
    }
}

/// <summary>The API on its way to other places: until it is completed, it is served at the old ones and the new ones.</summary>
internal sealed class ApiMove(IReadOnlyList<ApiListener> added, AuditFile? audit, Action complete) : IAsyncDisposable
{
    private bool _isComplete;

    /// <summary>Ends the serving at the old places.</summary>
    public void Complete()
    {
        complete();
        _isComplete = true;
    }

    /// <summary>Unless it is complete: ends the serving at the new places.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isComplete) return;
        foreach (var listener in added) await listener.DisposeAsync().ConfigureAwait(false);
        audit?.Dispose();
    }
}
