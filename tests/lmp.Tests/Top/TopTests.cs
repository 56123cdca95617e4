using OpenLmp.Hosting.Tests.Http;
using OpenLmp.Protocol.Tests;

namespace OpenLmp.Cli.Tests.Top;

public class TopTests
{
    [Fact]
    public async Task The_screen_shows_the_node_and_follows_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var top = new LiveTop(daemon.SocketPath);
        await top.ShowsAsync("DATA LINKS  2 of 2 up");
        var lines = top.Screen.Lines;
        Assert.StartsWith("a  Node_Id 10.0.0.1  up ", lines[0]);
        Assert.Contains("packets", lines[0]);
        Assert.Equal("live", lines[1]);
        Assert.Contains(lines, l => l.StartsWith("b/1 ", StringComparison.Ordinal));
        Assert.StartsWith("q quit", lines[^1]);
        Assert.True(top.Screen is { IsOther: true, HasCursor: false });

        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"fail"}""");
        await top.ShowsAsync("DATA LINKS  1 of 2 up");
        await top.ShowsAsync("1 raised, 1 suppressed");
        await top.ShowsAsync(screen => Array.FindIndex(screen, l => l.StartsWith("te1-2 ", StringComparison.Ordinal)) is > 0 and var bad
            && bad < Array.FindIndex(screen, l => l.StartsWith("te1-1 ", StringComparison.Ordinal)), "what is wrong first");
        await top.ShowsAsync("(+1 suppressed)");
        Assert.DoesNotContain(top.Screen.Lines, l => l.StartsWith(" suppressed", StringComparison.Ordinal));
        top.Type("\r");
        await top.ShowsAsync(" suppressed   signal-fail");

        top.Type("q");
        Assert.Equal(0, await top.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.True(top.Screen is { IsOther: false, HasCursor: true });
    }

    [Fact]
    public async Task Keys_move_and_filter()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var top = new LiveTop(daemon.SocketPath);
        await top.ShowsAsync("> DATA LINKS");
        top.Press(ConsoleKey.Tab);
        await top.ShowsAsync("> ALARMS");
        top.Press(ConsoleKey.Tab, shift: true);
        top.Press(ConsoleKey.LeftArrow);
        await top.ShowsAsync("> TE LINKS");
        top.Type("/te1-2q");
        await top.ShowsAsync("Filter: te1-2q_");
        top.Press(ConsoleKey.Backspace);
        await top.ShowsAsync("DATA LINKS  2 of 2 up, 1 with te1-2");
        Assert.DoesNotContain(top.Screen.Lines, l => l.StartsWith("te1-1 ", StringComparison.Ordinal));
        top.Type("\r");
        await top.ShowsAsync("Only rows with te1-2; Esc shows all.");
        top.Press(ConsoleKey.Escape);
        await top.ShowsAsync(lines => lines[^1].StartsWith("q quit", StringComparison.Ordinal), "no filter");
    }

    [Fact]
    public async Task The_window_may_become_another()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var top = new LiveTop(daemon.SocketPath);
        await top.ShowsAsync("EVENTS");
        top.Screen.Resize(50, 9);
        await top.ShowsAsync(lines => lines.Length == 9 && lines[^1].StartsWith("q quit", StringComparison.Ordinal) && lines[^1].EndsWith('…') && lines[^1].Length == 50, "the small window");
        Assert.StartsWith("a  Node_Id", top.Screen.Lines[0]);
        top.Screen.Resize(140, 45);
        await top.ShowsAsync(lines => lines.Length == 45 && lines[^1].StartsWith("q quit", StringComparison.Ordinal), "the large window");
    }

    [Fact]
    public async Task A_daemon_that_goes_and_comes_back_is_told_in_words()
    {
        var link = Path.Combine(Path.GetTempPath(), $"lmp-top-{Environment.ProcessId}-{Guid.NewGuid():N}.sock");
        try
        {
            var first = await TestDaemon.StartAsync();
            File.CreateSymbolicLink(link, first.SocketPath);
            await using var top = new LiveTop(link, width: 200);
            await top.ShowsAsync("DATA LINKS  2 of 2 up");
            await first.DisposeAsync();
            await top.ShowsAsync("lmpd is gone since ");
            await top.ShowsAsync("No daemon answers at ");
            Assert.Contains(top.Screen.Lines, l => l.Contains("DATA LINKS  2 of 2 up", StringComparison.Ordinal));

            await using var second = await TestDaemon.StartAsync(up: false);
            File.Delete(link);
            File.CreateSymbolicLink(link, second.SocketPath);
            await top.ShowsAsync("live; lmpd was gone from ");
            await top.ShowsAsync("DATA LINKS  0 of 2 up");
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public async Task A_daemon_that_does_not_stream_is_asked_again_and_again()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var refused = 0;
        await using var between = await ScriptedDaemon.StartAsync(async request =>
        {
            if (request.Headers.Accept.ToString() != "text/event-stream") return (200, await daemon.Http.GetStringAsync($"{request.Path}{request.QueryString}"));
            refused++;
            return (503, """{"error":"too many streams"}""");
        });
        await using var top = new LiveTop(between.SocketPath);
        await top.ShowsAsync("asking every two seconds, for events do not come: too many streams");
        await daemon.SendAsync("POST", "/v1/data-links/te1-1/allocate");
        await top.ShowsAsync(lines => lines.Any(l => l.StartsWith("te1-1 ", StringComparison.Ordinal) && l.Contains("UpAlloc", StringComparison.Ordinal)), "what is asked for");
        Assert.True(refused > 0);
    }

    [Fact]
    public async Task A_slow_terminal_sees_how_things_stand_and_not_all_that_was()
    {
        const int Rounds = 500;
        await using var daemon = await TestDaemon.StartAsync();
        daemon.After = TimeSpan.Zero;
        await using var top = new LiveTop(daemon.SocketPath);
        await top.ShowsAsync("DATA LINKS  2 of 2 up");
        top.Screen.Gate.Reset();
        var before = top.Screen.Writes;
        for (var i = 0; i < Rounds; i++)
        {
            await daemon.SendAsync("POST", "/v1/data-links/te1-1/allocate");
            await daemon.SendAsync("POST", "/v1/data-links/te1-1/release");
        }

        await daemon.SendAsync("POST", "/v1/data-links/te1-2/allocate");
        top.Screen.Gate.Set();
        await top.ShowsAsync(lines => lines.Any(l => l.StartsWith("te1-2 ", StringComparison.Ordinal) && l.Contains("UpAlloc", StringComparison.Ordinal)), "the last of it");
        Assert.InRange(top.Screen.Writes - before, 1, Rounds / 5);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_the_screen_is_as_before()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var top = new LiveTop(daemon.SocketPath);
        await top.ShowsAsync("live");
        top.Cancel();
        Assert.Equal(0, await top.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.True(top.Screen is { IsOther: false, HasCursor: true });
    }

    [Fact]
    public async Task Without_a_terminal_it_is_bad_usage_but_for_once()
    {
        await using var daemon = await TestDaemon.StartAsync(a: Configurations.A());
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"fail"}""");
        var run = await CliRun.OfAsync($"top --socket {daemon.SocketPath}");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("--once", run.Error);
        Assert.Equal(2, (await CliRun.OfAsync($"top -j --socket {daemon.SocketPath}")).ExitCode);

        run = await CliRun.OfAsync($"top --once --socket {daemon.SocketPath}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("DATA LINKS  1 of 2 up", run.Lines);
        Assert.Contains(run.Lines, l => l.StartsWith(" suppressed  ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_daemon_it_says_so_and_exits_3()
    {
        await using var top = new LiveTop("/nonexistent/lmpd.sock");
        Assert.Equal(3, await top.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.False(top.Screen.IsOther);
        Assert.Equal(3, (await CliRun.OfAsync("top --once --socket /nonexistent/lmpd.sock")).ExitCode);
    }

    [ProgramFact("script")]
    public async Task On_a_real_terminal_it_draws_takes_keys_and_leaves_no_trace()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var typed = false;
        var run = await Programs.OnTerminalAsync($"stty cols 90 rows 30; lmp top --socket {daemon.SocketPath}", typed: output =>
        {
            if (typed || !output.Contains("q quit", StringComparison.Ordinal)) return null;
            typed = true;
            return "q";
        });
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\u001b[?1049h", run.Out);
        Assert.Contains("DATA LINKS", run.Out);
        Assert.Matches("\u001b\\[30;1H\u001b\\[2Kq quit", run.Out);
        Assert.Contains("\u001b[?25h\u001b[?1049l", run.Out);
    }
}
