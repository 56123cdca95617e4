using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary>Events as the API shows them. Made on the node's thread: what an event refers to goes on changing.</summary>
public static class EventPicture
{
    /// <summary>The picture of an event; its id is for the hub to give.</summary>
    /// <param name="e">The event.</param>
    /// <param name="clock">The node's clock.</param>
    public static EventInfo From(NodeEvent e, NodeClock clock)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(clock);
        return From(e, clock.ToWallClock(e.At).UtcDateTime, clock);
    }

    private static EventInfo From(NodeEvent e, DateTime time, NodeClock clock) => e switch
    {
        ControlChannelStateChanged c => new(0, time, EventTypes.ControlChannelState, c.Channel.ToString(), c.From.ToString(), c.To.ToString(), c.Reason),
        AdjacencyChanged a => new(0, time, EventTypes.Adjacency, a.Neighbor.Name, a.Up ? "Down" : "Up", a.Up ? "Up" : "Down", ""),
        BehaviorsChanged b => new(0, time, EventTypes.Behaviors, b.Neighbor.Name, null, ApiWords.Word(b), b.LegacyReason),
        TeLinkStateChanged t => new(0, time, EventTypes.TeLinkState, t.TeLink.Name, t.From.ToString(), t.To.ToString(), t.Reason),
        DataLinkStateChanged d => new(0, time, EventTypes.DataLinkState, d.DataLink.Name, d.From.ToString(), d.To.ToString(), d.Reason),
        AllocationChanged a =>
            new(0, time, EventTypes.Allocation, a.DataLink.Name, a.Allocated ? "free" : "allocated", a.Allocated ? "allocated" : "free", a.Reason),
        SignalChanged s => new(0, time, EventTypes.Signal, s.DataLink.Name, ApiWords.Word(s.From), ApiWords.Word(s.To), ""),
        AlarmChanged a =>
            new(0, time, EventTypes.Alarm, a.Alarm.Object, null, ApiWords.Word(a.State), a.Text, ApiWords.Of(a.Severity), ApiWords.Of(a.Alarm.Kind)),
        RemoteSignalChanged s => new(0, time, EventTypes.RemoteSignal, s.DataLink.Name, ApiWords.Word(s.From), ApiWords.Word(s.To), ""),
        LineSignalChanged s => new(0, time, EventTypes.LineSignal, s.DataLink.Name, ApiWords.Word(s.From), ApiWords.Word(s.To), ""),
        LinkGroupTold g => new(0, time, EventTypes.LinkGroup, g.TeLink.Name, null, "told", g.Text),
        LinkGroupUnknown g => new(0, time, EventTypes.LinkGroup, g.TeLink.Name, null, "unknown", g.Text),
        ChannelActivationChanged a =>
            new(0, time, EventTypes.Activation, a.DataLink.Name, a.Active ? "inactive" : "active", a.Active ? "active" : "inactive", ""),
        TeLinkAvailabilityChanged t => new(
            0, time, EventTypes.TeLinkAvailability, t.TeLink.Name, null, t.AcceptsConnections ? "available" : "unavailable", t.Reason),
        FaultLocalized f => OfFault(EventTypes.FaultLocalized, f.DataLink, f.Fault, "localized", time, clock),
        FaultCleared f => OfFault(EventTypes.FaultCleared, f.DataLink, f.Fault, "cleared", time, clock),
        CrossConnectAdded c => new(0, time, EventTypes.CrossConnect, c.CrossConnect.A, null, "added", c.CrossConnect.ToString()),
        CrossConnectRemoved c => new(0, time, EventTypes.CrossConnect, c.CrossConnect.A, null, "removed", c.Reason.Length > 0 ? $"{c.CrossConnect}: {c.Reason}" : $"{c.CrossConnect}"),
        LinkSummaryFinished s => new(0, time, EventTypes.LinkSummary, s.TeLink.Name, null, $"{s.Outcome}".ToLowerInvariant(), s.Text),
        VerificationFinished v => new(0, time, EventTypes.Verification, v.Object, null, $"{ApiWords.Of(v.Outcome)}".ToLowerInvariant(), v.Text),
        Resynchronized r => new(0, time, EventTypes.Resynchronization, r.TeLink.Name, null, "synchronized", r.Text),
        RetainedForgotten f => new(0, time, EventTypes.RetainedState, f.Object, null, "forgotten", f.Text),
        ConfirmationFinished c => new(0, time, EventTypes.Confirmation, c.TeLink.Name, null, $"{ApiWords.Of(c.Outcome)}".ToLowerInvariant(), c.Text),
        TraceReceived t => new(
            0,
            time,
            EventTypes.Trace,
            t.DataLink.Name,
            t.From is null ? null : TraceText.Escape(t.From),
            TraceText.Escape(t.To),
            $"{t.DataLink.Name}: {TraceTypes.InWords(t.Type)}: {TraceText.Quote(t.To)} is received"),
        TraceRequestFinished t => new(0, time, EventTypes.TraceRequest, t.DataLink.Name, null, $"{t.Outcome}".ToLowerInvariant(), t.Text),
        _ => throw new NotSupportedException($"An event without a picture: {e.GetType().Name}"),
    };

    private static EventInfo OfFault(string type, DataLink link, LinkFault fault, string to, DateTime time, NodeClock clock) =>
        new(0, time, type, link.Name, null, to, $"between {fault.First} and {fault.Second}")
        {
            Fault = Fault(link, fault, at => clock.ToWallClock(at).UtcDateTime),
        };

    /// <summary>The picture of a fault.</summary>
    internal static FaultInfo Fault(DataLink link, LinkFault fault, Func<Instant, DateTime> time) => new(
        [Port(fault.First), Port(fault.Second)],
        ApiWords.Of(fault.Signal),
        fault.Receive,
        fault.Transmit,
        time(fault.Since),
        link.Allocated,
        (fault.Receive ? link.ContinuesOn : link.ComesFrom)?.Name);

    private static PortInfo Port(FaultPort port) => new(port.Node, port.NodeId.ToString(), ApiWords.Of(port.InterfaceId));
}
