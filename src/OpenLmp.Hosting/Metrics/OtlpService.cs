using Microsoft.Extensions.Logging;
using OpenLmp.Hosting.Http;
using OpenTelemetry.Exporter;

namespace OpenLmp.Hosting.Metrics;

/// <summary>
/// Sends the metrics to a collector of OpenTelemetry. On a thread of its own, which may wait for the collector as long as it likes: the node's thread is asked
/// for a copy once in an interval, and waits for nothing.
/// </summary>
internal sealed class OtlpService(INodeAccess node, OtlpConfiguration configuration, ILogger logger) : IDaemonService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, HistogramReplay> _replays = [];
    private Task _running = Task.CompletedTask;
    private string? _told;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Run()
    {
        using var client = new CollectorClient(Patience, _stopping.Token);
        OtlpMetrics? metrics = null;
        try
        {
            do
            {
                client.Problem = null;
                Send(ref metrics, client);
                Tell(client.Problem);
            }
            while (!_stopping.Token.WaitHandle.WaitOne(configuration.Interval));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            // A defect, of ours or of the library: it must not end more than this.
            logger.OtlpNotTaken(configuration.Endpoint, $"{e.GetType().Name}: {e.Message}; it is not tried again");
        }
        finally
        {
            metrics?.Dispose();
        }
    }

    private void Send(ref OtlpMetrics? metrics, CollectorClient client)
    {
        var (name, snapshot) = node.InvokeAsync((n, _) => (n.Name, MetricsSnapshot.Take(n, node.SendHellos)), _stopping.Token).GetAwaiter().GetResult();
        while (true)
        {
            metrics ??= new OtlpMetrics(name, new OtlpMetricExporter(Options(client)), _replays);
            if (metrics.Send(snapshot, node)) return;
            metrics.Dispose();
            metrics = null;
        }
    }

    private OtlpExporterOptions Options(CollectorClient client) => new()
    {
        Endpoint = configuration.Endpoint,
        Protocol = configuration.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        TimeoutMilliseconds = (int)Patience.TotalMilliseconds,
        HttpClientFactory = client.Create,
    };

    // Once, whatever comes of it each time.
    private void Tell(string? problem)
    {
        if (_stopping.IsCancellationRequested || (problem ?? "") == _told) return;
        if (problem is null) logger.OtlpTaken(configuration.Endpoint);
        else logger.OtlpNotTaken(configuration.Endpoint, problem);
        _told = problem ?? "";
    }
}
