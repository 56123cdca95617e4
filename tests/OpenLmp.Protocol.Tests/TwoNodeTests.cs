using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

public class TwoNodeTests
{
    [Fact]
    public void Two_active_nodes_come_up_and_stay_up()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A()), network.Add(B()));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, "TE link up");
        network.Run(TimeSpan.FromMinutes(10));

        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal(ControlChannelState.Up, node.Channel.State);
            Assert.Equal(0, node.Channel.Flaps);
            Assert.All(node.TeLink.DataLinks, l => Assert.Equal(DataLinkState.UpFree, l.State));
            Assert.DoesNotContain(node.Node.Alarms.All, x => x.State != AlarmState.Cleared);
        }

        Assert.Equal(11u, a.Channel.RemoteId);
        Assert.Equal(1u, b.Channel.RemoteId);
    }

    [Fact]
    public void A_wrong_bandwidth_is_told_with_both_values_on_both_sides()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A());
        var b = network.Add(B(teLink: t => t with { DataLinks = [t.DataLinks[0], Link("te1-2", 202, 102, 5e9f)] }));
        network.Run(TimeSpan.FromSeconds(10));

        Assert.Equal("te1-2: bandwidth 10 Gbps here, 40 Gbps at b", a.Alarm(AlarmKind.DataLinkMismatch, "te1-2")?.Text);
        Assert.Equal("te1-2: bandwidth 40 Gbps here, 10 Gbps at a", b.Alarm(AlarmKind.DataLinkMismatch, "te1-2")?.Text);
        Assert.Equal(TeLinkState.Init, a.TeLink.State);
        Assert.Equal(DataLinkState.UpFree, a.TeLink.DataLinks[0].State);
        Assert.Equal(DataLinkState.Down, a.TeLink.DataLinks[1].State);
        var nack = (LinkSummaryNackMessage)a.SentOf(MessageType.LinkSummaryNack).Single().Message!;
        Assert.Equal(LinkSummaryErrors.UnacceptableNonNegotiable, nack.Errors);
        Assert.Equal(Identifier.Unnumbered(202), Assert.Single(nack.DataLinks).LocalInterfaceId);
    }

    [Fact]
    public void A_silent_neighbour_is_given_up_with_a_reason_and_tried_again()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A());
        network.RunMs(3600);
        Assert.Equal(ControlChannelState.Down, a.Channel.State);
        Assert.Equal("3 Config messages unanswered; is lmpd running on 10.255.0.2, and is UDP 701 open?", a.Channel.Reason);
        Assert.Equal([0, 500, 1500], a.SentOf(MessageType.Config).Select(d => (int)(d.SentAt - new Instant(1_000_000_000)).TotalMilliseconds));
        network.Add(B());
        network.RunUntil(() => a.Channel.State == ControlChannelState.Up, "up");
    }
}
