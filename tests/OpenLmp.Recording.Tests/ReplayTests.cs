namespace OpenLmp.Recording.Tests;

public class ReplayTests
{
    private const string Start = """
        {"start":{"recording":1,"meetDeadlines":true,"node":{"nodeId":"10.0.0.1","name":"a","neighbors":[{"name":"b","nodeId":"10.0.0.2","controlChannels":[
        {"id":1,"local":"10.255.0.1","remote":"10.255.0.2"}]}]},"options":{}}}
        """;

    private const string Up = """{"t":0,"in":{"is":"transport-up","channel":1}}""";

    [Fact]
    public void Inputs_written_by_hand_meet_every_deadline_up_to_the_end()
    {
        // RFC 4204 §10: transmitted at 0, 0.5 and 1.5 s; 3.4 s are before giving up.
        var (replay, lines) = Run(Up, """{"t":3.4,"end":""}""");
        Assert.Equal([0m, 0.5m, 1.5m], lines.Where(l => l.In is not null).Select(l => l.T!.Value));
        Assert.Equal(3, lines.Count(l => l.Out is SendOutput));
        Assert.Equal(0, replay.Compared);
        Assert.True(replay.IsAsRecorded);
    }

    [Fact]
    public void The_replay_of_a_replay_is_as_recorded()
    {
        var (_, lines) = Run(Up, """{"t":60,"end":""}""");
        var again = new Replay(new RecordingReader(new StringReader(string.Join('\n', lines.Select(RecordingJson.Text))), "again"));
        var repeated = new List<RecordedLine>();
        while (again.Next() is { } line) repeated.Add(line);
        Assert.Equal(lines, repeated);
        Assert.Null(again.Difference);
        Assert.Equal(lines.Count(l => l.Out is not null), again.Compared);
        Assert.True(again.IsComplete);
    }

    [Fact]
    public void The_first_difference_is_kept()
    {
        var (_, lines) = Run(Up, """{"t":2,"end":""}""");
        var texts = lines.Select(RecordingJson.Text).ToList();
        var sends = Enumerable.Range(0, texts.Count).Where(i => lines[i].Out is SendOutput).ToList();
        // The second transmission is missing, and the third is another.
        texts[sends[2]] = texts[sends[2]].Replace("10.255.0.2", "10.255.0.3", StringComparison.Ordinal);
        texts.RemoveAt(sends[1]);
        var replay = new Replay(new RecordingReader(new StringReader(string.Join('\n', texts)), "altered"));
        while (replay.Next() is not null)
        {
        }

        Assert.False(replay.IsAsRecorded);
        Assert.Equal(0.5m, replay.DifferenceAt);
        Assert.Equal((null, lines[sends[1]]), replay.Difference);
    }

    private static (Replay Replay, List<RecordedLine> Lines) Run(params string[] lines)
    {
        var replay = new Replay(new RecordingReader(new StringReader(Start.ReplaceLineEndings("") + "\n" + string.Join('\n', lines)), "by hand"));
        var replayed = new List<RecordedLine>();
        while (replay.Next() is { } line) replayed.Add(line);
        return (replay, replayed);
    }
}
