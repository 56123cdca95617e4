// RFC 4204 §2, §3, §10, §12.6.1: LinkSummary over an unreliable network, and over several control channels
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class LinkSummaryDeliveryTests
{
    private static readonly NodeConfiguration TwoChannels = NodeA() with
    {
        Neighbors = [NodeA().Neighbors[0] with { ControlChannels = [NoHello(Channel(1, "10.255.0.1", "10.255.0.2")), NoHello(Channel(2, "10.255.1.1", "10.255.1.2"))] }],
    };

    [Fact]
    [Requirement("4204-12.6.1-2")]
    [Requirement("4204-10-1")]
    [Requirement("4204-7-2")]
    public void An_unanswered_link_summary_is_repeated_given_up_told_and_begun_again()
    {
        var node = new LinkPartner(NodeA());
        node.RunMs(3499);
        Assert.Equal("LinkSummary sent to b, waiting for its answer", node.TeLink.Reason);
        node.RunMs(1);
        Assert.Equal([0, 500, 1500], Times(node));
        Assert.Equal(2, node.Node.Counters.Retransmitted(MessageType.LinkSummary));
        Assert.Single(node.Sent.Select(s => Convert.ToHexString(s.Bytes)).Distinct());
        const string Why = "3 LinkSummary messages unanswered by b although its control channel is up; does it support link property correlation?";
        Assert.Equal($"te1: {Why}", node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
        Assert.Equal(Why, node.TeLink.Reason);
        Assert.Equal(LinkSummaryOutcome.Unanswered, node.Events.OfType<LinkSummaryFinished>().Single().Outcome);

        node.RunMs(2500);
        Assert.Equal([0, 500, 1500, 5500, 6000], Times(node));
        Assert.Equal(2, node.Summaries.Select(s => s.MessageId).Distinct().Count());
        Assert.Equal(Why, node.TeLink.Reason);
        node.Ack();
        Assert.Empty(node.RaisedAlarms);
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
        node.RunMs(60_000);
        Assert.Equal(5, Times(node).Count());
    }

    [Fact]
    [Requirement("4204-10.2-1")]
    public void An_answer_ends_the_repetition()
    {
        foreach (var refused in (bool[])[false, true])
        {
            var node = new LinkPartner(NodeA());
            node.RunMs(700);
            if (refused) node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
            else node.Ack();
            node.RunMs(60_000);
            Assert.Equal([0, 500], Times(node));
        }
    }

    [Fact]
    public void The_retransmission_parameters_are_those_of_the_channel()
    {
        var node = new LinkPartner(A(c => NoHello(c) with { Retransmit = new RetransmitConfiguration(TimeSpan.FromMilliseconds(100), 0.5, 4, TimeSpan.FromSeconds(1)) }));
        node.RunMs(1900);
        Assert.Equal([0, 100, 250, 475, 1812], Times(node));
    }

    [Fact]
    [Requirement("4204-12.6.1-2")]
    public void In_up_an_unanswered_link_summary_is_repeated_for_ever_too()
    {
        var node = new LinkPartner(NodeA());
        node.Ack();
        node.Reconfigure(NodeA(Link("te1-1", 101, 201), Link("te1-2", 102, 202), Link("te1-3", 103, 203)));
        node.RunMs(20_000);
        Assert.NotNull(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
        Assert.Equal((TeLinkState.Up, DataLinkState.Down), (node.TeLink.State, node.Links[2].State));
        Assert.EndsWith("does it support link property correlation?", node.Links[2].Reason, StringComparison.Ordinal);
        node.Ack();
        Assert.Empty(node.RaisedAlarms);
        Assert.Equal(DataLinkState.UpFree, node.Links[2].State);
    }

    [Fact]
    public void A_late_answer_counts_until_the_next_link_summary()
    {
        var node = new LinkPartner(NodeA());
        node.RunMs(5000);
        node.Ack();
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
        Assert.Empty(node.RaisedAlarms);
        node.RunMs(60_000);
        Assert.Equal(3, node.Summaries.Count());
        node.Ack();
        Assert.Equal(1, node.Node.Counters.Dropped(DropReason.StaleAnswer));
    }

    [Fact]
    public void The_alarm_about_silence_ends_when_there_is_nobody_left_to_ask()
    {
        var node = new LinkPartner(NodeA());
        node.RunMs(4000);
        Assert.NotNull(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
        node.TransportDown();
        Assert.Null(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));

        node.TransportUp();
        node.RunMs(4000);
        node.Reconfigure(NodeA(Link("te1-1", 101, null)));
        Assert.Null(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
        node.RunMs(60_000);
        Assert.Null(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));

        node.Reconfigure(NodeA());
        node.RunMs(4000);
        Assert.NotNull(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
        node.Reconfigure(NodeA() with { TeLinks = [] });
        Assert.Null(node.AlarmText(AlarmKind.LinkSummaryUnanswered, "te1"));
    }

    [Fact]
    [Requirement("4204-2-3")]
    public void The_exchange_goes_on_over_another_control_channel()
    {
        var node = new LinkPartner(TwoChannels);
        node.RunMs(600);
        node.TransportDown(0);
        node.RunMs(1000);
        Assert.Equal([(0, 1u), (500, 1u), (1500, 2u)], node.Sent.Select(s => ((int)(s.At - new Instant(1_000_000_000)).TotalMilliseconds, s.Channel)));
        Assert.Single(node.Sent.Select(s => Convert.ToHexString(s.Bytes)).Distinct());
        node.Send(new LinkSummaryAckMessage(node.LastSummary.MessageId!.Value), channel: 1);
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
        Assert.DoesNotContain(node.Events, e => e is AdjacencyChanged { Up: false });
    }

    [Fact]
    [Requirement("4204-2-3")]
    public void An_answer_may_come_over_another_control_channel_and_goes_back_over_the_one_asked()
    {
        var node = new LinkPartner(TwoChannels);
        node.Send(new LinkSummaryAckMessage(node.LastSummary.MessageId!.Value), channel: 1);
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
        node.Send(SummaryOfB(1), channel: 1);
        node.Send(SummaryOfB(2), channel: 0);
        Assert.Equal([2u, 1u], node.Sent.TakeLast(2).Select(s => s.Channel));
    }

    [Fact]
    public void A_second_control_channel_begins_nothing_anew()
    {
        var node = new LinkPartner(TwoChannels);
        node.Ack();
        Assert.Single(node.Summaries);
        node.TransportDown(1);
        node.TransportUp();
        Assert.Single(node.Summaries);
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
    }

    [Fact]
    public void An_adjacency_lost_in_the_middle_ends_the_exchange_and_the_next_one_begins_it_again()
    {
        var node = new LinkPartner(NodeA());
        var first = node.LastSummary.MessageId!.Value;
        node.RunMs(100);
        node.TransportDown();
        var finished = node.Events.OfType<LinkSummaryFinished>().Single();
        Assert.Equal((LinkSummaryOutcome.Abandoned, "te1: the control channels to b were lost before it answered"), (finished.Outcome, finished.Text));
        node.RunMs(60_000);
        Assert.Single(node.Summaries);

        node.TransportUp();
        Assert.Equal(2, node.Summaries.Count());
        node.Send(new LinkSummaryAckMessage(first));
        Assert.Equal(TeLinkState.Init, node.TeLink.State);
        node.Ack();
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
    }

    [Fact]
    public void A_te_link_taken_away_in_the_middle_ends_the_exchange()
    {
        var node = new LinkPartner(NodeA());
        node.Reconfigure(NodeA() with { TeLinks = [] });
        var finished = node.Events.OfType<LinkSummaryFinished>().Single();
        Assert.Equal((LinkSummaryOutcome.Abandoned, "te1: it is no longer configured"), (finished.Outcome, finished.Text));
        node.RunMs(60_000);
        Assert.Single(node.Summaries);
        node.Ack();
        Assert.Equal(1, node.Node.Counters.Dropped(DropReason.StaleAnswer));
    }

    public static TheoryData<string, int> Losses
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var type in (MessageType[])[MessageType.LinkSummary, MessageType.LinkSummaryAck, MessageType.LinkSummaryNack])
                for (var which = 1; which <= 4; which++) data.Add(type.ToString(), which);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Whichever_message_is_lost_both_ends_come_to_the_same_verdict(string type, int which)
    {
        // te1-1 has to be negotiated, te1-2 agrees, te1-3 does not.
        var (network, a, b) = Pair(
            NodeA(LinkAtA(Lambda(1, 10)), Link("te1-2", 102, 202), Link("te1-3", 103, 203)),
            NodeB(LinkAtB(Lambda(5, 40)), Link("te1-2", 202, 102), Link("te1-3", 203, 103, Gbps(40))));
        var seen = 0;
        network.Filter = d => d.Type.ToString() != type || ++seen != which;
        network.Run(TimeSpan.FromMinutes(1));
        AssertVerdict(a, "te1-3: bandwidth 10 Gbps here, 40 Gbps at b");
        AssertVerdict(b, "te1-3: bandwidth 40 Gbps here, 10 Gbps at a");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Everything_doubled_and_out_of_order_comes_to_the_same_verdict(int seed)
    {
        var (network, a, b) = Pair(
            NodeA(LinkAtA(Lambda(1, 10)), Link("te1-2", 102, 202), Link("te1-3", 103, 203)),
            NodeB(LinkAtB(Lambda(5, 40)), Link("te1-2", 202, 102), Link("te1-3", 203, 103, Gbps(40))));
        var random = new Random(seed);
        network.Filter = d =>
        {
            // Put on its way twice, each with a delay of its own.
            for (var copy = 0; copy < 2; copy++)
            {
                network.Delay = TimeSpan.FromMilliseconds(random.Next(1, 400));
                network.Inject(d);
            }

            return false;
        };
        network.Run(TimeSpan.FromMinutes(1));
        AssertVerdict(a, "te1-3: bandwidth 10 Gbps here, 40 Gbps at b");
        AssertVerdict(b, "te1-3: bandwidth 40 Gbps here, 10 Gbps at a");
    }

    private static void AssertVerdict(VirtualNode node, string alarm)
    {
        Assert.Equal([alarm], node.RaisedAlarms());
        Assert.Equal([DataLinkState.UpFree, DataLinkState.UpFree, DataLinkState.Down], node.TeLink.DataLinks.Select(l => l.State));
        Assert.Equal([Lambda(5, 10)], node.TeLink.DataLinks[0].AgreedCapabilities);
    }

    private static IEnumerable<int> Times(LinkPartner node) =>
        node.Sent.Where(s => s.Bytes[3] == (byte)MessageType.LinkSummary).Select(s => (int)(s.At - new Instant(1_000_000_000)).TotalMilliseconds);
}
