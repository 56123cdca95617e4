using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>What the handlers share: the node, and how to ask it.</summary>
internal sealed class ApiContext(INodeAccess node, TimeSpan heartbeat)
{
    // A healthy node answers within microseconds. This bounds how long a request hangs on one that does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The node.</summary>
    public INodeAccess Node { get; } = node;

    /// <summary>Its objects in the API's words.</summary>
    public NodeViews Views { get; } = new(instant => node.Clock.ToWallClock(instant).UtcDateTime, node.SendHellos, node.TunnelsTo);

    /// <summary>When the daemon started, UTC.</summary>
    public DateTime Started { get; } = DateTime.UtcNow;

    /// <summary>How often an event stream says that it is alive.</summary>
    public TimeSpan Heartbeat { get; } = heartbeat;

    /// <summary>The id of the last event; 0 before the first.</summary>
    public long LastEvent => Node.Events.Last;

    /// <summary>Runs something on the node's thread.</summary>
    public async Task<T> AskAsync<T>(HttpContext context, Func<LmpNode, Instant, T> work)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        try
        {
            return await Node.InvokeAsync(work, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, $"the node did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (StateNotSavedException e)
        {
            throw new ApiException(StatusCodes.Status507InsufficientStorage, e.Message);
        }
        catch (ObjectDisposedException)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "the daemon is stopping");
        }
    }

    /// <summary>What carries the data links. Run on the node's thread.</summary>
    public DataPlaneInfo DataPlane(LmpNode node) => Node.ExternalDataPlane?.Info(node) ?? new DataPlaneInfo(Node.DataPlaneKind, node.CanTest, null, null, "");

    /// <summary>How the node's thread keeps up.</summary>
    public LoopInfo Loop()
    {
        var statistics = Node.Statistics;
        var lateness = statistics.Lateness;
        return new LoopInfo(
            statistics.DatagramsReceived,
            statistics.DatagramsSent,
            statistics.DatagramsUnsent,
            statistics.Faults,
            lateness.Total == 0 ? 0 : Math.Round(lateness.Sum.TotalMicroseconds / lateness.Total, 1),
            lateness.Worst.TotalMicroseconds);
    }

    /// <summary>The text of a path parameter.</summary>
    public static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>The text of a query parameter; null where it is missing or empty.</summary>
    public static string? Query(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>Whether a query parameter says true; missing, it says false.</summary>
    /// <exception cref="ApiException">It says something else.</exception>
    public static bool Flag(HttpContext context, string name) => Query(context, name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new ApiException(StatusCodes.Status400BadRequest, $"{name} is true or false, not '{text}'"),
    };
}
