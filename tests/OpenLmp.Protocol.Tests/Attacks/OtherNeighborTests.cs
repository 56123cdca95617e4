// RFC 4204 §7: an answer is told by its Message_Id, which the neighbours do not keep from one another.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.Attacks;

public class OtherNeighborTests
{
    private const int OtherChannel = 1;

    private static readonly NeighborConfiguration C = new()
    {
        Name = "c",
        NodeId = Configurations.Id("10.0.0.3"),
        ControlChannels = [LinkConfigurations.NoHello(Configurations.Channel(2, "10.255.0.1", "10.255.0.3"))],
    };

    private readonly StatusPartner _b = new(other: C);

    [Fact]
    public void A_ChannelStatus_is_acknowledged_by_the_neighbour_it_was_sent_to()
    {
        _b.Signal(SignalState.Fail, "te1-2");
        _b.RunMs(0);
        _b.Node.Send(new ChannelStatusAckMessage(_b.Statuses.Single().MessageId!.Value), OtherChannel);
        _b.RunMs(600);
        Assert.Equal((2, 1L), (_b.Statuses.Count, Dropped(_b.Node, DropReason.StaleAnswer)));

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
        Assert.Equal((2, 2L), (_b.Node.Summaries.Count(), Dropped(_b.Node, DropReason.StaleAnswer)));

        _b.Node.Ack();
        _b.RunMs(5_000);
        Assert.Equal(2, _b.Node.Summaries.Count());
    }

    [Fact]
    public void A_verification_belongs_to_the_neighbour_that_began_it()
    {
        var configuration = LinkConfigurations.NodeA(t => t with { Verification = t.Verification with { OnEstablishment = false, Periodic = TimeSpan.Zero } });
        var b = VerifySteps.Verifier(configuration with { Neighbors = [.. configuration.Neighbors, C] });
        b.Ack();
        b.Send(VerifySteps.Ask());
        var id = b.Last<BeginVerifyAckMessage>().VerifyId;
        b.Test(0, 201, id);
        b.Send(new TestStatusAckMessage(b.Last<TestStatusSuccessMessage>().MessageId!.Value, id), OtherChannel);
        b.Send(new EndVerifyMessage(4_711, id), OtherChannel);
        b.Send(new TestMessage(Identifier.Unnumbered(202), id), OtherChannel);
        b.RunMs(600);
        Assert.Equal((2, 1L, 2L), (b.Count<TestStatusSuccessMessage>(), Dropped(b, DropReason.StaleAnswer), Dropped(b, DropReason.UnknownVerifyId)));

        b.AckStatus();
        b.Test(1, 202, id);
        Assert.Equal((3, Identifier.Unnumbered(102)), (b.Count<TestStatusSuccessMessage>(), b.Last<TestStatusSuccessMessage>().LocalInterfaceId));
    }

    private static long Dropped(LinkPartner node, DropReason reason) => node.Node.Neighbors.Single(n => n.Name == C.Name).Counters.Dropped(reason);
}
