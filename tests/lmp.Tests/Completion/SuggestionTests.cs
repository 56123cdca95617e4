using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Cli.Tests.Completion;

public class SuggestionTests
{
    [Theory]
    [InlineData("sh", "show")]
    [InlineData(" sh", "show")]
    [InlineData("show te-", "te-links")]
    [InlineData("te-link ", "summarize verify confirm")]
    [InlineData("te-link verify --nei", "--neighbor")]
    [InlineData("--color ", "always auto never")]
    [InlineData("show node --color n", "never")]
    [InlineData("data-link signal te1-1 ", "degrade fail ok")]
    [InlineData("data-link trace te1-1 --type sdh", "sdh-j0 sdh-j1 sdh-j2")]
    [InlineData("data-link trace te1-1 --send ", "")]
    [InlineData("completion ", "bash fish zsh")]
    [InlineData("decode cap", ":files")]
    [InlineData("--socket /run/", ":files")]
    [InlineData("man --output ", ":files")]
    [InlineData("control-channel nosuch ", "up down")]
    [InlineData("show --socket /nonexistent te-links te", "")]
    [InlineData("--server --socket /nonexistent show te-links te", "")]
    public async Task The_last_word_is_completed(string line, string expected) => Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await OfAsync(line));

    [Fact]
    public async Task Options_come_when_they_are_begun_or_there_is_nothing_else()
    {
        Assert.Contains("--after", await OfAsync("monitor "));
        Assert.DoesNotContain("--after", await OfAsync("config "));
        var all = await OfAsync("te-link verify -");
        Assert.Superset(new HashSet<string> { "--wait", "--timeout", "--neighbor", "--unassigned", "--socket", "--json", "-j", "--help" }, all.ToHashSet());
    }

    [Fact]
    public async Task Hidden_verbs_are_not_suggested()
    {
        var verbs = await OfAsync("");
        Assert.Contains("top", verbs);
        Assert.DoesNotContain("suggest", verbs);
    }

    [Theory]
    [InlineData("show te-links ", "te1 b")]
    [InlineData("show te-links te", "te1")]
    [InlineData("show counters ", "b a")]
    [InlineData("show alarms te1-", "te1-1 te1-2")]
    [InlineData("te-link verify --neighbor ", "b")]
    [InlineData("control-channel up ", "b/1")]
    [InlineData("data-link allocate te1-1,te", "te1-1,te1-1 te1-1,te1-2")]
    [InlineData("cross-connect add te1-1 ", "te1-1 te1-2")]
    public async Task Names_are_the_daemon_s(string line, string expected)
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(expected.Split(' ').Order(), (await OfAsync($"--socket {daemon.SocketPath} {line}")).Order());
        Assert.Equal(expected.Split(' ').Order(), (await OfAsync(line, name => name == "LMP_SOCKET" ? daemon.SocketPath : null)).Order());
    }

    [Fact]
    public async Task A_name_comes_with_what_it_is()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await RunAsync($"--socket {daemon.SocketPath} data-link release te1-2", null);
        Assert.Equal("te1-2\tdata link UpFree", run.Out.TrimEnd());
    }

    private static async Task<string[]> OfAsync(string line, Func<string, string?>? variable = null)
    {
        var run = await RunAsync(line, variable);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Lines.Select(l => l.Split('\t')[0])];
    }

    private static async Task<CliRun> RunAsync(string line, Func<string, string?>? variable)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Error = error, Variable = name => name == "LMP_COMPLETION_TIMEOUT" ? "60" : variable?.Invoke(name) };
        return new CliRun(await LmpCli.RunAsync(["suggest", "--", line], terminal), output.ToString(), error.ToString());
    }
}
