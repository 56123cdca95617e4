using System.Text;
using System.Text.RegularExpressions;
using OpenLmp.Recording;

namespace OpenLmp.Protocol.Tests.Conformance;

/// <summary>
/// Each folder of <c>Cases</c> is a recording of inputs and every output, and the text it pins. Recordings are those of <c>lmpd --record</c>, so a bug
/// report becomes a case as it is. <c>OPENLMP_UPDATE=1</c> keeps the inputs and rewrites the outputs.
/// </summary>
public partial class ConformanceTests
{
    private const string Folder = "tests/OpenLmp.Protocol.Tests/Conformance/Cases";
    private const string NoTraces = "tests/OpenLmp.Protocol.Tests/Conformance/not-traces.tsv";

    public static TheoryData<string> Cases => [.. Names];

    private static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, Folder)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_output_is_as_expected(string name)
    {
        var path = Path.Combine(Folder, name, "recording.jsonl");
        using var text = new StreamReader(Path.Combine(SourceTree.Root, path));
        var replay = new Replay(new RecordingReader(text, path));
        var lines = new StringBuilder();
        while (replay.Next() is { } line) lines.Append(RecordingJson.Text(line)).Append('\n');
        text.Dispose();
        Assert.Equal(0, replay.Faults);
        Assert.True(replay.Inputs > 1, "an input and a deadline at least");
        SourceTree.IsUpToDate(path, lines.ToString());
    }

    [Fact]
    public void Every_ambiguity_has_a_case_or_a_reason_why_it_has_none()
    {
        var notes = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/rfc-notes.md"));
        var rows = Row().Matches(notes).Select(m => Plain(m.Groups["row"].Value)).ToList();
        Assert.True(rows.Count > 50, "the rows of docs/rfc-notes.md");
        var pinned = Names.SelectMany(n => File.ReadLines(Path.Combine(SourceTree.Root, Folder, n, "README.md")))
            .Select(l => Pin().Match(l)).Where(m => m.Success).Select(m => m.Groups["row"].Value).ToList();
        var reasons = File.ReadLines(Path.Combine(SourceTree.Root, NoTraces)).Skip(1).Select(l => l.Split('\t')).ToDictionary(r => r[0], r => r[1]);

        Assert.Empty(rows.Except(pinned).Except(reasons.Keys));
        Assert.Empty(pinned.Except(rows));
        Assert.Empty(reasons.Keys.Except(rows));
        Assert.Empty(reasons.Keys.Intersect(pinned));
    }

    // A row begins with its name in bold; a full stop or a colon at its end is punctuation.
    private static string Plain(string row) => row.TrimEnd('.', ':');

    [GeneratedRegex(@"^\*\*(?<row>.+?)\*\*", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^docs/rfc-notes\.md: (?<row>.+)$")]
    private static partial Regex Pin();
}
