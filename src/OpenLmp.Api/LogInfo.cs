using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>What the daemon logs.</summary>
/// <param name="Level">The least level that is logged, of categories that have none of their own.</param>
/// <param name="Categories">Every category with the level in force.</param>
public sealed record LogInfo(LogSeverity Level, IReadOnlyList<LogCategoryInfo> Categories);

/// <summary>A part of the log.</summary>
/// <param name="Name"><c>daemon</c>, <c>protocol</c>, <c>data-plane</c>, <c>state</c>, <c>snmp</c>, <c>otlp</c> or <c>api</c>.</param>
/// <param name="Level">The least level that is logged.</param>
public sealed record LogCategoryInfo(string Name, LogSeverity Level);

/// <summary>What is to be logged from now on, until the configuration is read again.</summary>
/// <param name="Level">The least level.</param>
/// <param name="Category">Of this category only; null: of all that have no level of their own.</param>
public sealed record LogChange(LogSeverity Level, string? Category = null);

/// <summary>How much an entry of the log matters.</summary>
[JsonConverter(typeof(NamedEnumConverter<LogSeverity>))]
public enum LogSeverity
{
    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("trace")]
    Trace,

    /// <summary>What helps to find out why.</summary>
    [JsonStringEnumMemberName("debug")]
    Debug,

    /// <summary>What happens.</summary>
    [JsonStringEnumMemberName("info")]
    Info,

    /// <summary>What may need to be looked at.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>What does not work.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>What ends the daemon.</summary>
    [JsonStringEnumMemberName("critical")]
    Critical,

    /// <summary>Nothing is that important: nothing is logged.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
