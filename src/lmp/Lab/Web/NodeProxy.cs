using Microsoft.AspNetCore.Http;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Lab;

/// <summary>Passes what is asked of a node below <c>/node/NAME/</c> on to its API, as it is; streams as they come.</summary>
internal sealed class NodeProxy(LabNetwork network) : IDisposable
{
    private static readonly string[] Asked = ["Accept", "Last-Event-ID"];

    private readonly Dictionary<string, HttpClient> _nodes = network.Topology.Nodes.ToDictionary(
        n => n.Name,
        n => new HttpClient(ApiClient.HandlerOf(network.SocketOf(n))) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>Passes a GET on.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        if (!_nodes.TryGetValue((string)values["node"]!, out var node))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // As it was sent: what is escaped stays so.
        var path = context.Request.Path.ToUriComponent().Split('/', 4)[3];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{path}{context.Request.QueryString}");
        foreach (var name in Asked)
            if (context.Request.Headers[name] is [{ } value, ..]) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await node.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            context.Response.Headers.CacheControl = "no-store";
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            // The node is being restarted.
            if (context.Response.HasStarted) context.Abort();
            else context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var node in _nodes.Values) node.Dispose();
    }
}
