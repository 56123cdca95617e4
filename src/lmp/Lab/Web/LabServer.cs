using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Dashboard;
using OpenLmp.Hosting;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// The lab's one web address: the dashboard of the whole network, that of each node at <c>/node/NAME/</c>, and what they read: each node's API at
/// <c>/node/NAME/v1/</c>, for reading only, and the events of all nodes in one stream.
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    /// <summary>The port, unless another is wanted.</summary>
    public const ushort DefaultPort = 7010;

    private const string EventsPath = "network/events";

    private readonly LabNetwork _network;
    private readonly NodeProxy _proxy;
    private readonly WebApplication _app;

    private LabServer(LabNetwork network, ushort port)
    {
        _network = network;
        _proxy = new NodeProxy(network);
        _app = BareServer.Create(NullLoggerFactory.Instance, SocketTransportOptions.CreateDefaultBoundListenSocket, options => Configure(options, port), new ApiLimits());
        _app.Use(ToNetworkAsync);
        _app.MapDashboard();
        _app.MapDashboard("/node/{node}/");
        var events = new NetworkEvents(network, _app.Lifetime.ApplicationStopping);
        _app.MapMethods("/" + EventsPath, ["GET"], (RequestDelegate)events.StreamAsync);
        _app.MapMethods("/node/{node}/{**path}", ["GET"], (RequestDelegate)_proxy.ForwardAsync);
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it.</summary>
    /// <param name="network">The nodes.</param>
    /// <param name="port">The port, 0 for a free one; null: the default, or a free one where that is taken.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DaemonStartException">The port is taken.</exception>
    public static async Task<LabServer> StartAsync(LabNetwork network, ushort? port, CancellationToken cancellation)
    {
        var server = new LabServer(network, port ?? DefaultPort);
        try
        {
            await server._app.StartAsync(cancellation);
            return server;
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            if (port is not null) throw new DaemonStartException($"dashboard on 127.0.0.1:{port}: {e.Message}");
            return await StartAsync(network, 0, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _proxy.Dispose();
    }

    private static void Configure(KestrelServerOptions options, ushort port)
    {
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(IPAddress.Loopback, port);
    }

    // The page's URL says which servers it shows; here, all of them.
    private Task ToNetworkAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/" || context.Request.Query.ContainsKey("server")) return next(context);
        var servers = string.Concat(_network.Topology.Nodes.Select(n => $"server=node/{Uri.EscapeDataString(n.Name)}&"));
        context.Response.Redirect($"/?{servers}events={EventsPath}");
        return Task.CompletedTask;
    }
}
