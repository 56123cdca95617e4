// RFC 4204 §8: nodes that are killed and come back, and the LMP Restart flag, as far as control channels are concerned.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class RestartTests
{
    [Fact, Requirement("4204-8-3")]
    public void LMP_Restart_is_set_in_every_message_until_TxSeqNum_comes_back()
    {
        var duel = new Duel(options: new NodeOptions { StateLost = true });
        duel.RunMs(600);
        duel.Peer.Acknowledge(duel.Peer.Hear<ConfigMessage>()[0]);
        duel.Peer.SayHello(1, 0);
        Assert.Equal(Up, duel.State);
        duel.RunMs(150);
        Assert.All(duel.Network.Sent, d => Assert.Equal(HeaderFlags.LmpRestart, d.Message!.Flags));
        duel.Peer.Hear();
        duel.Peer.SayHello(1, 1);
        duel.RunMs(150);
        Assert.Equal([new HelloMessage(1, 2, 1)], duel.Peer.Hear());
    }

    [Fact, Requirement("4204-8-3")]
    public void An_unexpected_Hello_that_reflects_TxSeqNum_does_not_count()
    {
        var duel = Duel.In(Active, options: new NodeOptions { StateLost = true });
        duel.Peer.SayHello(0, 1);
        duel.RunMs(150);
        Assert.Equal(HeaderFlags.LmpRestart, duel.Peer.HearOne<HelloMessage>().Flags);
    }

    [Fact, Requirement("4204-8-3")]
    public void LMP_Restart_is_kept_through_failed_attempts_and_with_ControlChannelDown()
    {
        var duel = Duel.In(Active, options: new NodeOptions { StateLost = true });
        duel.RunMs(20_000);
        Assert.All(duel.Network.Sent, d => Assert.Equal(HeaderFlags.LmpRestart, d.Message!.Flags));
        duel = Duel.In(Active, options: new NodeOptions { StateLost = true });
        duel.Lmp.ControlChannelDown(duel.Now, "b", 1);
        Assert.Equal(HeaderFlags.LmpRestart | HeaderFlags.ControlChannelDown, duel.Peer.HearOne<HelloMessage>().Flags);
    }

    [Fact]
    public void A_node_that_kept_its_state_does_not_set_it()
    {
        var duel = new Duel(options: new NodeOptions { StateLost = false });
        duel.RunMs(20_000);
        duel.Agree();
        duel.RunMs(5_000);
        Assert.All(duel.Network.Sent, d => Assert.Equal(HeaderFlags.None, d.Message!.Flags));
    }

    [Fact]
    public void Each_channel_tells_by_itself_and_one_made_later_has_nothing_to_tell()
    {
        var network = new VirtualNetwork();
        var a = network.Add(Two(A(), 1) with { TeLinks = [] }, new NodeOptions { FirstMessageId = 100 });
        var first = new ScriptedPeer(network, a);
        var second = new ScriptedPeer(network, a, ccId: 12, at: "10.255.1.2", to: "10.255.1.1");
        first.Acknowledge(first.HearOne<ConfigMessage>());
        first.SayHello(1, 1);
        network.RunMs(150);
        Assert.Equal(HeaderFlags.None, first.Hear()[^1].Flags);
        network.RunMs(350);
        Assert.Equal(HeaderFlags.LmpRestart, second.Hear()[^1].Flags);

        var configuration = a.Node.Configuration;
        var neighbor = configuration.Neighbors[0];
        a.Node.Reconfigure(network.Now, configuration with
        {
            Neighbors = [neighbor with { ControlChannels = [.. neighbor.ControlChannels, Channel(3, "10.255.2.1", "10.255.2.2")] }],
        });
        a.TransportUp();
        Assert.Equal(HeaderFlags.None, new ScriptedPeer(network, a, ccId: 13, at: "10.255.2.2", to: "10.255.2.1").HearOne<ConfigMessage>().Flags);
    }

    [Fact]
    public void Without_Hello_ConfigAck_tells_and_tells_again_when_it_got_lost()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive, c => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off },
            options: new NodeOptions { StateLost = true });
        var config = duel.Peer.SayConfig(0, 0);
        duel.Peer.Say(config);
        Assert.Equal([HeaderFlags.LmpRestart, HeaderFlags.LmpRestart], duel.Peer.Hear<ConfigAckMessage>().Select(m => m.Flags));
        // What is agreed anew later tells of nothing.
        duel.Peer.SayConfig(0, 0);
        Assert.Equal(HeaderFlags.None, duel.Peer.HearOne<ConfigAckMessage>().Flags);
    }

    public static TheoryData<ControlChannelRole, ControlChannelRole, bool> Roles() => ContentionTests.Starts();

    [Theory, MemberData(nameof(Roles)), Requirement("4204-8-3")]
    public void A_node_that_is_killed_and_comes_back_comes_up_whatever_it_remembers(ControlChannelRole roleOfA, ControlChannelRole roleOfB, bool off)
    {
        foreach (var downFor in (int[])[1, 100, 450, 700, 4_000, 20_000])
        {
            // Its Message_Ids go on, or start at 1 again as with a clock that was lost.
            foreach (var firstId in (uint[])[1_000_000, 1])
            {
                var network = new VirtualNetwork();
                var a = network.Add(A(c => Change(c, roleOfA, off)), new NodeOptions { FirstMessageId = 5_000 });
                var b = network.Add(B(c => Change(c, roleOfB, off)), new NodeOptions { FirstMessageId = 5_000 });
                network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
                network.RunMs(2_000);
                network.Kill(b);
                network.RunMs(downFor);
                b = network.Add(B(c => Change(c, roleOfB, off)), new NodeOptions { FirstMessageId = firstId });
                // A passive end without Hello hears nothing of it until the other end sends Config: here it is told by its transport.
                if (off && roleOfB == ControlChannelRole.Passive)
                {
                    a.Node.TransportDown(network.Now, a.Channel, "interface eth0 is down");
                    a.Node.TransportUp(network.Now, a.Channel);
                }

                network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && b.TeLink.State == TeLinkState.Up,
                    $"up after {downFor} ms with Message_Id {firstId}", seconds: 15);
                network.RunMs(10_000);
                Assert.Equal((Up, Up, TeLinkState.Up), (a.Channel.State, b.Channel.State, a.TeLink.State));
            }
        }
    }

    [Fact]
    public void A_restart_within_the_dead_interval_is_no_loss_of_the_adjacency_where_Message_Ids_go_on()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A()), network.Add(B()));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        a.Events.Clear();
        network.Kill(b);
        network.RunMs(100);
        b = network.Add(B(), new NodeOptions { FirstMessageId = 1_000_000 });
        network.RunUntil(() => b.TeLink.State == TeLinkState.Up);
        network.RunMs(1_000);
        Assert.Empty(a.Events.OfType<AdjacencyChanged>());
        Assert.Equal(["Up>Active", "Active>Up"], a.Events.OfType<ControlChannelStateChanged>().Select(e => $"{e.From}>{e.To}"));
        Assert.Equal(0, a.Channel.Flaps);
    }

    [Fact]
    public void Both_restarting_at_once_come_up()
    {
        foreach (var ids in ((uint, uint)[])[(1, 1), (1, 1_000_000), (1_000_000, 1), (1_000_000, 1_000_000)])
        {
            var network = new VirtualNetwork();
            var (a, b) = (network.Add(A()), network.Add(B()));
            network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
            network.Kill(a);
            network.Kill(b);
            (a, b) = (network.Add(A(), new NodeOptions { FirstMessageId = ids.Item1 }), network.Add(B(), new NodeOptions { FirstMessageId = ids.Item2 }));
            network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, seconds: 5);
            network.RunMs(10_000);
            Assert.Equal((0, 0), (a.Channel.Flaps, b.Channel.Flaps));
            Assert.Equal((false, false), (a.Channel.LmpRestart, b.Channel.LmpRestart));
        }
    }

    private static ControlChannelConfiguration Change(ControlChannelConfiguration c, ControlChannelRole role, bool off) =>
        off ? c with { Role = role, HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off } : c with { Role = role };

    private static NodeConfiguration Two(NodeConfiguration node, uint firstId) => node with
    {
        Neighbors = [node.Neighbors[0] with { ControlChannels = [Channel(firstId, "10.255.0.1", "10.255.0.2"), Channel(firstId + 1, "10.255.1.1", "10.255.1.2")] }],
    };
}
