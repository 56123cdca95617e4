using System.Runtime.InteropServices;
using OpenLmp.Protocol;
using OpenLmp.Recording;

namespace OpenLmp.Hosting.Tests.Recording;

/// <summary>Real daemons that record over loopback, and the replays of their recordings.</summary>
public sealed class RecordedDaemonTests : IDisposable
{
    private readonly DaemonFiles _left;
    private readonly DaemonFiles _right;

    public RecordedDaemonTests()
    {
        (_left, _right) = DaemonFiles.Pair();
        foreach (var files in (DaemonFiles[])[_left, _right])
        {
            var (here, there, neighbor) = files == _left ? (1, 2, "oxc2") : (2, 1, "oxc1");
            files.Write($$"""
                {{files.Read()}}
                state: {{files.Socket}}.state
                te-links:
                  - name: te1
                    neighbor: {{neighbor}}
                    local-id: {{here}}
                    remote-id: {{there}}
                    link-verification: false
                    data-links:
                      - {name: te1-1, local-id: {{here}}01, remote-id: {{there}}01, switching-type: lsc, encoding: lambda, bandwidth: 10Gbps}
                """);
        }
    }

    private string Recorded => $"{_left.Socket}.jsonl";

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [Fact]
    public async Task A_run_is_replayed_identically_with_commands_a_reconfiguration_and_retained_state()
    {
        using var neighbor = new DaemonProcess("-c", _right.Configuration);
        using (var daemon = await StartAsync())
        {
            using (var api = DaemonProcess.Client(_left.Socket))
                (await api.PostAsync(new Uri("/v1/data-links/te1-1/allocate", UriKind.Relative), null)).EnsureSuccessStatusCode();
            _left.Write(_left.Read().Replace("hello-interval: 150ms", "hello-interval: 100ms", StringComparison.Ordinal));
            daemon.Signal(PosixSignal.SIGHUP);
            await daemon.SaysAsync("in force");
            daemon.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await daemon.ExitAsync());
        }

        var (first, lines) = Run(Recorded);
        Assert.True(first.IsAsRecorded, $"{first.Difference}");
        Assert.True(first.IsComplete);
        Assert.Contains(lines, l => l.In is AllocateCommand);
        Assert.Contains(lines, l => l.In is ReconfigureInput);
        Assert.Contains(lines, l => l.Out is AnswerOutput { Status: CommandStatus.Ok });

        // The next run keeps the recording of the first, and begins with what that retained.
        using (var daemon = await StartAsync())
        {
            daemon.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await daemon.ExitAsync());
        }

        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(Recorded)!, "*.jsonl*").Length);
        var (second, again) = Run(Recorded);
        Assert.True(second.IsAsRecorded, $"{second.Difference}");
        var retained = again[0].Start!.Options!.Retained!;
        Assert.True(Assert.Single(retained.DataLinks).Allocated);
    }

    [Fact]
    public async Task What_was_recorded_when_the_daemon_was_killed_is_replayed()
    {
        using var neighbor = new DaemonProcess("-c", _right.Configuration);
        using var daemon = await StartAsync();
        // The writer is a turn behind at most; whatever it has written by then is enough.
        await Eventually.TrueAsync(() => File.ReadAllText(Recorded).Contains("To = Up", StringComparison.Ordinal), () => "Up in the recording");
        await daemon.KillAsync();

        var (replay, lines) = Run(Recorded);
        Assert.True(replay.IsAsRecorded, $"{replay.Difference}");
        Assert.False(replay.IsComplete);
        Assert.Contains(lines, l => l.Out is EventOutput e && e.Event.Contains("To = Up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recording_in_use_is_not_taken_over()
    {
        using var daemon = await StartAsync();
        var other = _right.Read();
        _right.Write(other);
        var (status, _, errors) = await DaemonProcess.RunAsync("-c", _right.Configuration, "--record", Recorded);
        Assert.Equal(1, status);
        Assert.Contains($"lmpd: --record {Recorded}: ", errors, StringComparison.Ordinal);
        var (_, _, nowhere) = await DaemonProcess.RunAsync("-c", _right.Configuration, "--record", "/nowhere/recording");
        Assert.Contains("lmpd: --record /nowhere/recording: ", nowhere, StringComparison.Ordinal);
    }

    private async Task<DaemonProcess> StartAsync()
    {
        var daemon = new DaemonProcess("-c", _left.Configuration, "--record", Recorded);
        await daemon.SaysAsync("everything is recorded in");
        if (!File.Exists($"{_right.Socket}")) return daemon;
        await daemon.SaysAsync("TE link te1: ");
        await daemon.SaysAsync("te1: Init to Up");
        return daemon;
    }

    private static (Replay Replay, List<RecordedLine> Lines) Run(string path)
    {
        using var text = new StreamReader(path);
        var replay = new Replay(new RecordingReader(text, path));
        var lines = new List<RecordedLine>();
        while (replay.Next() is { } line) lines.Add(line);
        return (replay, lines);
    }
}
