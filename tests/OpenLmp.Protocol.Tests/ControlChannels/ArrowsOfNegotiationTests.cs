// RFC 4204 §11.1.3, Figure 3: each arrow out of Down, ConfSnd and ConfRcv, taken by real messages, commands and time.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ArrowsOfNegotiationTests
{
    private const ControlChannelRole Passive = ControlChannelRole.Passive;

    [Fact, Requirement("4204-11.1-Down-1a"), Requirement("4204-3.1-1")]
    public void Down_1a_an_active_channel_that_is_brought_up_sends_Config()
    {
        var duel = Duel.In(Down);
        duel.Takes("Down>ConfSnd", () => duel.Node.TransportUp());
        Assert.Equal(1u, duel.Peer.HearOne<ConfigMessage>().LocalCcid);
    }

    [Fact, Requirement("4204-11.1-Down-1b")]
    public void Down_1b_a_passive_channel_that_is_brought_up_waits_for_Config()
    {
        var duel = Duel.In(Down, Passive);
        duel.Takes("Down>ConfRcv", () => duel.Node.TransportUp());
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact, Requirement("4204-11.1-Down-2")]
    public void Down_2_a_channel_without_transport_stays_down()
    {
        var duel = Duel.In(Down);
        duel.Takes("Down>Down", () => duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down"));
        Assert.Equal("interface eth0 is down", duel.Channel.Reason);
    }

    [Fact, Requirement("4204-11.1-ConfSnd-2")]
    public void ConfSnd_2_losing_the_transport_ends_the_sending_of_Config()
    {
        var duel = Duel.In(ConfSnd);
        duel.Takes("ConfSnd>Down", () => duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down"));
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact, Requirement("4204-11.1-ConfSnd-9")]
    public void ConfSnd_9_the_operator_ends_the_sending_of_Config()
    {
        var duel = Duel.In(ConfSnd);
        duel.Takes("ConfSnd>Down", () => duel.Lmp.ControlChannelDown(duel.Now, "b", 1));
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact, Requirement("4204-11.1-ConfSnd-4"), Requirement("4204-12.3.3-6"), Requirement("4204-12.3.3-7"), Requirement("4204-3.1-4")]
    public void ConfSnd_4_a_ConfigNack_with_acceptable_values_is_followed_by_a_Config_with_them()
    {
        var duel = new Duel();
        var first = duel.Peer.HearOne<ConfigMessage>();
        duel.Takes("ConfSnd>ConfSnd", () => duel.Peer.Refuse(first, new HelloConfig(1000, 3000) { Negotiable = true }));
        var second = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal(new HelloConfig(1000, 3000) { Negotiable = true }, second.Find<HelloConfig>());
        Assert.NotEqual(first.MessageId, second.MessageId);
    }

    [Fact, Requirement("4204-11.1-ConfSnd-7")]
    public void ConfSnd_7_the_winner_of_a_contention_ignores_the_Config_and_goes_on_with_its_own()
    {
        var duel = new Duel(weaker: true);
        var ours = duel.Peer.HearOne<ConfigMessage>();
        duel.Takes("ConfSnd>ConfSnd", () => duel.Peer.SayConfig());
        Assert.Equal(1, duel.Dropped(DropReason.ContentionWon));
        duel.RunMs(500);
        Assert.Equal(ours, duel.Peer.HearOne<ConfigMessage>());
    }

    [Fact, Requirement("4204-11.1-ConfSnd-14a")]
    public void ConfSnd_14a_new_parameters_are_proposed_at_once()
    {
        var duel = Duel.In(ConfSnd);
        duel.Takes("ConfSnd>ConfSnd", () => duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200) }));
        Assert.Equal(200, duel.Peer.HearOne<ConfigMessage>().Find<HelloConfig>()!.HelloInterval);
    }

    [Fact, Requirement("4204-11.1-ConfSnd-15"), Requirement("4204-12.3.1-2")]
    public void ConfSnd_15_Config_is_sent_again()
    {
        var duel = new Duel();
        var first = duel.Peer.HearOne<ConfigMessage>();
        duel.Takes("ConfSnd>ConfSnd", () => duel.RunMs(500));
        Assert.Equal(first, duel.Peer.HearOne<ConfigMessage>());
        Assert.Equal(1, duel.Lmp.Counters.Retransmitted(MessageType.Config));
    }

    [Fact, Requirement("4204-11.1-ConfSnd-3"), Requirement("4204-3.1-1"), Requirement("4204-10.2-1")]
    public void ConfSnd_3_a_ConfigAck_ends_the_sending_of_Config_and_starts_Hello()
    {
        var duel = new Duel();
        var config = duel.Peer.HearOne<ConfigMessage>();
        duel.Takes("ConfSnd>Active", () => duel.Peer.Acknowledge(config));
        Assert.Equal([new HelloMessage(1, 1, 0)], duel.Peer.Hear());
        duel.RunMs(499);
        Assert.All(duel.Peer.Hear(), m => Assert.IsType<HelloMessage>(m));
    }

    [Fact, Requirement("4204-11.1-ConfSnd-8a"), Requirement("4204-3.1-2")]
    public void ConfSnd_8a_the_loser_of_a_contention_stops_its_Config_and_acknowledges()
    {
        var duel = Duel.In(ConfSnd);
        ConfigMessage? theirs = null;
        duel.Takes("ConfSnd>Active", () => theirs = duel.Peer.SayConfig());
        var heard = duel.Peer.Hear();
        Assert.Equal(theirs!.MessageId, Assert.IsType<ConfigAckMessage>(heard[0]).MessageIdAck);
        Assert.Equal(new HelloMessage(1, 1, 0), heard[1]);
        duel.RunMs(499);
        Assert.DoesNotContain(duel.Peer.Hear(), m => m is ConfigMessage);
    }

    [Fact, Requirement("4204-11.1-ConfSnd-8b"), Requirement("4204-3.1-2"), Requirement("4204-12.3.1-2")]
    public void ConfSnd_8b_the_loser_of_a_contention_stops_its_Config_and_refuses()
    {
        var duel = Duel.In(ConfSnd);
        duel.Takes("ConfSnd>ConfRcv", () => duel.Peer.SayConfig(1, 2));
        Assert.IsType<ConfigNackMessage>(Assert.Single(duel.Peer.Hear()));
        duel.RunMs(5_000);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(ConfSnd), Requirement("4204-11.1-ConfSnd-10")]
    [InlineData(ConfRcv), Requirement("4204-11.1-ConfRcv-10")]
    [Requirement("4204-3.2.3-3")]
    public void Event_10_ControlChannelDown_ends_a_negotiation_too_as_the_text_has_it(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Takes($"{state}>Down", () => duel.Peer.SayConfig(flags: HeaderFlags.ControlChannelDown));
        Assert.Equal(HeaderFlags.ControlChannelDown, Assert.IsType<HelloMessage>(Assert.Single(duel.Peer.Hear())).Flags);
    }

    [Fact, Requirement("4204-11.1-ConfRcv-2")]
    public void ConfRcv_2_losing_the_transport_ends_the_waiting()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Takes("ConfRcv>Down", () => duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down"));
    }

    [Fact, Requirement("4204-11.1-ConfRcv-9")]
    public void ConfRcv_9_the_operator_ends_the_waiting()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Takes("ConfRcv>Down", () => duel.Lmp.ControlChannelDown(duel.Now, "b", 1));
        duel.Peer.SayConfig();
        Assert.Empty(duel.Peer.Hear());
        Assert.Equal(1, duel.Dropped(DropReason.AdminDown));
    }

    [Fact, Requirement("4204-11.1-ConfRcv-6"), Requirement("4204-3.2.1-4")]
    public void ConfRcv_6_a_Config_that_is_refused_keeps_it_waiting_without_Hello()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Takes("ConfRcv>ConfRcv", () => duel.Peer.SayConfig(1, 2));
        duel.RunMs(60_000);
        Assert.IsType<ConfigNackMessage>(Assert.Single(duel.Peer.Hear()));
    }

    [Fact, Requirement("4204-11.1-ConfRcv-14")]
    public void ConfRcv_14_new_parameters_are_what_it_waits_for()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Takes("ConfRcv>ConfRcv", () => duel.Reconfigure(c => c with { HelloInterval = new IntervalRange(1, 1, 1), HelloDeadInterval = IntervalRange.Exactly(2) }));
        duel.Peer.SayConfig(1, 2);
        Assert.Equal(Active, duel.State);
    }

    [Fact, Requirement("4204-11.1-ConfRcv-5")]
    public void ConfRcv_5_a_Config_that_is_acknowledged_starts_Hello()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Takes("ConfRcv>Active", () => duel.Peer.SayConfig());
        Assert.Equal(["ConfigAck", "Hello"], duel.Peer.Hear().Select(m => m.Name));
    }
}
