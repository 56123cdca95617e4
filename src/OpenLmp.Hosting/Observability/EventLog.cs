using Microsoft.Extensions.Logging;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Logs what a node tells: each change once, with its reason. The logger must not block (the console's queue drops what is too much).</summary>
internal static partial class EventLog
{
    /// <param name="logger">Where to log.</param>
    /// <param name="node">The node; null while it is being made.</param>
    /// <param name="e">What it tells.</param>
    public static void Event(this ILogger logger, LmpNode? node, NodeEvent e)
    {
        // For the journal, whose entries have fields.
        using var scope = logger.BeginScope(new EventScope(node, e));
        switch (e)
        {
            case ControlChannelStateChanged { To: ControlChannelState.Up } c:
                logger.ControlChannelUp(c.Channel);
                break;
            case ControlChannelStateChanged { From: ControlChannelState.Up, To: ControlChannelState.Active } c:
                // Not lost: the neighbour has sent a new Config (RFC 4204 §11.1.2, event 5).
                logger.ControlChannelRenegotiated(c.Channel, c.Reason);
                break;
            case ControlChannelStateChanged { From: ControlChannelState.Up } c:
                logger.ControlChannelLost(c.Channel, c.To, c.Reason);
                break;
            case ControlChannelStateChanged c:
                logger.ControlChannel(c.Channel, c.From, c.To, c.Reason);
                break;
            case AdjacencyChanged { Up: true } a:
                logger.AdjacencyUp(a.Neighbor.Name, a.Neighbor.NodeId);
                break;
            case AdjacencyChanged a:
                logger.AdjacencyDown(a.Neighbor.Name, a.Neighbor.NodeId);
                break;
            case BehaviorsChanged { Support: BehaviorSupport.Legacy } b:
                logger.LegacyNeighbor(b.Neighbor.Name, b.LegacyReason);
                break;
            case BehaviorsChanged b:
                logger.Behaviors(b.Neighbor.Name, ApiWords.Word(b));
                break;
            case TeLinkStateChanged t:
                var because = Because(t.Reason);
                logger.TeLink(t.To is TeLinkState.Down or TeLinkState.Degraded ? LogLevel.Warning : LogLevel.Information, t.TeLink.Name, t.From, t.To, because);
                break;
            case DataLinkStateChanged d:
                var why = Because(d.Reason);
                logger.DataLink(d.To is DataLinkState.Down ? LogLevel.Warning : LogLevel.Information, d.DataLink.Name, d.From, d.To, why);
                break;
            case AllocationChanged a:
                logger.Allocation(a.DataLink.Name, a.Allocated ? "allocated" : "released", Because(a.Reason));
                break;
            case SignalChanged s:
                logger.Signal(s.DataLink.Name, s.From, s.To);
                break;
            case RemoteSignalChanged s:
                logger.RemoteSignal(s.DataLink.Name, s.DataLink.TeLink.Neighbor.Name, s.From, s.To);
                break;
            case LineSignalChanged s:
                logger.LineSignal(s.DataLink.Name, s.DataLink.TeLink.Neighbor.Name, s.From, s.To);
                break;
            case LinkGroupTold g:
                logger.LinkGroupTold(g.Text);
                break;
            case LinkGroupUnknown g:
                logger.LinkGroup(g.Text);
                break;
            case ChannelActivationChanged a:
                logger.Activation(a.DataLink.Name, a.Active ? "activated" : "deactivated", a.DataLink.TeLink.Neighbor.Name);
                break;
            case TeLinkAvailabilityChanged t:
                logger.Availability(t.TeLink.Name, t.AcceptsConnections ? "are" : "are not");
                break;
            case FaultLocalized f:
                logger.Localized(f.DataLink.Name, f.Fault.Signal, f.Fault.First, f.Fault.Second);
                break;
            case FaultCleared f:
                logger.FaultOver(f.DataLink.Name, f.Fault.First, f.Fault.Second);
                break;
            case CrossConnectAdded c:
                logger.Connected(c.CrossConnect, "added");
                break;
            case CrossConnectRemoved c:
                logger.Connected(c.CrossConnect, c.Reason.Length > 0 ? $"removed: {c.Reason}" : "removed");
                break;
            case AlarmChanged a:
                var level = LevelOf(a);
                var (kind, severity, state) = (ApiWords.Of(a.Alarm.Kind), ApiWords.Word(a.Severity), ApiWords.Word(a.State));
                logger.Alarm(level, severity, kind, state, a.Text);
                break;
            case LinkSummaryFinished f:
                logger.LinkSummary(f.Outcome, f.Text);
                break;
            case VerificationFinished v:
                logger.Verification(v.Outcome, v.Text);
                break;
            case Resynchronized r:
                logger.Resynchronized(r.Text);
                break;
            case RetainedForgotten f:
                logger.RetainedForgotten(f.Object, f.Text);
                break;
            case ConfirmationFinished c:
                logger.Confirmation(c.Outcome, c.Text);
                break;
            case TraceReceived t:
                logger.Trace(t.DataLink.Name, Wire.TraceTypes.InWords(t.Type), TraceText.Quote(t.To));
                break;
            case TraceRequestFinished t:
                logger.TraceRequest(Wire.MessageTypeRegistry.Name(t.Request), t.Outcome, t.Text);
                break;
            default:
                logger.Other(e);
                break;
        }
    }

    private static string Because(string reason) => reason.Length == 0 ? "" : $": {reason}";

    private static LogLevel LevelOf(AlarmChanged alarm) => alarm switch
    {
        { State: not AlarmState.Raised } => LogLevel.Information,
        { Severity: AlarmSeverity.Critical or AlarmSeverity.Major } => LogLevel.Error,
        _ => LogLevel.Warning,
    };

    [LoggerMessage(101, LogLevel.Information, "control channel {Channel} is Up")]
    private static partial void ControlChannelUp(this ILogger logger, ControlChannel channel);

    [LoggerMessage(102, LogLevel.Warning, "control channel {Channel} was Up and is {State}: {Reason}")]
    private static partial void ControlChannelLost(this ILogger logger, ControlChannel channel, ControlChannelState state, string reason);

    [LoggerMessage(103, LogLevel.Debug, "control channel {Channel}: {From} to {To}: {Reason}")]
    private static partial void ControlChannel(this ILogger logger, ControlChannel channel, ControlChannelState from, ControlChannelState to, string reason);

    [LoggerMessage(104, LogLevel.Information, "neighbour {Neighbor} ({NodeId}): adjacency up")]
    private static partial void AdjacencyUp(this ILogger logger, string neighbor, Wire.NodeId nodeId);

    [LoggerMessage(105, LogLevel.Warning, "neighbour {Neighbor} ({NodeId}): adjacency down, no control channel is up; data links stay as they are")]
    private static partial void AdjacencyDown(this ILogger logger, string neighbor, Wire.NodeId nodeId);

    [LoggerMessage(114, LogLevel.Information, "neighbour {Neighbor} takes part in behaviour negotiation (RFC 6898); in use: {Behaviors}")]
    private static partial void Behaviors(this ILogger logger, string neighbor, string behaviors);

    [LoggerMessage(115, LogLevel.Information, "neighbour {Neighbor} is a legacy node without behaviour negotiation (RFC 6898): {Reason}")]
    private static partial void LegacyNeighbor(this ILogger logger, string neighbor, string reason);

    [LoggerMessage(EventId = 106, Message = "TE link {TeLink}: {From} to {To}{Reason}")]
    private static partial void TeLink(this ILogger logger, LogLevel level, string teLink, TeLinkState from, TeLinkState to, string reason);

    [LoggerMessage(EventId = 107, Message = "data link {DataLink}: {From} to {To}{Reason}")]
    private static partial void DataLink(this ILogger logger, LogLevel level, string dataLink, DataLinkState from, DataLinkState to, string reason);

    [LoggerMessage(108, LogLevel.Information, "data link {DataLink} {What}{Reason}")]
    private static partial void Allocation(this ILogger logger, string dataLink, string what, string reason);

    [LoggerMessage(109, LogLevel.Information, "data link {DataLink}: signal {From} to {To}")]
    private static partial void Signal(this ILogger logger, string dataLink, SignalState from, SignalState to);

    [LoggerMessage(EventId = 110, Message = "{Severity} alarm {Kind} {State}: {Text}")]
    private static partial void Alarm(this ILogger logger, LogLevel level, string severity, string kind, string state, string text);

    [LoggerMessage(111, LogLevel.Information, "LinkSummary {Outcome}: {Text}")]
    private static partial void LinkSummary(this ILogger logger, LinkSummaryOutcome outcome, string text);

    [LoggerMessage(120, LogLevel.Information, "verification {Outcome}: {Text}")]
    private static partial void Verification(this ILogger logger, VerificationOutcome outcome, string text);

    [LoggerMessage(140, LogLevel.Information, "status confirmation {Outcome}: {Text}")]
    private static partial void Confirmation(this ILogger logger, ConfirmationOutcome outcome, string text);

    [LoggerMessage(141, LogLevel.Information, "data link {DataLink}: {TraceType}: {Text} is received")]
    private static partial void Trace(this ILogger logger, string dataLink, string traceType, string text);

    [LoggerMessage(142, LogLevel.Information, "{Request} {Outcome}: {Text}")]
    private static partial void TraceRequest(this ILogger logger, string request, TraceRequestOutcome outcome, string text);

    [LoggerMessage(113, LogLevel.Information, "control channel {Channel} is negotiated anew: {Reason}")]
    private static partial void ControlChannelRenegotiated(this ILogger logger, ControlChannel channel, string reason);

    [LoggerMessage(121, LogLevel.Information, "TE link {Text}")]
    private static partial void Resynchronized(this ILogger logger, string text);

    [LoggerMessage(122, LogLevel.Warning, "{Object} is {Text}")]
    private static partial void RetainedForgotten(this ILogger logger, string @object, string text);

    [LoggerMessage(130, LogLevel.Information, "data link {DataLink}: {Neighbor} receives {To}, {From} before")]
    private static partial void RemoteSignal(this ILogger logger, string dataLink, string neighbor, SignalState from, SignalState to);

    [LoggerMessage(150, LogLevel.Information, "data link {DataLink}: the line system {Neighbor} says that it sends {To}, {From} before")]
    private static partial void LineSignal(this ILogger logger, string dataLink, string neighbor, SignalState from, SignalState to);

    [LoggerMessage(152, LogLevel.Information, "TE link {Text}")]
    private static partial void LinkGroupTold(this ILogger logger, string text);

    [LoggerMessage(151, LogLevel.Warning, "TE link {Text}")]
    private static partial void LinkGroup(this ILogger logger, string text);

    [LoggerMessage(131, LogLevel.Information, "data link {DataLink} {What} by {Neighbor}")]
    private static partial void Activation(this ILogger logger, string dataLink, string what, string neighbor);

    [LoggerMessage(132, LogLevel.Information, "TE link {TeLink}: new connections {Are} accepted")]
    private static partial void Availability(this ILogger logger, string teLink, string are);

    [LoggerMessage(133, LogLevel.Warning, "data link {DataLink}: signal {Signal} localized between {First} and {Second}")]
    private static partial void Localized(this ILogger logger, string dataLink, SignalState signal, FaultPort first, FaultPort second);

    [LoggerMessage(134, LogLevel.Information, "data link {DataLink}: no fault between {First} and {Second} any more")]
    private static partial void FaultOver(this ILogger logger, string dataLink, FaultPort first, FaultPort second);

    [LoggerMessage(135, LogLevel.Information, "cross-connect {CrossConnect} {What}")]
    private static partial void Connected(this ILogger logger, CrossConnect crossConnect, string what);

    [LoggerMessage(112, LogLevel.Information, "{Event}")]
    private static partial void Other(this ILogger logger, NodeEvent @event);
}
