namespace OpenLmp.Protocol.Tests;

/// <summary>All of a node's state that somebody else might want to change, as text; what goes on by itself, such as sequence numbers, is not in it.</summary>
public static class NodePicture
{
    public static string Of(LmpNode node) =>
        string.Join('\n', (IEnumerable<string>)
        [
            .. node.Neighbors.Select(n => $"{n.Name} {n.IsUp} {n.Behaviors} {n.LastChange}"),
            .. node.Neighbors.SelectMany(n => n.ControlChannels)
                .Select(c => $"{c} {c.State} {c.RemoteId} {c.Remote} {c.HelloInterval}/{c.HelloDeadInterval} {c.Flaps} {c.LastChange} {c.Reason}"),
            .. node.TeLinks.Select(t => $"{t.Name} {t.State} {t.RemoteId} {t.Verification} {t.LastChange} {t.Reason}"),
            .. node.TeLinks.SelectMany(t => t.DataLinks)
                .Select(l => $"{l.Name} {l.State} {l.RemoteId} {l.Allocated} {l.Verified} {l.Signal} {l.RemoteSignal} {l.LastChange} {l.Reason}"),
            .. node.Alarms.All.Select(x => $"{x.Kind} {x.Object} {x.State} {x.Text}"),
        ]);
}
