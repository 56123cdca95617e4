using System.Text.Json;

namespace OpenLmp.Cli.Tests.Cabling;

public class CablingCommandTests
{
    private const string Plan = "links: [{endpoints: [\"a:te1-[1-4]\", \"b:[201-204]\"]}]";

    private static int SwapOneAndTwo(int port) => port switch { 1 => 2, 2 => 1, _ => port };

    [Fact]
    public async Task Cabling_as_planned_exits_with_0_asked_at_both_ends_or_at_one()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var plan = daemons.Write("plan.yaml", Plan);
        foreach (var nodes in (string[])[$"--socket {daemons.SocketA} --socket {daemons.SocketB}", $"--socket {daemons.SocketA}", $"--node b={daemons.SocketB}", $"--socket {daemons.SocketB} --node x={daemons.SocketA}"])
        {
            var run = await CliRun.OfAsync($"cabling check {plan} {nodes}");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(["EXPECTED", "FOUND", "VERDICT", "WHY"], run.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.Matches("^a:te1-1 - b:201 +[ab]:[^ ]+ - [ab]:[^ ]+ +ok ", run.Lines[1]);
            Assert.Equal("All 4 links are as planned.", run.Lines[^1]);
        }
    }

    [Fact]
    public async Task A_swap_is_told_and_exits_with_1()
    {
        await using var daemons = await TwoDaemons.StartAsync(SwapOneAndTwo);
        var plan = daemons.Write("plan.dot", "graph {\n\"a\":\"[101-104]\" -- \"b\":\"te1-[1-4]\"\n}");
        var run = await CliRun.OfAsync($"--socket {daemons.SocketA} cabling check {plan} --socket {daemons.SocketB}");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Matches("^a:101 - b:te1-1 +a:101 - b:te1-2 +wrong +swapped with a:102 - b:te1-2: a:101 ends at b:te1-2; swap the two cables at one end$", run.Lines[1]);
        Assert.Equal("4 of 4 planned links compared: 2 ok, 2 wrong.", run.Lines[^1]);

        var json = await CliRun.OfAsync($"cabling check {plan} -j --socket {daemons.SocketA} --socket {daemons.SocketB}");
        Assert.Equal((1, ""), (json.ExitCode, json.Error));
        Assert.Equal(
            """{"verdict":"wrong","planned":["a:101","b:te1-1"],"line":2,"found":[{"port":"a:101","transmitsTo":"b:te1-2","receivesFrom":"b:te1-2"},"""
            + """{"port":"b:te1-1","transmitsTo":"a:102","receivesFrom":"a:102"}],"swappedWith":["a:102","b:te1-2"],"text":"swapped with a:102 - b:te1-2: a:101 ends at b:te1-2; swap the two cables at one end"}""",
            JsonDocument.Parse(json.Out).RootElement[0].GetRawText());
    }

    [Fact]
    public async Task A_node_that_does_not_answer_leaves_partial_results()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var plan = daemons.Write("plan.yaml", "links: [{endpoints: [\"a:[101-104]\", \"b:[201-204]\"]}, {endpoints: [\"c:[1-2]\", \"d:[1-2]\"]}]");
        var run = await CliRun.OfAsync($"cabling check {plan} --node a={daemons.SocketA} --node c=/nonexistent/c.sock");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("4 of 6 planned links compared: 4 ok, 2 not compared.", run.Lines);
        Assert.StartsWith("Node c could not be asked: No daemon answers at /nonexistent/c.sock: there is no such socket.", run.Lines[^1]);

        var asked = await CliRun.OfAsync($"cabling check {plan} --asked-only --socket {daemons.SocketA}");
        Assert.Equal((0, "All 4 links are as planned."), (asked.ExitCode, asked.Lines[^1]));
        // Nobody can say that there is nothing unplanned at a node that was to be asked and did not answer.
        var silent = await CliRun.OfAsync($"cabling check {plan} --asked-only -j --socket {daemons.SocketA} --socket /nonexistent/c.sock");
        Assert.Equal(1, silent.ExitCode);
        Assert.StartsWith("lmp: node /nonexistent/c.sock could not be asked: ", silent.Error);
        Assert.Equal(4, JsonDocument.Parse(silent.Out).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task What_is_not_planned_exits_with_1()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var plan = daemons.Write("plan.yaml", "links: [{endpoints: [\"a:[101-103]\", \"b:*\"]}]");
        var run = await CliRun.OfAsync($"cabling check {plan} --socket {daemons.SocketA} --socket {daemons.SocketB}");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^- +a:te1-4 - b:te1-4 +unplanned +it is not in the plan$", run.Lines[^2]);
        Assert.Equal("3 of 3 planned links compared: 3 ok; 1 found that is not in the plan.", run.Lines[^1]);
    }

    [Fact]
    public async Task A_bad_plan_exits_with_2_and_says_where()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var plan = daemons.Write("plan.yaml", "links:\n  - endpoints: [\"a:101\", \"b:201\"]\n  - endpoints: [\"a:101\", \"b:202\"]\n");
        var run = await CliRun.OfAsync($"cabling check {plan} --socket {daemons.SocketA}");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"{plan}:3:17: a:101 is used at line 2 already", run.Error);

        var twoNames = daemons.Write("plan.yaml", "links:\n  - endpoints: [\"a:101\", \"b:201\"]\n  - endpoints: [\"a:te1-1\", \"b:202\"]\n");
        var named = await CliRun.OfAsync($"cabling check {twoNames} --socket {daemons.SocketA}");
        Assert.Equal((2, ""), (named.ExitCode, named.Out));
        Assert.StartsWith($"{plan}:3:17: a:te1-1 is the port that line 2 calls a:101", named.Error);
        Assert.Equal(2, (await CliRun.OfAsync($"cabling check {plan} --node a")).ExitCode);
        Assert.Equal(2, (await CliRun.OfAsync("cabling check")).ExitCode);
    }

    [Fact]
    public async Task No_daemon_at_all_exits_with_3()
    {
        var plan = Path.Combine(SourceTree.Root, "examples", "cabling", "line-of-four.yaml");
        var run = await CliRun.OfAsync($"cabling check {plan} --socket /nonexistent/a.sock --node b=/nonexistent/b.sock");
        Assert.Equal((3, ""), (run.ExitCode, run.Out));
        Assert.Contains("node b could not be asked: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show node --socket /a --socket /b", "--socket is given 2 times: this verb asks one daemon.")]
    [InlineData("show node --socket /a --server localhost", "--socket and --server exclude each other")]
    public async Task Other_verbs_ask_one_daemon(string commandLine, string expected)
    {
        var run = await CliRun.OfAsync(commandLine);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
