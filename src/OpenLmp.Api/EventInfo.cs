using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>Something that happened. What an event's type has no use for is left out.</summary>
/// <param name="Id">Position in the stream: one more than the event before. Starts at 1 with the daemon.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Type">
/// <c>control-channel-state</c>, <c>adjacency</c>, <c>behaviors</c>, <c>te-link-state</c>, <c>te-link-availability</c>, <c>data-link-state</c>,
/// <c>allocation</c>, <c>activation</c>, <c>signal</c>, <c>remote-signal</c>, <c>line-signal</c>, <c>link-group</c>, <c>fault-localized</c>, <c>fault-cleared</c>, <c>cross-connect</c>,
/// <c>alarm</c>, <c>link-summary</c>, <c>verification</c>, <c>resynchronization</c> or <c>retained-state</c>; more may come.
/// </param>
/// <param name="Object">What it happened to: the name of a neighbour, control channel (<c>oxc2/1</c>), TE link or data link.</param>
/// <param name="From">The value before: a state, a signal, <c>free</c> or <c>allocated</c>.</param>
/// <param name="To">The value after; for an alarm where it stands, for a link summary its outcome, for behaviours what they are.</param>
/// <param name="Text">In words: the reason of a state change, the text of an alarm or of an outcome; empty where there is nothing to say.</param>
/// <param name="Severity">Of an alarm: how bad.</param>
/// <param name="Kind">Of an alarm: what kind.</param>
/// <param name="Fault">Of a fault: which.</param>
public sealed record EventInfo(
    long Id,
    DateTime Time,
    string Type,
    string Object,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From,
    string To,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AlarmSeverity? Severity = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FaultInfo? Fault = null);

/// <summary>The types of events.</summary>
public static class EventTypes
{
    /// <summary>A control channel changed state.</summary>
    public const string ControlChannelState = "control-channel-state";

    /// <summary>The first control channel to a neighbour went up, or the last went down.</summary>
    public const string Adjacency = "adjacency";

    /// <summary>It was settled, differently from before, which behaviours are in use with a neighbour (RFC 6898).</summary>
    public const string Behaviors = "behaviors";

    /// <summary>A TE link changed state.</summary>
    public const string TeLinkState = "te-link-state";

    /// <summary>A data link changed state.</summary>
    public const string DataLinkState = "data-link-state";

    /// <summary>A data link was allocated or released.</summary>
    public const string Allocation = "allocation";

    /// <summary>The data plane reported another signal.</summary>
    public const string Signal = "signal";

    /// <summary>The neighbour says that it receives something else than before.</summary>
    public const string RemoteSignal = "remote-signal";

    /// <summary>An optical line system says that it sends something else than before (RFC 4209 §2.4).</summary>
    public const string LineSignal = "line-signal";

    /// <summary>The neighbour told the state of a link group: news of its data links, or of a group that is not known (RFC 4209 §2.4.1).</summary>
    public const string LinkGroup = "link-group";

    /// <summary>The neighbour told of a data link's activation or deactivation (RFC 4204 §6.4, §6.5).</summary>
    public const string Activation = "activation";

    /// <summary>New connections over a TE link are accepted from now on, or not (RFC 4204 §3.2.4).</summary>
    public const string TeLinkAvailability = "te-link-availability";

    /// <summary>A fault was localized to a data link (RFC 4204 §6.2).</summary>
    public const string FaultLocalized = "fault-localized";

    /// <summary>A fault that was localized is over, or turned out to be elsewhere.</summary>
    public const string FaultCleared = "fault-cleared";

    /// <summary>A cross-connect was added or removed.</summary>
    public const string CrossConnect = "cross-connect";

    /// <summary>An alarm was raised, changed, suppressed or cleared.</summary>
    public const string Alarm = "alarm";

    /// <summary>A LinkSummary exchange that this node began ended.</summary>
    public const string LinkSummary = "link-summary";

    /// <summary>A verification procedure that this node began ended.</summary>
    public const string Verification = "verification";

    /// <summary>After a restart, both ends of a TE link know again what the other knows.</summary>
    public const string Resynchronization = "resynchronization";

    /// <summary>Something retained from before a restart is forgotten: it is no longer configured.</summary>
    public const string RetainedState = "retained-state";

    /// <summary>A status confirmation that this node began ended (RFC 5818).</summary>
    public const string Confirmation = "confirmation";

    /// <summary>The data plane receives another trace message (RFC 4207).</summary>
    public const string Trace = "trace";

    /// <summary>A trace request to a neighbour ended (RFC 4207).</summary>
    public const string TraceRequest = "trace-request";
}
