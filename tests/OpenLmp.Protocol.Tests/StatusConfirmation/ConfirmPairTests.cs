// RFC 5818 §3: stranded resources between two real nodes.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.StatusConfirmation;

public class ConfirmPairTests
{
    private readonly VirtualNetwork _network = new();

    private (VirtualNode A, VirtualNode B) Pair()
    {
        var (a, b) = (_network.Add(Configurations.A()), _network.Add(Configurations.B(), new NodeOptions { FirstMessageId = 5000 }));
        _network.RunUntil(() => a.TeLink.DataLinks.Concat(b.TeLink.DataLinks).All(l => l.State == DataLinkState.UpFree), "data links free");
        return (a, b);
    }

    private ConfirmationOutcome Confirm(VirtualNode node)
    {
        var before = node.Events.OfType<ConfirmationFinished>().Count();
        Assert.Equal(CommandStatus.Ok, node.Node.Confirm(_network.Now, "te1").Status);
        _network.RunUntil(() => node.Events.OfType<ConfirmationFinished>().Count() > before, "confirmation");
        return node.Events.OfType<ConfirmationFinished>().Last().Outcome;
    }

    [Fact]
    [Requirement("5818-6-6")]
    [Requirement("5818-6-10")]
    public void A_resource_stranded_at_one_end_is_found_by_both_whoever_asks_and_over_when_it_is_released()
    {
        foreach (var bAsks in (bool[])[false, true])
        {
            foreach (var strandedAtB in (bool[])[false, true])
            {
                var (a, b) = Pair();
                Assert.Equal(ConfirmationOutcome.Agreed, Confirm(bAsks ? b : a));
                var (holder, other) = strandedAtB ? (b, a) : (a, b);
                holder.Node.Allocate(_network.Now, ["te1-2"]);
                Assert.Equal(ConfirmationOutcome.Mismatch, Confirm(bAsks ? b : a));
                Assert.StartsWith($"te1-2: allocated here, free at {other.Node.Name}", holder.Alarm(AlarmKind.StatusMismatch, "te1-2")?.Text, StringComparison.Ordinal);
                Assert.StartsWith($"te1-2: free here, allocated at {holder.Node.Name}", other.Alarm(AlarmKind.StatusMismatch, "te1-2")?.Text, StringComparison.Ordinal);
                Assert.Null(a.Alarm(AlarmKind.StatusMismatch, "te1-1"));

                holder.Node.Release(_network.Now, ["te1-2"]);
                _network.RunUntil(() => a.Alarm(AlarmKind.StatusMismatch, "te1-2") is null && b.Alarm(AlarmKind.StatusMismatch, "te1-2") is null, "cleared");
                _network.Kill(a);
                _network.Kill(b);
            }
        }
    }

    [Fact]
    public void What_is_allocated_at_one_end_after_the_other_is_no_stranded_resource()
    {
        var (a, b) = Pair();
        // After the question, before the answer: only the end that asked sees a difference.
        Assert.Equal(CommandStatus.Ok, a.Node.Confirm(_network.Now, "te1").Status);
        a.Node.Allocate(_network.Now, ["te1-2"]);
        _network.RunMs(5);
        Assert.NotNull(a.Alarm(AlarmKind.StatusMismatch, "te1-2"));
        Assert.Null(b.Alarm(AlarmKind.StatusMismatch, "te1-2"));
        b.Node.Allocate(_network.Now, ["te1-2"]);
        _network.RunUntil(() => a.Alarm(AlarmKind.StatusMismatch, "te1-2") is null && b.Alarm(AlarmKind.StatusMismatch, "te1-2") is null, "cleared");
    }

    [Fact]
    public void A_data_link_that_the_neighbour_did_not_know_is_compared_again_once_it_does()
    {
        var (a, b) = Pair();
        var whole = b.Node.Configuration;
        b.Node.Reconfigure(_network.Now, whole with { TeLinks = [whole.TeLinks[0] with { DataLinks = [whole.TeLinks[0].DataLinks[0]] }] });
        _network.RunMs(100);
        Assert.Equal(ConfirmationOutcome.Mismatch, Confirm(a));
        Assert.StartsWith("te1-2: free here, not known at b", a.Alarm(AlarmKind.StatusMismatch, "te1-2")?.Text, StringComparison.Ordinal);
        b.Node.Reconfigure(_network.Now, whole);
        _network.RunMs(20_000);
        Assert.Null(a.Alarm(AlarmKind.StatusMismatch, "te1-2")?.Text);
    }

    [Fact]
    public void A_neighbour_that_no_longer_confirms_leaves_no_difference_behind()
    {
        var (a, b) = Pair();
        a.Node.Allocate(_network.Now, ["te1-2"]);
        Assert.Equal(ConfirmationOutcome.Mismatch, Confirm(a));
        foreach (var node in (VirtualNode[])[a, b])
        {
            var configuration = node.Node.Configuration;
            node.Node.Reconfigure(_network.Now, configuration with { Neighbors = [configuration.Neighbors[0] with { BehaviorNegotiation = false }] });
        }

        _network.RunUntil(() => a.Alarm(AlarmKind.StatusMismatch, "te1-2") is null && b.Alarm(AlarmKind.StatusMismatch, "te1-2") is null, "cleared");
        Assert.Equal(BehaviorSupport.Legacy, a.Node.Neighbors.Single().BehaviorSupport);
    }

    [Fact]
    public void It_survives_loss_duplication_and_reordering()
    {
        var (a, b) = Pair();
        b.Node.Allocate(_network.Now, ["te1-1"]);
        var count = 0;
        _network.Filter = d =>
        {
            if (d.Type is not (MessageType.ConfirmDataChannelStatus or MessageType.ConfirmDataChannelStatusAck)) return true;
            // Every fourth comes once more, late; every third is lost.
            if (++count % 4 == 0) _network.Inject(d, TimeSpan.FromMilliseconds(700));
            return count % 3 != 0;
        };
        Assert.All(Enumerable.Range(0, 30).Select(_ => Confirm(a)), o => Assert.Equal(ConfirmationOutcome.Mismatch, o));
        Assert.True(a.Node.Counters.Retransmitted(MessageType.ConfirmDataChannelStatus) > 0);
        Assert.True(b.Node.Counters.Dropped(DropReason.OutOfOrder) > 0);
        Assert.True(a.Node.Counters.Dropped(DropReason.StaleAnswer) > 0);
    }

    [Fact]
    [Requirement("5818-4-1")]
    public void An_outage_in_which_one_end_lost_an_allocation_is_followed_by_a_confirmation_and_nothing_else_asks_by_itself()
    {
        var (a, b) = Pair();
        foreach (var node in (VirtualNode[])[a, b]) node.Node.Allocate(_network.Now, ["te1-1"]);
        _network.Run(TimeSpan.FromHours(2));
        Assert.DoesNotContain(_network.Sent, d => d.Type == MessageType.ConfirmDataChannelStatus);

        _network.Filter = _ => false;
        _network.Run(TimeSpan.FromSeconds(5));
        b.Node.Release(_network.Now, ["te1-1"]);
        _network.Filter = _ => true;
        _network.RunUntil(() => a.Node.Neighbors.Single().IsUp && b.Node.Neighbors.Single().IsUp, "adjacency");
        _network.Run(TimeSpan.FromSeconds(15));
        Assert.StartsWith("te1-1: allocated here, free at b", a.Alarm(AlarmKind.StatusMismatch, "te1-1")?.Text, StringComparison.Ordinal);
        Assert.StartsWith("te1-1: free here, allocated at a", b.Alarm(AlarmKind.StatusMismatch, "te1-1")?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_outage_te_links_are_confirmed_one_after_the_other()
    {
        const int Count = 10;
        TeLinkConfiguration Numbered(NodeConfiguration node, uint from, int i) => node.TeLinks[0] with
        {
            Name = $"te{i}",
            LocalId = Identifier.Unnumbered(from + (uint)i),
            RemoteId = Identifier.Unnumbered(300 - from + (uint)i),
            DataLinks = [Configurations.Link($"te{i}-1", from + 50 + (uint)i, 350 - from + (uint)i)],
        };
        NodeConfiguration Many(NodeConfiguration node, uint from) => node with { TeLinks = [.. Enumerable.Range(0, Count).Select(i => Numbered(node, from, i))] };
        var (a, b) = (_network.Add(Many(Configurations.A(), 100)), _network.Add(Many(Configurations.B(), 200)));
        void UntilUp() => _network.RunUntil(() => a.Node.TeLinks.Concat(b.Node.TeLinks).All(t => t.State == TeLinkState.Up), "TE links up");
        UntilUp();

        _network.Filter = _ => false;
        _network.Run(TimeSpan.FromSeconds(5));
        _network.Filter = _ => true;
        UntilUp();
        _network.Run(TimeSpan.FromSeconds(25));
        foreach (var node in (VirtualNode[])[a, b])
        {
            var confirmed = node.Events.OfType<ConfirmationFinished>().ToList();
            Assert.Equal(node.Node.TeLinks, confirmed.Select(c => c.TeLink));
            Assert.All(confirmed.Zip(confirmed.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(1_100)));
        }
    }
}
