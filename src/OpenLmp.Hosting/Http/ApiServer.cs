using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using OpenLmp.Dashboard;

namespace OpenLmp.Hosting.Http;

/// <summary>The API of one node over a Unix socket, and over TCP where configured.</summary>
public sealed class ApiServer : IDaemonService
{
    private const int MaxBodyBytes = 64 * 1024;
    // A cut cable fails a thousand data links at once, and their names stand in the path.
    private const int MaxRequestLineBytes = 64 * 1024;

    private readonly ApiContext _api;
    private readonly ApiConfiguration _configuration;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ConnectionGate _gate;
    private AccessRules _rules;
    private ApiSockets? _sockets;
    private WebApplication? _app;
    private ObjectHistory? _history;

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
        _gate = new ConnectionGate(configuration.Limits);
        Audit = new AuditLog(loggerFactory.CreateLogger("lmpd"), TimeProvider.System);
        _configuration = configuration;
        _loggerFactory = loggerFactory;
    }

    /// <summary>Everything that is served, once started.</summary>
    internal IReadOnlyList<ApiRoute> Routes { get; private set; } = [];

    /// <summary>Where the API answers over TCP, once started; null if nowhere.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>Where the API answers over TLS, once started; null if nowhere.</summary>
    public Uri? HttpsAddress { get; private set; }

    /// <summary>Where changes are told.</summary>
    internal AuditLog Audit { get; }

    /// <summary>Who may do what from now on.</summary>
    internal AccessRules Rules
    {
        get => Volatile.Read(ref _rules);
        set => Volatile.Write(ref _rules, value);
    }

    /// <summary>Takes the socket and the address: who connects from now on waits until <see cref="StartAsync"/> is done.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public void Reserve()
    {
        if (_sockets is not null) return;
        _sockets = new ApiSockets(_configuration);
        if (_configuration.AuditPath is { } path) Audit.Open(path);
    }

    /// <summary>Starts to answer.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Reserve();
        _app = Build();
        await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        HttpAddress = AddressOf(_app, "http://");
        HttpsAddress = AddressOf(_app, "https://");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync().ConfigureAwait(false);
            await _app.DisposeAsync().ConfigureAwait(false);
        }

        if (_history is not null) await _history.DisposeAsync().ConfigureAwait(false);
        _sockets?.Dispose();
        Audit.Dispose();
    }

    private WebApplication Build()
    {
        var app = BareServer.Create(_loggerFactory, _sockets!.Take, Configure, _configuration.Limits, () => Rules, Audit);
        _history = new ObjectHistory(_api.Node.Events);
        Routes = RoutesOf(_api, _history, _configuration.Limits, app.Lifetime.ApplicationStopping);
        foreach (var route in Routes) app.MapMethods(route.Pattern, [route.Method], route.Handler).WithMetadata(route);
        app.MapDashboard();
        return app;
    }

    private static List<ApiRoute> RoutesOf(ApiContext api, ObjectHistory history, ApiLimits limits, CancellationToken stopping) =>
        [.. StateRoutes.Of(api), new EventRoutes(api, history, limits, stopping).Route, .. CommandRoutes.Of(api), .. DataPlaneRoutes.Of(api), .. LogRoutes.Of(api), .. ServiceRoutes.Of(api)];

    private void Configure(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        if (_configuration.SocketPath is { } path) options.ListenUnixSocket(path, listen => listen.Use(next => _gate.Before(next, isTls: false)));
        if (_configuration.Http is { } http) options.Listen(ApiSockets.EndPointOf(http), listen => listen.Use(next => _gate.Before(next, isTls: false)));
        if (_configuration.Https is { } https) options.Listen(ApiSockets.EndPointOf(https), Secure);
    }

    private void Secure(ListenOptions listen)
    {
        listen.Use(next => _gate.Before(next, isTls: true));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = _configuration.Limits.HeadersTimeout,
            OnConnection = context =>
            {
                var tls = Rules.Tls!;
                context.Connection.Features.Get<ConnectionPeer>()!.Tls = tls;
                return ValueTask.FromResult(tls.Options());
            },
        });
    }

    private static Uri? AddressOf(WebApplication app, string scheme) =>
        app.Urls.Where(url => url.StartsWith(scheme, StringComparison.Ordinal) && !url.Contains("unix:", StringComparison.Ordinal)).Select(url => new Uri(url)).FirstOrDefault();

    private static AccessRules RulesOf(ApiConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var result = AccessLoader.Load(configuration, "api");
        return result.Rules ?? throw new AccessRefusedException(result.Errors);
    }
}
