using System.Text.Json;

namespace OpenLmp.Cli.Tests.Replay;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly string _case = Path.Combine(SourceTree.Root, "tests/OpenLmp.Protocol.Tests/Conformance/Cases/hello-sequence/recording.jsonl");
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmp-replay-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Machines_get_the_lines_of_the_recording_messages_decoded_and_a_verdict()
    {
        var run = await CliRun.OfAsync($"replay -j {_case}");
        Assert.Equal(0, run.ExitCode);
        var lines = run.Lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal("a", lines[0].GetProperty("start").GetProperty("node").GetProperty("name").GetString());
        Assert.Contains(lines, l => l.TryGetProperty("message", out var m) && m.GetProperty("type").GetString() == "Hello");
        var verdict = lines[^1].GetProperty("verdict");
        Assert.True(verdict.GetProperty("asRecorded").GetBoolean());
        Assert.Equal(lines.Count(l => l.TryGetProperty("in", out _)), verdict.GetProperty("inputs").GetInt32());
    }

    [Fact]
    public async Task Another_outcome_than_was_recorded_is_told_with_time_and_both()
    {
        var altered = Write(File.ReadAllText(_case).Replace("To = Up", "To = Down", StringComparison.Ordinal));
        var run = await CliRun.OfAsync($"replay -q {altered}");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^Not as recorded, from 0.0\\d+ s on, of \\d+ inputs:$", run.Lines[0]);
        Assert.StartsWith("  recorded: ControlChannelStateChanged { Channel = b/1, From = Active, To = Down", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  replayed: ControlChannelStateChanged { Channel = b/1, From = Active, To = Up", run.Lines[2], StringComparison.Ordinal);

        var json = await CliRun.OfAsync($"replay -q -j {altered}");
        Assert.Equal(1, json.ExitCode);
        var verdict = JsonDocument.Parse(Assert.Single(json.Lines)).RootElement.GetProperty("verdict");
        Assert.False(verdict.GetProperty("asRecorded").GetBoolean());
        Assert.Contains("To = Down", verdict.GetProperty("recorded").GetProperty("out").GetProperty("event").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_in_the_middle_of_a_line_is_replayed_up_to_there()
    {
        var whole = File.ReadAllText(_case);
        var run = await CliRun.OfAsync($"replay -q {Write(whole[..^20])}");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("As recorded: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("ends in the middle of a line", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_line_is_named_after_what_comes_before_it_has_been_shown()
    {
        var lines = File.ReadAllLines(_case);
        lines[10] = "{\"t\":1,\"in\":{\"is\":\"nonsense\"}}";
        var path = Write(string.Join('\n', lines));
        var run = await CliRun.OfAsync($"replay {path}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"lmp: {path}:11: it is no line of a recording", run.Error, StringComparison.Ordinal);
        Assert.Contains("start of a (10.0.0.1)", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is no recording")]
    [InlineData("hello\nworld\n", ":1: it is no line of a recording")]
    [InlineData("{\"start\":{\"recording\":99,\"by\":\"lmpd 9\",\"meetDeadlines\":false}}\n", "it is a recording of version 99, by lmpd 9; this build reads up to 1")]
    public async Task What_is_no_recording_is_told(string text, string why)
    {
        var run = await CliRun.OfAsync($"replay {Write(text)}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        var run = await CliRun.OfAsync($"replay {Path.Combine(_directory.FullName, "none")}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no such file", run.Error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_directory.FullName, "recording.jsonl");
        File.WriteAllText(path, text);
        return path;
    }
}
