using System.Text;

namespace OpenLmp.Protocol.Tests.RequirementMap;

/// <summary><c>docs/rfc-map.md</c>: every requirement with the code and the tests it leads to. No gap is unexplained, no explanation outlives its gap.</summary>
public class RequirementMapTests
{
    private const string MapFile = "docs/rfc-map.md";
    private const string ExceptionsFile = "tests/Rfc/exceptions.tsv";
    private const int ShortLength = 110;

    private static readonly SortedDictionary<string, SortedSet<string>> Named = NamedRequirements.Read(SourceTree.Root);

    [Fact]
    public void Every_requirement_and_arrow_is_named_by_a_test_or_explained()
    {
        var reasons = Exceptions();
        var ids = Rows("requirements.tsv").Concat(Rows("transitions.tsv")).Select(r => r[0]).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.DoesNotContain(ids, id => !Named.ContainsKey(id) && !reasons.ContainsKey(id));
        Assert.Empty(reasons.Keys.Except(ids));
        Assert.All(reasons.Values, reason => Assert.NotEmpty(reason));

        // What was a gap and is none any more is a reason less.
        var kept = reasons.Where(r => !Named.ContainsKey(r.Key)).OrderBy(r => ids.IndexOf(r.Key)).Select(r => $"{r.Key}\t{r.Value}\n");
        SourceTree.IsUpToDate(ExceptionsFile, "id\treason\n" + string.Concat(kept));
    }

    [Fact]
    public void The_map_is_up_to_date()
    {
        var sources = SourceSections.Read(SourceTree.Root);
        var reasons = Exceptions();
        var map = new StringBuilder("""
            # Requirements, code, tests

            Generated from `tests/Rfc/requirements.tsv`, `transitions.tsv` and `exceptions.tsv`: `OPENLMP_UPDATE=1 dotnet test tests/OpenLmp.Protocol.Tests --filter RequirementMap`
            writes it anew, and the same test fails when it is stale. **Code** lists the sources whose first line names the section, or where none does the
            nearest section that it belongs to: where to begin to read. **Tests** are those that name the requirement.


            """);
        foreach (var rfc in Rows("requirements.tsv").GroupBy(r => r[0].Split('-')[0]))
        {
            Head(map, $"RFC {rfc.Key}", "Requirement");
            foreach (var row in rfc) Row(map, row[0], $"{row[1]}: {Short(row[3])}", sources.About(SectionOf(row[0])));
        }

        Head(map, "Arrows of the figures (RFC 4204 §11)", "Transition");
        foreach (var row in Rows("transitions.tsv"))
            Row(map, row[0], $"{row[1]}: {row[2]}, event {row[3]}: {row[4]}", sources.About(SectionOf(row[0])));
        SourceTree.IsUpToDate(MapFile, map.ToString());

        void Row(StringBuilder to, string id, string what, IReadOnlyList<string> code)
        {
            var tests = Named.TryGetValue(id, out var named) ? string.Join("<br>", named) : $"none: {reasons.GetValueOrDefault(id, "")}";
            to.Append($"| {id} | {what.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join("<br>", code.Select(Link))} | {tests} |\n");
        }
    }

    [Theory]
    [InlineData("// RFC 4204 §5, §12.5.7-12.5.9: of §7; RFC 4209 §2.3, Figure 3", "4204-5 4204-12.5.7 4204-12.5.8 4204-12.5.9 4204-7 4209-2.3")]
    [InlineData("namespace OpenLmp; // RFC 4204 §5", "")]
    public void Sections_are_read_from_first_lines(string line, string sections) =>
        Assert.Equal(sections, string.Join(' ', SourceSections.SectionsIn(line)));

    private static void Head(StringBuilder map, string title, string what) =>
        map.Append($"## {title}\n\n| Id | {what} | Code | Tests |\n|---|---|---|---|\n");

    // 4204-12.5.1-2 and 4204-11.1-Down-1a: the RFC and the section come first.
    private static string SectionOf(string id) => string.Join('-', id.Split('-')[..2]);

    private static string Link(string path) => $"[{path["src/".Length..].Replace("OpenLmp.", "", StringComparison.Ordinal)}](../{path})";

    private static string Short(string text)
    {
        if (text.Length <= ShortLength) return text;
        return text[..text.LastIndexOf(' ', ShortLength)].TrimEnd(',', ';', ':') + " ...";
    }

    private static Dictionary<string, string> Exceptions() => Rows("exceptions.tsv").ToDictionary(r => r[0], r => r[1]);

    private static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(SourceTree.Root, "tests/Rfc", name)).Skip(1).Select(line => line.Split('\t'));
}
