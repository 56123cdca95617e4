using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>A web server and nothing around it: what it does is what its maker says.</summary>
internal static class BareServer
{
    /// <summary>Makes one, with the guard in front of its routes.</summary>
    /// <param name="loggerFactory">Where to log.</param>
    /// <param name="bind">Gives the socket of a place where it listens.</param>
    /// <param name="configure">Says where it listens.</param>
    /// <param name="limits">How much clients may take of it.</param>
    /// <param name="rules">Who may do what; null where everyone may do everything that it can.</param>
    /// <param name="audit">Where changes are told; null where there are none.</param>
    public static WebApplication Create(
        ILoggerFactory loggerFactory,
        Func<EndPoint, Socket> bind,
        Action<KestrelServerOptions> configure,
        ApiLimits limits,
        Func<AccessRules>? rules = null,
        AuditLog? audit = null)
    {
        // Empty: no appsettings.json, no ASPNETCORE_ variables, nothing that reads more than the daemon's own configuration.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "lmpd",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = bind);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // Where the rules are, there is a gate that knows whom it counts.
            if (rules is null) options.Limits.MaxConcurrentConnections = limits.Connections;
            options.Limits.MaxConcurrentUpgradedConnections = 0;
            options.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
            options.Limits.KeepAliveTimeout = limits.IdleTimeout;
            options.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BodyRate, limits.BodyGrace);
            options.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
            configure(options);
        });
        var app = builder.Build();
        var guard = new RequestGuard(loggerFactory.CreateLogger(LogCategories.LoggerOf(LogCategories.Api)), rules, audit);
        app.Use(next => context => guard.InvokeAsync(context, next));
        return app;
    }

    // Signals are the daemon's affair; the default lifetime would take them.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
