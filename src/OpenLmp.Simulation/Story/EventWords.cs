using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>Events of nodes in words.</summary>
internal static class EventWords
{
    public static string Of(NodeEvent e) => e switch
    {
        ControlChannelStateChanged c => $"control channel {c.Channel}: {c.From} -> {c.To} {c.Reason}",
        AdjacencyChanged a => $"adjacency with {a.Neighbor.Name} is {(a.Up ? "up" : "down")}",
        BehaviorsChanged b => $"{b.Neighbor.Name}: {b.Support} {b.Behaviors}",
        TeLinkStateChanged t => $"TE link {t.TeLink.Name}: {t.From} -> {t.To} {t.Reason}",
        DataLinkStateChanged d => $"data link {d.DataLink.Name}: {d.From} -> {d.To} {d.Reason}",
        AllocationChanged a => $"{a.DataLink.Name} is {(a.Allocated ? "allocated" : "free")} {a.Reason}",
        Resynchronized r => r.Text,
        RetainedForgotten r => $"{r.Object}: {r.Text}",
        SignalChanged s => $"{s.DataLink.Name} receives {s.To}",
        RemoteSignalChanged s => $"{s.DataLink.Name}: the neighbour receives {s.To}",
        ChannelActivationChanged c => $"{c.DataLink.Name}: the neighbour has it {(c.Active ? "activated" : "deactivated")}",
        AlarmChanged a => $"alarm {a.Alarm.State} {a.Alarm.Kind} {a.Alarm.Text}",
        LinkSummaryFinished l => $"LinkSummary {l.Outcome}: {l.Text}",
        VerificationFinished v => $"verification {v.Outcome}: {v.Text}",
        ConfirmationFinished c => $"confirmation: {c.Text}",
        FaultLocalized f => $"{f.DataLink.Name}: fault between {f.Fault.First} and {f.Fault.Second}: {f.Fault.Signal}",
        FaultCleared f => $"{f.DataLink.Name}: the fault is over",
        TeLinkAvailabilityChanged t => $"TE link {t.TeLink.Name} {(t.AcceptsConnections ? "accepts" : "does not accept")} connections",
        CrossConnectAdded c => $"cross-connect {c.CrossConnect}",
        CrossConnectRemoved c => $"cross-connect {c.CrossConnect} is removed",
        TraceRequestFinished t => t.Text,
        _ => e.GetType().Name,
    };
}
