using OpenLmp.Api;

namespace OpenLmp.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nosuch")]
    [InlineData("show")]
    [InlineData("show nosuch")]
    [InlineData("show te-links a b")]
    [InlineData("show te-links --nosuch")]
    [InlineData("--socket")]
    [InlineData("show node --socket /a --server http://127.0.0.1:1")]
    [InlineData("show node --server ftp://127.0.0.1")]
    [InlineData("show node --server :::")]
    [InlineData("monitor --after x")]
    [InlineData("control-channel up")]
    [InlineData("control-channel up oxc2")]
    [InlineData("control-channel up oxc2/x")]
    [InlineData("control-channel sideways oxc2/1")]
    [InlineData("te-link summarize")]
    [InlineData("te-link summarize te1 --timeout 0")]
    [InlineData("te-link summarize te1 --timeout soon")]
    [InlineData("data-link allocate")]
    [InlineData("data-link signal te1-1")]
    [InlineData("data-link signal te1-1 bright")]
    [InlineData("te-link confirm")]
    [InlineData("te-link verify --neighbor")]
    [InlineData("show node --color sometimes")]
    [InlineData("completion")]
    [InlineData("man show --output")]
    [InlineData("data-link trace te1-1")]
    [InlineData("data-link trace te1-1 --type j0 --send x")]
    [InlineData("data-link trace te1-1 --type sonet-j0 --send")]
    public async Task Bad_usage_exits_2_and_says_what_is_wrong(string commandLine)
    {
        var run = await CliRun.OfAsync(commandLine);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("lmp: ", run.Error);
        Assert.Equal("", run.Out);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("show --help")]
    [InlineData("show te-links --help")]
    [InlineData("te-link summarize --help")]
    [InlineData("data-link signal -h")]
    [InlineData("show node --help --color")]
    [InlineData("--version")]
    public async Task Help_and_version_exit_0(string commandLine)
    {
        var run = await CliRun.OfAsync(commandLine);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.NotEqual("", run.Out);
    }

    [Fact]
    public async Task Show_has_every_word_of_the_API()
    {
        var help = (await CliRun.OfAsync("show --help")).Out;
        Assert.All(Words.All, word => Assert.Contains($"  {word} ", help));
    }

    [Theory]
    [InlineData("show node")]
    [InlineData("show te-links -j")]
    [InlineData("monitor")]
    [InlineData("control-channel up oxc2/1")]
    [InlineData("te-link summarize te1 --wait")]
    [InlineData("data-link signal te1-1 fail")]
    [InlineData("te-link confirm te1")]
    [InlineData("data-link trace te1-1 --type sonet-j0 --send x")]
    public async Task Without_a_daemon_every_verb_exits_3_and_says_what_was_tried(string commandLine)
    {
        var run = await CliRun.OfAsync($"{commandLine} --socket /nonexistent/lmpd.sock");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(
            "lmp: No daemon answers at /nonexistent/lmpd.sock: there is no such socket. Is lmpd running? Its socket is named by api: socket: in its configuration; "
            + "name it here with --socket PATH or LMP_SOCKET." + Environment.NewLine,
            run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task A_refused_TCP_connection_exits_3()
    {
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0)); // Bound and not listening: nobody else gets the port.
        var run = await CliRun.OfAsync($"show node --server http://{listener.LocalEndPoint}");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"No daemon answers at http://{listener.LocalEndPoint}: connection refused.", run.Error);
    }

    [Fact]
    public async Task A_socket_path_too_long_is_told()
    {
        var run = await CliRun.OfAsync($"show node --socket /{new string('x', 200)}");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("107 bytes", run.Error);
    }
}
