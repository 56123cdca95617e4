// RFC 4204 §3.1, §12.3: what is in Config, ConfigAck and ConfigNack, and what each of them leads to.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ConfigExchangeTests
{
    private const ControlChannelRole Passive = ControlChannelRole.Passive;

    private static readonly LmpObject UnknownConfig = new UnknownObject(ObjectClass.Config, 77, [1, 2, 3, 4]) { Negotiable = true };

    [Fact, Requirement("4204-12.3.1-1"), Requirement("4204-13.1-1")]
    public void Config_has_its_objects_in_the_RFCs_order_and_HelloConfig_negotiable()
    {
        var config = new Duel().Peer.HearOne<ConfigMessage>();
        Assert.Equal(
            [
                new LocalCcid(1), new MessageId(100), new LocalNodeId(Configurations.Id("10.0.0.1")), new HelloConfig(150, 500) { Negotiable = true },
                new BehaviorConfig(LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck),
            ],
            config.Objects.ToArray());
    }

    [Fact, Requirement("4204-12.3.2-1"), Requirement("4204-12.3.2-2"), Requirement("4204-13.1-2")]
    public void ConfigAck_repeats_ids_of_the_Config_in_the_RFCs_order()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(id: 4711);
        Assert.Equal(
            [new LocalCcid(1), new LocalNodeId(Configurations.Id("10.0.0.1")), new RemoteCcid(11), new MessageIdAck(4711), new RemoteNodeId(duel.Peer.NodeId)],
            duel.Peer.HearOne<ConfigAckMessage>().Objects.ToArray());
    }

    [Fact, Requirement("4204-12.3.3-2"), Requirement("4204-12.3.3-3"), Requirement("4204-12.3.3-4"), Requirement("4204-13.1-2")]
    public void ConfigNack_repeats_ids_of_the_Config_in_the_RFCs_order_and_offers_acceptable_values()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(5, 500, id: 4711);
        Assert.Equal(
            [
                new LocalCcid(1), new LocalNodeId(Configurations.Id("10.0.0.1")), new RemoteCcid(11), new MessageIdAck(4711), new RemoteNodeId(duel.Peer.NodeId),
                new HelloConfig(10, 500) { Negotiable = true },
            ],
            duel.Peer.HearOne<ConfigNackMessage>().Objects.ToArray());
    }

    [Fact, Requirement("4204-12.3.3-5")]
    public void Parameters_that_are_not_negotiable_are_copied_into_the_ConfigNack()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(5, 500, negotiable: false);
        Assert.Equal([new HelloConfig(5, 500)], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Equal("hello interval 10-65535 ms here, 5 ms at b; change the hello intervals of one end", duel.Channel.Reason);
    }

    [Fact]
    public void Parameters_that_are_not_negotiable_are_accepted_within_the_ranges()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(1000, 4000, negotiable: false);
        Assert.Equal((Active, 1000, 4000), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
    }

    [Fact, Requirement("4204-12.3.3-1"), Requirement("4204-12.3.3-5"), Requirement("4204-12.3.3-8")]
    public void A_CONFIG_object_that_is_not_known_is_copied_into_the_ConfigNack_and_what_is_agreed_is_not()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig([new HelloConfig(150, 500) { Negotiable = true }, UnknownConfig]);
        Assert.Equal([UnknownConfig], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Equal(ConfRcv, duel.State);
        Assert.Contains(UnknownConfig.Name, duel.Channel.Reason, StringComparison.Ordinal);
    }

    [Fact, Requirement("4204-12.3.3-8")]
    public void Everything_that_is_refused_is_in_one_ConfigNack()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig([UnknownConfig, new HelloConfig(5, 500) { Negotiable = true }]);
        Assert.Equal([UnknownConfig, new HelloConfig(10, 500) { Negotiable = true }], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Contains("hello interval 10-65535 ms here, 5 ms at b", duel.Channel.Reason, StringComparison.Ordinal);
        Assert.Contains(UnknownConfig.Name, duel.Channel.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Config_without_HelloConfig_is_refused_with_the_values_preferred_here()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig([UnknownConfig]);
        Assert.Equal(
            [new HelloConfig(150, 500) { Negotiable = true }, UnknownConfig],
            duel.Peer.HearOne<ConfigNackMessage>().Configs.OrderBy(c => c.CType));
    }

    [Fact]
    public void The_first_of_several_CONFIG_objects_of_a_C_Type_counts()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig([new HelloConfig(200, 700) { Negotiable = true }, new HelloConfig(1, 2) { Negotiable = true }]);
        Assert.Equal((Active, 200, 700), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));

        duel = Duel.In(ConfRcv, Passive);
        var second = new UnknownObject(ObjectClass.Config, 77, [9, 9, 9, 9]);
        duel.Peer.SayConfig([UnknownConfig, second, new HelloConfig(150, 500) { Negotiable = true }]);
        Assert.Equal([UnknownConfig], duel.Peer.HearOne<ConfigNackMessage>().Configs);
    }

    [Fact]
    public void Objects_in_another_order_and_of_unknown_classes_are_accepted()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.Say(new ConfigMessage(
            [new HelloConfig(150, 500) { Negotiable = true }, new UnknownObject((ObjectClass)200, 1, [1, 2, 3, 4]), new LocalNodeId(duel.Peer.NodeId), new MessageId(5), new LocalCcid(11)]));
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void What_does_not_fit_one_datagram_is_left_out_of_the_ConfigNack()
    {
        // The ConfigNack has two objects more than the Config: copied in full, the largest Config would not fit it.
        var duel = Duel.In(ConfRcv, Passive);
        var large = new UnknownObject(ObjectClass.Config, 78, ValueList.Create<byte>(new byte[CommonHeader.MaxMessageLength - 32 - 4 - 8]));
        duel.Peer.SayConfig([new HelloConfig(5, 500) { Negotiable = true }, large]);
        Assert.Equal([new HelloConfig(10, 500) { Negotiable = true }], duel.Peer.HearOne<ConfigNackMessage>().Configs);

        duel.Peer.SayConfig([new HelloConfig(150, 500) { Negotiable = true }, large]);
        Assert.Empty(duel.Peer.Hear());
        Assert.Equal(1, duel.Dropped(DropReason.Unsupported));
        Assert.Equal(ConfRcv, duel.State);
    }

    [Fact, Requirement("4204-3.1-4"), Requirement("4204-12.3.3-7")]
    public void Both_ends_use_the_values_of_the_Config_acknowledged()
    {
        var duel = new Duel();
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new HelloConfig(1000, 4000) { Negotiable = true });
        duel.Peer.Acknowledge(duel.Peer.HearOne<ConfigMessage>());
        duel.Peer.Hear();
        var start = duel.Now;
        Assert.Equal((Active, 1000, 4000), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
        duel.RunMs(3999);
        Assert.Equal([1000, 2000, 3000], duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds));
        Assert.Equal(Active, duel.State);
        duel.RunMs(1);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact, Requirement("4204-3.1-5")]
    public void An_unacceptable_counter_proposal_is_told_and_tried_again_after_the_pause()
    {
        var duel = new Duel(channel: c => c with { HelloInterval = new IntervalRange(950, 900, 1000), HelloDeadInterval = IntervalRange.Around(4000) });
        var start = duel.Now;
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new HelloConfig(1100, 4000) { Negotiable = true });
        const string Text = "hello interval 900-1000 ms here, 1100 ms at b; change the hello intervals of one end";
        Assert.Equal(Text, duel.Channel.Reason);
        Assert.Equal("b/1: " + Text, duel.Alarm(AlarmKind.NegotiationFailed)?.Text);
        Assert.Equal(ConfSnd, duel.State);
        duel.RunMs(2000);
        var retry = Assert.Single(duel.Peer.HearDatagrams());
        Assert.Equal(2000, (retry.SentAt - start).TotalMilliseconds);
        Assert.Equal(101u, retry.Message!.MessageId);
        duel.Peer.Acknowledge((ConfigMessage)retry.Message);
        Assert.Null(duel.Alarm(AlarmKind.NegotiationFailed));
    }

    [Theory]
    [InlineData(false, 0, 0, "Hello is off here, b wants 150/500 ms; change the hello intervals of one end")]
    [InlineData(true, 150, 500, "hello interval 10-65535 ms here, Hello is off at b; change the hello intervals of one end")]
    public void Hello_off_at_one_end_only_is_told(bool offThere, ushort hello, ushort dead, string text)
    {
        var duel = new Duel(channel: c => offThere ? c : c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off });
        var config = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal(new HelloConfig(hello, dead) { Negotiable = true }, config.Find<HelloConfig>());
        duel.Peer.Refuse(config, (offThere ? new HelloConfig(0, 0) : new HelloConfig(150, 500)) with { Negotiable = true });
        Assert.Equal(text, duel.Channel.Reason);
    }

    [Fact]
    public void Counter_proposals_that_never_end_are_followed_three_times_before_a_pause()
    {
        var duel = new Duel();
        for (var burst = 0; burst < 3; burst++)
        {
            for (ushort i = 0; i < 4; i++)
                duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new HelloConfig((ushort)(200 + i), 1000) { Negotiable = true });
            Assert.Equal("b refuses a hello interval of 202 ms and a hello dead interval of 1000 ms; change the hello intervals of one end", duel.Channel.Reason);
            duel.RunMs(1999);
            Assert.Empty(duel.Peer.Hear());
            duel.RunMs(1);
        }
    }

    [Fact]
    public void A_refusal_of_what_is_not_negotiable_is_told_and_tried_again_after_the_pause()
    {
        var duel = new Duel();
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new HelloConfig(150, 500));
        Assert.Equal("b refuses a hello interval of 150 ms and a hello dead interval of 500 ms; change the hello intervals of one end", duel.Channel.Reason);
        duel.RunMs(2000);
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), UnknownConfig);
        Assert.Equal($"b insists on {UnknownConfig.Name}, which is not supported here; turn it off at b", duel.Channel.Reason);
        duel.RunMs(2000);
        Assert.Single(duel.Peer.Hear<ConfigMessage>());
    }

    [Fact]
    public void Answers_are_taken_only_from_the_right_node_for_the_right_channel_and_message()
    {
        var duel = new Duel();
        var config = duel.Peer.HearOne<ConfigMessage>();
        var (us, them) = (config.LocalNodeId, duel.Peer.NodeId);
        duel.Peer.Say(new ConfigAckMessage(11, them, 1, 99, us));
        Assert.Equal(1, duel.Dropped(DropReason.StaleAnswer));
        duel.Peer.Say(new ConfigAckMessage(11, them, 2, 100, us));
        Assert.Equal(1, duel.Dropped(DropReason.UnknownChannel));
        duel.Peer.Say(new ConfigAckMessage(11, them, 1, 100, them));
        duel.Peer.Say(new ConfigAckMessage(11, Configurations.Id("10.0.0.3"), 1, 100, us));
        Assert.Equal(2, duel.Dropped(DropReason.WrongNodeId));
        duel.Peer.Say(new ConfigAckMessage(0, them, 1, 100, us));
        duel.Peer.Say(new ConfigNackMessage(11, Configurations.Id("0.0.0.0"), 1, 100, us, [new HelloConfig(1, 2)]));
        Assert.Equal(2, duel.Dropped(DropReason.ZeroId));
        Assert.Equal(ConfSnd, duel.State);
        duel.Peer.Say(new ConfigAckMessage(11, them, 1, 100, us));
        Assert.Equal(Active, duel.State);
    }
}
