// RFC 4204 §3, §9: where messages go, and whose they are.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.Addressing;

public class AddressingTests
{
    public static TheoryData<string, string, string> Families() => new()
    {
        { "10.255.0.1", "10.255.0.2", "224.0.0.1" },
        { "2001:db8::1", "2001:db8::2", "ff02::1" },
        { "fe80::1%3", "fe80::2%3", "ff02::1" },
    };

    [Theory, MemberData(nameof(Families)), Requirement("4204-9-1"), Requirement("4204-9-3")]
    public void Two_nodes_come_up_by_unicast(string a, string b, string multicast)
    {
        var network = new VirtualNetwork();
        var nodeA = network.Add(A(c => c with { Local = At(a), Remote = At(b) }));
        var nodeB = network.Add(B(c => c with { Local = At(b), Remote = At(a) }));
        network.RunUntil(() => nodeA.TeLink.State == TeLinkState.Up && nodeB.TeLink.State == TeLinkState.Up);
        Assert.All(network.Sent, d => Assert.Contains(d.Destination, (NetworkEndpoint[])[At(a), At(b)]));
        Assert.DoesNotContain(network.Sent, d => d.Destination == At(multicast));
    }

    [Theory, MemberData(nameof(Families)), Requirement("4204-9-2"), Requirement("4204-9-1"), Requirement("4204-3-2")]
    public void On_a_point_to_point_interface_Config_is_multicast_and_the_address_learned(string a, string b, string multicast)
    {
        var network = new VirtualNetwork();
        var nodeA = network.Add(A(c => c with { Local = At(a), Remote = At(multicast), Interface = "eth0" }));
        Assert.Null(nodeA.Channel.Remote);
        Assert.Equal($"Config sent to {multicast}, no answer yet", nodeA.Channel.Reason);
        var nodeB = network.Add(B(c => c with { Local = At(b), Remote = At(multicast), Interface = "eth0" }));
        network.RunUntil(() => nodeA.TeLink.State == TeLinkState.Up && nodeB.TeLink.State == TeLinkState.Up);
        Assert.Equal((At(b), At(a)), (nodeA.Channel.Remote!.Value, nodeB.Channel.Remote!.Value));
        Assert.All(network.Sent, d => Assert.Equal(d.Type == MessageType.Config, d.Destination == At(multicast)));
    }

    [Fact, Requirement("4204-8-2"), Requirement("4204-9-2")]
    public void A_learned_address_is_used_until_nobody_answers_there()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A(c => c with { Remote = At("224.0.0.1"), Interface = "eth0" }));
        var b = network.Add(B());
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        network.Kill(b);
        var died = network.Now;
        network.RunMs(10_000);
        // After silence, to the learned address; after giving up there, by multicast again.
        var configs = network.Sent.Where(d => d.SentAt > died && d.Type == MessageType.Config).Select(d => d.Destination.ToString()).ToList();
        Assert.Equal(["10.255.0.2", "10.255.0.2", "10.255.0.2", "224.0.0.1", "224.0.0.1"], configs.Take(5));
        Assert.Null(a.Channel.Remote);

        // The neighbour has got another address meanwhile.
        var renumbered = network.Add(B(c => c with { Local = At("10.255.0.22") }));
        network.RunUntil(() => a.Channel.State == Up && renumbered.Channel.State == Up);
        Assert.Equal(At("10.255.0.22"), a.Channel.Remote);
    }

    [Fact]
    public void A_multicast_channel_in_use_keeps_to_the_address_it_learned()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A(c => c with { Remote = At("224.0.0.1"), Interface = "eth0" }) with { TeLinks = [] });
        var peer = new ScriptedPeer(network, a) { To = At("224.0.0.1") };
        peer.Acknowledge(peer.HearOne<ConfigMessage>());
        peer.SayHello(1, 1);
        Assert.Equal((Up, At("10.255.0.2")), (a.Channel.State, a.Channel.Remote!.Value));
        peer.At = At("10.255.0.99");
        peer.SayConfig();
        Assert.Equal((Up, At("10.255.0.2")), (a.Channel.State, a.Channel.Remote!.Value));
        network.RunMs(500);
        peer.SayConfig();
        Assert.Equal((Active, At("10.255.0.99")), (a.Channel.State, a.Channel.Remote!.Value));
    }

    [Fact]
    public void Our_own_multicast_Config_coming_back_is_nobody_elses()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A(c => c with { Remote = At("224.0.0.1"), Interface = "eth0" }));
        var own = network.Sent.Single();
        a.Node.Receive(network.Now, new DatagramOrigin(own.Source, own.Destination.Address, 0), own.Bytes);
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.EqualNodeId));
        Assert.Null(a.Alarm(AlarmKind.NegotiationFailed, "b/1"));
    }

    [Theory, Requirement("4204-3-2")]
    [InlineData("10.255.0.2:40000")]
    [InlineData("10.255.0.2")]
    public void Answers_go_to_source_address_and_port_and_own_messages_to_the_configured_ones(string source)
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.At = At(source);
        duel.Peer.SayConfig(1, 2);
        duel.Peer.SayConfig();
        duel.RunMs(200);
        var sent = duel.Network.Sent;
        Assert.Equal(["ConfigNack", "ConfigAck", "Hello", "Hello"], sent.Select(d => d.Message!.Name));
        Assert.Equal([At(source), At(source), At("10.255.0.2"), At("10.255.0.2")], sent.Select(d => d.Destination));
        duel.Peer.SayHello(1, 1);
        Assert.Equal(Up, duel.State);
    }

    [Fact]
    public void Other_ports_than_701_are_used_at_both_ends()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A(c => c with { Local = At("10.255.0.1:7011"), Remote = At("10.255.0.2:7012") }));
        var b = network.Add(B(c => c with { Local = At("10.255.0.2:7012"), Remote = At("10.255.0.1:7011") }));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        Assert.All(network.Sent, d => Assert.Equal(d.Source.Port == 7011 ? 7012 : 7011, d.Destination.Port));
    }

    [Fact]
    public void Neighbours_at_one_address_are_told_apart_by_their_ports()
    {
        // As in a laboratory on one machine. All use CC_Id 11.
        var network = new VirtualNetwork();
        var ids = (string[])["10.0.0.2", "10.0.0.3", "10.0.0.4"];
        var a = network.Add(A() with
        {
            TeLinks = [],
            Neighbors = [.. ids.Select((id, i) => new NeighborConfiguration
            {
                Name = $"n{i}",
                NodeId = Id(id),
                ControlChannels = [Channel((uint)(i + 1), "127.0.0.1:7000", $"127.0.0.1:{7001 + i}")],
            })],
        });
        var others = ids.Select((id, i) => network.Add(B(c => c with { Local = At($"127.0.0.1:{7001 + i}"), Remote = At("127.0.0.1:7000") }) with
        {
            NodeId = Id(id),
            TeLinks = [],
        })).ToList();
        network.RunUntil(() => a.Node.Neighbors.All(n => n.IsUp) && others.All(o => o.Channel.State == Up));
        network.RunMs(60_000);
        Assert.All(a.Node.Neighbors, n => Assert.Equal((Up, 0, 11u), (n.ControlChannels[0].State, n.ControlChannels[0].Flaps, n.ControlChannels[0].RemoteId!.Value)));
        Assert.All(others, (o, i) => Assert.Equal((uint)(i + 1), o.Channel.RemoteId));

        // One dies, and only its channel goes down.
        network.Kill(others[1]);
        network.RunMs(10_000);
        Assert.Equal([true, false, true], a.Node.Neighbors.Select(n => n.IsUp));

        // A stranger on the same address is no reason to suspect any of them.
        var stranger = new ScriptedPeer(network, a, "10.0.0.9", at: "127.0.0.1:7999", to: "127.0.0.1:7000");
        stranger.SayConfig();
        stranger.SayHello(1, 1);
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.WrongNodeId));
        Assert.DoesNotContain(a.Node.Alarms.All, x => x.Kind == AlarmKind.NegotiationFailed);
        Assert.Equal([true, false, true], a.Node.Neighbors.Select(n => n.IsUp));
    }

    [Fact]
    public void Channels_to_one_neighbour_are_paired_by_the_source_port_where_it_tells()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A() with
        {
            TeLinks = [],
            Neighbors = [A().Neighbors[0] with { ControlChannels = [Channel(1, "127.0.0.1:7000", "127.0.0.1:7001"), Channel(2, "127.0.0.1:7000", "127.0.0.1:7002")] }],
        });
        var channels = a.Node.Neighbors.Single().ControlChannels;
        new ScriptedPeer(network, a, ccId: 12, at: "127.0.0.1:7002", to: "127.0.0.1:7000").SayConfig();
        Assert.Equal((ConfSnd, Active), (channels[0].State, channels[1].State));
        // From a port that tells nothing, the first that is free.
        new ScriptedPeer(network, a, ccId: 11, at: "127.0.0.1:7009", to: "127.0.0.1:7000").SayConfig();
        Assert.Equal((11u, 12u), (channels[0].RemoteId!.Value, channels[1].RemoteId!.Value));
    }

    [Fact]
    public void A_Hello_that_fits_two_neighbours_and_the_port_of_none_is_neithers()
    {
        var network = new VirtualNetwork();
        var a = network.Add(A() with
        {
            TeLinks = [],
            Neighbors =
            [
                new NeighborConfiguration { Name = "x", NodeId = Id("10.0.0.2"), ControlChannels = [Channel(1, "127.0.0.1:7000", "127.0.0.1:7001") with { RemoteId = 11 }] },
                new NeighborConfiguration { Name = "y", NodeId = Id("10.0.0.3"), ControlChannels = [Channel(2, "127.0.0.1:7000", "127.0.0.1:7002") with { RemoteId = 11 }] },
            ],
        });
        var (x, y) = (a.Node.Neighbors.First(), a.Node.Neighbors.Last());
        foreach (var (id, port) in ((string, int)[])[("10.0.0.2", 7001), ("10.0.0.3", 7002)])
            new ScriptedPeer(network, a, id, 11, $"127.0.0.1:{port}", "127.0.0.1:7000").SayConfig();
        Assert.Equal((Active, Active), (x.ControlChannels[0].State, y.ControlChannels[0].State));
        new ScriptedPeer(network, a, "10.0.0.2", 11, "127.0.0.1:7003", "127.0.0.1:7000").SayHello(1, 1);
        Assert.Equal((Active, Active), (x.ControlChannels[0].State, y.ControlChannels[0].State));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.UnknownChannel));
        new ScriptedPeer(network, a, "10.0.0.3", 11, "127.0.0.1:7002", "127.0.0.1:7000").SayHello(1, 1);
        Assert.Equal((Active, Up), (x.ControlChannels[0].State, y.ControlChannels[0].State));

        // So with messages that carry no CC_Id.
        new ScriptedPeer(network, a, "10.0.0.2", 11, "127.0.0.1:7003", "127.0.0.1:7000").Say(new LinkSummaryAckMessage(1));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.WrongState));
        new ScriptedPeer(network, a, "10.0.0.3", 11, "127.0.0.1:7002", "127.0.0.1:7000").Say(new LinkSummaryAckMessage(1));
        Assert.Equal((0, 1), (x.Counters.Dropped(DropReason.StaleAnswer), y.Counters.Dropped(DropReason.StaleAnswer)));
    }

    [Fact]
    public void Datagrams_from_unknown_sources_or_to_another_address_of_ours_are_counted_and_change_nothing()
    {
        var duel = new Duel();
        duel.Peer.At = At("10.255.0.3");
        duel.Peer.SayConfig();
        Assert.Equal(1, duel.Dropped(DropReason.UnknownSource));
        duel.Peer.At = At("10.255.0.2");
        duel.Lmp.Receive(duel.Now, new DatagramOrigin(duel.Peer.At, At("10.255.0.77").Address, 0), new ConfigMessage(11, 5, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode());
        duel.Lmp.Receive(duel.Now, new DatagramOrigin(duel.Peer.At, At("10.255.0.1").Address, 3), new ConfigMessage(11, 5, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode());
        Assert.Equal(ConfSnd, duel.State);
        Assert.Equal(2, duel.Dropped(DropReason.UnknownSource));
    }

    [Fact]
    public void A_channel_that_listens_on_any_address_takes_what_comes_to_any()
    {
        var duel = new Duel(channel: c => c with { Local = At("0.0.0.0") });
        duel.Lmp.Receive(duel.Now, new DatagramOrigin(duel.Peer.At, At("10.255.0.77").Address, 0), new ConfigMessage(11, 5, duel.Peer.NodeId, new HelloConfig(150, 500)).Encode());
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void The_transport_a_datagram_came_in_on_decides_between_channels_of_the_same_addresses()
    {
        // fe80::1 to fe80::2 on two interfaces, say.
        var network = new VirtualNetwork();
        var a = network.Add(A() with
        {
            TeLinks = [],
            Neighbors = [A().Neighbors[0] with { ControlChannels = [Channel(1, "10.255.0.1", "10.255.0.2"), Channel(2, "10.255.0.1", "10.255.0.2")] }],
        }, start: false);
        var channels = a.Node.Neighbors.Single().ControlChannels;
        (channels[0].TransportSlot, channels[1].TransportSlot) = (5, 6);
        a.TransportUp();
        var config = new ConfigMessage(11, 5, Id("10.0.0.2"), new HelloConfig(150, 500)).Encode();
        a.Node.Receive(network.Now, new DatagramOrigin(At("10.255.0.2"), At("10.255.0.1").Address, 6), config);
        Assert.Equal((ConfSnd, Active), (channels[0].State, channels[1].State));
    }
}
