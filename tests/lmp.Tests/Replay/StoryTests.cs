namespace OpenLmp.Cli.Tests.Replay;

/// <summary>
/// What <c>lmp replay</c> shows of every conformance case: <c>story.txt</c> beside the recording is for people to review against the RFC.
/// </summary>
public class StoryTests
{
    private const string Folder = "tests/OpenLmp.Protocol.Tests/Conformance/Cases";

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, Folder)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_story_is_as_expected(string name)
    {
        var run = await CliRun.OfAsync($"replay {Path.Combine(SourceTree.Root, Folder, name, "recording.jsonl")}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        SourceTree.IsUpToDate(Path.Combine(Folder, name, "story.txt"), run.Out);
    }
}
