using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>Events as the API shows them. Made on the node's thread at once: what an event refers to goes on changing.</summary>
public static class EventPicture
{
    /// <summary>The picture of an event; its id is for the hub to give.</summary>
    /// <param name="e">The event.</param>
    /// <param name="clock">The node's clock.</param>
    public static EventInfo From(NodeEvent e, NodeClock clock)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(clock);
        var time = clock.ToWallClock(e.At).UtcDateTime;
        return e switch
        {
            ControlChannelStateChanged c => new(0, time, EventTypes.ControlChannelState, c.Channel.ToString(), $"{c.From}", $"{c.To}", c.Reason),
            AdjacencyChanged a => new(0, time, EventTypes.Adjacency, a.Neighbor.Name, a.Up ? "Down" : "Up", a.Up ? "Up" : "Down", ""),
            BehaviorsChanged b => new(0, time, EventTypes.Behaviors, b.Neighbor.Name, null, ApiWords.Word(b), b.LegacyReason),
            TeLinkStateChanged t => new(0, time, EventTypes.TeLinkState, t.TeLink.Name, $"{t.From}", $"{t.To}", t.Reason),
            DataLinkStateChanged d => new(0, time, EventTypes.DataLinkState, d.DataLink.Name, $"{d.From}", $"{d.To}", d.Reason),
            AllocationChanged a =>
                new(0, time, EventTypes.Allocation, a.DataLink.Name, a.Allocated ? "free" : "allocated", a.Allocated ? "allocated" : "free", a.Reason),
            SignalChanged s => new(0, time, EventTypes.Signal, s.DataLink.Name, ApiWords.Word(s.From), ApiWords.Word(s.To), ""),
            AlarmChanged { Alarm: var alarm } => new(
                0,
                time,
                EventTypes.Alarm,
                alarm.Object,
                null,
                $"{alarm.State}".ToLowerInvariant(),
                alarm.Text,
                ApiWords.Of(alarm.Severity),
                ApiWords.Of(alarm.Kind)),
            LinkSummaryFinished s => new(0, time, EventTypes.LinkSummary, s.TeLink.Name, null, $"{s.Outcome}".ToLowerInvariant(), s.Text),
            VerificationFinished v => new(0, time, EventTypes.Verification, v.Object, null, $"{ApiWords.Of(v.Outcome)}".ToLowerInvariant(), v.Text),
            Resynchronized r => new(0, time, EventTypes.Resynchronization, r.TeLink.Name, null, "synchronized", r.Text),
            RetainedForgotten f => new(0, time, EventTypes.RetainedState, f.Object, null, "forgotten", f.Text),
            _ => throw new NotSupportedException($"An event without a picture: {e.GetType().Name}"),
        };
    }
}
