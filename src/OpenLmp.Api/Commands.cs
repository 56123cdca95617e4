using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>The answer to a command that was done or begun.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">In words.</param>
public sealed record CommandAnswer(CommandOutcome Outcome, string Text);

/// <summary>How a command ended.</summary>
[JsonConverter(typeof(NamedEnumConverter<CommandOutcome>))]
public enum CommandOutcome
{
    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>Begun; events tell how it goes on.</summary>
    [JsonStringEnumMemberName("started")]
    Started,

    /// <summary>The neighbour agreed.</summary>
    [JsonStringEnumMemberName("acknowledged")]
    Acknowledged,

    /// <summary>The neighbour refused.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>The neighbour did not answer.</summary>
    [JsonStringEnumMemberName("unanswered")]
    Unanswered,

    /// <summary>Given up because the adjacency was lost or the object is gone.</summary>
    [JsonStringEnumMemberName("abandoned")]
    Abandoned,

    /// <summary>All data links were verified, and end where they should.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>The procedure ended; some data links failed or are wrongly wired.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The neighbour is unwilling now; it will be asked again.</summary>
    [JsonStringEnumMemberName("unwilling")]
    Unwilling,

    /// <summary>The two ends differ.</summary>
    [JsonStringEnumMemberName("mismatch")]
    Mismatch,

    /// <summary>Not ended within the time the caller was ready to wait.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,
}

/// <summary>What a data plane reports.</summary>
/// <param name="Signal">What is received.</param>
public sealed record SignalReport(SignalState Signal);

/// <summary>What is sent, expected or received as a trace message of a data link (RFC 4207 §4): one of them at least.</summary>
/// <param name="Type"><c>sonet-j0</c>, <c>sonet-j1</c>, <c>sonet-j2</c>, <c>sdh-j0</c>, <c>sdh-j1</c> or <c>sdh-j2</c>.</param>
/// <param name="Received">What the data plane receives, without framing; empty: none.</param>
/// <param name="Send">What is to be sent, and the neighbour to monitor for: 1 to 62 printable ASCII characters; empty: no longer.</param>
/// <param name="Expect">What is to be received, and the neighbour to send: likewise.</param>
public sealed record TraceReport(string Type, string? Received = null, string? Send = null, string? Expect = null);

/// <summary>Why a request was not carried out.</summary>
/// <param name="Error">In words; what to do where there is something to do.</param>
/// <param name="Findings">What is wrong in a configuration; left out where the request has none.</param>
public sealed record ErrorAnswer(
    string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConfigurationFinding[]? Findings = null);

/// <summary>The daemon answers.</summary>
/// <param name="Status">Always <c>ok</c>; a daemon that is not answers with an error instead.</param>
public sealed record HealthInfo(string Status);
