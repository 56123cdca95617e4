using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenLmp.Hosting.Tests;

/// <summary>Makes the JSON Schema (draft 2020-12) of configuration files, for editors, from the table of keys.</summary>
internal static class JsonSchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write()
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Configuration of lmpd, the OpenLMP daemon",
        };
        foreach (var (name, value) in Section(ConfigurationSchema.Root.Keys)) document[name] = value?.DeepClone();
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(ConfigurationKey key)
    {
        var schema = Of(key.Type);
        schema.Insert(0, "description", key.Meaning);
        if (key.Default is { } text && key.Type is ScalarType or EitherType) schema["default"] = YamlJson.Plain(text);
        return schema;
    }

    private static JsonObject Of(ConfigurationType type) => type switch
    {
        ScalarType scalar => Scalar(scalar),
        ListType list => new JsonObject { ["type"] = "array", ["items"] = Scalar(list.Item), ["uniqueItems"] = true },
        SectionType section => Section(section.Keys),
        TableType table => new JsonObject { ["type"] = "array", ["items"] = Section(table.Keys) },
        EitherType either => new JsonObject { ["anyOf"] = new JsonArray(Scalar(either.Plain), Section(either.Keys)) },
        OneOrMoreType one => new JsonObject { ["anyOf"] = new JsonArray(Section(one.Keys), new JsonObject { ["type"] = "array", ["items"] = Section(one.Keys) }) },
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static JsonObject Section(IReadOnlyList<ConfigurationKey> keys)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Of(key)))),
            ["additionalProperties"] = false,
        };
        if (keys.Any(key => key.Required)) schema["required"] = new JsonArray([.. keys.Where(key => key.Required).Select(key => JsonValue.Create(key.Name))]);
        return schema;
    }

    private static JsonObject Scalar(ScalarType type)
    {
        if (type.IsTruth) return new JsonObject { ["type"] = "boolean" };
        if (type.Words.Count > 0) return new JsonObject { ["enum"] = new JsonArray([.. type.Words.Select(word => JsonValue.Create(word))]) };
        var text = new JsonObject { ["type"] = "string" };
        if (type.Pattern is { } pattern) text["pattern"] = pattern;
        if (!type.IsNumber) return text;
        var number = new JsonObject { ["type"] = type.Min is null || type.Pattern is null ? "number" : "integer" };
        if (type.Min is { } min) number["minimum"] = Number(min);
        if (type.Max is { } max) number["maximum"] = Number(max);
        return type.Min is not null && type.Pattern is null ? number : new JsonObject { ["anyOf"] = new JsonArray(number, text) };
    }

    private static JsonNode Number(double value) => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture))!;
}
