using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenLmp.Tests;

/// <summary>
/// Holds JSON against a schema of draft 2020-12, as OpenAPI 3.1 uses it: of the keywords those that the schemas of this tree have. Another keyword is
/// an error, so that none is believed to be checked that is not.
/// </summary>
internal sealed partial class JsonSchemaCheck(JsonNode document)
{
    private static readonly string[] WithoutEffect = ["description", "title", "default", "$schema", "components"];

    /// <summary>What does not fit, each with its place; empty: all fits.</summary>
    public IReadOnlyList<string> Findings(JsonNode? value, JsonNode? schema)
    {
        var findings = new List<string>();
        Check(value, schema!, "$", findings);
        return findings;
    }

    private void Check(JsonNode? value, JsonNode schema, string at, List<string> findings)
    {
        if (schema is JsonValue) // true, false
        {
            if (!schema.GetValue<bool>()) findings.Add($"{at}: is not allowed");
            return;
        }

        foreach (var (keyword, rule) in schema.AsObject())
        {
            switch (keyword)
            {
                case "$ref":
                    Check(value, Resolve(rule!.GetValue<string>()), at, findings);
                    break;
                case "type":
                    var types = rule is JsonArray several ? [.. several.Select(t => t!.GetValue<string>())] : new[] { rule!.GetValue<string>() };
                    if (!types.Any(type => Is(value, type))) findings.Add($"{at}: {value?.ToJsonString() ?? "null"} is no {string.Join(" or ", types)}");
                    break;
                case "enum":
                    if (!rule!.AsArray().Any(word => JsonNode.DeepEquals(word, value))) findings.Add($"{at}: {value?.ToJsonString() ?? "null"} is none of {rule.ToJsonString()}");
                    break;
                case "anyOf" or "oneOf":
                    var fitting = rule!.AsArray().Count(option => Findings(value, option).Count == 0);
                    if (keyword == "anyOf" ? fitting == 0 : fitting != 1) findings.Add($"{at}: {value?.ToJsonString() ?? "null"} fits {fitting} of {rule.ToJsonString()}");
                    break;
                case "pattern":
                    if (value is JsonValue text && text.TryGetValue<string>(out var s) && !Regex.IsMatch(s, rule!.GetValue<string>())) findings.Add($"{at}: \"{s}\" does not match {rule}");
                    break;
                case "minimum" or "maximum":
                    if (Is(value, "number") && (keyword == "minimum" ? Number(value!) < Number(rule!) : Number(value!) > Number(rule!))) findings.Add($"{at}: {value} is beyond {rule}");
                    break;
                case "required":
                    if (value is JsonObject owner)
                        findings.AddRange(rule!.AsArray().Select(name => name!.GetValue<string>()).Where(name => !owner.ContainsKey(name)).Select(name => $"{at}: {name} is missing"));
                    break;
                case "properties":
                    if (value is JsonObject @object)
                        foreach (var (name, below) in @object)
                            if (rule!.AsObject().TryGetPropertyValue(name, out var property)) Check(below, property!, $"{at}.{name}", findings);
                    break;
                case "additionalProperties":
                    if (value is JsonObject more)
                        foreach (var (name, below) in more)
                            if (schema["properties"]?.AsObject().ContainsKey(name) != true) Check(below, rule!, $"{at}.{name}", findings);
                    break;
                case "items":
                    if (value is JsonArray list)
                        for (var i = 0; i < list.Count; i++) Check(list[i], rule!, $"{at}[{i}]", findings);
                    break;
                case "format":
                    if (rule!.GetValue<string>() != "date-time") throw new NotSupportedException($"the format {rule} is not known here");
                    if (value is JsonValue time && time.TryGetValue<string>(out var written) && !Time().IsMatch(written)) findings.Add($"{at}: {written} is no time");
                    break;
                case "uniqueItems":
                    if (value is JsonArray items && items.Select(item => item?.ToJsonString()).Distinct().Count() != items.Count) findings.Add($"{at}: an item twice");
                    break;
                default:
                    if (!WithoutEffect.Contains(keyword)) throw new NotSupportedException($"the keyword {keyword} is not known here");
                    break;
            }
        }
    }

    private static bool Is(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null => type == "null",
        System.Text.Json.JsonValueKind.Object => type == "object",
        System.Text.Json.JsonValueKind.Array => type == "array",
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Number => type == "number" || (type == "integer" && Math.Floor(Number(value)) == Number(value)),
        _ => type == "boolean",
    };

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private JsonNode Resolve(string reference)
    {
        var node = document;
        foreach (var part in reference.Split('/').Skip(1)) node = node[part] ?? throw new InvalidOperationException($"{reference} leads nowhere");
        return node;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();
}
