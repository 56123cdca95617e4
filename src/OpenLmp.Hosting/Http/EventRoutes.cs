using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>GET <c>/v1/events</c>: what happened lately as JSON, or what happens as Server-Sent Events.</summary>
internal sealed class EventRoutes(ApiContext api, ObjectHistory history, Func<ApiLimits> limits, CancellationToken stopping)
{
    private static readonly byte[] Alive = ": alive\n\n"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly Dictionary<object, int> _streams = [];

    /// <summary>The route.</summary>
    public ApiRoute Route => new(
        "GET",
        $"/v1/{Words.Events}",
        "What happened lately, oldest first; with Accept: text/event-stream, what happens from now on.",
        typeof(EventInfo[]),
        HandleAsync)
    {
        Query =
        [
            ("name", "Only the events of this object."),
            ("after", "Only the events after this id; a stream begins with what is remembered of them. The header Last-Event-ID does the same."),
        ],
        MediaType = "text/event-stream",
        Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable],
    };

    private Task HandleAsync(HttpContext context)
    {
        var name = ApiContext.Query(context, "name");
        var after = After(context);
        var isStream = context.Request.Headers.Accept.Any(accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);
        return isStream ? StreamAsync(context, name, after) : ListAsync(context, name, after ?? 0);
    }

    private async Task ListAsync(HttpContext context, string? name, long after)
    {
        var events = (name is null ? api.Node.Events.Recent() : history.Of(name))
            .Where(e => e.Number > after)
            .Select(e => e.Event with { Id = e.Number })
            .ToArray();
        if (events.Length == 0 && name is not null && !await api.AskAsync(context, (node, _) => Selection.Knows(node, name)).ConfigureAwait(false))
            throw new ApiException(StatusCodes.Status404NotFound, $"nothing is called {name}, and no event is about it");
        await ApiResponse.WriteAsync(context, events).ConfigureAwait(false);
    }

    private async Task StreamAsync(HttpContext context, string? name, long? after)
    {
        var peer = context.Features.Get<ConnectionPeer>()?.Key ?? context;
        Enter(peer);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            // A reverse proxy that buffers would hold events back.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await AccessGrant.WhileItLastsAsync(context, ends => WriteAsync(context, name, after, ends), stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client went, or may no longer read, or the daemon stops: that is how a stream ends.
        }
        finally
        {
            Leave(peer);
        }
    }

    private void Enter(object peer)
    {
        var (most, mostOfPeer) = (limits().EventStreams, limits().EventStreamsPerPeer);
        lock (_lock)
        {
            if (_streams.Values.Sum() >= most)
                throw new ApiException(StatusCodes.Status503ServiceUnavailable, $"{most} event streams are open already; close some");
            var open = _streams.GetValueOrDefault(peer);
            if (open >= mostOfPeer)
                throw new ApiException(StatusCodes.Status429TooManyRequests, $"{mostOfPeer} event streams from here are open already; close some");
            _streams[peer] = open + 1;
        }
    }

    private void Leave(object peer)
    {
        lock (_lock)
        {
            if (_streams[peer] == 1) _streams.Remove(peer);
            else _streams[peer]--;
        }
    }

    private async Task WriteAsync(HttpContext context, string? name, long? after, CancellationToken ends)
    {
        // An id above all of ours is of the daemon before a restart: its reader has seen nothing of this one's.
        if (after > api.LastEvent) after = 0;
        using var subscription = api.Node.Events.Subscribe(after);
        var body = context.Response.Body;
        await body.WriteAsync(Alive, ends).ConfigureAwait(false); // Says at once that from here on nothing is missed.
        Task<bool>? more = null;
        while (true)
        {
            // A slow reader is waited for here, and meanwhile loses its oldest events: it sees the gap in the ids.
            while (subscription.Reader.TryRead(out var e))
                if (name is null || e.Event.Object == name) await body.WriteAsync(Format(e), ends).ConfigureAwait(false);
            await body.FlushAsync(ends).ConfigureAwait(false);

            more ??= subscription.Reader.WaitToReadAsync(ends).AsTask();
            if (await Task.WhenAny(more, Task.Delay(api.Heartbeat, ends)).ConfigureAwait(false) == more)
            {
                if (!await more.ConfigureAwait(false)) return;
                more = null;
            }
            else
            {
                ends.ThrowIfCancellationRequested();
                await body.WriteAsync(Alive, ends).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Format(in PublishedEvent<EventInfo> published)
    {
        var json = JsonSerializer.Serialize(published.Event with { Id = published.Number }, ApiJson.TypeInfo<EventInfo>());
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {published.Number}\nevent: {published.Event.Type}\ndata: {json}\n\n"));
    }

    private static long? After(HttpContext context)
    {
        var text = ApiContext.Query(context, "after") ?? (context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header : null);
        if (text is null) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw new ApiException(StatusCodes.Status400BadRequest, $"'{text}' is no event id: a number, 0 for all that is remembered");
    }
}
