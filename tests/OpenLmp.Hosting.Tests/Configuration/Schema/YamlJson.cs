using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>YAML as an editor takes it, by the core schema of YAML 1.2: a plain 150 is a number. To lmpd every value is a text.</summary>
internal static partial class YamlJson
{
    public static JsonNode? Of(string yaml)
    {
        var findings = new Findings("f");
        var tree = YamlTreeReader.Read(yaml, findings);
        Assert.False(findings.HasErrors, string.Join('\n', findings.ToResult(null).Errors));
        return Of(tree!, yaml);
    }

    /// <summary>A value without quotes.</summary>
    public static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        _ when Integer().IsMatch(text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(text, 16) : long.Parse(text, CultureInfo.InvariantCulture),
        _ when Fraction().IsMatch(text) => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    private static JsonNode? Of(YamlNode node, string source) => node switch
    {
        YamlScalar scalar when source[scalar.Span] is ['"' or '\'', ..] => scalar.Text,
        YamlScalar scalar => Plain(scalar.Text),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(item => Of(item, source))]),
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value, source)))),
        _ => throw new NotSupportedException(node.Kind),
    };

    [GeneratedRegex("^([-+]?[0-9]+|0x[0-9a-fA-F]+)$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Fraction();
}
