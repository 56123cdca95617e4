using System.Text.RegularExpressions;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Documentation;

/// <summary>docs/operating/alarms.md knows every alarm, and tells the same things of each.</summary>
public partial class AlarmGuideTests
{
    private static readonly string[] Parts = ["Severity", "Text", "Cause", "Effect", "Do", "Clears", "Suppression"];

    private static readonly string Guide = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "operating", "alarms.md"));

    private static readonly HashSet<string> Kinds = [.. Enum.GetValues<AlarmKind>().Select(kind => ApiWords.Of(kind))];

    // By heading; the text before the first heading is no section.
    private static readonly Dictionary<string, string> Sections =
        Guide.Split("\n## ").Skip(1).Select(section => section.Split('\n', 2)).ToDictionary(section => section[0], section => section[1]);

    [Fact]
    public void Every_alarm_has_a_section() => Assert.Empty(Kinds.Except(Sections.Keys));

    [Fact]
    public void The_table_leads_to_every_section_in_the_order_of_the_page()
    {
        var headings = Heading().Matches(Guide).Select(match => match.Groups["heading"].Value).Where(heading => Kinds.Contains(heading)).ToList();
        var rows = Row().Matches(Guide).Select(match => match.Groups["kind"].Value).ToList();

        Assert.Equal(Kinds.Count, rows.Count);
        Assert.Equal(headings, rows);
    }

    [Fact]
    public void Every_section_has_the_same_parts_in_the_same_order()
    {
        foreach (var kind in Kinds)
        {
            var parts = string.Join(' ', Part().Matches(Sections[kind]).Select(match => match.Groups["part"].Value));
            Assert.Equal($"{kind}: {string.Join(' ', Parts)}", $"{kind}: {parts}");
        }
    }

    [GeneratedRegex(@"^## (?<heading>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // A row of the table names the kind, and links to its section.
    [GeneratedRegex(@"^\| \[(?<kind>[a-z-]+)\]\(#\k<kind>\) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^- \*\*(?<part>[A-Za-z]+)\*\*", RegexOptions.Multiline)]
    private static partial Regex Part();
}
