// RFC 5082; RFC 4204 §16: what is not looked at, and what it costs not to.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.Attacks;

public class AdmissionTests
{
    private static readonly NetworkAddress Here = At("10.255.0.1").Address;
    private static readonly byte[] Ack = new LinkSummaryAckMessage(1).Encode();

    [Fact]
    public void With_gtsm_nothing_that_came_over_a_router_is_looked_at()
    {
        var duel = Duel.In(Up);
        duel.ReconfigureNeighbor(n => n with { Gtsm = true });
        var hello = new HelloMessage(11, 1, 1).Encode();
        foreach (var bytes in (byte[][])
        [
            hello, new HelloMessage(11, 1, 1) { Flags = HeaderFlags.ControlChannelDown }.Encode(), Ack,
            new ConfigMessage(11, 5_000, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode(), [1, 2, 3],
        ])
        {
            duel.Lmp.Receive(duel.Now, From("10.255.0.2", hopLimit: 254), bytes);
            Assert.False(duel.Lmp.ReceiveAhead(duel.Now, From("10.255.0.2", hopLimit: 254), bytes) && bytes[3] != (byte)MessageType.Hello);
        }

        // The two Hellos came both ways.
        Assert.Equal((Up, 7), (duel.State, duel.Dropped(DropReason.HopLimit)));
        Assert.Equal(7, duel.Neighbor.Counters.Dropped(DropReason.HopLimit));
        Assert.Empty(duel.Peer.Hear());
        Assert.Empty(duel.Node.Events);

        duel.Lmp.Receive(duel.Now, From("10.255.0.2"), hello);
        Assert.Equal(7, duel.Dropped(DropReason.HopLimit));
    }

    [Fact]
    public void Without_gtsm_a_neighbour_may_be_many_routers_away()
    {
        var duel = new Duel(ControlChannelRole.Passive);
        duel.Lmp.Receive(duel.Now, From("10.255.0.2", hopLimit: 3), new ConfigMessage(11, 5, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode());
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void A_neighbour_that_is_kept_out_by_gtsm_is_why_the_channel_does_not_come_up()
    {
        var duel = new Duel(neighbor: n => n with { Gtsm = true });
        for (var i = 0; i < 100; i++)
            duel.Lmp.Receive(duel.Now, From("10.255.0.2", hopLimit: 64), new ConfigMessage(11, (uint)i, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode());
        Assert.Equal((ConfSnd, 100), (duel.State, duel.Dropped(DropReason.HopLimit)));
        Assert.StartsWith("a message from 10.255.0.2 came with TTL 64, gtsm: true asks for 255 (RFC 5082)", duel.Channel.Reason);
        Assert.Single(duel.Node.Events.OfType<AlarmChanged>());
    }

    [Fact]
    public void Gtsm_holds_for_a_neighbour_whose_address_is_to_be_learned_too()
    {
        var duel = new Duel(ControlChannelRole.Passive, c => c with { Remote = At("224.0.0.1"), Interface = "eth0" }, neighbor: n => n with { Gtsm = true });
        var config = new ConfigMessage(11, 5, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode();
        duel.Lmp.Receive(duel.Now, From("10.255.0.2", hopLimit: 254), config);
        Assert.Equal((ConfRcv, 1), (duel.State, duel.Dropped(DropReason.HopLimit)));
        duel.Lmp.Receive(duel.Now, From("10.255.0.2"), config);
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void From_one_source_two_seconds_worth_is_looked_at_at_once_and_then_so_many_a_second()
    {
        var (node, _) = TwoNeighbors(new LimitsConfiguration(100, 1_000));
        var now = new Instant(5_000_000_000);
        Assert.Equal(200, LookedAt(node, now, "10.255.0.2", 10_000));
        Assert.Equal(9_800, node.Neighbors.First().Counters.Dropped(DropReason.RateLimited));
        Assert.Equal(50, LookedAt(node, now + TimeSpan.FromMilliseconds(500), "10.255.0.2", 10_000));
        // Another neighbour is not made to pay for it.
        Assert.Equal(200, LookedAt(node, now, "10.255.0.3", 10_000));
        Assert.Equal(200, LookedAt(node, now + TimeSpan.FromHours(1), "10.255.0.2", 10_000));
    }

    [Fact]
    public void All_sources_together_have_a_limit_too()
    {
        var (node, _) = TwoNeighbors(new LimitsConfiguration(100, 125));
        var now = new Instant(5_000_000_000);
        Assert.Equal(200, LookedAt(node, now, "10.255.0.2", 1_000));
        Assert.Equal(50, LookedAt(node, now, "10.255.0.3", 1_000));
    }

    [Fact]
    public void A_long_message_counts_for_every_512_octets_of_it()
    {
        var (node, _) = TwoNeighbors(new LimitsConfiguration(100, 1_000));
        Assert.Equal(2, LookedAt(node, new Instant(5_000_000_000), "10.255.0.2", 1_000, new byte[60_000]));
    }

    [Fact]
    public void What_is_not_set_has_a_limit_and_a_new_one_is_in_force_at_once()
    {
        var (node, configuration) = TwoNeighbors(null);
        var now = new Instant(5_000_000_000);
        Assert.Equal(10_000, LookedAt(node, now, "10.255.0.2", 20_000));
        now += TimeSpan.FromHours(1);
        node.Reconfigure(now, configuration with { Limits = new LimitsConfiguration(10, 10) });
        Assert.Equal(20, LookedAt(node, now, "10.255.0.2", 1_000));
    }

    [Fact]
    public void Where_a_neighbour_is_to_be_learned_all_strangers_together_are_one_source()
    {
        var configuration = A(c => c with { Remote = At("224.0.0.1"), Interface = "eth0" }) with { TeLinks = [], Limits = new LimitsConfiguration(100, 1_000) };
        var node = new LmpNode(configuration, new NodeOptions(), new SilentOutput(), new Instant(0));
        var lookedAt = 0;
        for (var i = 0; i < 250; i++) lookedAt += LookedAt(node, new Instant(5_000_000_000), $"10.255.{i}.2", 100);
        Assert.Equal(200, lookedAt);
    }

    [Fact]
    public void Hellos_keep_the_channel_up_whatever_else_is_said_in_the_neighbours_name()
    {
        var duel = Duel.In(Up);
        for (var i = 0; i < 200; i++)
        {
            duel.RunMs(100);
            for (var k = 0; k < 1_500; k++) duel.Lmp.Receive(duel.Now, From("10.255.0.2"), Ack);
            duel.Lmp.Receive(duel.Now, From("10.255.0.2"), new HelloMessage(11, duel.Channel.RcvSeqNum + 1, duel.Channel.TxSeqNum).Encode());
        }

        Assert.True(duel.Dropped(DropReason.RateLimited) > 100_000);
        Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
    }

    [Fact]
    public void Only_Hellos_of_channels_in_use_go_ahead_of_the_rest()
    {
        foreach (var state in Enum.GetValues<ControlChannelState>())
        {
            var duel = Duel.In(state);
            var hello = new HelloMessage(11, 1, 1).Encode();
            Assert.Equal(state is Active or Up, duel.Lmp.ReceiveAhead(duel.Now, From("10.255.0.2"), hello));
            Assert.False(duel.Lmp.ReceiveAhead(duel.Now, From("10.255.0.9"), hello));
            Assert.False(duel.Lmp.ReceiveAhead(duel.Now, From("10.255.0.2"), Ack));
            Assert.False(duel.Lmp.ReceiveAhead(duel.Now, From("10.255.0.2"), hello.AsSpan(0, 20)));
            Assert.Equal(state is Active or Up ? 1 : 0, duel.Lmp.Counters.Received(MessageType.Hello) - (state is Up or GoingDown ? 1 : 0));
        }
    }

    [Fact]
    public void What_is_turned_away_allocates_nothing_and_the_observer_is_not_told()
    {
        var (node, _) = TwoNeighbors(new LimitsConfiguration(1, 1), gtsm: true);
        var now = new Instant(5_000_000_000);
        LookedAt(node, now, "10.255.0.2", 10);
        // Says once why it turns away what comes from afar.
        node.Receive(now, From("10.255.0.3", hopLimit: 9), Ack);
        node.Observer = new Forbidding();
        var hello = new HelloMessage(7, 7, 9).Encode();
        var (stranger, neighbor, far) = (From("10.255.0.99"), From("10.255.0.2"), From("10.255.0.3", hopLimit: 254));
        Round();
        Assert.Equal(0, Round());
        Assert.Equal(0, node.Counters.Dropped(DropReason.Malformed));

        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                node.Receive(now, stranger, Ack);
                node.Receive(now, stranger, hello);
                node.Receive(now, neighbor, Ack);
                node.Receive(now, far, Ack);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static DatagramOrigin From(string source, byte hopLimit = DatagramOrigin.Undiminished) => new(At(source), Here, 0, hopLimit);

    private static (LmpNode Node, NodeConfiguration Configuration) TwoNeighbors(LimitsConfiguration? limits, bool gtsm = false)
    {
        var a = A();
        var c = new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3"), Gtsm = gtsm, ControlChannels = [Channel(2, "10.255.0.1", "10.255.0.3")] };
        var configuration = a with { Neighbors = [a.Neighbors[0], c], TeLinks = [], Limits = limits };
        return (new LmpNode(configuration, new NodeOptions(), new SilentOutput(), new Instant(0)), configuration);
    }

    // What is looked at is dropped, too, for another reason: no channel is up.
    private static int LookedAt(LmpNode node, Instant now, string source, int count, byte[]? bytes = null)
    {
        var before = node.Counters.Dropped(DropReason.RateLimited);
        for (var i = 0; i < count; i++) node.Receive(now, From(source), bytes ?? Ack);
        return count - (int)(node.Counters.Dropped(DropReason.RateLimited) - before);
    }

    private sealed class Forbidding : INodeObserver
    {
        public void Takes(Instant now, NodeInput input) => Assert.Fail($"told of {input}");

        public void Answers(CommandResult answer) => Assert.Fail("no command was given");
    }
}
