// RFC 4204 §7: Message_Ids of LinkSummary and its answers
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class LinkSummaryOrderTests
{
    private static readonly TeLinkConfiguration Te1 = NodeA().TeLinks[0];
    private static readonly TeLinkConfiguration Te2 = Te("b", 3, 4, (103, 203)) with { Name = "te2", DataLinks = [Link("te2-1", 103, 203)] };

    private readonly LinkPartner _node = new(NodeA(Te1, Te2));

    [Fact]
    [Requirement("4204-7-5")]
    [Requirement("4204-7-3")]
    public void A_link_summary_older_than_the_last_is_ignored_and_counted()
    {
        _node.Send(SummaryOfB(1000));
        var sent = _node.Sent.Count;
        _node.Send(SummaryOfB(999, Listed(201, 101, Ist(40)), Listed(202, 102)));
        _node.Send(SummaryOfB(unchecked(1000 + 0x8000_0001), Listed(201, 101, Ist(40)), Listed(202, 102)));
        Assert.Equal(sent, _node.Sent.Count);
        Assert.Equal(2, _node.Node.Counters.Dropped(DropReason.OutOfOrder));
        Assert.Equal(2, _node.Node.Neighbors.Single().Counters.Dropped(DropReason.OutOfOrder));
        Assert.Empty(_node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-7-5")]
    public void The_order_is_that_of_one_te_link()
    {
        _node.Send(SummaryOfB(1000));
        _node.Send(new LinkSummaryMessage(5, TeLinkOfB(4, 3), Listed(203, 103)));
        Assert.Equal([1000u, 5u], _node.Messages.OfType<LinkSummaryAckMessage>().Select(a => a.MessageIdAck!.Value));
        Assert.All(_node.Node.TeLinks, t => Assert.Equal(TeLinkState.Up, t.State));
    }

    [Fact]
    public void The_order_of_a_te_link_is_not_that_of_another_that_claims_its_link_id()
    {
        // b's TE link 9 has a slip and says that it is connected to te1, which is connected to b's 2.
        _node.Send(new LinkSummaryMessage(1000, TeLinkOfB(9, 1), Listed(201, 101)));
        Assert.Equal(LinkSummaryErrors.InvalidTeLink | LinkSummaryErrors.UnacceptableNonNegotiable, _node.LastNack.Errors);
        _node.Send(SummaryOfB(5));
        Assert.Equal(5u, Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last()).MessageIdAck);

        // Neither is that of one claimant that of another; but each has one.
        _node.Send(new LinkSummaryMessage(7, TeLinkOfB(8, 1), Listed(201, 101)));
        Assert.Equal(7u, _node.LastNack.MessageIdAck);
        _node.Send(new LinkSummaryMessage(6, TeLinkOfB(8, 1), Listed(201, 101)));
        Assert.Equal(7u, _node.LastNack.MessageIdAck);
        Assert.Equal(1, _node.Node.Counters.Dropped(DropReason.OutOfOrder));
    }

    [Fact]
    [Requirement("4204-7-3")]
    public void The_numbers_go_round()
    {
        _node.Send(SummaryOfB(uint.MaxValue));
        _node.Send(SummaryOfB(0));
        _node.Send(SummaryOfB(1));
        _node.Send(SummaryOfB(uint.MaxValue));
        Assert.Equal([uint.MaxValue, 0u, 1u], _node.Messages.OfType<LinkSummaryAckMessage>().Select(a => a.MessageIdAck!.Value));
    }

    [Fact]
    public void A_repeated_link_summary_is_answered_again_and_does_nothing_else()
    {
        var node = new LinkPartner(NodeA());
        node.Ack();
        node.Send(SummaryOfB(7, Listed(201, 101, Ist(40)), Listed(202, 102)));
        var (nack, events) = (node.Sent[^1].Bytes, node.Events.Count);
        for (var i = 0; i < 20; i++)
        {
            node.Send(SummaryOfB(7, Listed(201, 101, Ist(40)), Listed(202, 102)));
            Assert.Equal(nack, node.Sent[^1].Bytes);
        }

        Assert.Equal(events, node.Events.Count);
        node.RunMs(60_000);
        Assert.Single(node.Summaries);
    }

    [Fact]
    [Requirement("4204-7-9")]
    public void Answers_are_taken_by_the_message_id_they_name_whatever_order_they_come_in()
    {
        var ids = _node.Summaries.ToDictionary(s => s.TeLink!.LocalLinkId, s => s.MessageId!.Value);
        _node.Send(new LinkSummaryAckMessage(ids[Identifier.Unnumbered(3)]));
        Assert.Equal([TeLinkState.Init, TeLinkState.Up], _node.Node.TeLinks.Select(t => t.State));
        _node.Send(new LinkSummaryNackMessage(ids[Identifier.Unnumbered(1)], LinkSummaryErrors.InvalidTeLink));
        Assert.Equal([TeLinkState.Init, TeLinkState.Up], _node.Node.TeLinks.Select(t => t.State));
        Assert.NotNull(_node.AlarmText(AlarmKind.TeLinkMismatch, "te1"));
        Assert.Null(_node.AlarmText(AlarmKind.TeLinkMismatch, "te2"));
    }

    [Fact]
    public void Stale_doubled_and_foreign_answers_are_counted_and_ignored()
    {
        var id = _node.Summaries.First().MessageId!.Value;
        _node.Node.Summarize(_node.Now, "te1");
        var next = _node.LastSummary.MessageId!.Value;
        Assert.NotEqual(id, next);

        _node.Send(new LinkSummaryAckMessage(id));
        _node.Send(new LinkSummaryNackMessage(id, LinkSummaryErrors.InvalidTeLink));
        _node.Send(new LinkSummaryAckMessage(0));
        _node.Send(new LinkSummaryAckMessage(next + 1000));
        Assert.Equal(4, _node.Node.Counters.Dropped(DropReason.StaleAnswer));
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
        Assert.Empty(_node.RaisedAlarms);

        _node.Send(new LinkSummaryAckMessage(next));
        Assert.Equal(TeLinkState.Up, _node.TeLink.State);
        _node.Send(new LinkSummaryAckMessage(next));
        _node.Send(new LinkSummaryNackMessage(next, LinkSummaryErrors.UnacceptableNonNegotiable, Listed(101, 201)));
        Assert.Equal(6, _node.Node.Counters.Dropped(DropReason.StaleAnswer));
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void An_answer_from_another_neighbour_is_none()
    {
        var c = new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3"), ControlChannels = [NoHello(Channel(2, "10.255.1.1", "10.255.1.3"))] };
        var node = new LinkPartner(NodeA() with { Neighbors = [NodeA().Neighbors[0], c] });
        node.Send(new LinkSummaryAckMessage(node.LastSummary.MessageId!.Value), channel: 1);
        Assert.Equal(TeLinkState.Init, node.TeLink.State);
        Assert.Equal(1, node.Node.Counters.Dropped(DropReason.StaleAnswer));
        node.Ack();
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
    }

    [Fact]
    public void A_lost_adjacency_forgets_the_order()
    {
        _node.Send(SummaryOfB(1000));
        _node.TransportDown();
        _node.TransportUp();
        _node.Send(SummaryOfB(5));
        Assert.Equal(5u, Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last()).MessageIdAck);
    }

    [Fact]
    [Requirement("4204-7-1")]
    public void Our_message_ids_only_grow_and_a_retransmission_keeps_its_own()
    {
        _node.RunMs(3000);
        _node.Node.Summarize(_node.Now, "te1");
        _node.Node.Summarize(_node.Now, "te2");
        var ids = _node.Summaries.Select(s => s.MessageId!.Value).ToList();
        Assert.Equal([101u, 102, 101, 102, 101, 102, 103, 104], ids);
    }

    [Fact]
    public void A_link_summary_is_accepted_in_active_and_up_only()
    {
        var node = new LinkPartner(A()) { AnswersConfig = true };
        Assert.Equal(ControlChannelState.Active, node.Channels[0].State);
        node.Send(SummaryOfB(1));
        Assert.Equal(1u, Assert.IsType<LinkSummaryAckMessage>(Assert.Single(node.Messages)).MessageIdAck);

        node.AnswersConfig = false;
        node.RunMs(500);
        Assert.Equal(ControlChannelState.ConfSnd, node.Channels[0].State);
        node.Send(SummaryOfB(2));
        Assert.Single(node.Messages);
        Assert.Equal(1, node.Node.Counters.Dropped(DropReason.WrongState));
        // It was never up: the TE link does not pretend that it is.
        Assert.Equal(TeLinkState.Degraded, node.TeLink.State);
        Assert.StartsWith("no control channel to b is up: ", node.TeLink.Reason, StringComparison.Ordinal);

        node.Node.ControlChannelDown(node.Now, "b", 1);
        node.Send(SummaryOfB(3));
        Assert.Single(node.Messages);

        var up = new LinkPartner(NodeA());
        up.Node.ControlChannelDown(up.Now, "b", 1);
        Assert.Equal(ControlChannelState.GoingDown, up.Channels[0].State);
        up.Send(SummaryOfB(1));
        Assert.DoesNotContain(up.Messages, m => m is LinkSummaryAckMessage or LinkSummaryNackMessage);
    }
}
