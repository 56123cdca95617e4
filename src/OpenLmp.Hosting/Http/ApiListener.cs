using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using OpenLmp.Dashboard;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>One place where the API is served: a Unix socket, an address, or an address under TLS.</summary>
internal readonly record struct ApiPlace(string? SocketPath, NetworkEndpoint? Http, NetworkEndpoint? Https)
{
    /// <summary>The places of a configuration.</summary>
    public static IEnumerable<ApiPlace> Of(ApiConfiguration configuration)
    {
        if (configuration.SocketPath is { } path) yield return new ApiPlace(path, null, null);
        if (configuration.Http is { } http) yield return new ApiPlace(null, http, null);
        if (configuration.Https is { } https) yield return new ApiPlace(null, null, https);
    }
}

/// <summary>What stands between clients and what is served, at all places alike.</summary>
internal sealed record ApiDoor(ApiLimits Limits, ConnectionGate Gate, Func<AccessRules> Rules, AuditLog Audit, ILoggerFactory LoggerFactory);

/// <summary>The API at one place: so that one can come or go while the others serve.</summary>
internal sealed class ApiListener(ApiPlace place, ApiConfiguration configuration, ApiDoor door) : IAsyncDisposable
{
    private const int MaxBodyBytes = 64 * 1024;
    // A cut cable fails a thousand data links at once, and their names stand in the path.
    private const int MaxRequestLineBytes = 64 * 1024;

    private ApiSockets? _sockets;
    private WebApplication? _app;

    /// <summary>Where it is.</summary>
    public ApiPlace Place => place;

    /// <summary>Where it answers over TCP, once started; null if it does not.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Takes the place: who connects from now on waits until <see cref="StartAsync"/> is done.</summary>
    /// <exception cref="DaemonStartException">It cannot be used; says why, and what to do.</exception>
    public void Reserve() => _sockets ??= new ApiSockets(configuration with { SocketPath = place.SocketPath, Http = place.Http, Https = place.Https });

    /// <summary>Starts to answer.</summary>
    public async Task StartAsync(IReadOnlyList<ApiRoute> routes, CancellationToken cancellation)
    {
        Reserve();
        _app = BareServer.Create(door.LoggerFactory, _sockets!.Take, Configure, door.Limits, door.Rules, door.Audit);
        foreach (var route in routes) _app.MapMethods(route.Pattern, [route.Method], route.Handler).WithMetadata(route);
        _app.MapDashboard();
        await _app.StartAsync(cancellation).ConfigureAwait(false);
        if (place.SocketPath is null) Address = new Uri(_app.Urls.First());
    }

    /// <summary>Answers what has been asked, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync().ConfigureAwait(false);
            await _app.DisposeAsync().ConfigureAwait(false);
        }

        _sockets?.Dispose();
    }

    private void Configure(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        if (place.SocketPath is { } path) options.ListenUnixSocket(path, listen => listen.Use(next => door.Gate.Before(next, isTls: false)));
        if (place.Http is { } http) options.Listen(ApiSockets.EndPointOf(http), listen => listen.Use(next => door.Gate.Before(next, isTls: false)));
        if (place.Https is { } https) options.Listen(ApiSockets.EndPointOf(https), Secure);
    }

    private void Secure(ListenOptions listen)
    {
        listen.Use(next => door.Gate.Before(next, isTls: true));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = door.Limits.HeadersTimeout,
            OnConnection = context =>
            {
                var tls = door.Rules().Tls!;
                context.Connection.Features.Get<ConnectionPeer>()!.Tls = tls;
                return ValueTask.FromResult(tls.Options());
            },
        });
    }
}
