using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests.Documentation;

/// <summary>The configurations of docs/interoperability.md work as they are.</summary>
public partial class InteroperabilityTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "interoperability.md"));

    [Fact]
    public void Every_configuration_is_right()
    {
        var examples = Example().Matches(Page).Select(match => match.Groups["yaml"].Value).ToList();

        Assert.Equal(5, examples.Count);
        foreach (var example in examples)
        {
            var result = ConfigurationReader.Parse(example, "interoperability.md");
            Assert.Empty(result.Errors);
            Assert.Empty(result.Warnings);
        }
    }

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
