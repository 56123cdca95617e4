using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Something a node tells: a state change, an alarm, the end of a procedure. Told at once, in order.</summary>
/// <param name="At">When.</param>
public abstract record NodeEvent(Instant At)
{
    /// <summary>All but the time, which means something to the host's clock only: <c>AdjacencyChanged { Neighbor = oxc2, Up = True }</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}

/// <summary>A control channel changed state (RFC 4204 §11.1).</summary>
public sealed record ControlChannelStateChanged(Instant At, ControlChannel Channel, ControlChannelState From, ControlChannelState To, string Reason) : NodeEvent(At);

/// <summary>The first control channel to a neighbour went up, or the last went down (RFC 4204 §11.2.2, events 7 and 8).</summary>
public sealed record AdjacencyChanged(Instant At, Neighbor Neighbor, bool Up) : NodeEvent(At);

/// <summary>
/// It was settled, differently from before, which behaviours are in use with a neighbour (RFC 6898). They end with the adjacency, too: that
/// <see cref="AdjacencyChanged"/> tells.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Neighbor">The neighbour.</param>
/// <param name="Support">Whether it takes part in behaviour negotiation.</param>
/// <param name="Behaviors">The behaviours agreed.</param>
/// <param name="LegacyReason">How it showed that it does not take part; empty if it does.</param>
public sealed record BehaviorsChanged(Instant At, Neighbor Neighbor, BehaviorSupport Support, LmpBehaviors Behaviors, string LegacyReason) : NodeEvent(At);

/// <summary>A TE link changed state (RFC 4204 §11.2).</summary>
public sealed record TeLinkStateChanged(Instant At, TeLink TeLink, TeLinkState From, TeLinkState To, string Reason) : NodeEvent(At);

/// <summary>A data link changed state (RFC 4204 §11.3).</summary>
public sealed record DataLinkStateChanged(Instant At, DataLink DataLink, DataLinkState From, DataLinkState To, string Reason) : NodeEvent(At);

/// <summary>A data link was allocated or released.</summary>
/// <param name="At">When.</param>
/// <param name="DataLink">Which.</param>
/// <param name="Allocated">Whether it is allocated now.</param>
/// <param name="Reason">Why, where it was not the operator's command: the neighbour's view counts after a restart (RFC 4204 §8). Otherwise empty.</param>
public sealed record AllocationChanged(Instant At, DataLink DataLink, bool Allocated, string Reason = "") : NodeEvent(At);

/// <summary>After a restart of either end, or of the communication between them, both know again what the other knows of a TE link (RFC 4204 §8).</summary>
/// <param name="At">When.</param>
/// <param name="TeLink">The TE link.</param>
/// <param name="Text">What came of it, in words.</param>
public sealed record Resynchronized(Instant At, TeLink TeLink, string Text) : NodeEvent(At);

/// <summary>Something retained from before is forgotten, because the configuration no longer has it.</summary>
/// <param name="At">When.</param>
/// <param name="Object">What it was about: the name of a TE link or of a data link.</param>
/// <param name="Text">What is forgotten, in words.</param>
public sealed record RetainedForgotten(Instant At, string Object, string Text) : NodeEvent(At);

/// <summary>The data plane reported another signal.</summary>
public sealed record SignalChanged(Instant At, DataLink DataLink, SignalState From, SignalState To) : NodeEvent(At);

/// <summary>An alarm was raised, changed or cleared.</summary>
/// <param name="At">When.</param>
/// <param name="Alarm">The alarm, which goes on changing.</param>
public sealed record AlarmChanged(Instant At, Alarm Alarm) : NodeEvent(At)
{
    /// <summary>Where it stood then.</summary>
    public AlarmState State { get; } = Alarm.State;

    /// <summary>How bad it was then.</summary>
    public AlarmSeverity Severity { get; } = Alarm.Severity;

    /// <summary>Cause, effect and what to do, as of then.</summary>
    public string Text { get; } = Alarm.Text;

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Alarm = ").Append(Alarm);
        return true;
    }
}

/// <summary>How a LinkSummary exchange that this node began ended (RFC 4204 §4).</summary>
public enum LinkSummaryOutcome
{
    /// <summary>LinkSummaryAck received.</summary>
    Acknowledged,

    /// <summary>LinkSummaryNack received, and no acceptable values to try next.</summary>
    Refused,

    /// <summary>No answer to any transmission.</summary>
    Unanswered,

    /// <summary>Given up because the adjacency was lost or the TE link is no longer configured.</summary>
    Abandoned,
}

/// <summary>A LinkSummary exchange that this node began ended (RFC 4204 §4).</summary>
public sealed record LinkSummaryFinished(Instant At, TeLink TeLink, LinkSummaryOutcome Outcome, string Text) : NodeEvent(At);
