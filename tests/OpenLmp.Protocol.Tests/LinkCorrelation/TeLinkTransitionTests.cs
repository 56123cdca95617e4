// RFC 4204 §11.2.3, Figure 4: the arrows, reached by what really happens.
using OpenLmp.Wire;
using static OpenLmp.Protocol.TeLinkState;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class TeLinkTransitionTests
{
    private static readonly NodeConfiguration Empty = NodeA(t => t with { DataLinks = [] });

    [Fact]
    [Requirement("4204-11.2-Down-7")]
    [Requirement("4204-11.2-Down-3")]
    [Requirement("4204-11.2-Down-8")]
    [Requirement("4204-11.2-Down-1")]
    public void Without_data_links_a_te_link_is_down_whatever_happens_and_the_first_one_makes_it_init()
    {
        var node = new LinkPartner(Empty);
        Assert.True(node.Node.Neighbors.Single().IsUp);
        Assert.Equal(Down, node.TeLink.State);
        Assert.Empty(node.Summaries);

        node.Send(SummaryOfB(1));
        Assert.Equal(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastNack.Errors);
        Assert.Equal(Down, node.TeLink.State);

        node.TransportDown();
        Assert.Equal(Down, node.TeLink.State);
        Assert.Equal("it has no data links; add data-links to it", node.TeLink.Reason);

        node.Reconfigure(NodeA(t => t with { LinkVerification = false }));
        Assert.Equal(Init, node.TeLink.State);
    }

    [Fact]
    [Requirement("4204-11.2-Init-8")]
    [Requirement("4204-11.2-Init-7")]
    [Requirement("4204-11.2-Init-3")]
    [Requirement("4204-11.2-Init-5")]
    [Requirement("4204-11.2-Init-6")]
    public void Disagreement_silence_and_control_channels_that_come_and_go_leave_it_in_init()
    {
        var node = new LinkPartner(NodeA());
        Assert.Equal(Init, node.TeLink.State);
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102)));
        Assert.Equal(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastNack.Errors);
        Assert.Equal(Init, node.TeLink.State);

        node.RunMs(500);
        Assert.Equal(2, node.Summaries.Count());
        Assert.Equal(Init, node.TeLink.State);

        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, (DataLinkObject)node.LastSummary.DataLinks.First());
        Assert.Equal(Init, node.TeLink.State);

        node.TransportDown();
        Assert.Equal(Init, node.TeLink.State);
        Assert.StartsWith("no control channel to b is up: ", node.TeLink.Reason, StringComparison.Ordinal);
        node.TransportUp();
        Assert.Equal(Init, node.TeLink.State);
        Assert.Equal(3, node.Summaries.Count());
    }

    [Fact]
    [Requirement("4204-11.2-Init-9")]
    public void The_last_data_link_removed_in_init_makes_it_down()
    {
        var node = new LinkPartner(NodeA());
        node.Reconfigure(Empty);
        Assert.Equal(Down, node.TeLink.State);
        node.RunMs(60_000);
        Assert.Single(node.Summaries);
    }

    [Fact]
    [Requirement("4204-11.2-Init-2")]
    [Requirement("4204-11.2-Up-2")]
    [Requirement("4204-11.2-Up-3")]
    public void An_acknowledged_link_summary_makes_it_up_and_later_ones_leave_it_there()
    {
        var node = new LinkPartner(NodeA());
        node.Send(SummaryOfB(1));
        Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last());
        Assert.Equal(Up, node.TeLink.State);
        Assert.Equal("", node.TeLink.Reason);

        node.Send(SummaryOfB(2));
        Assert.Equal(Up, node.TeLink.State);
        node.Send(SummaryOfB(3, Listed(201, 101, Ist(40)), Listed(202, 102)));
        Assert.NotEqual(LinkSummaryErrors.None, node.LastNack.Errors);
        Assert.Equal(Up, node.TeLink.State);
    }

    [Fact]
    [Requirement("4204-11.2-Init-4")]
    [Requirement("4204-11.2-Up-4")]
    [Requirement("4204-11.2-Up-5")]
    [Requirement("4204-11.2-Up-6")]
    public void An_acknowledgement_makes_it_up_and_later_answers_and_silence_leave_it_there()
    {
        var node = new LinkPartner(NodeA());
        node.Ack();
        Assert.Equal(Up, node.TeLink.State);

        Assert.Equal(CommandStatus.Ok, node.Node.Summarize(node.Now, "te1").Status);
        node.Ack();
        Assert.Equal(Up, node.TeLink.State);

        Assert.Equal(CommandStatus.Ok, node.Node.Summarize(node.Now, "te1").Status);
        node.RunMs(600);
        Assert.Equal(4, node.Summaries.Count());
        Assert.Equal(Up, node.TeLink.State);

        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
        Assert.Equal(Up, node.TeLink.State);
        Assert.Equal(DataLinkState.Down, node.Links[0].State);
        Assert.Equal(DataLinkState.UpFree, node.Links[1].State);
    }

    [Fact]
    [Requirement("4204-11.2-Up-8")]
    [Requirement("4204-11.2-Degraded-7")]
    [Requirement("4204-11.2-Degraded-9")]
    [Requirement("4204-11.2-Up-9")]
    public void Without_control_channels_it_is_degraded_and_the_last_data_link_removed_makes_it_down()
    {
        var node = new LinkPartner(NodeA());
        node.Ack();
        node.TransportDown();
        Assert.Equal(Degraded, node.TeLink.State);
        node.TransportUp();
        Assert.Equal(Up, node.TeLink.State);

        node.TransportDown();
        node.Reconfigure(Empty);
        Assert.Equal(Down, node.TeLink.State);

        node.Reconfigure(NodeA());
        node.Ack();
        Assert.Equal(Up, node.TeLink.State);
        node.Reconfigure(Empty);
        Assert.Equal(Down, node.TeLink.State);
    }

    [Fact]
    public void Taken_out_of_the_configuration_it_goes_down_in_every_state()
    {
        foreach (var before in (TeLinkState[])[Init, Up, Degraded])
        {
            var node = new LinkPartner(NodeA());
            if (before != Init) node.Ack();
            if (before == Degraded) node.TransportDown();
            Assert.Equal(before, node.TeLink.State);
            node.Reconfigure(NodeA() with { TeLinks = [] });
            Assert.Empty(node.Node.TeLinks);
            Assert.Equal((before, Down), node.Events.OfType<TeLinkStateChanged>().Select(e => (e.From, e.To)).Last());
        }
    }

    [Fact]
    [Requirement("4204-3.2.4-1")]
    public void Degraded_is_told_accepts_no_new_connection_and_leaves_data_links_and_allocations_alone()
    {
        var (network, a, b) = Pair(A(), B());
        network.RunUntil(() => a.TeLink.State == Up && b.TeLink.State == Up);
        Assert.Equal(CommandStatus.Ok, a.Node.Allocate(network.Now, ["te1-1"]).Status);
        var told = a.Events.Count;

        network.Filter = _ => false;
        network.RunUntil(() => a.TeLink.State == Degraded && b.TeLink.State == Degraded);
        network.Run(TimeSpan.FromMinutes(5));
        Assert.StartsWith("no control channel to b is up: ", a.TeLink.Reason, StringComparison.Ordinal);
        Assert.Contains(a.Events, e => e is TeLinkStateChanged { To: Degraded, Reason.Length: > 0 });
        var refused = a.Node.Allocate(network.Now, ["te1-2"]);
        Assert.Equal(CommandStatus.Conflict, refused.Status);
        Assert.Contains("te1 is Degraded, new connections are not accepted", refused.Text, StringComparison.Ordinal);
        Assert.False(a.TeLink.DataLinks[1].Allocated);

        network.Filter = _ => true;
        network.RunUntil(() => a.TeLink.State == Up && b.TeLink.State == Up);
        network.RunMs(5000);
        Assert.Equal([DataLinkState.UpAlloc, DataLinkState.UpFree], a.TeLink.DataLinks.Select(l => l.State));
        Assert.True(a.TeLink.DataLinks[0].Allocated);
        Assert.DoesNotContain(a.Events.Skip(told), e => e is DataLinkStateChanged or AllocationChanged);
        Assert.DoesNotContain(b.Events.SkipWhile(e => e is not TeLinkStateChanged { To: Degraded }), e => e is DataLinkStateChanged or AllocationChanged);
        Assert.Equal(CommandStatus.Ok, a.Node.Allocate(network.Now, ["te1-2"]).Status);
    }

    [Fact]
    [Requirement("4204-3.2.4-1")]
    public void A_te_link_that_is_not_agreed_takes_no_new_connection_either_while_no_control_channel_is_up()
    {
        var node = new LinkPartner(NodeA());
        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
        node.TransportDown();
        Assert.Equal(Init, node.TeLink.State);
        var refused = node.Node.Allocate(node.Now, ["te1-2"]);
        Assert.Equal(CommandStatus.Conflict, refused.Status);
        Assert.StartsWith("te1-2: no control channel to b is up, new connections are not accepted; ", refused.Text, StringComparison.Ordinal);
    }
}
