using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Makes the OpenAPI document from what is served: paths from the routes, schemas from the types' JSON, texts from their doc comments.</summary>
internal sealed partial class OpenApiWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static readonly Dictionary<string, string> ParameterTexts = new()
    {
        ["a"] = "A data link.",
        ["b"] = "The data link it continues on.",
        ["name"] = "The object's name.",
        ["names"] = "Names, separated by commas.",
        ["neighbor"] = "The neighbour's name.",
        ["id"] = "The CC_Id.",
        ["path"] = "Keys of the configuration and names of entries, from the top, with slashes in between: te-links/te1/confirm-interval.",
    };

    // What every endpoint may answer instead of doing anything.
    private static readonly (string Status, string Name, string Description)[] Refusals =
    [
        ("401", "Unauthorized", "Over TCP: who asks is not known, and has to be."),
        ("403", "Forbidden", "Who asks may not; or a web page of another origin asks."),
        ("429", "TooMany", "Too many connections or streams from there."),
        ("413", "TooLarge", "The body is larger than 64 KiB, a configuration than 16 MiB."),
        ("415", "NoJson", "Over TCP: the body does not say that it is JSON or YAML."),
    ];

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "OpenLmp.Api.xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static string Write(IEnumerable<ApiRoute> routes) => new OpenApiWriter().Document(routes).ToJsonString(Indented) + "\n";

    private JsonObject Document(IEnumerable<ApiRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            var path = route.Pattern.Replace("{**", "{", StringComparison.Ordinal);
            if (!paths.ContainsKey(path)) paths[path] = new JsonObject();
            paths[path]!.AsObject()[route.Method.ToLowerInvariant()] = Operation(route);
        }

        SchemaOf(typeof(ErrorAnswer));
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "OpenLMP",
                ["version"] = "1",
                ["description"] = "State and commands of lmpd, an LMP node (RFC 4204). Changes over TCP need a token or a certificate; over the Unix socket the kernel says who asks. Objects may get more properties; those here keep their names and meanings.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "http://127.0.0.1:7010" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A token of the file of api: tokens:, of the role read, or admin for changes. Over TCP." },
                    ["certificate"] = new JsonObject { ["type"] = "mutualTLS", ["description"] = "A certificate that api: tls: client-ca: signed, one of admins: for changes. Over TLS." },
                },
                ["responses"] = new JsonObject(Refusals.Select(refusal => KeyValuePair.Create(refusal.Name, (JsonNode?)new JsonObject
                {
                    ["description"] = refusal.Description,
                    ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = SchemaOf(typeof(ErrorAnswer)) } },
                }))),
                ["schemas"] = new JsonObject(_schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value))),
            },
        };
    }

    private JsonObject Operation(ApiRoute route)
    {
        var parameters = new JsonArray();
        foreach (var name in PathParameter().Matches(route.Pattern).Select(match => match.Groups[1].Value))
            parameters.Add(Parameter("path", name, ParameterTexts[name], required: true));
        foreach (var (name, description) in route.Query) parameters.Add(Parameter("query", name, description, required: false));
        if (route.IfMatch) parameters.Add(Parameter("header", "If-Match", "Only if the ETag of the configuration in force is still this one.", required: false));

        var content = new JsonObject();
        if (route.MediaType == DataPlaneRoutes.OrderLines) content[route.MediaType] = new JsonObject { ["schema"] = SchemaOf(route.Answer!) };
        else if (route.Answer is { } answer) content["application/json"] = new JsonObject { ["schema"] = SchemaOf(answer) };
        if (route.MediaType is { } mediaType and not DataPlaneRoutes.OrderLines) content[mediaType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = mediaType == "application/json" ? "object" : "string" } };
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "Done.", ["content"] = content } };
        foreach (var status in route.Errors)
        {
            responses[$"{status}"] = new JsonObject
            {
                ["description"] = status switch
                {
                    400 => "The request is wrong.",
                    404 => "There is no such object.",
                    409 => "Its state does not allow it.",
                    412 => "Something else has come into force meanwhile.",
                    507 => "Done, but not saved: a restart would lose it.",
                    503 => "Not now.",
                    _ => throw new NotSupportedException($"{status}"),
                },
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = SchemaOf(typeof(ErrorAnswer)) } },
            };
        }

        var hasBody = route.Body is not null || route.BodyMediaType is not null;
        foreach (var (status, name, _) in Refusals.Where(refusal => hasBody || refusal.Status is not ("413" or "415")))
            responses[status] = new JsonObject { ["$ref"] = $"#/components/responses/{name}" };

        var operation = new JsonObject
        {
            ["operationId"] = route.Method.ToLowerInvariant() + string.Concat(Word().Matches(route.Pattern.Replace("/v1/", "/")).Select(match => Pascal(match.Value))),
            ["summary"] = route.Summary,
        };
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (route.Body is { } body)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = SchemaOf(body) } } };
        // Empty: nothing is asked for over the Unix socket, where the kernel says who it is, nor of readers over loopback.
        operation["security"] = new JsonArray([.. route.Method == "GET" ? [new JsonObject()] : Array.Empty<JsonNode>(), Scheme("token"), Scheme("certificate")]);
        if (route.BodyMediaType is { } bodyType)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [bodyType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } } };
        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Scheme(string name) => new() { [name] = new JsonArray() };

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static JsonObject Parameter(string place, string name, string description, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["description"] = description,
        ["required"] = required,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    // A reference to a type of the API, which becomes a component; an array of them; or the schema itself.
    private JsonObject SchemaOf(Type type)
    {
        if (type.IsArray) return new JsonObject { ["type"] = "array", ["items"] = SchemaOf(type.GetElementType()!) };
        if (!_schemas.ContainsKey(type.Name))
        {
            _schemas[type.Name] = new JsonObject(); // Known from here on, should it refer to itself.
            var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
            _schemas[type.Name] = JsonOptions.GetJsonSchemaAsNode(type, options);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private static JsonSerializerOptions JsonOptions => ApiJson.TypeInfo<NodeInfo>().Options;

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(LinkIdentifier))
        {
            var kinds = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
            if (type != context.TypeInfo.Type) kinds.Add(new JsonObject { ["type"] = "null" });
            schema = new JsonObject { ["oneOf"] = kinds };
        }
        else if (type.IsEnum)
        {
            JsonNode kind = type == context.TypeInfo.Type ? "string" : new JsonArray("string", "null");
            schema = new JsonObject { ["type"] = kind, ["enum"] = schema["enum"]!.DeepClone() };
        }
        else if (type.Namespace == typeof(NodeInfo).Namespace && !context.Path.IsEmpty)
        {
            schema = SchemaOf(type);
            if (context.PropertyInfo?.IsGetNullable == true) schema = new JsonObject { ["oneOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        }
        else if (type.Namespace == typeof(NodeInfo).Namespace)
        {
            // What is left out when it is null is not required.
            foreach (var property in context.TypeInfo.Properties)
                if (property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) == true)
                    schema["required"]?.AsArray().RemoveAll(name => name!.GetValue<string>() == property.Name);
            schema.AsObject().Insert(0, "description", Text(_docs[$"T:{type.FullName}"].Element("summary")!));
        }

        if (context.PropertyInfo is { } of && _docs.TryGetValue($"T:{of.DeclaringType.FullName}", out var doc)
            && doc.Elements("param").FirstOrDefault(param => JsonNamingPolicy.CamelCase.ConvertName(param.Attribute("name")!.Value) == of.Name) is { } description)
            schema.AsObject().Insert(0, "description", Text(description));
        return schema;
    }

    private static string Text(XElement element)
    {
        foreach (var see in element.Descendants("see").ToArray()) see.ReplaceWith(see.Attribute("cref")!.Value.Split('.')[^1]);
        return Blank().Replace(element.Value, " ").Trim();
    }

    [GeneratedRegex(@"\{(?:\*\*)?(\w+)\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
