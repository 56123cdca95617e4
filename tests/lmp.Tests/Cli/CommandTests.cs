using OpenLmp.Hosting.Tests.Http;
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests;

public class CommandTests
{
    [Fact]
    public async Task A_control_channel_is_taken_down_and_up()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(0, (await CliRun.OfAsync($"control-channel down b/1 --socket {daemon.SocketPath}")).ExitCode);
        Assert.True(daemon.A.Channel.AdminDown);
        Assert.Equal(0, (await CliRun.OfAsync($"control-channel up b/1 --socket {daemon.SocketPath}")).ExitCode);
        Assert.False(daemon.A.Channel.AdminDown);
        var run = await CliRun.OfAsync($"control-channel up b/2 --socket {daemon.SocketPath}");
        Assert.Equal((1, $"lmp: there is no control channel b/2{Environment.NewLine}"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Data_links_are_allocated_and_released()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await CliRun.OfAsync($"data-link allocate te1-1,te1-2 --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("te1-1, te1-2", run.Out);
        Assert.All(daemon.A.TeLink.DataLinks, link => Assert.True(link.Allocated));
        Assert.Equal(0, (await CliRun.OfAsync($"data-link release te1-1,te1-2 --socket {daemon.SocketPath}")).ExitCode);
        Assert.All(daemon.A.TeLink.DataLinks, link => Assert.False(link.Allocated));
        Assert.Equal(1, (await CliRun.OfAsync($"data-link allocate te1-1,nosuch --socket {daemon.SocketPath}")).ExitCode);
        Assert.All(daemon.A.TeLink.DataLinks, link => Assert.False(link.Allocated));
    }

    [Theory]
    [InlineData("ok", Protocol.SignalState.Ok)]
    [InlineData("degrade", Protocol.SignalState.Degrade)]
    [InlineData("fail", Protocol.SignalState.Fail)]
    public async Task A_signal_is_reported(string word, Protocol.SignalState signal)
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(0, (await CliRun.OfAsync($"data-link signal te1-2 {word} --socket {daemon.SocketPath}")).ExitCode);
        Assert.Equal([Protocol.SignalState.Unknown, signal], daemon.A.TeLink.DataLinks.Select(link => link.Signal));
    }

    [Fact]
    public async Task The_log_is_looked_at_and_changed()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await CliRun.OfAsync($"log level debug state --socket {daemon.SocketPath}");
        Assert.Equal((0, $"state: from debug, until the configuration is read again{Environment.NewLine}"), (run.ExitCode, run.Out));
        run = await CliRun.OfAsync($"log level --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"daemon      info{Environment.NewLine}", run.Out);
        Assert.Contains($"state       debug{Environment.NewLine}", run.Out);
        Assert.Contains("\"level\":\"debug\"", (await CliRun.OfAsync($"log level -j --socket {daemon.SocketPath}")).Out);
        Assert.Equal(2, (await CliRun.OfAsync($"log level loud --socket {daemon.SocketPath}")).ExitCode);
        Assert.Equal(2, (await CliRun.OfAsync($"log level debug nosuch --socket {daemon.SocketPath}")).ExitCode);
    }

    [Fact]
    public async Task Cross_connects_are_added_shown_and_removed()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(0, (await CliRun.OfAsync($"cross-connect add te1-1 te1-2 --socket {daemon.SocketPath}")).ExitCode);
        Assert.Contains("te1-1  te1-2", (await CliRun.OfAsync($"show cross-connects --socket {daemon.SocketPath}")).Out);
        Assert.Equal(1, (await CliRun.OfAsync($"cross-connect add te1-1 nosuch --socket {daemon.SocketPath}")).ExitCode);
        Assert.Equal(2, (await CliRun.OfAsync($"cross-connect add te1-1 --socket {daemon.SocketPath}")).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync($"cross-connect remove te1-2 te1-1 --socket {daemon.SocketPath}")).ExitCode);
        Assert.Empty(daemon.A.Node.CrossConnects);

        Assert.Equal(0, (await CliRun.OfAsync($"cross-connect add te1-2 te1-1 --one-way --socket {daemon.SocketPath}")).ExitCode);
        Assert.Contains("te1-2  te1-1  A to B", (await CliRun.OfAsync($"show cross-connects --socket {daemon.SocketPath}")).Out);
        Assert.Contains("""{"a":"te1-2","b":"te1-1","oneWay":true}""", (await CliRun.OfAsync($"show cross-connects -j --socket {daemon.SocketPath}")).Out);
        Assert.Contains("""continuesOn":"te1-1","comesFrom":null""", (await CliRun.OfAsync($"show data-links te1-2 -j --socket {daemon.SocketPath}")).Out);
    }

    [Fact]
    public async Task Suppressed_alarms_are_shown_with_their_cause()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(0, (await CliRun.OfAsync($"data-link signal te1-1 fail --socket {daemon.SocketPath}")).ExitCode);
        var run = await CliRun.OfAsync($"show alarms --socket {daemon.SocketPath}");
        Assert.Contains("(suppresses signal-fail te1-1)", run.Out);
        Assert.Contains("(cause: fault-localized te1-1)", run.Out);
    }

    [Fact]
    public async Task Summarize_returns_when_begun_or_with_wait_when_ended()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(0, (await CliRun.OfAsync($"te-link summarize te1 --socket {daemon.SocketPath}")).ExitCode);
        var run = await CliRun.OfAsync($"te-link summarize te1 --wait -j --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("""{"outcome":"acknowledged","text":"te1: b agrees"}""", run.Out.Trim());
    }

    [Fact]
    public async Task Summarize_with_wait_exits_1_when_the_answer_is_no()
    {
        await using var daemon = await TestDaemon.StartAsync();
        daemon.Network.Filter = d => d.Type != MessageType.LinkSummary;
        daemon.After = TimeSpan.FromMinutes(1);
        var run = await CliRun.OfAsync($"te-link summarize te1 --wait --socket {daemon.SocketPath}");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("te1: ", run.Out);
    }

    [Theory]
    [InlineData("te1 --wait", "te1: ")]
    [InlineData("--neighbor b --wait", "b: ")]
    [InlineData("--neighbor b --unassigned --wait", "b: ")]
    public async Task Verify_with_wait_exits_1_where_no_Test_message_arrives(string what, string begins)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.InvokeAsync((node, now) =>
        {
            var te = node.Configuration.TeLinks[0];
            node.Reconfigure(now, node.Configuration with { TeLinks = [te with { RemoteId = null, Verification = te.Verification with { OnEstablishment = false } }] });
            node.ReportDataPlane(now, null);
            return 0;
        });
        daemon.After = TimeSpan.FromMinutes(1);
        var run = await CliRun.OfAsync($"te-link verify {what} --socket {daemon.SocketPath}");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(begins, run.Out);
    }

    [Theory]
    [InlineData("", "Name either a TE link, or a neighbour with --neighbor.")]
    [InlineData("te1 --neighbor b", "Name either a TE link, or a neighbour with --neighbor.")]
    [InlineData("te1 --unassigned", "--unassigned needs --neighbor.")]
    public async Task Verify_wants_a_TE_link_or_a_neighbour(string what, string error)
    {
        var run = await CliRun.OfAsync($"te-link verify {what}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(error, run.Error);
    }

    [Fact]
    public async Task Confirm_exits_0_when_both_ends_agree_and_1_when_they_differ()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await CliRun.OfAsync($"te-link confirm te1 --wait --socket {daemon.SocketPath}");
        Assert.Equal((0, "te1: b agrees about 2 data channels"), (run.ExitCode, run.Out.Trim()));
        await CliRun.OfAsync($"data-link allocate te1-1 --socket {daemon.SocketPath}");
        Assert.Equal(0, (await CliRun.OfAsync($"te-link confirm te1 --socket {daemon.SocketPath}")).ExitCode);
        run = await CliRun.OfAsync($"te-link confirm te1 --wait --socket {daemon.SocketPath}");
        Assert.Equal((1, "te1: 1 of 2 data channels differs: te1-1: allocated here, free at b"), (run.ExitCode, run.Out.Trim()));
    }

    [Fact]
    public async Task Traces_are_set_shown_and_asked_for()
    {
        static NodeConfiguration Sdh(NodeConfiguration node) => node with
        {
            TeLinks = [.. node.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Capabilities = [LinkConfigurations.Tdm(10, 10)] })] })],
        };
        await using var daemon = await TestDaemon.StartAsync(a: Sdh(Configurations.A()), b: Sdh(Configurations.B()));
        var run = await CliRun.OfAsync($"data-link trace te1-1 --type sonet-j0 --send A1 --expect B1 --socket {daemon.SocketPath}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("'A1' is to be sent; b is asked to monitor for it", run.Out);
        Assert.Equal(0, (await CliRun.OfAsync($"data-link trace te1-1 --type sonet-j0 --received B2 --socket {daemon.SocketPath}")).ExitCode);
        run = await CliRun.OfAsync($"show data-links --socket {daemon.SocketPath}");
        Assert.Equal("te1-1 sonet-j0: sends 'A1', expects 'B1', receives 'B2'; SONET Section Trace (J0 Byte): 'B2' is received, 'B1' is expected", run.Lines[^1]);
        await daemon.InvokeAsync((_, now) => daemon.B.Node.ReportTrace(now, "te1-1", TraceType.SonetJ0, "A1"));
        Assert.Equal(0, (await CliRun.OfAsync($"data-link trace te1-1 --type sonet-j0 --socket {daemon.SocketPath}")).ExitCode);
        Assert.Contains(", b receives 'A1'", (await CliRun.OfAsync($"show data-links te1-1 --socket {daemon.SocketPath}")).Out);
        run = await CliRun.OfAsync($"data-link trace te1-1 --type sonet-j0 --send {new string('x', 63)} --socket {daemon.SocketPath}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 to 62", run.Error);
    }

    [Fact]
    public async Task What_the_state_does_not_allow_exits_1_with_the_reason()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var run = await CliRun.OfAsync($"te-link summarize te1 --socket {daemon.SocketPath}");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("no control channel to b is up", run.Error);
    }
}
