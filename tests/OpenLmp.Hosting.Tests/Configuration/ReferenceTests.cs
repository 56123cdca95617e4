using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>The examples of docs/operating/configuration.md are right, and it leads to every table of the reference, which SchemaTests compare with the code.</summary>
public partial class ReferenceTests
{
    private static readonly string Guide = Document("configuration.md");

    public static TheoryData<string> Examples() => new(YamlBlock().Matches(Guide).Select(m => m.Groups[1].Value.TrimEnd()));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_right(string example)
    {
        foreach (var text in Whole(example)) Reading.Good(text);
    }

    [Fact]
    public void The_example_of_data_links_shows_three() =>
        Assert.Equal(3, Reading.Good(Texts.TeLink(YamlBlock().Matches(Guide).Select(m => m.Groups[1].Value.TrimEnd()).Single(e => e.StartsWith("data-links:", StringComparison.Ordinal)))).Node.TeLinks[0].DataLinks.Count);

    [Fact]
    public void Every_table_is_in_the_reference_and_the_guide_leads_there()
    {
        var tables = Heading().Matches(Document("configuration-reference.md")).Select(m => Anchor(m.Groups[1].Value)).ToList();
        Assert.Equal(tables.Order(), Pointer().Matches(Guide).Select(m => m.Groups[1].Value).Distinct().Order());
        Assert.DoesNotContain("| key |", Guide, StringComparison.Ordinal);
    }

    // An example is a whole configuration, or some keys of the top, a neighbour, a control channel, a TE link or a data link.
    private static IEnumerable<string> Whole(string example) => example.TrimStart().Split(':')[0] switch
    {
        "node" => [example],
        "hello-interval" => example.Split('\n').Select(line =>
            Texts.Channel(line.StartsWith("hello-interval: 0 ", StringComparison.Ordinal) ? $"{line}\nhello-dead-interval: 0" : line)),
        "data-links" => [Texts.TeLink(example)],
        "trace" => [Texts.DataLink($"encoding: sdh\n{example}")],
        "security" => [Texts.Neighbor(example.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart())],
        "neighbors" => [Texts.Root($"listen: [ 10.255.0.1, 10.254.0.1 ]\n{example}")],
        _ => [Texts.Root(example)],
    };

    private static string Document(string name) => File.ReadAllText(Path.Combine(Tree.Root, "docs", "operating", name));

    // As GitHub makes one of a heading.
    private static string Anchor(string heading) => heading.ToLowerInvariant().Replace("/", "", StringComparison.Ordinal).Replace(' ', '-');

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(configuration-reference\.md#([a-z-]+)\)")]
    private static partial Regex Pointer();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
