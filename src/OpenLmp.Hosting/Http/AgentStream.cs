using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>One agent's stream of orders, from its first line to its last: JSON objects, one a line.</summary>
internal sealed class AgentStream(ApiContext api, ExternalDataPlane plane, AgentSession session)
{
    // Silence is counted in looks of our own: after a while in which this process did not run, the agent gets the time to say what waits.
    private const int LooksInHeartbeat = 4;

    /// <summary>Carries the session to its end. Whatever ends it, the node is told.</summary>
    public async Task RunAsync(HttpContext context)
    {
        Task? watch = null;
        try
        {
            if (!await api.AskAsync(context, (node, now) => plane.Begin(node, now, session)).ConfigureAwait(false)) return;
            watch = Task.WhenAll(WatchAsync(), EndWithAccessAsync(context));
            await WriteAsync(context).ConfigureAwait(false);
        }
        finally
        {
            session.End("its connection was closed");
            await TellAsync(() => api.Node.InvokeAsync((node, now) => plane.Close(node, now, session))).ConfigureAwait(false);
            if (watch is not null) await watch.ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(HttpContext context)
    {
        var body = context.Response.Body;
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        // A reverse proxy that buffers would hold orders back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session.Cut);
        try
        {
            Task<bool>? more = null;
            while (true)
            {
                while (session.TryTake(out var order)) await body.WriteAsync(Line(order), ends.Token).ConfigureAwait(false);
                await body.FlushAsync(ends.Token).ConfigureAwait(false);
                more ??= session.WaitAsync();
                if (await Task.WhenAny(more, Task.Delay(session.Heartbeat, ends.Token)).ConfigureAwait(false) == more)
                {
                    if (!await more.ConfigureAwait(false)) break;
                    more = null;
                }
                else
                {
                    ends.Token.ThrowIfCancellationRequested();
                    await body.WriteAsync(Line(new AgentOrder(AgentOrderKind.Alive)), ends.Token).ConfigureAwait(false);
                }
            }

            await body.WriteAsync(Line(session.Last!), ends.Token).ConfigureAwait(false);
            await body.FlushAsync(ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The agent went, or does not even read why it has to.
            context.Abort();
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(session.Heartbeat / LooksInHeartbeat);
        try
        {
            for (int look = 1, silent = 0; await timer.WaitForNextTickAsync(session.Over).ConfigureAwait(false); look++)
            {
                if (look == LooksInHeartbeat)
                    await TellAsync(() => api.Node.InvokeAsync((node, now) => plane.Resynchronize(node, now, session))).ConfigureAwait(false);
                silent = session.TakeHeard() ? 0 : silent + 1;
                if (silent >= LooksInHeartbeat) session.End($"nothing was heard of it for {session.Heartbeat.TotalSeconds:0.###} s");
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private async Task EndWithAccessAsync(HttpContext context)
    {
        if (context.Features.Get<AccessGrant>() is not { } grant) return;
        try
        {
            await grant.WithdrawnAsync(session.Over).ConfigureAwait(false);
            session.End("the token, certificate or group that it came with may no longer change anything");
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private static async Task TellAsync(Func<Task<bool>> tell)
    {
        try
        {
            await tell().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops: there is no node to tell.
        }
    }

    private static byte[] Line(AgentOrder order) => [.. JsonSerializer.SerializeToUtf8Bytes(order, ApiJson.TypeInfo<AgentOrder>()), (byte)'\n'];
}
