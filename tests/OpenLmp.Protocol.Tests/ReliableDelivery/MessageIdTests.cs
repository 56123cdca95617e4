// RFC 4204 §7: Message_Ids and the order of Config messages.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ReliableDelivery;

public class MessageIdTests
{
    private const uint Max = uint.MaxValue;

    private static ControlChannelConfiguration Off(ControlChannelConfiguration c) => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off };

    [Theory, Requirement("4204-7-3")]
    [InlineData(5u, 4u, true)]
    [InlineData(5u, 5u, false)]
    [InlineData(5u, 6u, false)]
    [InlineData(0u, Max, true)]
    [InlineData(Max, 0u, false)]
    [InlineData(Max, Max - 1, true)]
    [InlineData(5u, 5u + 0x7FFFFFFF, false)]
    [InlineData(5u, 6u + 0x7FFFFFFF, false)]
    [InlineData(5u, 7u + 0x7FFFFFFF, true)]
    public void Out_of_order_is_what_is_less_by_the_signed_difference(uint largest, uint id, bool outOfOrder)
    {
        var memory = new MessageIdMemory();
        Assert.False(memory.IsOutOfOrder(id));
        memory.Remember(largest);
        Assert.Equal(outOfOrder, memory.IsOutOfOrder(id));
        Assert.Equal(largest == id, memory.IsRepeated(id));
        memory.Forget();
        Assert.False(memory.IsOutOfOrder(id));
        Assert.False(memory.IsRepeated(id));
    }

    [Fact, Requirement("4204-7-1")]
    public void Our_Message_Ids_increase_and_wrap()
    {
        var source = new MessageIdSource(Max - 1, null, _ => { });
        Assert.Equal([Max - 1, Max, 0u, 1u], (uint[])[source.Next(), source.Next(), source.Next(), source.Next()]);
    }

    [Theory, Requirement("4204-7-4")]
    [InlineData(1000u, 999u)]
    [InlineData(1000u, 1u)]
    [InlineData(0u, Max)]
    [InlineData(5u, Max - 5)]
    public void An_old_Config_is_ignored_in_every_state(uint newer, uint older)
    {
        foreach (var state in (ControlChannelState[])[ConfRcv, Active, Up])
        {
            var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
            duel.Peer.SayConfig(state == ConfRcv ? (ushort)1 : (ushort)150, 500, id: newer);
            if (state == Up) duel.Peer.SayHello(1, 1);
            Assert.Equal(state, duel.State);
            duel.Peer.Hear();
            duel.Peer.SayConfig(200, 700, id: older);
            Assert.Equal((state, 1), (duel.State, duel.Dropped(DropReason.OutOfOrder)));
            Assert.Equal(150, duel.Channel.HelloInterval);
            Assert.Empty(duel.Peer.Hear());
        }
    }

    [Fact, Requirement("4204-7-4")]
    public void A_newer_Config_across_the_wrap_counts()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.SayConfig(id: Max);
        duel.Peer.SayConfig(200, 700, id: 3);
        Assert.Equal((Active, 200), (duel.State, duel.Channel.HelloInterval));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_repeated_Config_while_Up_is_acknowledged_again_and_disturbs_nothing(bool off)
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive, off ? Off : null);
        var config = off ? duel.Peer.SayConfig(0, 0) : duel.Peer.SayConfig();
        if (!off)
        {
            duel.Peer.SayHello(1, 0);
            duel.Peer.SayHello(1, 1);
        }

        Assert.Equal(Up, duel.State);
        var (changed, tx) = (duel.Channel.LastChange, duel.Channel.TxSeqNum);
        duel.Peer.Hear();
        duel.Node.Events.Clear();
        duel.RunMs(100);
        for (var i = 0; i < 3; i++)
        {
            duel.Peer.Say(config);
            Assert.Equal(config.MessageId, Assert.IsType<ConfigAckMessage>(Assert.Single(duel.Peer.Hear())).MessageIdAck);
        }

        Assert.Empty(duel.Node.Events);
        Assert.Equal((Up, changed, tx), (duel.State, duel.Channel.LastChange, duel.Channel.TxSeqNum));
    }

    [Fact]
    public void Message_Ids_are_compared_within_the_neighbours_CC_Id()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.SayConfig(id: 1000);
        duel.RunMs(500);
        Assert.Equal(ConfRcv, duel.State);
        duel.Peer.CcId = 12;
        duel.Peer.SayConfig(id: 3);
        Assert.Equal((Active, 12u), (duel.State, duel.Channel.RemoteId!.Value));
    }

    [Fact]
    public void Losing_the_adjacency_clears_the_memory()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.SayConfig(id: 1000);
        duel.Peer.SayHello(1, 1);
        duel.RunMs(500);
        Assert.Equal(ConfRcv, duel.State);
        duel.Peer.SayConfig(id: 3);
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void A_neighbour_that_was_silent_for_a_whole_burst_may_have_started_over()
    {
        // It restarted without the flag before anything was agreed: nothing else would ever clear the memory.
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.SayConfig(1, 2, id: 1000);
        duel.RunMs(5_499);
        duel.Peer.SayConfig(id: 3);
        Assert.Equal((ConfRcv, 1), (duel.State, duel.Dropped(DropReason.OutOfOrder)));
        duel.RunMs(1);
        duel.Peer.SayConfig(id: 3);
        Assert.Equal(Active, duel.State);
    }

    [Theory, Requirement("4204-7-4")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restarted_neighbour_may_start_lower_once_no_Hello_proves_otherwise(bool off)
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive, off ? Off : null);
        if (off) duel.Peer.SayConfig(0, 0, id: 1000);
        else duel.Peer.SayConfig(id: 1000);
        if (!off) duel.Peer.SayHello(1, 1);
        Assert.Equal(Up, duel.State);
        duel.Peer.Hear();

        // While Hellos prove the old one there, it is an old message.
        if (!off)
        {
            duel.Peer.SayConfig(id: 3, flags: HeaderFlags.LmpRestart);
            Assert.Equal((Up, 1), (duel.State, duel.Dropped(DropReason.OutOfOrder)));
            Assert.Empty(duel.Peer.Hear());
            duel.RunMs(500);
        }

        if (off) duel.Peer.SayConfig(0, 0, id: 3, flags: HeaderFlags.LmpRestart);
        else duel.Peer.SayConfig(id: 3, flags: HeaderFlags.LmpRestart);
        Assert.Equal(3u, Assert.IsType<ConfigAckMessage>(duel.Peer.Hear().Last(m => m is not HelloMessage)).MessageIdAck);
    }

    [Fact]
    public void With_Hello_off_an_old_Config_without_the_flag_is_ignored_for_as_long_as_the_network_may_keep_one()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive, Off);
        duel.Peer.SayConfig(0, 0, id: 1000);
        duel.RunMs(5_000);
        duel.Peer.SayConfig(0, 0, id: 3);
        Assert.Equal(1, duel.Dropped(DropReason.OutOfOrder));
        duel.RunMs(500);
        duel.Peer.SayConfig(0, 0, id: 3);
        Assert.Equal((1, Up), (duel.Dropped(DropReason.OutOfOrder), duel.State));
    }

    [Fact, Requirement("4204-7-9")]
    public void Answers_are_never_out_of_order()
    {
        var duel = Duel.In(Up, options: new NodeOptions { FirstMessageId = Max });
        duel.RunMs(500);
        var config = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal(0u, config.MessageId);
        duel.Peer.Acknowledge(config);
        Assert.Equal(Active, duel.State);
    }
}
