using System.Diagnostics;
using System.Text.Json;

namespace OpenLmp.Cli.Tests.Simulate;

public class SimulateCommandTests
{
    private const string Run = "simulate --seed 3 --nodes 3 --hours 0.1";

    [Fact]
    public async Task Tells_a_story_and_a_verdict()
    {
        var (exit, output, error) = await RunAsync(Run);
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("seed 3: 3 nodes", output, StringComparison.Ordinal);
        Assert.Contains("repaired: all", output, StringComparison.Ordinal);
        Assert.EndsWith("Verdict: nothing violated.\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_seed_same_bytes_in_other_processes_too()
    {
        var here = await RunAsync($"{Run} --events");
        var first = await RunProcessAsync($"{Run} --events");
        var second = await RunProcessAsync($"{Run} --events");
        Assert.Equal(0, here.Exit);
        Assert.Equal(here.Output, first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Seeds_are_a_line_each()
    {
        var (exit, output, _) = await RunAsync("simulate --seeds 3..4 --nodes 2 --hours 0.1");
        var lines = output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal((0, 3), (exit, lines.Length));
        Assert.StartsWith("seed 3: 0.18 h", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("seed 4: 0.18 h", lines[1], StringComparison.Ordinal);
        Assert.Equal("2 seeds, 0.37 h of virtual time: nothing violated", lines[2]);
    }

    [Fact]
    public async Task For_machines_a_run_is_an_object()
    {
        var (exit, output, _) = await RunAsync($"{Run} -j");
        using var json = JsonDocument.Parse(output);
        var run = json.RootElement;
        Assert.Equal((0, 3, 3, 1), (exit, run.GetProperty("seed").GetInt32(), run.GetProperty("nodes").GetInt32(), run.GetProperty("rounds").GetInt32()));
        Assert.Equal(JsonValueKind.Null, run.GetProperty("violation").ValueKind);
        Assert.Equal(16, run.GetProperty("fingerprint").GetString()!.Length);
    }

    [Theory]
    [InlineData("simulate --nodes 1", "--nodes 1: 2 to 1000")]
    [InlineData("simulate --hours -1", "--hours: 0 to 8760")]
    [InlineData("simulate --only 3,x", "'x' is no number of a disturbance")]
    [InlineData("simulate --only ,", "no number at all")]
    [InlineData("simulate --seeds 5", "two numbers, such as 1..100")]
    [InlineData("simulate --seeds 5..4", "two numbers, such as 1..100")]
    public async Task Refuses(string line, string why)
    {
        var (exit, output, error) = await RunAsync(line);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await LmpCli.RunAsync(line.Split(' '), new Terminal { Out = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }

    private static async Task<string> RunProcessAsync(string line)
    {
        var start = new ProcessStartInfo("dotnet", $"exec \"{typeof(LmpCli).Assembly.Location}\" {line}") { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
