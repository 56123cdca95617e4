using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
    private ApiSockets? _sockets;
    private WebApplication? _app;
    private ObjectHistory? _history;

    /// <summary>Makes the server of a node's API; <see cref="StartAsync"/> starts it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">Where to serve it.</param>
    /// <param name="loggerFactory">Where to log.</param>
    public ApiServer(INodeAccess node, ApiConfiguration configuration, ILoggerFactory loggerFactory)
        : this(node, configuration, loggerFactory, TimeSpan.FromSeconds(15))
    {
    }

    internal ApiServer(INodeAccess node, ApiConfiguration configuration, ILoggerFactory loggerFactory, TimeSpan heartbeat)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        _api = new ApiContext(node, heartbeat);
        _configuration = configuration;
        _loggerFactory = loggerFactory;
    }

    /// <summary>Everything that is served, once started.</summary>
    internal IReadOnlyList<ApiRoute> Routes { get; private set; } = [];

    /// <summary>Where the API answers over TCP, once started; null if nowhere.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>Takes the socket and the address: who connects from now on waits until <see cref="StartAsync"/> is done.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public void Reserve() => _sockets ??= new ApiSockets(_configuration);

    /// <summary>Starts to answer.</summary>
    /// <exception cref="DaemonStartException">The socket or address cannot be used; says which, why, and what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Reserve();
        _app = Build();
        await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        HttpAddress = _app.Urls.Where(url => !url.Contains("unix:", StringComparison.Ordinal)).Select(url => new Uri(url)).FirstOrDefault();
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
    }

    private WebApplication Build()
    {
        var app = BareServer.Create(_loggerFactory, _sockets!.Take, Configure);
        _history = new ObjectHistory(_api.Node.Events);
        Routes = RoutesOf(_api, _history, app.Lifetime.ApplicationStopping);
        foreach (var route in Routes) app.MapMethods(route.Pattern, [route.Method], route.Handler);
        app.MapDashboard();
        return app;
    }

    private static List<ApiRoute> RoutesOf(ApiContext api, ObjectHistory history, CancellationToken stopping) =>
        [.. StateRoutes.Of(api), new EventRoutes(api, history, stopping).Route, .. CommandRoutes.Of(api), .. DataPlaneRoutes.Of(api), .. ServiceRoutes.Of(api)];

    private void Configure(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        if (_configuration.SocketPath is { } path) options.ListenUnixSocket(path);
        if (_configuration.Http is { } http) options.Listen(http.Address.ToIPAddress(), http.Port);
    }
}
