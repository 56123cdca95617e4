// Everything that changes nothing is counted, under the reason that helps.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class DropReasonTests
{
    private static readonly byte[] Hello = new HelloMessage(11, 1, 1).Encode();

    public static TheoryData<DropReason> Reasons() =>
    [
        DropReason.Malformed, DropReason.LengthMismatch, DropReason.BadVersion, DropReason.UnknownType, DropReason.Unsupported, DropReason.UnknownSource,
        DropReason.WrongNodeId, DropReason.UnknownChannel, DropReason.ZeroId, DropReason.WrongState, DropReason.AdminDown, DropReason.OutOfOrder,
        DropReason.StaleAnswer, DropReason.SequenceNumber, DropReason.ContentionWon, DropReason.EqualNodeId,
    ];

    [Theory, MemberData(nameof(Reasons))]
    public void Each_reason_is_counted_once_for_the_node_and_for_the_neighbour_it_is_about(DropReason reason)
    {
        var duel = Duel.In(reason switch
        {
            DropReason.WrongState or DropReason.ContentionWon => ConfSnd,
            DropReason.AdminDown => GoingDown,
            _ => Up,
        }, weaker: reason == DropReason.ContentionWon);
        var (us, them) = (duel.Lmp.NodeId, duel.Peer.NodeId);
        var attributable = true;
        switch (reason)
        {
            case DropReason.Malformed: duel.Peer.Say([.. Hello[..4], 0, 20, 0, 0, .. Hello[8..20]]); break;
            case DropReason.LengthMismatch: duel.Peer.Say([.. Hello, 0]); break;
            case DropReason.BadVersion: duel.Peer.Say([0x20, .. Hello[1..]]); break;
            case DropReason.UnknownType: duel.Peer.Say(new UnknownMessage((MessageType)50, [])); break;
            case DropReason.Unsupported: duel.Peer.Say(new TraceMismatchMessage(1, Identifier.Unnumbered(5))); break;
            case DropReason.UnknownSource:
                attributable = false;
                duel.Peer.At = Configurations.At("10.255.0.77");
                duel.Peer.SayHello(1, 1);
                break;
            case DropReason.WrongNodeId: duel.Peer.Say(new ConfigAckMessage(11, Configurations.Id("10.0.0.77"), 1, 100, us)); break;
            case DropReason.UnknownChannel:
                attributable = false;
                duel.Peer.CcId = 12;
                duel.Peer.SayHello(1, 1);
                break;
            case DropReason.ZeroId:
                attributable = false;
                duel.Peer.Say(new ConfigMessage(0, 1, them, new HelloConfig(150, 500)));
                break;
            case DropReason.WrongState: duel.Peer.SayHello(1, 1); break;
            case DropReason.AdminDown: duel.Peer.SayConfig(); break;
            case DropReason.OutOfOrder:
                duel.Peer.SayConfig(id: 10);
                duel.Peer.SayConfig(id: 9);
                break;
            case DropReason.StaleAnswer: duel.Peer.Say(new ConfigAckMessage(11, them, 1, 100, us)); break;
            case DropReason.SequenceNumber: duel.Peer.SayHello(9, 9); break;
            case DropReason.ContentionWon: duel.Peer.SayConfig(); break;
            case DropReason.EqualNodeId:
                attributable = false;
                duel.Peer.NodeId = us;
                duel.Peer.SayConfig();
                break;
        }

        foreach (var r in Enum.GetValues<DropReason>()) Assert.Equal(r == reason ? 1 : 0, duel.Dropped(r));
        Assert.Equal(attributable ? 1 : 0, duel.Lmp.Neighbors.Single().Counters.Dropped(reason));
        Assert.DoesNotContain(duel.Lmp.Alarms.All, a => a.State != AlarmState.Cleared);
    }

    [Theory]
    [InlineData("10.0.0.77", "the node at 10.255.0.2 has Node_Id 10.0.0.77, b is configured as 10.0.0.2; correct node-id, or the address")]
    [InlineData("10.0.0.1", "the node at 10.255.0.2 has our Node_Id 10.0.0.1; change the Node_Id of one of the two")]
    public void A_Node_Id_that_does_not_fit_is_told_while_it_may_be_why_the_channel_is_not_up(string nodeId, string text)
    {
        foreach (var state in (ControlChannelState[])[ConfSnd, ConfRcv, Active, Up, GoingDown, Down])
        {
            var duel = Duel.In(state);
            if (state == Down)
            {
                duel.Node.TransportUp();
                duel.RunMs(3_600);
            }

            var reason = duel.Channel.Reason;
            duel.Peer.NodeId = Configurations.Id(nodeId);
            duel.Peer.SayConfig();
            var told = state is ConfSnd or ConfRcv or Down;
            Assert.Equal(told ? text : reason, duel.Channel.Reason);
            if (state != ConfRcv) Assert.Equal(told, duel.Alarm(AlarmKind.NegotiationFailed) is not null);
            Assert.Equal(state, duel.State);
        }
    }

    [Fact]
    public void What_is_known_of_why_a_neighbour_does_not_answer_is_told_rather_than_its_silence()
    {
        var duel = new Duel();
        const string Text = "the node at 10.255.0.2 has Node_Id 10.0.0.77, b is configured as 10.0.0.2; correct node-id, or the address";
        duel.RunMs(1_000);
        duel.Peer.NodeId = Configurations.Id("10.0.0.77");
        duel.Peer.Acknowledge(duel.Peer.Hear<ConfigMessage>()[0]);
        Assert.Equal(Text, duel.Channel.Reason);
        duel.RunMs(3_000);
        Assert.Equal((Down, Text, "b/1: " + Text), (duel.State, duel.Channel.Reason, duel.Alarm(AlarmKind.ControlChannelDown)!.Text));

        // After a whole burst without any sign of it, it is silence again.
        duel.RunMs(5_500);
        Assert.Equal("3 Config messages unanswered; is lmpd running on 10.255.0.2, and is UDP 701 open?", duel.Channel.Reason);
        Assert.Null(duel.Alarm(AlarmKind.NegotiationFailed));
    }

    [Fact]
    public void A_passive_channel_that_nobody_calls_says_what_to_look_at()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        Assert.Equal("waiting for a Config from b at 10.255.0.2", duel.Channel.Reason);
        duel.RunMs(5_499);
        Assert.Null(duel.Alarm(AlarmKind.ControlChannelDown));
        duel.RunMs(1);
        const string Text = "no Config from b at 10.255.0.2; is lmpd running there with role active, and is UDP 701 open here?";
        Assert.Equal((Text, "b/1: " + Text), (duel.Channel.Reason, duel.Alarm(AlarmKind.ControlChannelDown)?.Text));
        duel.RunMs(60_000);
        Assert.Equal((ConfRcv, Text), (duel.State, duel.Channel.Reason));
    }

    [Fact]
    public void An_active_channel_that_lost_a_contention_starts_again_when_nothing_more_comes()
    {
        var duel = Duel.In(ConfRcv);
        duel.RunMs(5_499);
        Assert.Empty(duel.Peer.Hear());
        duel.RunMs(1);
        Assert.Equal(["ConfRcv>Down", "Down>ConfSnd"], duel.Changes);
        Assert.Single(duel.Peer.Hear<ConfigMessage>());
        Assert.DoesNotContain(duel.Node.Events.OfType<ControlChannelStateChanged>(), e => e.Reason.Length == 0);
    }
}
