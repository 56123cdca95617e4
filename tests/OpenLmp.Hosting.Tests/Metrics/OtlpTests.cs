using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Metrics;

/// <summary>Metrics sent to a collector.</summary>
public class OtlpTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collector_gets_what_Prometheus_gets(bool grpc)
    {
        await using var collector = await Collector.StartAsync(grpc);
        using var files = Node(collector.Address, grpc ? "grpc" : "http");
        await using var host = await StartAsync(files, null);
        // A histogram without a value is not sent.
        List<Sample> taken;
        do taken = await collector.TakeAsync();
        while (!taken.Any(sample => sample.Buckets is not null));
        using var client = DaemonProcess.Client(files.Socket);
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("service.name=\"lmpd\"", collector.Resource);
        Assert.Contains("service.instance.id=\"oxc1\"", collector.Resource);
        // No Hello is due before the neighbour answers.
        var histogram = Assert.Single(taken, sample => sample.Buckets is not null);
        Assert.Equal(("lmp_timer_lateness_seconds", 12, 13), (histogram.Metric, histogram.Bounds!.Length, histogram.Buckets!.Length));
        // Those of neighbours come one by one, as they are counted.
        Assert.Equal(
            Scraped(text).Where(sample => !sample.Metric.StartsWith("lmp_neighbor_", StringComparison.Ordinal)).ToHashSet(),
            taken.Where(sample => sample.Buckets is null && !sample.Metric.StartsWith("lmp_neighbor_", StringComparison.Ordinal)).Select(sample => (sample.Metric, sample.Labels)).ToHashSet());
        Assert.Contains(taken, sample => sample is { Metric: "lmp_neighbor_messages_sent_total", Labels: "neighbor=\"oxc2\",type=\"Config\"" });
        Assert.All(taken, sample => Assert.Equal(sample.Metric.EndsWith("_total", StringComparison.Ordinal) || sample.Buckets is not null, sample.IsMonotonic));
        Assert.Equal(1, Value(taken, "lmp_node_info"));
        Assert.Equal(0, Value(taken, "lmp_control_channel_up", "id=\"1\",neighbor=\"oxc2\""));
        Assert.Equal((double)SignalState.Unknown, Value(taken, "lmp_data_link_signal", "data_link=\"te1-1\",te_link=\"te1\""));
    }

    [Fact]
    public async Task What_is_configured_anew_is_told_and_what_is_gone_is_not()
    {
        await using var collector = await Collector.StartAsync();
        using var files = Node(collector.Address, "http");
        await using var host = await StartAsync(files, null);
        Assert.Contains(await collector.TakeAsync(), sample => sample.Labels.Contains("te1-1", StringComparison.Ordinal));
        files.Write(files.Read().Replace("te1-1", "other", StringComparison.Ordinal));
        Assert.True(await host.ReloadAsync());
        List<Sample> taken;
        do taken = await collector.TakeAsync();
        while (!taken.Any(sample => sample.Labels.Contains("other", StringComparison.Ordinal)));
        Assert.DoesNotContain(taken, sample => sample.Labels.Contains("te1-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_refuses_is_told_once_and_tried_again()
    {
        await using var collector = await Collector.StartAsync();
        collector.Status = 503;
        using var files = Node(collector.Address, "http");
        using var log = new KeptLog();
        await using var host = await StartAsync(files, log);
        for (var i = 0; i < 3; i++) await collector.TakeAsync();
        collector.Status = 200;
        await Eventually.TrueAsync(() => log.Of("lmpd.otlp").Count == 2, () => string.Join('\n', log.Of("lmpd.otlp")));
        Assert.Equal(
            [$"OTLP: metrics are not taken by the collector at {collector.Address}v1/metrics: it answers 503 Service Unavailable; it is tried again, LMP goes on", $"OTLP: metrics are taken by the collector at {collector.Address}v1/metrics"],
            log.Of("lmpd.otlp"));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task A_collector_that_is_not_there_keeps_no_daemon_from_running_and_stopping(string protocol)
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = new Uri($"http://{nobody.LocalEndpoint}");
        nobody.Stop();
        using var files = Node(address, protocol);
        using var log = new KeptLog();
        await using var host = await StartAsync(files, log);
        await Eventually.TrueAsync(() => log.Of("lmpd.otlp").Any(line => line.Contains("nobody listens there", StringComparison.Ordinal)), () => string.Join('\n', log.Of("lmpd.otlp")));
        Assert.True(await host.InvokeAsync((node, _) => node.Name == "oxc1"));
        await host.StopAsync();
    }

    private static double Value(List<Sample> samples, string metric, string? labels = null) =>
        Assert.Single(samples, sample => sample.Metric == metric && (labels is null || sample.Labels == labels)).Value;

    private static HashSet<(string Metric, string Labels)> Scraped(string text)
    {
        var scraped = new HashSet<(string, string)>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#' || line.Contains("_lateness_seconds", StringComparison.Ordinal)) continue;
            var name = line[..line.IndexOfAny(['{', ' '])];
            // No value of these tests has a comma.
            var labels = line.Contains('{', StringComparison.Ordinal) ? line[(name.Length + 1)..line.LastIndexOf('}')] : "";
            scraped.Add((name, string.Join(',', labels.Split(',').Order(StringComparer.Ordinal))));
        }

        return scraped;
    }

    private static DaemonFiles Node(Uri collector, string protocol)
    {
        var files = new DaemonFiles();
        var (local, remote) = (SocketRig.FreshLoopback(), SocketRig.FreshLoopback());
        files.Write($$"""
            node: {id: 10.0.0.1, name: oxc1}
            listen: [ "{{local}}:7010" ]
            api: {socket: {{files.Socket}}}
            otlp: {endpoint: "{{collector}}", protocol: {{protocol}}, interval: 1s}
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels:
                  - {id: 1, local: "{{local}}:7010", remote: "{{remote}}:7010"}
            te-links:
              - name: te1
                neighbor: oxc2
                local-id: 1
                data-links:
                  - {name: te1-1, local-id: 101, remote-id: 201, bandwidth: 10Gbps}

            """);
        return files;
    }

    private static Task<DaemonHost> StartAsync(DaemonFiles files, ILoggerFactory? log)
    {
        var result = ConfigurationReader.Load(files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        var options = new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = files.Configuration };
        return DaemonHost.StartAsync(log is null ? options : options with { LoggerFactory = log });
    }
}
