using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Hosting.Tests.Metrics;

namespace OpenLmp.Hosting.Tests;

/// <summary>What is changed in a daemon that runs is not only read: it is done, and undone again.</summary>
public sealed class RunningChangesTests : IDisposable
{
    private readonly DaemonFiles _files;
    private readonly DaemonFiles _neighbor;

    public RunningChangesTests() => (_files, _neighbor) = DaemonFiles.Pair();

    [Fact]
    public void What_a_daemon_that_runs_refuses_is_in_one_list() =>
        Assert.Equal(ConfigurationSchema.NotWhileRunning.Keys, SchemaSamples.Leaves().Where(l => l.Key.Effect == ConfigurationEffect.Restart).Select(l => l.Path));

    [Fact]
    public async Task The_audit_moves_to_another_file_and_a_file_that_cannot_be_written_changes_nothing()
    {
        var (first, second) = (Path.Combine(_files.Directory, "first"), Path.Combine(_files.Directory, "second"));
        _files.Write(_files.Read().Replace("api: {", $"api: {{audit: {first}, ", StringComparison.Ordinal));
        await using (var host = await StartAsync())
        {
            using var client = DaemonProcess.Client(_files.Socket);
            var (status, text) = await PutAsync(client, "api/audit", $"{_files.Directory}/nosuch/audit");
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Matches("api audit .*nosuch/audit: .*; nothing has changed", text);
            Assert.Equal(first, host.Configuration.Api.AuditPath);
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, "api/audit", second)).Status);
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, "node/name", "other")).Status);
            using var gone = await client.DeleteAsync(new Uri("/v1/configuration/api/audit", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, "node/name", "untold")).Status);
        }

        // The attempt is told where the audit was then; what moved it, where it goes on.
        Assert.Equal(["PUT /v1/configuration/api/audit 409", $"audit goes on in {second}"], Told(first));
        Assert.Equal(["PUT /v1/configuration/api/audit 200", "PUT /v1/configuration/node/name 200", "audit ends: no file is configured any more"], Told(second));

        static IEnumerable<string> Told(string file) => File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement).Select(line =>
            $"{line.GetProperty("action").GetString()} {(line.TryGetProperty("status", out var status) ? status.ToString() : line.GetProperty("text").GetString())}");
    }

    [Fact]
    public async Task The_limits_of_the_API_count_at_once_and_cut_nobody_off()
    {
        var address = $"{SocketRig.FreshLoopback()}:7010";
        _files.Write(_files.Read().Replace("api: {", $"api: {{http: \"{address}\", limits: {{event-streams: 1}}, ", StringComparison.Ordinal));
        await using var host = await StartAsync();
        var live = ((INodeAccess)host).Configuration!;
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        using var first = await StreamAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using (var refused = await StreamAsync()) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await ApplyAsync("event-streams", 2);
        using var second = await StreamAsync();
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        await ApplyAsync("event-streams-per-peer", 1);
        using (var refused = await StreamAsync()) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await ApplyAsync("event-streams", 100);
        using (var refused = await StreamAsync()) Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        // Two streams are two connections; the client keeps a third for what was refused.
        await ApplyAsync("connections", 2);
        using (var late = new TcpClient())
        {
            // Who is too many hears so without having asked.
            await late.ConnectAsync(client.BaseAddress.Host, client.BaseAddress.Port);
            using var answer = new StreamReader(late.GetStream());
            Assert.Equal("HTTP/1.1 429 Too Many Requests", await answer.ReadLineAsync());
        }

        await ApplyAsync("connections", 100);
        using (var late = new HttpClient { BaseAddress = client.BaseAddress })
            Assert.NotEmpty(await late.GetStringAsync(new Uri("/healthz", UriKind.Relative)));

        // Those that were there before go on.
        await live.ApplyAsync(new ConfigurationEditRequest("te-links/te9", "{neighbor: oxc2, local-id: 9}"), null, save: false, default);
        foreach (var stream in (HttpResponseMessage[])[first, second])
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
            Assert.NotNull(await reader.ReadLineAsync());
        }

        async Task ApplyAsync(string key, int value) => await live.ApplyAsync(
            new ConfigurationEditRequest($"api/limits/{key}", value.ToString(CultureInfo.InvariantCulture)), null, save: false, default);

        async Task<HttpResponseMessage> StreamAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events") { Headers = { { "Accept", "text/event-stream" } } };
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }

    [Fact]
    public async Task The_SNMP_agent_and_the_collector_come_move_and_go()
    {
        using var master = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(_files.Directory, "agentx");
        master.Bind(new UnixDomainSocketEndPoint(path));
        master.Listen();
        await using var collector = await Collector.StartAsync();
        await using var another = await Collector.StartAsync();
        await using var host = await StartAsync();
        var plain = _files.Read();
        await ReloadAsync(plain + $"snmp: {{agentx: \"unix:{path}\"}}\notlp: {{endpoint: \"{collector.Address}\", interval: 1s}}\n");
        using (var session = await master.AcceptAsync())
        {
            Assert.True(await session.ReceiveAsync(new byte[1000]) > 0);
            Assert.NotEmpty(await collector.TakeAsync());
            await ReloadAsync(plain + $"otlp: {{endpoint: \"{another.Address}\", interval: 1s}}\n");
            Assert.NotEmpty(await another.TakeAsync());
            // Closing, it may still say so.
            while (await session.ReceiveAsync(new byte[1000]) > 0)
            {
            }
        }

        await ReloadAsync(plain);

        async Task ReloadAsync(string text)
        {
            _files.Write(text);
            Assert.True(await host.ReloadAsync());
        }
    }

    [NamespaceFact]
    [SupportedOSPlatform("linux")]
    public async Task Scheduling_and_memory_of_the_process_change()
    {
        const int Ordinary = 0, RoundRobin = 2; // SCHED_OTHER, SCHED_RR
        var plain = _files.Read();
        using var daemon = new DaemonProcess("-c", _files.Configuration);
        await daemon.SaysAsync("node oxc1 (10.0.0.1) starts");
        await IsAsync((RoundRobin, false), "the start");
        await ReloadAsync("process: {real-time: false, lock-memory: true}\n", (Ordinary, true));
        await ReloadAsync("", (RoundRobin, false));

        async Task ReloadAsync(string process, (int, bool) expected)
        {
            _files.Write(plain + process);
            daemon.Signal(PosixSignal.SIGHUP);
            await IsAsync(expected, process);
        }

        Task IsAsync((int, bool) expected, string after) =>
            Eventually.TrueAsync(() => State() == expected, () => $"{expected} after {after}, not {State()}:\n{daemon.Errors}");

        // Null while a thread that the node's has just started still has its name.
        (int Policy, bool IsLocked)? State()
        {
            if (Directory.GetDirectories($"/proc/{daemon.Id}/task").Where(task => NameOf(task) == "lmp-node\n").ToArray() is not [var thread]) return null;
            // proc(5): the 41st field, counted from the end of the name, which is the second.
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            var policy = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[41 - 3];
            var locked = File.ReadLines($"/proc/{daemon.Id}/status").Single(line => line.StartsWith("VmLck:", StringComparison.Ordinal));
            return (int.Parse(policy, CultureInfo.InvariantCulture), !locked.Contains(" 0 kB", StringComparison.Ordinal));
        }

        static string NameOf(string task)
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "comm"));
            }
            catch (IOException)
            {
                // Threads of the pool come and go.
                return "";
            }
        }
    }

    [Fact]
    public async Task An_address_to_listen_on_comes_and_goes_while_the_others_receive()
    {
        await using var host = await StartAsync();
        await using var neighbor = await DaemonHost.StartAsync(new DaemonHostOptions { Configuration = ConfigurationReader.Load(_neighbor.Configuration).Configuration! });
        await Eventually.TrueAsync(() => host.InvokeAsync((node, _) => node.Neighbors.Single().IsUp), () => "the adjacency");
        var channel = await host.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Single());
        var (plain, more) = (_files.Read(), SocketRig.FreshLoopback());
        _files.Write(plain.Replace("listen: [ ", $"listen: [ \"{more}:7010\", ", StringComparison.Ordinal));
        Assert.True(await host.ReloadAsync());
        await Eventually.TrueAsync(() => !IsFree(), () => "the address to be listened on");
        _files.Write(plain);
        Assert.True(await host.ReloadAsync());
        await Eventually.TrueAsync(IsFree, () => "the address to be free again");
        Assert.True(await host.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Single() == channel && channel.Flaps == 0 && node.Neighbors.Single().IsUp));

        bool IsFree()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(IPEndPoint.Parse($"{more}:7010"));
                return true;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                return false;
            }
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _neighbor.Dispose();
    }

    private static async Task<(HttpStatusCode Status, string Text)> PutAsync(HttpClient client, string path, string value)
    {
        using var answer = await client.PutAsync(new Uri($"/v1/configuration/{path}", UriKind.Relative), new StringContent(value));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<DaemonHost> StartAsync() => DaemonHost.StartAsync(new DaemonHostOptions
    {
        Configuration = ConfigurationReader.Load(_files.Configuration).Configuration!,
        ConfigurationPath = _files.Configuration,
    });
}
