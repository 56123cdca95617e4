// RFC 4204 §7: an answer is told by its Message_Id, which the neighbours do not keep from one another.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.Attacks;

public class OtherNeighborTests
{
    private const int OtherChannel = 1;

    private readonly StatusPartner _b = new(other: new NeighborConfiguration
    {
        Name = "c",
        NodeId = Configurations.Id("10.0.0.3"),
        ControlChannels = [LinkConfigurations.NoHello(Configurations.Channel(2, "10.255.0.1", "10.255.0.3"))],
    });

    private long Stale => _b.Node.Node.Neighbors.Single(n => n.Name == "c").Counters.Dropped(DropReason.StaleAnswer);

    [Fact]
    public void A_ChannelStatus_is_acknowledged_by_the_neighbour_it_was_sent_to()
    {
        _b.Signal(SignalState.Fail, "te1-2");
        _b.RunMs(0);
        _b.Node.Send(new ChannelStatusAckMessage(_b.Statuses.Single().MessageId!.Value), OtherChannel);
        _b.RunMs(600);
        Assert.Equal((2, 1L), (_b.Statuses.Count, Stale));

        _b.Acknowledge();
        _b.RunMs(5_000);
        Assert.Equal(2, _b.Statuses.Count);
    }

    [Fact]
    public void A_LinkSummary_is_answered_by_the_neighbour_it_was_sent_to()
    {
        _b.Node.Node.Summarize(_b.Node.Now, "te1");
        _b.RunMs(0);
        var id = _b.Node.LastSummary.MessageId!.Value;
        _b.Node.Send(new LinkSummaryAckMessage(id), OtherChannel);
        _b.Node.Send(new LinkSummaryNackMessage(id, LinkSummaryErrors.Renegotiate), OtherChannel);
        _b.RunMs(600);
        Assert.Equal((2, 2L), (_b.Node.Summaries.Count(), Stale));

        _b.Node.Ack();
        _b.RunMs(5_000);
        Assert.Equal(2, _b.Node.Summaries.Count());
    }
}
