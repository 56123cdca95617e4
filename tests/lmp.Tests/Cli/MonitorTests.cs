using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Cli.Tests;

public class MonitorTests
{
    [Fact]
    public async Task Events_come_one_JSON_object_a_line()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var known = daemon.Events.Recent().Count;
        using var monitor = new LiveRun($"monitor -j --after 0 --socket {daemon.SocketPath}");
        for (var id = 1; id <= known; id++) Assert.Equal(id, JsonDocument.Parse(await monitor.NextAsync()).RootElement.GetProperty("id").GetInt64());
        await daemon.SendAsync("POST", "/v1/data-links/te1-1/allocate");
        Assert.Equal("te1-1", JsonDocument.Parse(await monitor.NextAsync()).RootElement.GetProperty("object").GetString());
    }

    [Fact]
    public async Task Events_come_in_words()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var known = daemon.Events.Recent().Count;
        await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", """{"signal":"fail"}""");
        using var monitor = new LiveRun($"monitor --after {known} --socket {daemon.SocketPath}");
        var lines = new List<string>();
        while (lines.Count < daemon.Events.Recent().Count - known) lines.Add(await monitor.NextAsync());
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  [a-z-]+ \S+: ", line));
        Assert.Contains(lines, line => line.EndsWith("  signal te1-1: unknown -> fail", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("  data-link-state te1-1: UpFree -> Down: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("  alarm te1-1: raised ", StringComparison.Ordinal) && line.Contains(" signal-fail: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_ends_with_the_daemon_and_exits_3()
    {
        var daemon = await TestDaemon.StartAsync();
        using var monitor = new LiveRun($"monitor --after 0 --socket {daemon.SocketPath}");
        await monitor.NextAsync();
        await daemon.DisposeAsync();
        Assert.Equal(3, await monitor.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal($"lmp: The daemon at {daemon.SocketPath} has gone.{Environment.NewLine}", monitor.Error);
    }

    [Fact]
    public async Task It_ends_on_request_and_exits_0()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var monitor = new LiveRun($"monitor --after 0 --socket {daemon.SocketPath}");
        await monitor.NextAsync();
        monitor.Cancel();
        Assert.Equal(0, await monitor.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("", monitor.Error);
    }

    /// <summary>A command line that goes on, and its lines as they come.</summary>
    private sealed class LiveRun : IDisposable
    {
        private readonly CancellationTokenSource _cancel = new();
        private readonly LineWriter _out = new();
        private readonly StringWriter _error = new();

        public LiveRun(string commandLine) =>
            ExitCode = LmpCli.RunAsync(commandLine.Split(' '), new Terminal { Out = _out, Error = _error }, _cancel.Token);

        public Task<int> ExitCode { get; }

        public string Error => _error.ToString();

        public void Cancel() => _cancel.Cancel();

        public async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await _out.Lines.ReadAsync(limit.Token);
        }

        public void Dispose()
        {
            _cancel.Cancel();
            ExitCode.Wait(TimeSpan.FromSeconds(60));
            _cancel.Dispose();
            _out.Dispose();
            _error.Dispose();
        }
    }

    private sealed class LineWriter : TextWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public ChannelReader<string> Lines => _lines.Reader;

        public override Encoding Encoding => Encoding.UTF8;

        public override Task WriteLineAsync(string? value)
        {
            _lines.Writer.TryWrite(value ?? "");
            return Task.CompletedTask;
        }
    }
}
