// RFC 4204 §4, §6, §8, §11: what holds of a node after every input.
using OpenLmp.Protocol;
using static OpenLmp.Fuzz.FuzzTarget;

namespace OpenLmp.Fuzz;

/// <summary>Looks at a node after each step.</summary>
internal sealed class NodeInvariants
{
    // Per object that can have alarms; cleared ones are kept for some time.
    private const int MaxAlarms = 400;

    private bool _mayTakeOver;

    /// <summary>The data links that are allocated.</summary>
    public static HashSet<string> Allocations(LmpNode node) => [.. node.TeLinks.SelectMany(t => t.DataLinks).Where(l => l.Allocated).Select(l => l.Name)];

    /// <summary>The node was restarted: from now on it may take allocations from its neighbours (RFC 4204 §8).</summary>
    public void Restarted() => _mayTakeOver = true;

    public void Check(LmpNode node, in Step step, HashSet<string> allocatedBefore)
    {
        var raised = node.Alarms.All.Where(a => a.State != AlarmState.Cleared).Select(a => (a.Kind, a.Object)).ToHashSet();
        Require(node.Alarms.All.Count <= MaxAlarms, $"too many alarms are kept: {node.Alarms.All.Count}");
        foreach (var channel in node.Neighbors.SelectMany(n => n.ControlChannels))
            Require(Enum.IsDefined(channel.State) && channel.State == ControlChannelState.Up == (channel.Reason.Length == 0), $"a control channel without a reason: {channel} {channel.State}");

        foreach (var teLink in node.TeLinks)
        {
            Require(teLink.State == TeLinkState.Up == (teLink.Reason.Length == 0), $"a TE link's reason does not fit: {teLink.Name} {teLink.State} '{teLink.Reason}'");
            Require(teLink.State == TeLinkState.Down == (teLink.DataLinks.Count == 0), $"a TE link is down with data links: {teLink.Name} {teLink.State}");
            // What a neighbour says of its links counts from Active on, before the first Hello.
            var mayBeUp = teLink.Neighbor.ControlChannels.Any(c => c.State is ControlChannelState.Active or ControlChannelState.Up);
            Require(teLink.Neighbor.IsUp ? teLink.State != TeLinkState.Degraded : mayBeUp || teLink.State != TeLinkState.Up, $"a TE link's state does not fit its control channels: {teLink.Name} {teLink.State}");
            foreach (var link in teLink.DataLinks) Check(link, raised);
        }

        if (step.Kind is StepKind.Command or StepKind.Reconfigure or StepKind.Restart || _mayTakeOver) return;
        Require(Allocations(node).SetEquals(allocatedBefore), $"an allocation came or went by itself: {string.Join(", ", allocatedBefore)}; now {string.Join(", ", Allocations(node))}");
    }

    private static void Check(DataLink link, HashSet<(AlarmKind, string)> raised)
    {
        Require(link.State != DataLinkState.UpAlloc || link.Allocated, $"Up/Alloc without an allocation: {link.Name}");
        // What the neighbour deactivated is not watched (RFC 4204 §6.5).
        var fails = link.IsWatched && link.SettledSignal == SignalState.Fail;
        Require(
            link.State != DataLinkState.UpFree || (!link.Allocated && !fails && link.RemoteId is not null),
            $"Up/Free that cannot be: {link.Name} allocated {link.Allocated}, signal {link.Signal}, remote id {link.RemoteId}");
        var isUp = link.State is DataLinkState.UpFree or DataLinkState.UpAlloc;
        Require(isUp == (link.Reason.Length == 0), $"a data link's reason does not fit: {link.Name} {link.State} '{link.Reason}'");
        Require(link.Signal == SignalState.Fail || !raised.Contains((AlarmKind.SignalFail, link.Name)), $"an alarm of a signal that does not fail: {link.Name} {link.Signal}");
    }
}
