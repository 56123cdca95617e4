using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// Once disturbances have stopped, both ends agree within the calm: control channels are up with the same parameters, TE links and data links are up
/// with the same ids, properties and states. A node that is stuck does not get there.
/// </summary>
internal sealed class AgreementChecker(World world) : Checker(world)
{
    public override string Name => "agreement";

    public override void Check(Calm calm)
    {
        foreach (var (node, what) in Differences()) Violate(node, what);
    }

    /// <summary>What is not as it should be now.</summary>
    public IEnumerable<(SimulatedNode Node, string What)> Differences()
    {
        foreach (var plan in World.Blueprint.Channels)
            foreach (var difference in Compare(plan)) yield return difference;
        foreach (var plan in World.Blueprint.TeLinks)
            foreach (var difference in Compare(plan)) yield return difference;
        foreach (var plan in World.Blueprint.DataLinks)
            foreach (var difference in Compare(plan)) yield return difference;
    }

    private IEnumerable<(SimulatedNode Node, string What)> Compare(ChannelPlan plan)
    {
        var (a, b) = (World[plan.A.Node], World[plan.B.Node]);
        var (atA, atB) = (a.Lmp?.FindChannel(plan.A.Id), b.Lmp?.FindChannel(plan.B.Id));
        foreach (var (node, channel, id) in ((SimulatedNode, ControlChannel?, uint)[])[(a, atA, plan.A.Id), (b, atB, plan.B.Id)])
        {
            if (channel is null) yield return (node, $"there is no control channel {id}");
            else if (channel.State != ControlChannelState.Up) yield return (node, $"control channel {channel} is {channel.State}: {channel.Reason}");
        }

        if (atA is not { State: ControlChannelState.Up } || atB is not { State: ControlChannelState.Up }) yield break;
        // Channels between the same two addresses pair up as they like.
        var isAlone = World.Blueprint.Channels.Count(c => c.A.At == plan.A.At) == 1;
        if (isAlone && (atA.RemoteId != atB.Id || atB.RemoteId != atA.Id)) yield return (a, $"control channels {atA} and {atB} are paired with CC_Ids {atA.RemoteId} and {atB.RemoteId}");
        if (isAlone && (atA.HelloInterval, atA.HelloDeadInterval) != (atB.HelloInterval, atB.HelloDeadInterval))
            yield return (a, $"control channel {atA} agreed to {atA.HelloInterval}/{atA.HelloDeadInterval} ms, the other end to {atB.HelloInterval}/{atB.HelloDeadInterval} ms");
    }

    private IEnumerable<(SimulatedNode Node, string What)> Compare(TeLinkPlan plan)
    {
        // Where an end takes the ids that it finds, and some cannot be found or are those of swapped fibres, LinkSummary is refused.
        var mayBeRefused = plan.KnowsLinks != (true, true) && plan.DataLinks.Exists(World.Lights.IsDisturbed);
        foreach (var (end, beyond) in ((LinkEnd, LinkEnd)[])[(plan.A, plan.B), (plan.B, plan.A)])
        {
            var node = World[end.Node];
            if (node.Lmp?.FindTeLink(end.Name) is not { } teLink) yield return (node, $"there is no TE link {end.Name}");
            else if (teLink.State != TeLinkState.Up && !(mayBeRefused && teLink.State == TeLinkState.Init)) yield return (node, $"TE link {end.Name} is {teLink.State}: {teLink.Reason}");
            else if (teLink.RemoteId != beyond.Id) yield return (node, $"TE link {end.Name} is connected to {beyond.Id}, and says {teLink.RemoteId}");
        }
    }

    private IEnumerable<(SimulatedNode Node, string What)> Compare(DataLinkPlan plan)
    {
        var (a, b) = (new LinkTruth(World, plan, plan.A), new LinkTruth(World, plan, plan.B));
        foreach (var truth in (LinkTruth[])[a, b])
        {
            if (truth.Link is not { } link)
            {
                yield return (truth.Node, $"there is no data link {truth.End.Name}");
                continue;
            }

            var beyond = plan.Beyond(truth.End.Node);
            // What is to be learned, and no Test message gets through, stays what it was.
            if (!truth.IsSwapped && link.RemoteId != beyond.Id && (truth.IsSound || plan.TeLink.Knows(truth.End.Node))) yield return (truth.Node, $"{link.Name} is connected to {beyond.Id}, and says {link.RemoteId}");
            // Without fault management nobody says that what does not arrive was lost further upstream.
            var isUsable = truth.IsSound && (plan.TeLink.IsFaultManaged || truth.Port.Received != SignalState.Fail);
            if (isUsable && link.State != (link.Allocated ? DataLinkState.UpAlloc : DataLinkState.UpFree))
                yield return (truth.Node, $"{link.Name} is {link.State}: {link.Reason}");
            if (!truth.IsSwapped && truth.IsMapped && truth.IsFailed && truth.IsLocalized && link.State != DataLinkState.Down)
                yield return (truth.Node, $"nothing gets through over {plan}, and {link.Name} is {link.State}");
        }

        if (a.IsSound && a.Link is { } atA && b.Link is { } atB && atA.AgreedCapabilities != atB.AgreedCapabilities)
            yield return (a.Node, $"{plan}: {Words(atA)} at {a.Node.Name}, {Words(atB)} at {b.Node.Name}");
    }

    private static string Words(DataLink link) => string.Join(", ", link.AgreedCapabilities.Select(c => $"{c.MinimumBandwidth}-{c.MaximumBandwidth}"));
}
