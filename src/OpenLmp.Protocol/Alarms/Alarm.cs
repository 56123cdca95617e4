namespace OpenLmp.Protocol;

/// <summary>How bad an alarm is (the severities of ITU-T X.733 in use).</summary>
public enum AlarmSeverity
{
    /// <summary>Worth knowing.</summary>
    Warning,

    /// <summary>Something is not protected or not agreed, traffic is not affected.</summary>
    Minor,

    /// <summary>A link or channel cannot be used.</summary>
    Major,

    /// <summary>Traffic is affected.</summary>
    Critical,
}

/// <summary>Where an alarm stands.</summary>
public enum AlarmState
{
    /// <summary>The condition holds.</summary>
    Raised,

    /// <summary>The condition holds, but another alarm is its cause.</summary>
    Suppressed,

    /// <summary>The condition is over.</summary>
    Cleared,
}

/// <summary>The kinds of alarms; shown in kebab-case.</summary>
public enum AlarmKind
{
    /// <summary>A control channel is not up although it should be.</summary>
    ControlChannelDown,

    /// <summary>The Hello parameters or Node_Ids of the two ends do not fit.</summary>
    NegotiationFailed,

    /// <summary>The two ends disagree about a TE link.</summary>
    TeLinkMismatch,

    /// <summary>The two ends disagree about a data link.</summary>
    DataLinkMismatch,

    /// <summary>The neighbour does not answer LinkSummary.</summary>
    LinkSummaryUnanswered,

    /// <summary>A data link does not end where the configuration says.</summary>
    Miswired,

    /// <summary>The data plane, or the agent that speaks for it, is not there.</summary>
    AgentDown,

    /// <summary>A data link was not verified, or a TE link's verification could not be done.</summary>
    VerificationFailed,

    /// <summary>The data plane receives no usable signal.</summary>
    SignalFail,

    /// <summary>The data plane receives a degraded signal.</summary>
    SignalDegrade,

    /// <summary>What was retained from before the restart cannot be used.</summary>
    StateLost,

    /// <summary>What has to survive a restart cannot be written down.</summary>
    StateNotSaved,

    /// <summary>The signal comes and goes.</summary>
    SignalFlapping,

    /// <summary>A fault is between the two ends of this data link, or of all data links of this TE link (RFC 4204 §6.2).</summary>
    FaultLocalized,

    /// <summary>The neighbour does not acknowledge ChannelStatus.</summary>
    ChannelStatusUnanswered,

    /// <summary>A data channel is in use at one end only (RFC 5818 §3): a stranded resource.</summary>
    StatusMismatch,

    /// <summary>The neighbour does not answer ConfirmDataChannelStatus (RFC 5818 §6).</summary>
    ConfirmationUnanswered,

    /// <summary>Another trace message is received than is expected (RFC 4207 §4), here or at the neighbour.</summary>
    TraceMismatch,

    /// <summary>There is no IPsec tunnel to a neighbour that is to be spoken to through one only (RFC 4204 §15.2).</summary>
    IpsecDown,
}

/// <summary>An alarm: one per kind and object.</summary>
public sealed class Alarm
{
    /// <summary>What kind of condition.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>What it is about: <c>te1-2</c>, <c>te1</c>, <c>peer/1</c>.</summary>
    public required string Object { get; init; }

    /// <summary>How bad.</summary>
    public AlarmSeverity Severity { get; internal set; }

    /// <summary>Cause, effect and what to do.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>Where it stands.</summary>
    public AlarmState State { get; internal set; }

    /// <summary>What causes it: another alarm here, as <c>fault-localized te1</c>, or where the cause is; null unless suppressed.</summary>
    public string? Cause { get; internal set; }

    /// <summary>When it was raised last.</summary>
    public Instant RaisedAt { get; internal set; }

    /// <summary>When it was cleared; meaningless while it is not.</summary>
    public Instant ClearedAt { get; internal set; }

    /// <summary>How often it was raised.</summary>
    public int Count { get; internal set; }

    /// <summary>All but the times.</summary>
    public override string ToString() => $"{Kind} {Object} {State}, {Severity}{(Cause is null ? "" : $", because of {Cause}")}: {Text}";

    /// <summary>The alarm's place among the cleared ones; the table's.</summary>
    internal LinkedListNode<Alarm>? Place { get; set; }
}
