// RFC 4204 §11.1.3, Figure 3: each arrow out of Active, Up and GoingDown, taken by real messages, commands and time.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ArrowsOfOperationTests
{
    private const ControlChannelRole Passive = ControlChannelRole.Passive;

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-2")]
    [InlineData(Up), Requirement("4204-11.1-Up-2")]
    [InlineData(GoingDown), Requirement("4204-11.1-GoingDown-2")]
    public void Event_2_losing_the_transport_leads_to_Down_and_silence(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>Down", () => duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down"));
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-10")]
    [InlineData(Up), Requirement("4204-11.1-Up-10")]
    [Requirement("4204-3.2.3-3")]
    public void Event_10_ControlChannelDown_from_the_neighbour_is_answered_with_one_Hello_and_leads_to_Down(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>Down", () => duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown));
        Assert.Equal(HeaderFlags.ControlChannelDown, Assert.IsType<HelloMessage>(Assert.Single(duel.Peer.Hear())).Flags);
        duel.RunMs(4_999);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact, Requirement("4204-11.1-GoingDown-10")]
    public void GoingDown_10_the_neighbours_flag_ends_it_at_once()
    {
        var duel = Duel.In(GoingDown);
        duel.Takes("GoingDown>Down", () => duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown));
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-9")]
    [InlineData(Up), Requirement("4204-11.1-Up-9")]
    [Requirement("4204-3.2.3-2")]
    public void Event_9_the_operator_makes_it_tell_the_neighbour(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>GoingDown", () => duel.Lmp.ControlChannelDown(duel.Now, "b", 1));
        Assert.Equal(HeaderFlags.ControlChannelDown, duel.Peer.HearOne<HelloMessage>().Flags);
        duel.RunMs(499);
        Assert.Equal([HeaderFlags.ControlChannelDown, HeaderFlags.ControlChannelDown, HeaderFlags.ControlChannelDown], duel.Peer.Hear().Select(m => m.Flags));
    }

    [Fact, Requirement("4204-11.1-GoingDown-17")]
    public void GoingDown_17_ends_after_HelloDeadInterval_without_the_neighbours_flag()
    {
        var duel = Duel.In(GoingDown);
        duel.Takes("GoingDown>GoingDown", () => duel.RunMs(499));
        duel.Takes("GoingDown>Down", () => duel.RunMs(1));
        duel.Peer.Hear();
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-5")]
    [InlineData(Up), Requirement("4204-11.1-Up-5")]
    public void Event_5_a_new_Config_that_is_acknowledged_starts_Hello_over(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>Active", () => duel.Peer.SayConfig(200, 800));
        var heard = duel.Peer.Hear();
        Assert.IsType<ConfigAckMessage>(heard[0]);
        Assert.Equal(new HelloMessage(1, 1, 0), heard[1]);
        Assert.Equal((200, 800), (duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-6")]
    [InlineData(Up), Requirement("4204-11.1-Up-6")]
    [Requirement("4204-3.2.1-4")]
    public void Event_6_a_new_Config_that_is_refused_leads_to_ConfRcv_and_ends_Hello(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>ConfRcv", () => duel.Peer.SayConfig(1, 2));
        duel.RunMs(5_000);
        Assert.IsType<ConfigNackMessage>(Assert.Single(duel.Peer.Hear()));
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-12a")]
    [InlineData(Up), Requirement("4204-11.1-Up-12a")]
    public void Event_12a_silence_makes_an_active_channel_send_Config(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>ConfSnd", () => duel.RunMs(500));
        Assert.IsType<ConfigMessage>(duel.Peer.Hear()[^1]);
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-12b")]
    [InlineData(Up), Requirement("4204-11.1-Up-12b")]
    public void Event_12b_silence_makes_a_passive_channel_wait_for_Config(ControlChannelState state)
    {
        var duel = Duel.In(state, Passive);
        duel.Takes($"{state}>ConfRcv", () => duel.RunMs(500));
        duel.Peer.Hear();
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-13")]
    [InlineData(Up), Requirement("4204-11.1-Up-13")]
    public void Event_13_a_Hello_with_unexpected_numbers_changes_nothing(ControlChannelState state)
    {
        var duel = Duel.In(state);
        var before = (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum);
        duel.Takes($"{state}>{state}", () => duel.Peer.SayHello(7, 9));
        Assert.Equal(before, (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        Assert.Equal(1, duel.Dropped(DropReason.SequenceNumber));
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-14a")]
    [InlineData(Up), Requirement("4204-11.1-Up-14a")]
    public void Event_14a_new_parameters_make_an_active_channel_send_Config(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>ConfSnd", () => duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200) }));
        Assert.Equal(200, duel.Peer.HearOne<ConfigMessage>().Find<HelloConfig>()!.HelloInterval);
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-14b")]
    [InlineData(Up), Requirement("4204-11.1-Up-14b")]
    public void Event_14b_new_parameters_make_a_passive_channel_wait_for_Config(ControlChannelState state)
    {
        var duel = Duel.In(state, Passive);
        duel.Takes($"{state}>ConfRcv", () => duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200) }));
        duel.RunMs(5_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active), Requirement("4204-11.1-Active-16")]
    [InlineData(Up), Requirement("4204-11.1-Up-16")]
    [Requirement("4204-12.4-2")]
    public void Event_16_Hello_is_sent_every_HelloInterval(ControlChannelState state)
    {
        var duel = Duel.In(state);
        var start = duel.Now;
        duel.Takes($"{state}>{state}", () => duel.RunMs(450));
        Assert.Equal([150, 300, 450], duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds));
    }

    [Fact, Requirement("4204-11.1-Active-11")]
    public void Active_11_a_valid_Hello_leads_to_Up()
    {
        var duel = Duel.In(Active);
        duel.Takes("Active>Up", () => duel.Peer.SayHello(1, 0));
    }

    [Fact, Requirement("4204-11.1-Up-11")]
    public void Up_11_a_valid_Hello_keeps_it_up()
    {
        var duel = Duel.In(Up);
        for (uint i = 2; i < 100; i++)
        {
            duel.Takes("Up>Up", () => duel.RunMs(499));
            duel.Takes("Up>Up", () => duel.Peer.SayHello(i, i));
        }

        Assert.Equal((100u, 99u), (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        Assert.Equal(0, duel.Channel.Flaps);
    }
}
