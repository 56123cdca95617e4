// RFC 6898 §2, §3: BehaviorConfig between nodes that know it.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Wire.LmpBehaviors;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class BehaviorNegotiationTests
{
    private const ControlChannelRole Passive = ControlChannelRole.Passive;
    private const LmpBehaviors Ours = SonetSdhTrace | ConsistencyCheck;

    private static readonly HelloConfig Hello = new(150, 500) { Negotiable = true };

    private static LmpObject[] With(params LmpObject[] more) => [Hello, .. more];

    [Theory]
    [Requirement("6898-2.2-1"), Requirement("6898-2.2-2"), Requirement("6898-2.2-4"), Requirement("6898-2.2-6"), Requirement("6898-3.1-1")]
    [Requirement("6898-3.1-2"), Requirement("6898-3.2-1"), Requirement("6898-3.2-2")]
    [InlineData(WdmRole.None, 0xA0000000)]
    [InlineData(WdmRole.Ols, 0xE0000000)]
    [InlineData(WdmRole.Peer, 0xE0000000)]
    public void Config_tells_our_behaviours_once_negotiable_and_with_MBZ_zero(WdmRole wdm, uint flags)
    {
        var config = new Duel(neighbor: n => n with { Wdm = wdm }).Peer.HearOne<ConfigMessage>();
        var behaviors = Assert.Single(config.Configs.OfType<BehaviorConfig>());
        Assert.Equal([flags], behaviors.Words.ToArray());
        Assert.True(behaviors.Negotiable);
        Assert.Equal(config.Configs.Count(), config.Configs.Select(c => c.CType).Distinct().Count());
        Assert.Equal(wdm != WdmRole.None, config.Find<LmpWdmConfig>() is not null);
    }

    [Fact, Requirement("6898-2.2-8"), Requirement("6898-3.2-3"), Requirement("4204-12.3.2-1")]
    public void ConfigAck_repeats_all_CONFIG_objects_of_a_Config_with_BehaviorConfig()
    {
        var duel = Duel.In(ConfRcv, Passive);
        var config = duel.Peer.SayConfig([new BehaviorConfig(ConsistencyCheck), new LmpWdmConfig(false, true), new HelloConfig(200, 900)]);
        Assert.Equal(config.Configs, duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((Active, 200, 900), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
        Assert.Equal((BehaviorSupport.Negotiated, ConsistencyCheck), (duel.Neighbor.BehaviorSupport, duel.Neighbor.Behaviors));
    }

    [Fact]
    public void ConfigAck_of_a_Config_without_BehaviorConfig_has_no_CONFIG_objects_and_the_neighbour_is_legacy()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig();
        Assert.Empty(duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((BehaviorSupport.Legacy, None), (duel.Neighbor.BehaviorSupport, duel.Neighbor.Behaviors));
        Assert.Equal("its Config has no BehaviorConfig (RFC 6898 §2.2)", duel.Neighbor.LegacyReason);
    }

    [Fact]
    public void A_retransmitted_Config_gets_the_same_ConfigAck_and_agrees_once()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(With(new BehaviorConfig(Ours)), id: 7);
        var first = duel.Peer.HearOne<ConfigAckMessage>();
        duel.Peer.SayHello(1, 1);
        duel.Peer.SayConfig(With(new BehaviorConfig(Ours)), id: 7);
        Assert.Equal(first, duel.Peer.HearOne<ConfigAckMessage>());
        Assert.Equal(Up, duel.State);
        Assert.Single(duel.Node.Events.OfType<BehaviorsChanged>());
    }

    [Fact, Requirement("6898-2.2-3")]
    public void Of_several_BehaviorConfigs_the_first_counts_and_is_repeated()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(With(new BehaviorConfig(ConsistencyCheck), new BehaviorConfig([0xFFFFFFFF]), new HelloConfig(1, 2)));
        Assert.Equal(With(new BehaviorConfig(ConsistencyCheck)), duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal(ConsistencyCheck, duel.Neighbor.Behaviors);
    }

    [Theory, Requirement("6898-3.2-4"), Requirement("6898-2.2-7"), Requirement("6898-3.2-2")]
    [InlineData(0xA0000001u)]
    [InlineData(0x10000000u)]
    [InlineData(0xA0000000u, 0x80000000u)]
    public void An_MBZ_bit_is_refused_with_our_behaviours_and_nothing_else(params uint[] words)
    {
        var duel = Duel.In(ConfRcv, Passive);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            duel.Peer.SayConfig(With(new BehaviorConfig([.. words]) { Negotiable = true }));
            Assert.Equal([new BehaviorConfig(Ours)], duel.Peer.HearOne<ConfigNackMessage>().Configs);
            Assert.Equal(ConfRcv, duel.State);
            Assert.Contains("MBZ bits of its BehaviorConfig", duel.Alarm(AlarmKind.NegotiationFailed)?.Text, StringComparison.Ordinal);
        }

        duel.Peer.SayConfig(With(new BehaviorConfig(Ours)));
        Assert.Equal((Active, Ours), (duel.State, duel.Neighbor.Behaviors));
        Assert.Null(duel.Alarm(AlarmKind.NegotiationFailed));
    }

    [Fact, Requirement("6898-3.1-2")]
    public void Further_words_that_are_zero_are_acceptable_and_repeated()
    {
        var duel = Duel.In(ConfRcv, Passive);
        var longer = new BehaviorConfig([(uint)Ours, 0, 0]) { Negotiable = true };
        duel.Peer.SayConfig(With(longer));
        Assert.Equal(With(longer), duel.Peer.HearOne<ConfigAckMessage>().Configs);
    }

    [Fact, Requirement("6898-2.2-7")]
    public void MBZ_bits_and_hello_intervals_are_refused_in_one_ConfigNack()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig([new BehaviorConfig([1]), new HelloConfig(5, 500) { Negotiable = true }]);
        Assert.Equal(
            [new BehaviorConfig(Ours), new HelloConfig(10, 500) { Negotiable = true }],
            duel.Peer.HearOne<ConfigNackMessage>().Configs.OrderByDescending(c => c.CType));
    }

    [Fact]
    public void A_behaviour_that_we_do_not_have_is_refused_once_and_no_reason_to_stay_down()
    {
        var duel = Duel.In(ConfRcv, Passive);
        duel.Peer.SayConfig(With(new BehaviorConfig(Ours | Dwdm)), id: 5);
        Assert.Equal([new BehaviorConfig(Ours)], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Equal("b proposes DWDM (RFC 4209), which is not in use here", duel.Channel.Reason);
        // The ConfigNack got lost: still refused.
        duel.Peer.SayConfig(With(new BehaviorConfig(Ours | Dwdm)), id: 5);
        Assert.Single(duel.Peer.Hear<ConfigNackMessage>());
        duel.Peer.SayConfig(With(new BehaviorConfig(Ours | Dwdm)), id: 6);
        Assert.Equal(With(new BehaviorConfig(Ours | Dwdm)), duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((Active, Ours), (duel.State, duel.Neighbor.Behaviors));
    }

    [Fact]
    public void A_neighbour_that_supports_less_is_followed()
    {
        var duel = new Duel();
        var config = duel.Peer.HearOne<ConfigMessage>();
        duel.Peer.Refuse(config, new BehaviorConfig(ConsistencyCheck | Dwdm));
        var next = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal(With(new BehaviorConfig(ConsistencyCheck)), next.Configs);
        duel.Peer.Echo(next);
        Assert.Equal((Active, BehaviorSupport.Negotiated, ConsistencyCheck), (duel.State, duel.Neighbor.BehaviorSupport, duel.Neighbor.Behaviors));
        var settled = Assert.Single(duel.Node.Events.OfType<BehaviorsChanged>());
        Assert.Equal((BehaviorSupport.Negotiated, ConsistencyCheck, ""), (settled.Support, settled.Behaviors, settled.LegacyReason));
    }

    [Fact]
    public void A_neighbour_that_wants_more_than_there_is_is_told_of_and_tried_again_after_the_pause()
    {
        var duel = new Duel();
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new BehaviorConfig(Ours | Dwdm));
        Assert.Equal("b insists on behaviours that are not supported here", duel.Channel.Reason);
        Assert.Empty(duel.Peer.Hear());
        duel.RunMs(2000);
        duel.Peer.Echo(duel.Peer.HearOne<ConfigMessage>());
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void Offers_of_behaviours_that_never_end_are_followed_three_times_before_a_pause()
    {
        var duel = new Duel();
        foreach (var offer in (LmpBehaviors[])[SonetSdhTrace, ConsistencyCheck, SonetSdhTrace, ConsistencyCheck])
            duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new BehaviorConfig(offer));
        Assert.StartsWith("b refuses each BehaviorConfig", duel.Channel.Reason, StringComparison.Ordinal);
        duel.RunMs(1999);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact]
    public void Both_nodes_of_ours_agree_on_what_both_support_whoever_starts_and_whatever_the_contention()
    {
        foreach (var (a, b) in ((ControlChannelRole, ControlChannelRole)[])[(0, 0), (0, Passive), (Passive, 0)])
        {
            var network = new VirtualNetwork();
            var nodes = (VirtualNode[])[network.Add(Configurations.A(c => c with { Role = a })), network.Add(Configurations.B(c => c with { Role = b }))];
            network.RunUntil(() => nodes.All(n => n.TeLink.State == TeLinkState.Up), "TE link up");
            Assert.All(nodes, n => Assert.Equal((BehaviorSupport.Negotiated, Ours), (n.Node.Neighbors.Single().BehaviorSupport, n.Node.Neighbors.Single().Behaviors)));
            Assert.All(nodes, n => Assert.Single(n.Events.OfType<BehaviorsChanged>()));
        }
    }

    // The active end has been sending Configs with and without BehaviorConfig in turn: whichever the late starter meets first, it ends as a modern one.
    [Fact]
    public void A_neighbour_of_ours_that_starts_late_is_found_to_negotiate_whenever_that_is()
    {
        foreach (var role in (ControlChannelRole[])[ControlChannelRole.Active, Passive])
        {
            for (var late = 0; late < 24_000; late += 450)
            {
                var network = new VirtualNetwork();
                var a = network.Add(Configurations.A());
                network.RunMs(late);
                var b = network.Add(Configurations.B(c => c with { Role = role }));
                network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, $"up, {role} after {late} ms");
                network.RunMs(10_000);
                foreach (var node in (VirtualNode[])[a, b])
                {
                    var neighbor = node.Node.Neighbors.Single();
                    Assert.True(neighbor is { BehaviorSupport: BehaviorSupport.Negotiated, Behaviors: Ours }, $"{node.Node.Name}, {role} after {late} ms: {neighbor.LegacyReason}");
                    Assert.Equal((Up, 0), (node.Channel.State, node.Channel.Flaps));
                }
            }
        }
    }

    [Fact]
    public void Bad_weather_does_not_make_a_legacy_node_of_a_modern_one()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var network = new VirtualNetwork { Weather = new Weather(seed) { Loss = 0.3, Duplication = 0.2, MaxDelay = TimeSpan.FromMilliseconds(40) } };
            var (a, b) = (network.Add(Configurations.A()), network.Add(Configurations.B()));
            network.Run(TimeSpan.FromSeconds(60));
            network.Weather = null;
            network.RunUntil(
                () => new[] { a, b }.All(n => n.Channel.State == Up && n.Node.Neighbors.Single().Behaviors == Ours), $"negotiated, seed {seed}", seconds: 120);
        }
    }

    [Fact]
    public void A_neighbour_over_two_channels_keeps_its_behaviours_while_one_of_them_lasts()
    {
        var first = Configurations.A();
        var second = Configurations.Channel(2, "10.254.0.1", "10.254.0.2");
        var network = new VirtualNetwork();
        var a = network.Add(first with { Neighbors = [first.Neighbors[0] with { ControlChannels = [first.Neighbors[0].ControlChannels[0], second] }] });
        var b = Configurations.B();
        network.Add(b with { Neighbors = [b.Neighbors[0] with { ControlChannels = [b.Neighbors[0].ControlChannels[0], Configurations.Channel(12, "10.254.0.2", "10.254.0.1")] }] });
        var neighbor = a.Node.Neighbors.Single();
        network.RunUntil(() => neighbor.ControlChannels.All(c => c.State == Up), "both up");
        network.Filter = d => d.Source != second.Local && d.Destination != second.Local;
        network.Run(TimeSpan.FromSeconds(30));
        Assert.NotEqual(Up, neighbor.ControlChannels[1].State);
        Assert.Equal((BehaviorSupport.Negotiated, Ours), (neighbor.BehaviorSupport, neighbor.Behaviors));
        network.Filter = _ => false;
        network.Run(TimeSpan.FromSeconds(30));
        Assert.Equal((BehaviorSupport.Unknown, None), (neighbor.BehaviorSupport, neighbor.Behaviors));
    }
}
