using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OpenLmp.Api;

/// <summary>The JSON of the API: camelCase names, enum values as strings, times in ISO 8601 UTC, texts as they are rather than <c>\u0027</c>.</summary>
public static class ApiJson
{
    private static readonly ApiJsonContext Context =
        new(new JsonSerializerOptions(ApiJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How <typeparamref name="T"/> is read and written.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is no type of the API.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Context.Options.GetTypeInfo(typeof(T));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NodeInfo[]))]
[JsonSerializable(typeof(NeighborInfo[]))]
[JsonSerializable(typeof(ControlChannelInfo[]))]
[JsonSerializable(typeof(TeLinkInfo[]))]
[JsonSerializable(typeof(DataLinkInfo[]))]
[JsonSerializable(typeof(CrossConnectInfo[]))]
[JsonSerializable(typeof(VerificationInfo[]))]
[JsonSerializable(typeof(AlarmInfo[]))]
[JsonSerializable(typeof(EventInfo[]))]
[JsonSerializable(typeof(CountersInfo[]))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(SignalReport))]
[JsonSerializable(typeof(DataPlaneInfo))]
[JsonSerializable(typeof(AgentOrder))]
[JsonSerializable(typeof(AgentOffer))]
[JsonSerializable(typeof(AgentSignals))]
[JsonSerializable(typeof(AgentTests))]
[JsonSerializable(typeof(AgentTransports))]
[JsonSerializable(typeof(AgentTraces))]
[JsonSerializable(typeof(AgentHeartbeat))]
[JsonSerializable(typeof(TraceReport))]
[JsonSerializable(typeof(LogInfo))]
[JsonSerializable(typeof(LogChange))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ConfigurationAnswer))]
[JsonSerializable(typeof(HealthInfo))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
