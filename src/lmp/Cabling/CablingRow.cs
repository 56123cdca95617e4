using System.Text.Json.Serialization;
using OpenLmp.Api;

namespace OpenLmp.Cli.Cabling;

/// <summary>What became of one cable.</summary>
[JsonConverter(typeof(NamedEnumConverter<CablingVerdict>))]
internal enum CablingVerdict
{
    /// <summary>Both fibres were found as planned.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>A fibre was found elsewhere.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>The plan names a port that its node does not have.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Found, but not in the plan.</summary>
    [JsonStringEnumMemberName("unplanned")]
    Unplanned,

    /// <summary>Verification has not found where both fibres end.</summary>
    [JsonStringEnumMemberName("not-verified")]
    NotVerified,

    /// <summary>Likewise, and it will not: the data link carries traffic, and only free ones are tested.</summary>
    [JsonStringEnumMemberName("allocated-not-verified")]
    AllocatedNotVerified,

    /// <summary>The nodes that would know were not asked, or did not answer.</summary>
    [JsonStringEnumMemberName("not-compared")]
    NotCompared,
}

/// <summary>The fibres found at one port.</summary>
/// <param name="Port">The port.</param>
/// <param name="TransmitsTo">Where what it transmits arrives; null if that is not known.</param>
/// <param name="ReceivesFrom">Where what it receives comes from; null if that is not known.</param>
internal sealed record FoundEnds(string Port, string? TransmitsTo, string? ReceivesFrom)
{
    public override string ToString() =>
        (TransmitsTo ?? ReceivesFrom) is not { } any ? ""
        : TransmitsTo == ReceivesFrom ? $"{Port} - {any}"
        : string.Join(", ", (string[])[.. TransmitsTo is { } to ? (string[])[$"{Port} > {to}"] : [], .. ReceivesFrom is { } from ? (string[])[$"{Port} < {from}"] : []]);
}

/// <summary>One cable: planned, found, or both.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Planned">Its two ends in the plan; null where it is not in the plan.</param>
/// <param name="Line">The plan's line; null where it is not in the plan.</param>
/// <param name="Found">What was found at its ends, one entry for each end that something is known of.</param>
/// <param name="SwappedWith">The two ends of the planned cable it is swapped with; null if it is not.</param>
/// <param name="Text">What is to be said about it; empty where all is well.</param>
internal sealed record CablingRow(
    CablingVerdict Verdict, IReadOnlyList<string>? Planned, int? Line, IReadOnlyList<FoundEnds> Found, IReadOnlyList<string>? SwappedWith, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CablingRow[]))]
internal sealed partial class CablingJson : JsonSerializerContext;
