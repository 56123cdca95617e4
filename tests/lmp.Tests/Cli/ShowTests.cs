using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Cli.Tests.Cabling;
using OpenLmp.Hosting.Tests.Http;
using OpenLmp.Protocol.Tests;

namespace OpenLmp.Cli.Tests;

public class ShowTests
{
    [Fact]
    public async Task Json_is_the_array_of_the_API_as_it_is()
    {
        await using var daemon = await TestDaemon.StartAsync();
        daemon.After = TimeSpan.Zero;
        foreach (var word in Words.All)
        {
            var run = await CliRun.OfAsync($"show {word} -j --socket {daemon.SocketPath}");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(await daemon.Http.GetStringAsync($"/v1/{word}") + Environment.NewLine, run.Out);
            Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(run.Out).RootElement.ValueKind);
        }
    }

    [Fact]
    public async Task The_daemon_is_found_over_TCP_and_by_environment_and_the_command_line_wins()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var tcp = daemon.Tcp.ToString();
        Assert.Equal(0, (await CliRun.OfAsync($"show node --server {tcp}")).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync($"--server {daemon.Tcp.Authority} show node")).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync("show node", variable: name => name == "LMP_SOCKET" ? daemon.SocketPath : null)).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync("show node", variable: name => name == "LMP_SERVER" ? tcp : "/nonexistent")).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync($"show node --socket {daemon.SocketPath}", variable: _ => "/nonexistent")).ExitCode);
    }

    [Fact]
    public async Task Tables_are_aligned_and_plain_when_piped()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await CliRun.OfAsync($"show data-links --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Lines.Length);
        Assert.Matches("^DATA LINK  TE LINK  LOCAL  REMOTE  STATE   ALLOCATED  VERIFIED  SIGNAL   REMOTE SIGNAL  BANDWIDTH  SINCE$", run.Lines[0]);
        Assert.Matches("^te1-1      te1      101    201     UpFree  no         no        unknown  [a-z]+ +10 Gbps    [0-9]+[smhd]", run.Lines[1]);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.All(run.Lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public async Task What_a_data_link_goes_through_has_a_column_where_any_does()
    {
        await using var daemon = await TestDaemon.StartAsync(a: Configurations.ThroughB(), b: Configurations.LineSystemB());
        var run = await CliRun.OfAsync($"show data-links --socket {daemon.SocketPath}");
        Assert.Contains("  REMOTE SIGNAL  THROUGH  BANDWIDTH  SINCE", run.Lines[0]);
        Assert.Matches("^te2-1 .*  te1-1    10 Gbps", run.Lines[3]);
    }

    [Fact]
    public async Task Where_verification_found_another_port_there_is_a_column_for_it()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port switch { 1 => 2, 2 => 1, _ => port });
        var run = await CliRun.OfAsync($"show data-links --socket {daemons.SocketA}");
        Assert.StartsWith("DATA LINK  TE LINK  LOCAL  REMOTE  FOUND  STATE", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("te1-1      te1      101    201     202    Down", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("te1-3      te1      103    203     -      UpFree", run.Lines[3], StringComparison.Ordinal);
        run = await CliRun.OfAsync($"show verifications --socket {daemons.SocketA}");
        Assert.Equal((0, "No verification is under way; lmp show events tells how they ended, lmp show data-links what they found."), (run.ExitCode, run.Lines[0]));
    }

    [Fact]
    public async Task A_terminal_gets_colours_and_tables_that_fit()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Contains("\u001b[32mUp\u001b[0m", (await CliRun.OfAsync($"show te-links --socket {daemon.SocketPath}", colors: true)).Out);
        var narrow = await CliRun.OfAsync($"show data-links --socket {daemon.SocketPath}", width: 60);
        Assert.Equal("DATA LINK  LOCAL  REMOTE  STATE   ALLOCATED  SIGNAL", narrow.Lines[0]);
        Assert.Matches("^te1-1      101    201     UpFree  no         unknown$", narrow.Lines[1]);
        Assert.Equal(["Too wide for this terminal: TE LINK, VERIFIED, REMOTE", "  SIGNAL, BANDWIDTH, SINCE."], narrow.Lines[^2..]);
        Assert.All(narrow.Lines, line => Assert.True(line.Length <= 60, line));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(79)]
    [InlineData(100)]
    public async Task Names_and_states_are_never_torn_apart(int width)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"fail"}""");
        foreach (var (word, whole) in new[] { ("data-links", "te1-2"), ("data-links", "Down"), ("control-channels", "b/1"), ("te-links", "te1"), ("neighbors", "10.0.0.2"), ("alarms", "fault-localized"), ("events", "UpFree -> Down") })
            Assert.Contains(whole, (await CliRun.OfAsync($"show {word} --socket {daemon.SocketPath}", width)).Out);
        // What cannot be left out needs so much; sentences go on in the next line.
        const int Least = 26;
        var lines = (await CliRun.OfAsync($"show te-links --socket {daemon.SocketPath}", width)).Lines;
        if (width >= Least) Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public async Task What_is_long_is_shortened_before_anything_is_left_out()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var events = await CliRun.OfAsync($"show events te1 --socket {daemon.SocketPath}", width: 70);
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3}  te-link-", events.Lines[1]);
        Assert.DoesNotContain("Too wide", events.Out);
    }

    [Theory]
    [InlineData("always", false, true)]
    [InlineData("never", true, false)]
    [InlineData("auto", true, true)]
    [InlineData("auto", false, false)]
    public async Task Colours_are_as_asked_for(string when, bool terminal, bool expected)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await CliRun.OfAsync($"show te-links --color {when} --socket {daemon.SocketPath}", colors: terminal);
        Assert.Equal(expected, run.Out.Contains('\u001b', StringComparison.Ordinal));
        Assert.Equal(expected, (await CliRun.OfAsync($"top --once --color {when} --socket {daemon.SocketPath}", colors: terminal)).Out.Contains('\u001b', StringComparison.Ordinal));
    }

    [ProgramFact("script")]
    public async Task NO_COLOR_is_respected_on_a_real_terminal()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Contains("\u001b[32mUp", (await Programs.OnTerminalAsync($"lmp show te-links --socket {daemon.SocketPath}")).Out);
        var plain = await Programs.OnTerminalAsync($"lmp show te-links --socket {daemon.SocketPath}", environment: new Dictionary<string, string> { ["NO_COLOR"] = "1" });
        Assert.Contains("Up", plain.Out);
        Assert.DoesNotContain("\u001b[32m", plain.Out);
        var piped = await Programs.OnTerminalAsync($"lmp show te-links --socket {daemon.SocketPath} | cat -v");
        Assert.Contains("VERIFICATION", piped.Out);
        Assert.DoesNotContain("^[", piped.Out);
    }

    [Theory]
    [InlineData("control-channels", "b/1 is Down: interface eth0 is down")]
    [InlineData("neighbors", "b is Down: interface eth0 is down")]
    [InlineData("te-links", "te1 is Init: ")]
    [InlineData("data-links", "te1-1 is Down: ")]
    public async Task What_is_not_up_is_followed_by_its_reason(string word, string expected)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        await daemon.InvokeAsync((node, now) =>
        {
            node.TransportDown(now, daemon.A.Open.Single(), "interface eth0 is down");
            return 0;
        });
        var run = await CliRun.OfAsync($"show {word} --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith(expected, StringComparison.Ordinal) && line.Length > expected.Length - 1);
        Assert.DoesNotContain("no reason known", run.Out);
    }

    [Fact]
    public async Task A_legacy_neighbour_is_followed_by_how_that_showed()
    {
        var a = Configurations.A();
        await using var daemon = await TestDaemon.StartAsync(
            a: a with { Neighbors = [a.Neighbors[0] with { BehaviorNegotiation = false }] }, b: Configurations.B(c => c with { Role = Protocol.ControlChannelRole.Passive }));
        var run = await CliRun.OfAsync($"show neighbors --socket {daemon.SocketPath}");
        Assert.Contains("b is legacy: it is not asked: behavior-negotiation: false here", run.Lines);
    }

    [Fact]
    public async Task Neighbours_are_shown_with_what_protects_their_messages()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Contains("none: anyone on the path can forge", (await CliRun.OfAsync($"show neighbors --socket {daemon.SocketPath}")).Lines[1]);

        var a = Configurations.A();
        await using var secured = await TestDaemon.StartAsync(a: a with { Neighbors = [a.Neighbors[0] with { Security = Protocol.NeighborSecurity.Ipsec }] });
        var down = new Hosting.TunnelStatus
        {
            Key = Hosting.TunnelKey.Of(a.Neighbors[0].ControlChannels[0]),
            Neighbor = "b",
            Device = "ipsec0",
            State = Hosting.TunnelState.Down,
            Problem = "no IPsec tunnel to 10.255.0.2: why",
        };
        secured.Tunnels = [down];
        Assert.Contains("IPsec: down", (await CliRun.OfAsync($"show neighbors --socket {secured.SocketPath}")).Lines[1]);
        secured.Tunnels = [down with { State = Hosting.TunnelState.Up, Problem = null, Encryption = "AES_GCM_16-128", SpiIn = 10, SpiOut = 0xAFFE0001, Established = DateTime.UtcNow.AddHours(1), Rekeys = 2 }];
        Assert.Contains("IPsec AES_GCM_16-128, SPI in 0000000a out affe0001, since 0s, rekeys 2", (await CliRun.OfAsync($"show neighbors --socket {secured.SocketPath}")).Lines[1]);
    }

    [Fact]
    public async Task What_is_up_is_followed_by_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(2, (await CliRun.OfAsync($"show te-links --socket {daemon.SocketPath}")).Lines.Length);
    }

    [Theory]
    [InlineData("node")]
    [InlineData("neighbors")]
    [InlineData("control-channels")]
    [InlineData("te-links")]
    [InlineData("data-links")]
    [InlineData("cross-connects")]
    [InlineData("verifications")]
    [InlineData("alarms")]
    [InlineData("events")]
    [InlineData("counters")]
    public async Task A_name_that_does_not_exist_is_an_answer_of_no(string word)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        foreach (var json in (string[])["", " -j"])
        {
            var run = await CliRun.OfAsync($"show {word} nosuch{json} --socket {daemon.SocketPath}");
            Assert.Equal((1, ""), (run.ExitCode, run.Out));
            Assert.StartsWith("lmp: ", run.Error);
            Assert.Contains("nosuch", run.Error);
        }
    }

    [Fact]
    public async Task A_name_selects()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal("te1-2", JsonDocument.Parse((await CliRun.OfAsync($"show data-links te1-2 -j --socket {daemon.SocketPath}")).Out).RootElement[0].GetProperty("name").GetString());
        Assert.Equal(2, (await CliRun.OfAsync($"show control-channels b/1 --socket {daemon.SocketPath}")).Lines.Length);
    }

    [Fact]
    public async Task The_node_is_told_in_a_few_lines()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var lines = (await CliRun.OfAsync($"show node --socket {daemon.SocketPath}")).Lines;
        Assert.Matches(@"^a  Node_Id 10\.0\.0\.1  lmpd [0-9.]+, up ", lines[0]);
        Assert.Contains("Control channels  1 of 1 up", lines);
        Assert.Contains("Data links        2 of 2 up, 0 allocated", lines);
    }

    [Fact]
    public async Task Alarms_show_what_stands_and_count_what_is_over()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal("No alarms.", (await CliRun.OfAsync($"show alarms --socket {daemon.SocketPath}")).Lines[0]);
        await daemon.SendAsync("PUT", "/v1/data-links/te1-1,te1-2/signal", """{"signal":"fail"}""");
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"ok"}""");
        var run = await CliRun.OfAsync($"show alarms --socket {daemon.SocketPath}");
        Assert.Matches("^SEVERITY +KIND +OBJECT +STATE +AGE +TEXT$", run.Lines[0]);
        // Both at once are one cause; what is repaired of it is no alarm any more.
        Assert.Matches("^[a-z]+ +fault-localized +te1 +raised ", run.Lines[1]);
        Assert.Contains(run.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, "^[a-z]+ +signal-fail +te1-1 +suppressed "));
        Assert.Matches("^[0-9]+ cleared not shown", run.Lines[^1]);
        Assert.DoesNotContain("te1-2 ", run.Out);
    }

    [Fact]
    public async Task Events_and_counters_are_tables_too()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var events = await CliRun.OfAsync($"show events te1 --socket {daemon.SocketPath}");
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  te-link-availability +te1 +available", events.Lines[^1]);
        var counters = await CliRun.OfAsync($"show counters --socket {daemon.SocketPath}");
        Assert.Contains("Whole node", counters.Lines);
        Assert.Contains("Neighbour b", counters.Lines);
        Assert.Contains(counters.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, "^Hello +[0-9]+ +[0-9]+ +0$"));
        Assert.DoesNotContain("TraceMonitor", counters.Out);
    }
}
