using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording;

/// <summary>Lines as JSON and back. What has its default value need not be written.</summary>
public static class RecordingJson
{
    // For people and files, not for web pages.
    private static readonly JsonSerializerOptions Options = new(RecordingJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonTypeInfo<RecordedLine> Line = (JsonTypeInfo<RecordedLine>)Options.GetTypeInfo(typeof(RecordedLine));

    /// <summary>How a writer that lines go to is to write them.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Options.Encoder };

    /// <summary>Writes a line, without its end.</summary>
    public static void Write(Utf8JsonWriter json, RecordedLine line) => JsonSerializer.Serialize(json, line, Line);

    /// <summary>A line as text, without its end.</summary>
    public static string Text(RecordedLine line) => JsonSerializer.Serialize(line, Line);

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RecordedLine Read(string text)
    {
        // Hellos by the thousand need no look at defaults: only configurations and options have some that are not zero.
        if (!text.Contains("\"node\"", StringComparison.Ordinal) && !text.Contains("\"configuration\"", StringComparison.Ordinal))
            return JsonSerializer.Deserialize(text, Line) ?? throw new JsonException("a line is an object");
        var line = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("a line is an object");
        Defaults.FillIn(line);
        return line.Deserialize(Line)!;
    }
}

/// <summary>How the types of the protocol are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    AllowOutOfOrderMetadataProperties = true,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = new[]
    {
        typeof(EndpointConverter), typeof(AddressConverter), typeof(IdentifierConverter), typeof(NodeIdConverter), typeof(BytesConverter), typeof(LabelConverter),
        typeof(ListConverter<string>), typeof(ListConverter<uint>), typeof(ListConverter<NeighborConfiguration>), typeof(ListConverter<ControlChannelConfiguration>),
        typeof(ListConverter<TeLinkConfiguration>), typeof(ListConverter<DataLinkConfiguration>), typeof(ListConverter<SwitchingCapability>),
        typeof(ListConverter<DataChannelLabel>), typeof(ListConverter<RetainedTeLink>), typeof(ListConverter<RetainedDataLink>),
        typeof(ListConverter<RetainedControlChannel>), typeof(ListConverter<CrossConnect>), typeof(ListConverter<VerifyTransport>),
        typeof(ListConverter<TraceConfiguration>), typeof(ListConverter<RetainedTrace>),
    })]
[JsonSerializable(typeof(RecordedLine))]
[JsonSerializable(typeof(IntervalRange))]
[JsonSerializable(typeof(NeighborConfiguration[]))]
[JsonSerializable(typeof(ControlChannelConfiguration[]))]
[JsonSerializable(typeof(TeLinkConfiguration[]))]
[JsonSerializable(typeof(DataLinkConfiguration[]))]
[JsonSerializable(typeof(SwitchingCapability[]))]
[JsonSerializable(typeof(DataChannelLabel[]))]
[JsonSerializable(typeof(RetainedTeLink[]))]
[JsonSerializable(typeof(RetainedDataLink[]))]
[JsonSerializable(typeof(RetainedControlChannel[]))]
[JsonSerializable(typeof(CrossConnect[]))]
[JsonSerializable(typeof(VerifyTransport[]))]
[JsonSerializable(typeof(TraceConfiguration[]))]
[JsonSerializable(typeof(RetainedTrace[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(uint[]))]
internal sealed partial class RecordingJsonContext : JsonSerializerContext;
