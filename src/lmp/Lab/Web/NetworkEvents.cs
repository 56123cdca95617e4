using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// The events of all nodes in one stream, because a browser opens no more than six connections to a server. Server-Sent Events: <c>event</c> is the
/// node's name and <c>data</c> what the node's own stream has; <c>null</c> where that begins, once more after each restart.
/// </summary>
internal sealed class NetworkEvents(LabNetwork network, CancellationToken stopping)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    /// <summary>Streams until the reader goes.</summary>
    public async Task StreamAsync(HttpContext context)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var frames = Channel.CreateBounded<(string Node, string Data)>(1_000);
        var readers = network.Topology.Nodes.Select(node => ReadAsync(node, frames.Writer, ends.Token)).ToList();
        try
        {
            await context.Response.Body.WriteAsync(": alive\n\n"u8.ToArray(), ends.Token);
            await foreach (var (node, data) in frames.Reader.ReadAllAsync(ends.Token))
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {node}\ndata: {data}\n\n"), ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader went, or the lab ends.
        }
        finally
        {
            await ends.CancelAsync();
            await Task.WhenAll(readers);
        }
    }

    private async Task ReadAsync(LabNode node, ChannelWriter<(string Node, string Data)> frames, CancellationToken cancellation)
    {
        using var client = ApiClient.OverUnixSocket(network.SocketOf(node));
        try
        {
            while (true)
            {
                try
                {
                    await foreach (var e in client.EventsAsync(after: null, () => Begin(node, frames), cancellation))
                        await frames.WriteAsync((node.Name, e), cancellation);
                }
                catch (Exception e) when (e is CliException or ChannelClosedException)
                {
                    // It is being restarted.
                }

                await Task.Delay(Retry, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The stream ends.
        }
    }

    // A reader so slow that there is no room to tell it must begin anew: its stream ends.
    private static void Begin(LabNode node, ChannelWriter<(string Node, string Data)> frames)
    {
        if (!frames.TryWrite((node.Name, "null"))) frames.TryComplete();
    }
}
