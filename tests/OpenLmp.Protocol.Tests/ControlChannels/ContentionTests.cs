// RFC 4204 §3.1: both nodes initiate the configuration procedure at the same time.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ContentionTests
{
    [Fact, Requirement("4204-3.1-2"), Requirement("4204-3-1")]
    public void When_both_start_at_once_the_Config_of_the_higher_Node_Id_counts()
    {
        var network = new VirtualNetwork();
        var a = network.Add(Configurations.A(c => c with { HelloInterval = IntervalRange.Around(100), HelloDeadInterval = IntervalRange.Around(400) }));
        var b = network.Add(Configurations.B(c => c with { HelloInterval = IntervalRange.Around(200), HelloDeadInterval = IntervalRange.Around(800) }));
        network.RunMs(10_000);
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal((Up, 0), (node.Channel.State, node.Channel.Flaps));
            Assert.Equal((200, 800), (node.Channel.HelloInterval, node.Channel.HelloDeadInterval));
            Assert.Single(node.SentOf(MessageType.Config));
        }

        Assert.Empty(b.SentOf(MessageType.ConfigAck));
        Assert.Equal(1, b.Node.Counters.Dropped(DropReason.ContentionWon));
        Assert.Single(a.SentOf(MessageType.ConfigAck));
    }

    [Fact, Requirement("4204-3.1-2")]
    public void Node_Ids_compare_unsigned()
    {
        // As signed numbers, 200.0.0.1 would be below 10.0.0.1.
        var duel = new Duel();
        var higher = Configurations.Id("200.0.0.1");
        duel.Lmp.Reconfigure(duel.Now, duel.Configuration with { NodeId = higher });
        duel.Node.TransportUp();
        duel.Peer.SayConfig();
        Assert.Equal(ConfSnd, duel.Node.Channel.State);
        Assert.Equal(1, duel.Dropped(DropReason.ContentionWon));
    }

    [Fact]
    [Requirement("4204-11.1-ConfSnd-8b")]
    public void A_winner_that_falls_silent_after_its_refusal_is_not_waited_for_for_ever()
    {
        var network = new VirtualNetwork();
        var a = network.Add(Configurations.A());
        var b = new ScriptedPeer(network, a);
        b.HearOne<ConfigMessage>();
        b.SayConfig(hello: 1, dead: 2, negotiable: false);
        Assert.Equal(ControlChannelState.ConfRcv, a.Channel.State);
        b.HearOne<ConfigNackMessage>();

        // A burst of Configs takes 3.5 s, the pause 2 s.
        network.RunMs(5_499);
        Assert.Equal(ControlChannelState.ConfRcv, a.Channel.State);
        Assert.Empty(b.Hear<ConfigMessage>());
        network.RunMs(2_001);
        Assert.NotEmpty(b.Hear<ConfigMessage>());
    }

    [Fact]
    public void There_is_no_contention_where_the_node_has_paused_sending_Config()
    {
        var duel = new Duel(weaker: true);
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new HelloConfig(1, 2) { Negotiable = true });
        duel.Peer.SayConfig();
        Assert.Equal(Active, duel.State);
        duel.Peer.Hear();
        duel.Peer.SayHello(1, 1);
        duel.RunMs(499);
        Assert.Empty(duel.Peer.Hear<ConfigMessage>());
    }

    [Fact, Requirement("4204-3.1-2")]
    public void A_Config_of_the_loser_that_crossed_ours_in_the_network_is_ignored_even_after_the_answer()
    {
        // It was sent before the neighbour acknowledged ours, and arrives later. Accepted, it would leave each end with the other's values.
        var duel = new Duel(weaker: true);
        duel.Agree();
        duel.Peer.SayHello(1, 1);
        duel.Peer.SayConfig(200, 700);
        Assert.Equal((Up, 150, 1), (duel.State, duel.Channel.HelloInterval, duel.Dropped(DropReason.ContentionWon)));
        Assert.DoesNotContain(duel.Peer.Hear(), m => m is ConfigAckMessage);
        for (uint i = 2; i < 18; i++)
        {
            duel.RunMs(250);
            duel.Peer.SayHello(i, i);
        }

        // Four seconds later nothing can be on its way any more: the neighbour means it.
        duel.Peer.SayConfig(200, 700);
        Assert.Equal((Active, 200), (duel.State, duel.Channel.HelloInterval));
    }

    [Fact]
    public void A_Config_with_the_values_just_agreed_can_do_no_harm_and_is_accepted_at_once()
    {
        var duel = new Duel(weaker: true);
        duel.Agree();
        duel.Peer.SayHello(1, 1);
        duel.Peer.SayConfig();
        Assert.Equal((Active, 0), (duel.State, duel.Dropped(DropReason.ContentionWon)));
        Assert.Single(duel.Peer.Hear<ConfigAckMessage>());
    }

    [Fact]
    public void When_each_end_agreed_to_the_others_Config_it_is_negotiated_once_more()
    {
        // Ours was given up, then answered after all: the neighbour goes by our values, we by its.
        var duel = new Duel();
        var ours = duel.Peer.HearOne<ConfigMessage>();
        duel.RunMs(3_500);
        duel.Peer.SayConfig(200, 700);
        Assert.Equal((Active, 200), (duel.State, duel.Channel.HelloInterval));
        duel.Peer.Hear();
        duel.Peer.Acknowledge(ours);
        Assert.Equal(ConfSnd, duel.State);
        duel.Agree();
        Assert.Equal((Active, 150), (duel.State, duel.Channel.HelloInterval));

        // The same answer again, or one for equal values, tells of nothing.
        duel.Peer.SayConfig(200, 700);
        duel.Peer.Acknowledge(ours);
        Assert.Equal((Active, 200), (duel.State, duel.Channel.HelloInterval));
        duel = new Duel();
        ours = duel.Peer.HearOne<ConfigMessage>();
        duel.RunMs(3_500);
        duel.Peer.SayConfig();
        duel.Peer.Acknowledge(ours);
        Assert.Equal((Active, 1), (duel.State, duel.Dropped(DropReason.StaleAnswer)));
    }

    [Fact, Requirement("4204-3.1-3")]
    public void Equal_Node_Ids_are_told_at_both_ends_and_tried_on_until_the_operator_changes_one()
    {
        var network = new VirtualNetwork();
        var a = network.Add(Configurations.A());
        var b = network.Add(Configurations.B() with { NodeId = Configurations.Id("10.0.0.1") });
        for (var i = 0; i < 30; i++)
        {
            network.RunMs(1_000);
            foreach (var (node, address) in ((VirtualNode, string)[])[(a, "10.255.0.2"), (b, "10.255.0.1")])
            {
                var text = $"the node at {address} has our Node_Id 10.0.0.1; change the Node_Id of one of the two";
                Assert.Equal(text, node.Channel.Reason);
                Assert.Equal($"{node.Channel}: {text}", node.Alarm(AlarmKind.NegotiationFailed, node.Channel.ToString())?.Text);
                Assert.NotEqual(Up, node.Channel.State);
            }
        }

        Assert.InRange(a.SentOf(MessageType.Config).Count(), 15, 21);
        Assert.Equal(b.SentOf(MessageType.Config).Count(), a.Node.Counters.Dropped(DropReason.EqualNodeId));

        b.Node.Reconfigure(network.Now, Configurations.B());
        b.TransportUp();
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, "up");
        Assert.DoesNotContain(a.Node.Alarms.All.Concat(b.Node.Alarms.All), x => x.State != AlarmState.Cleared && x.Kind <= AlarmKind.NegotiationFailed);
    }

    public static TheoryData<ControlChannelRole, ControlChannelRole, bool> Starts() => new()
    {
        { ControlChannelRole.Active, ControlChannelRole.Active, false },
        { ControlChannelRole.Active, ControlChannelRole.Passive, false },
        { ControlChannelRole.Passive, ControlChannelRole.Active, false },
        { ControlChannelRole.Active, ControlChannelRole.Active, true },
        { ControlChannelRole.Passive, ControlChannelRole.Active, true },
    };

    [Theory, MemberData(nameof(Starts)), Requirement("4204-3.1-2"), Requirement("4204-7-2")]
    public void Any_two_of_the_first_messages_may_get_lost(ControlChannelRole roleOfA, ControlChannelRole roleOfB, bool off)
    {
        const int First = 10;
        for (var i = 0; i <= First; i++)
        {
            for (var j = i; j <= First; j++)
            {
                var network = new VirtualNetwork();
                var sent = 0;
                network.Filter = _ => sent++ is var n && n != i && n != j;
                var a = network.Add(Configurations.A(c => Change(c, roleOfA, off)));
                var b = network.Add(Configurations.B(c => Change(c, roleOfB, off)));
                network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, $"up without datagrams {i} and {j}", seconds: 10);
                network.RunMs(10_000);
                Assert.Equal((Up, Up), (a.Channel.State, b.Channel.State));
                Assert.Equal((11u, 1u), (a.Channel.RemoteId!.Value, b.Channel.RemoteId!.Value));
                Assert.False(a.Channel.LmpRestart);
                Assert.False(b.Channel.LmpRestart);
            }
        }
    }

    [Fact]
    public void Channels_between_the_same_two_addresses_started_at_once_with_losses_are_paired_one_to_one()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var count = 3 + (uint)(seed % 4);
            var network = new VirtualNetwork
            {
                Weather = new Weather(seed) { Loss = 0.4, Duplication = 0.1, MaxDelay = TimeSpan.FromMilliseconds(seed % 3 == 0 ? 1 : 300) },
                Recording = false,
            };
            var off = seed % 5 == 4;
            var a = network.Add(Several(Configurations.A(), 1, count, off));
            var b = network.Add(Several(Configurations.B(), 11, count, off, seed % 2 == 0 ? ControlChannelRole.Active : ControlChannelRole.Passive));
            network.RunMs(20_000);
            network.Weather = null;
            var (ca, cb) = (a.Node.Neighbors.Single().ControlChannels, b.Node.Neighbors.Single().ControlChannels);
            network.RunUntil(() => ca.Concat(cb).All(c => c.State == Up), $"all up with seed {seed}", seconds: 40);
            network.RunMs(5_000);
            Assert.All(ca.Concat(cb), c => Assert.Equal(Up, c.State));
            Assert.Equal(cb.Select(c => c.Id), ca.Select(c => c.RemoteId!.Value).Order());
            Assert.All(ca, c => Assert.Equal(c.Id, cb.Single(o => o.Id == c.RemoteId).RemoteId));
        }
    }

    private static ControlChannelConfiguration Change(ControlChannelConfiguration c, ControlChannelRole role, bool off) =>
        off ? c with { Role = role, HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off } : c with { Role = role };

    private static NodeConfiguration Several(NodeConfiguration node, uint firstId, uint count, bool off, ControlChannelRole role = ControlChannelRole.Active)
    {
        var neighbor = node.Neighbors[0];
        var channel = Change(neighbor.ControlChannels[0], role, off);
        return node with
        {
            Neighbors = [neighbor with { ControlChannels = [.. Enumerable.Range(0, (int)count).Select(i => channel with { Id = firstId + (uint)i })] }],
            TeLinks = [],
        };
    }
}
