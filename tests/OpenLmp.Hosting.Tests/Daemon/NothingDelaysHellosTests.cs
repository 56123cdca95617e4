using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test that fills a disk of its own. Where it cannot make one, it is reported as skipped.</summary>
public sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !NetSnmp.IsAvailable) Skip = "SKIPPED, not passed: it needs root, for a small file system, and net-snmp's snmpd and snmptrapd";
    }
}

/// <summary>A disk that is full, and others that do not take what they are told: none of it reaches the thread that speaks LMP.</summary>
public sealed class NothingDelaysHellosTests : IDisposable
{
    private const int Links = 64;

    // For snmpd and for the collector.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);

    private readonly string _disk = Directory.CreateTempSubdirectory("lmp-disk-").FullName;

    public void Dispose() => Directory.Delete(_disk, recursive: true);

    [FullDiskFact]
    public async Task A_full_disk_a_stopped_snmpd_a_dead_collector_and_a_client_that_does_not_read_cost_no_Hello()
    {
        using var snmp = new NetSnmp();
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        left.Write(Patient(left.Read()) + $$"""
            state: {{_disk}}/lmpd.db
            snmp: {agentx: "unix:{{snmp.Socket}}", notifications: [ all ], max-notification-rate: 0}
            otlp: {endpoint: "http://{{collector.LocalEndpoint}}", interval: 1s}
            te-links:
              - name: te1
                neighbor: oxc2
                local-id: 1
                data-links:
            {{string.Concat(Enumerable.Range(1, Links).Select(i => $"      - {{name: {Name(i)}, local-id: {100 + i}, remote-id: {200 + i}, bandwidth: 10Gbps}}\n"))}}
            """);
        right.Write(Patient(right.Read()));
        // A file system of its own, in a mount namespace of its own: it is gone with the daemon.
        using var a = new DaemonProcess(
            ["unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=160k tmpfs \"$0\" && exec \"$@\"", _disk], ["-c", left.Configuration]);
        using var b = new DaemonProcess("-c", right.Configuration);
        await a.SaysAsync("control channel oxc2/1 is Up");
        await b.SaysAsync("control channel oxc1/1 is Up");
        await a.SaysAsync("SNMP: the LMP-MIB is served");
        using var held = await collector.AcceptTcpClientAsync();

        FillDisk($"/proc/{a.Id}/root{_disk}/filler");
        snmp.StopAgent();
        using var silent = await StreamAsync(left.Socket);
        using var client = DaemonProcess.Client(left.Socket);
        var names = string.Join(',', Enumerable.Range(1, Links).Select(Name));
        var refused = 0;
        for (var pair = 1; pair < Links; pair += 2)
        {
            foreach (var signal in (string[])["fail", "ok"])
            {
                using var reported = await client.PutAsync(new Uri($"/v1/data-links/{names}/signal", UriKind.Relative), new StringContent($$"""{"signal":"{{signal}}"}"""));
                Assert.Equal(HttpStatusCode.OK, reported.StatusCode);
            }

            // There is room for the first of them.
            using var changed = await client.PutAsync(new Uri($"/v1/cross-connects/{Name(pair)}/{Name(pair + 1)}", UriKind.Relative), null);
            if (changed.StatusCode == HttpStatusCode.InsufficientStorage) refused++;
            else Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        Assert.True(refused > 0, "a full disk is noticed");
        var (mine, theirs) = (await MetricsAsync(left), await MetricsAsync(right));
        await Eventually.TrueAsync(
            async () => (await MetricsAsync(right))["lmp_control_channel_hellos_received_total"] > theirs["lmp_control_channel_hellos_received_total"] + 200,
            () => "Hellos under these conditions");
        // Every Hello that has left has arrived, and no adjacency has suffered.
        mine = await MetricsAsync(left);
        await Eventually.TrueAsync(
            async () => (await MetricsAsync(right))["lmp_control_channel_hellos_received_total"] >= mine["lmp_control_channel_hellos_sent_total"],
            () => "the Hellos that have been sent");
        theirs = await MetricsAsync(right);
        Assert.Equal((0, 0, 0), (mine["lmp_control_channel_flaps_total"], theirs["lmp_control_channel_flaps_total"], mine["lmp_faults_total"]));
        // Nor has any timer been late by as much as the least that somebody waits for one of those: a busy machine is not that late.
        var loop = (await DaemonProcess.GetAsync(left.Socket, "/v1/node")).EnumerateArray().Single().GetProperty("loop");
        Assert.InRange(loop.GetProperty("worstLateness").GetDouble(), 0, LeastPatience.TotalMicroseconds);
        // And it was all as bad as that.
        var alarms = await DaemonProcess.GetAsync(left.Socket, "/v1/alarms");
        Assert.Contains(alarms.EnumerateArray(), alarm => alarm.GetProperty("kind").GetString() == "state-not-saved" && alarm.GetProperty("state").GetString() == "raised");
    }

    // Samples by name; those of a histogram's buckets with their bound. There is one control channel.
    private static async Task<Dictionary<string, double>> MetricsAsync(DaemonFiles files)
    {
        using var client = DaemonProcess.Client(files.Socket);
        var values = new Dictionary<string, double>();
        foreach (var line in (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n'))
        {
            if (line.StartsWith('#') || line.LastIndexOf(' ') is not (> 0 and var at)) continue;
            var name = line.Contains("_bucket{", StringComparison.Ordinal) ? line[..at] : line[..line.IndexOfAny(['{', ' '])];
            values.TryAdd(name, double.Parse(line[at..], CultureInfo.InvariantCulture));
        }

        return values;
    }

    // Asks for the events, and reads none.
    private static async Task<Socket> StreamAsync(string socketPath)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveBufferSize = 1 };
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /v1/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"));
        return socket;
    }

    // A dead interval that a busy machine alone does not use up, and waiting for one of those does.
    private static string Patient(string configuration) => configuration
        .Replace("hello-interval: 150ms", "hello-interval: 20ms", StringComparison.Ordinal)
        .Replace("hello-dead-interval: 2s", $"hello-dead-interval: {LeastPatience.TotalSeconds}s", StringComparison.Ordinal);

    // As long as names can be: the state file needs more room for some.
    private static string Name(int link) => $"te1-{link}-{new string('x', 50)}";

    private static void FillDisk(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[1024];
        try
        {
            while (file.Length < 1 << 20) file.Write(block);
            Assert.Fail("the disk is not full");
        }
        catch (IOException)
        {
            // It is.
        }
    }
}
