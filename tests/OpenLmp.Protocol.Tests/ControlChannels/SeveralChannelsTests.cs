// RFC 4204 §2, §3: several control channels between two nodes.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class SeveralChannelsTests
{
    [Fact, Requirement("4204-2-1"), Requirement("4204-3-3"), Requirement("4204-3-4")]
    public void Parameters_are_negotiated_and_Hello_exchanged_on_each_channel_by_itself()
    {
        var (network, a, b) = Three((100, 400), (200, 900), (0, 0));
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        network.RunMs(10_000);
        Assert.Equal([(100, 400), (200, 900), (0, 0)], Channels(a).Select(c => ((int)c.HelloInterval, (int)c.HelloDeadInterval)));
        Assert.Equal([(100, 400), (200, 900), (0, 0)], Channels(b).Select(c => ((int)c.HelloInterval, (int)c.HelloDeadInterval)));
        Assert.All(Channels(a).Concat(Channels(b)), c => Assert.Equal(0, c.Flaps));
        for (var i = 0; i < 3; i++)
        {
            var (ours, theirs) = (Channels(a)[i], Channels(b)[i]);
            Assert.Equal((theirs.Id, ours.Id), (ours.RemoteId!.Value, theirs.RemoteId!.Value));
            // Config, ConfigAck, Hello go over the channel they are about.
            var sent = network.Sent.Where(d => d.Source == ours.Local).ToList();
            Assert.All(sent.Select(d => d.Message).OfType<HelloMessage>(), m => Assert.Equal(ours.Id, m.LocalCcid));
            Assert.All(sent.Select(d => d.Message).OfType<ConfigMessage>(), m => Assert.Equal(ours.Id, m.LocalCcid));
            Assert.Equal(ours.HelloInterval == 0, sent.All(d => d.Type != MessageType.Hello));
        }
    }

    [Fact, Requirement("4204-2-3")]
    public void The_adjacency_goes_up_with_the_first_channel_and_down_with_the_last()
    {
        var (network, a, b) = Three((100, 400), (100, 400), (100, 400));
        var cut = new HashSet<NetworkEndpoint>();
        network.Filter = d => !cut.Contains(d.Source) && !cut.Contains(d.Destination);
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        var neighbor = a.Node.Neighbors.Single();
        Assert.Equal([true], Adjacency(a));
        Assert.Equal("", neighbor.Reason);

        cut.Add(Channels(a)[0].Local);
        network.RunMs(5_000);
        Assert.True(neighbor.IsUp);
        Assert.Equal([false, true, true], Channels(a).Select(c => c.IsUsable));
        Assert.Equal(Channels(a)[1], neighbor.UsableChannel);

        // Messages that any channel may carry go over one that is there.
        a.Node.Summarize(network.Now, "te1");
        network.RunMs(100);
        Assert.Equal(Channels(a)[1].Local, a.SentOf(MessageType.LinkSummary).Last().Source);
        Assert.Equal(LinkSummaryOutcome.Acknowledged, a.Events.OfType<LinkSummaryFinished>().Last().Outcome);

        cut.Add(Channels(a)[1].Local);
        cut.Add(Channels(a)[2].Local);
        network.RunUntil(() => !neighbor.IsUp);
        Assert.Equal([true, false], Adjacency(a));
        Assert.Equal(neighbor.LastChange, network.Now);
        Assert.Equal(
            "b/1: Down: 3 Config messages unanswered; is lmpd running on 10.255.0.2, and is UDP 701 open?; "
            + "b/2: ConfSnd: no Hello from b at 10.255.1.2 for 400 ms; is lmpd running there, is the path to it up?; "
            + "b/3: ConfSnd: no Hello from b at 10.255.2.2 for 400 ms; is lmpd running there, is the path to it up?", neighbor.Reason);

        cut.Clear();
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        network.RunMs(5_000);
        Assert.Equal([true, false, true], Adjacency(a));
        Assert.Equal([true, false, true], Adjacency(b));
    }

    [Fact]
    public void A_channel_that_is_Up_is_preferred_to_one_that_was_and_may_be_again()
    {
        var (network, a, _) = Three((100, 400), (100, 400), (100, 400));
        network.RunUntil(() => Channels(a).All(c => c.State == Up));
        var neighbor = a.Node.Neighbors.Single();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Channels(a)[i], neighbor.UsableChannel);
            new ScriptedPeer(network, a, ccId: 11 + (uint)i, at: $"10.255.{i}.2", to: $"10.255.{i}.1").SayConfig(120, 480);
            Assert.Equal((Active, true), (Channels(a)[i].State, Channels(a)[i].IsUsable));
        }

        Assert.Equal(Channels(a)[0], neighbor.UsableChannel);
        Assert.True(neighbor.IsUp);
    }

    [Fact]
    public void Of_many_channels_that_are_not_up_a_few_say_why()
    {
        var (_, a, _) = Three([.. Enumerable.Repeat(((ushort)150, (ushort)500), 50)]);
        var reason = a.Node.Neighbors.Single().Reason;
        Assert.StartsWith("b/1: ", reason, StringComparison.Ordinal);
        Assert.EndsWith("; and 46 more", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_flaps_beside_another_does_not_touch_the_adjacency()
    {
        var (network, a, b) = Three((100, 400), (100, 400), (100, 400));
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        var channel = Channels(a)[2];
        for (var i = 1; i <= 10; i++)
        {
            network.Filter = d => d.Source != channel.Local && d.Destination != channel.Local;
            network.RunUntil(() => channel.State != Up);
            network.Filter = _ => true;
            network.RunUntil(() => channel.State == Up);
            network.RunMs(1_000);
            Assert.Equal(i, channel.Flaps);
        }

        Assert.Equal([true], Adjacency(a));
        Assert.Equal([true], Adjacency(b));
        Assert.Equal((0, 0), (Channels(a)[0].Flaps, Channels(a)[1].Flaps));
    }

    [Fact]
    public void Channels_that_come_up_together_do_not_send_together()
    {
        const int Count = 50;
        var (network, a, b) = Three([.. Enumerable.Repeat(((ushort)150, (ushort)500), Count)]);
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        network.RunMs(1_000);
        var from = network.Now;
        network.RunMs(150);
        foreach (var node in new[] { a, b })
        {
            var times = node.SentOf(MessageType.Hello).Select(d => d.SentAt).Where(t => t > from).Order().ToList();
            // A little early or late for company's sake, but never many at once.
            Assert.InRange(times.Count, Count - 2, Count + 2);
            Assert.All(times.GroupBy(t => t), together => Assert.InRange(together.Count(), 1, 3));
            var gaps = times.Zip(times.Skip(1), (x, y) => (y - x).TotalMilliseconds);
            Assert.All(gaps, gap => Assert.InRange(gap, 0, 4 * 150.0 / Count));
        }
    }

    [Fact]
    public void Channels_between_the_same_two_addresses_follow_their_configured_pairing()
    {
        var network = new VirtualNetwork();
        var a = network.Add(Crossed(A(), 1, remote: [13, 11, 12]));
        var b = network.Add(Crossed(B(), 11, remote: [2, 3, 1]));
        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up));
        network.RunMs(60_000);
        Assert.All(Channels(a).Concat(Channels(b)), c => Assert.Equal((Up, 0, c.Configuration.RemoteId), (c.State, c.Flaps, c.RemoteId)));
    }

    [Fact]
    public void A_wrong_remote_id_is_told()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A(c => c with { RemoteId = 12 }));
        var b = network.Add(B());
        network.RunMs(30_000);
        Assert.Equal("b uses CC_Id 11, remote-id 12 is configured; correct one of the two", a.Channel.Reason);
        Assert.Equal("b/1: " + a.Channel.Reason, a.Alarm(AlarmKind.NegotiationFailed, "b/1")?.Text);
        Assert.True(a.Node.Counters.Dropped(DropReason.UnknownChannel) > 0);
        Assert.NotEqual(Up, b.Channel.State);

        // With the neighbour passive, its answers tell.
        b.Node.Reconfigure(network.Now, B(c => c with { Role = ControlChannelRole.Passive }));
        network.RunMs(30_000);
        Assert.Equal("b uses CC_Id 11, remote-id 12 is configured; correct one of the two", a.Channel.Reason);
    }

    [Fact]
    public void Two_channels_of_the_neighbour_that_claim_the_only_one_here_do_not_make_it_flap()
    {
        // One end has a channel more than the other.
        var network = new VirtualNetwork();
        var a = network.Add(A());
        var b = network.Add(B() with { Neighbors = [B().Neighbors[0] with { ControlChannels = [Channel(11, "10.255.0.2", "10.255.0.1"), Channel(12, "10.255.0.2", "10.255.0.1")] }] });
        network.RunUntil(() => a.Channel.State == Up && b.Node.Neighbors.Single().IsUp);
        network.Run(TimeSpan.FromMinutes(10));
        Assert.Equal((Up, 0), (a.Channel.State, a.Channel.Flaps));
        Assert.Equal(1, Channels(b).Count(c => c.State == Up));
        Assert.All(Channels(b), c => Assert.Equal(0, c.Flaps));
    }

    [Fact]
    public void A_neighbour_that_changed_its_CC_Id_is_paired_anew()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A()), network.Add(B()));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        network.Kill(b);
        b = network.Add(B(c => c with { Id = 77 }), new NodeOptions { FirstMessageId = 100_000 });
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, seconds: 10);
        Assert.Equal(77u, a.Channel.RemoteId);
    }

    [Fact]
    public void A_CC_Id_that_the_neighbour_uses_at_another_address_is_no_longer_the_first_ones()
    {
        // CC_Ids are unique in a node (§13.1). Configured in any order, channels are shown by CC_Id.
        var network = new VirtualNetwork();
        var a = network.Add(A() with { Neighbors = [A().Neighbors[0] with { ControlChannels = [Channel(2, "10.255.1.1", "10.255.1.2"), Channel(3, "10.255.2.1", "10.255.2.2"), Channel(1, "10.255.0.1", "10.255.0.2")] }] });
        Assert.Equal([1u, 2u, 3u], Channels(a).Select(c => c.Id));
        var (first, second) = (new ScriptedPeer(network, a), new ScriptedPeer(network, a, at: "10.255.1.2", to: "10.255.1.1"));
        first.SayConfig();
        Assert.Equal([11u, null, null], Channels(a).Select(c => c.RemoteId));
        second.SayConfig();
        Assert.Equal([null, 11u, null], Channels(a).Select(c => c.RemoteId));
        first.SayConfig();
        Assert.Equal([11u, null, null], Channels(a).Select(c => c.RemoteId));
        second.CcId = 12;
        second.SayConfig();
        Assert.Equal([11u, 12u, null], Channels(a).Select(c => c.RemoteId));
    }

    private static IReadOnlyList<ControlChannel> Channels(VirtualNode node) => node.Node.Neighbors.Single().ControlChannels;

    private static IEnumerable<bool> Adjacency(VirtualNode node) => node.Events.OfType<AdjacencyChanged>().Select(e => e.Up);

    private static NodeConfiguration Crossed(NodeConfiguration node, uint firstId, uint[] remote)
    {
        var channel = node.Neighbors[0].ControlChannels[0];
        return node with { Neighbors = [node.Neighbors[0] with { ControlChannels = [.. remote.Select((r, i) => channel with { Id = firstId + (uint)i, RemoteId = r })] }] };
    }

    private static (VirtualNetwork Network, VirtualNode A, VirtualNode B) Three(params (ushort Hello, ushort Dead)[] parameters)
    {
        var network = new VirtualNetwork();
        return (network, network.Add(With(A(), 1, "1", "2")), network.Add(With(B(), 11, "2", "1")));

        NodeConfiguration With(NodeConfiguration node, uint firstId, string local, string remote) => node with
        {
            Neighbors =
            [
                node.Neighbors[0] with
                {
                    ControlChannels = [.. parameters.Select((p, i) => Channel(firstId + (uint)i, $"10.255.{i}.{local}", $"10.255.{i}.{remote}") with
                    {
                        HelloInterval = p.Hello == 0 ? IntervalRange.Off : IntervalRange.Around(p.Hello),
                        HelloDeadInterval = p.Hello == 0 ? IntervalRange.Off : IntervalRange.Around(p.Dead),
                    })],
                },
            ],
        };
    }
}
