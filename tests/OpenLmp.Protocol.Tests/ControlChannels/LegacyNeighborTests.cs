// RFC 6898 §4: neighbours that do not know BehaviorConfig, and those that change.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Wire.LmpBehaviors;

namespace OpenLmp.Protocol.Tests.ControlChannels;

[Requirement("6898-4-1"), Requirement("6898-4-3")]
public class LegacyNeighborTests
{
    private const LmpBehaviors Ours = SonetSdhTrace | ConsistencyCheck;

    private static readonly HelloConfig Hello = new(150, 500) { Negotiable = true };

    /// <summary>The kinds of legacy nodes, and one that refuses the other object than §4 b says.</summary>
    public enum Kind
    {
        A, B, BKeepsBehavior, C, D, Modern,
    }

    public static TheoryData<Kind, string> Kinds() => new()
    {
        { Kind.A, "it refuses the BehaviorConfig object (RFC 6898 §4 a)" },
        { Kind.B, "it refuses the BehaviorConfig object (RFC 6898 §4 a)" },
        { Kind.BKeepsBehavior, "it refuses all CONFIG objects but one (RFC 6898 §4 b)" },
        { Kind.C, "it acknowledges a Config with BehaviorConfig without repeating that (RFC 6898 §4 c)" },
        { Kind.D, "it answers Config messages, but discards those with BehaviorConfig (RFC 6898 §4 d)" },
    };

    // Answers the Configs heard as a node of that kind does, and Hellos as any; for so long.
    private static void Live(Duel duel, Kind kind, int milliseconds)
    {
        var (tx, rcv) = (1u, 0u);
        for (var end = duel.Now + TimeSpan.FromMilliseconds(milliseconds); duel.Now < end; duel.RunMs(50))
        {
            foreach (var message in duel.Peer.Hear())
            {
                switch (message)
                {
                    case ConfigMessage config when Answer(duel.Peer, kind, config):
                        (tx, rcv) = (1, 0);
                        break;
                    case HelloMessage { Hello: var hello }:
                        if (hello.RcvSeqNum == tx) tx++;
                        rcv = hello.TxSeqNum;
                        break;
                }
            }

            duel.Peer.SayHello(tx, rcv);
        }
    }

    // True if the Config is acknowledged.
    private static bool Answer(ScriptedPeer peer, Kind kind, ConfigMessage config)
    {
        if (config.Find<BehaviorConfig>() is not { } behaviors || kind == Kind.C)
        {
            peer.Acknowledge(config);
            return true;
        }

        switch (kind)
        {
            case Kind.A: peer.Refuse(config, behaviors); return false;
            case Kind.B: peer.Refuse(config, [.. config.Configs.Skip(1)]); return false;
            case Kind.BKeepsBehavior: peer.Refuse(config, [.. config.Configs.Where(c => c is not BehaviorConfig)]); return false;
            case Kind.Modern: peer.Echo(config); return true;
            default: return false;
        }
    }

    [Theory, MemberData(nameof(Kinds)), Requirement("6898-2.2-5"), Requirement("6898-4-2")]
    public void Each_kind_comes_up_without_BehaviorConfig_and_is_shown_as_legacy_with_the_reason(Kind kind, string reason)
    {
        var duel = new Duel();
        Live(duel, kind, 20_000);
        Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
        Assert.Equal((BehaviorSupport.Legacy, None, reason), (duel.Neighbor.BehaviorSupport, duel.Neighbor.Behaviors, duel.Neighbor.LegacyReason));
        Assert.Equal(reason, Assert.Single(duel.Node.Events.OfType<BehaviorsChanged>()).LegacyReason);
        Assert.Null(duel.Alarm(AlarmKind.NegotiationFailed));

        // What is known is not asked again, as long as the neighbour is the same.
        duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200) });
        Assert.Null(duel.Peer.HearOne<ConfigMessage>().Find<BehaviorConfig>());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Each_kind_that_starts_itself_comes_up_whoever_wins_the_contention(Kind kind, string _)
    {
        foreach (var (role, weaker) in ((ControlChannelRole, bool)[])[(ControlChannelRole.Passive, false), (0, false), (0, true)])
        {
            var duel = new Duel(role, weaker: weaker);
            duel.Peer.SayConfig();
            Live(duel, kind, 20_000);
            Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
            Assert.Equal(BehaviorSupport.Legacy, duel.Neighbor.BehaviorSupport);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_legacy_neighbour_that_starts_late_comes_up_whenever_that_is(Kind kind, string _)
    {
        for (var late = 0; late < 12_000; late += 900)
        {
            var duel = new Duel();
            duel.RunMs(late);
            duel.Peer.Hear();
            Live(duel, kind, 25_000);
            Assert.Equal(Up, duel.State);
            Assert.Equal(BehaviorSupport.Legacy, duel.Neighbor.BehaviorSupport);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_legacy_neighbour_that_comes_back_as_a_modern_one_is_found_out_and_the_other_way_round(Kind kind, string reason)
    {
        var duel = new Duel();
        Live(duel, kind, 20_000);
        duel.RunMs(3_000);
        Assert.Equal((BehaviorSupport.Unknown, ""), (duel.Neighbor.BehaviorSupport, duel.Neighbor.LegacyReason));
        Live(duel, Kind.Modern, 20_000);
        Assert.Equal((Up, BehaviorSupport.Negotiated, Ours), (duel.State, duel.Neighbor.BehaviorSupport, duel.Neighbor.Behaviors));
        Assert.Equal("", duel.Neighbor.LegacyReason);

        duel.RunMs(3_000);
        Live(duel, kind, 20_000);
        Assert.Equal((Up, BehaviorSupport.Legacy, reason), (duel.State, duel.Neighbor.BehaviorSupport, duel.Neighbor.LegacyReason));
        Assert.Equal(3, duel.Node.Events.OfType<BehaviorsChanged>().Count());
    }

    [Fact, Requirement("6898-4-2")]
    public void Silence_alone_proves_nothing_so_bursts_without_and_with_the_object_take_turns()
    {
        var duel = new Duel();
        var bursts = new List<(int Count, bool With)>();
        for (var i = 0; i < 5; i++, duel.RunMs(2_000))
        {
            duel.RunMs(3_499);
            var configs = duel.Peer.Hear<ConfigMessage>();
            Assert.Single(configs.Select(c => c.MessageId).Distinct());
            bursts.Add((configs.Count, configs[0].Find<BehaviorConfig>() is not null));
            duel.RunMs(1);
            Assert.Equal((Down, BehaviorSupport.Unknown), (duel.State, duel.Neighbor.BehaviorSupport));
        }

        Assert.Equal([(3, true), (3, false), (3, true), (3, false), (3, true)], bursts);
        Assert.Empty(duel.Node.Events.OfType<BehaviorsChanged>());
    }

    [Fact]
    public void After_an_answer_without_the_object_the_channel_is_in_service_while_the_neighbour_is_asked_once_more()
    {
        var duel = new Duel();
        duel.RunMs(5_500);
        var plain = duel.Peer.Hear<ConfigMessage>()[^1];
        Assert.Null(plain.Find<BehaviorConfig>());
        duel.Peer.Acknowledge(plain);
        Assert.Equal((Active, BehaviorSupport.Unknown), (duel.State, duel.Neighbor.BehaviorSupport));
        duel.Peer.SayHello(1, 1);
        var question = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal([Hello, new BehaviorConfig(Ours)], question.Configs);
        duel.Peer.Echo(question);
        Assert.Equal((Active, Ours), (duel.State, duel.Neighbor.Behaviors));
        // Both ends start their sequence numbers over.
        Assert.Equal((1u, 0u), (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        duel.Peer.SayHello(1, 1);
        Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
        Assert.DoesNotContain(duel.Node.Events, e => e is AdjacencyChanged { Up: false });
    }

    [Fact]
    public void The_question_is_not_repeated_to_a_neighbour_that_tells_of_itself()
    {
        var duel = new Duel();
        duel.RunMs(5_500);
        duel.Peer.Acknowledge(duel.Peer.Hear<ConfigMessage>()[^1]);
        duel.Peer.SayConfig([Hello, new BehaviorConfig(ConsistencyCheck)]);
        Assert.Equal((Active, ConsistencyCheck), (duel.State, duel.Neighbor.Behaviors));
        duel.Peer.Hear();
        duel.RunMs(400);
        duel.Peer.SayHello(1, 1);
        duel.RunMs(400);
        Assert.Empty(duel.Peer.Hear<ConfigMessage>());
    }

    [Fact]
    public void A_neighbour_that_lost_the_contention_with_its_BehaviorConfig_is_met_with_ours()
    {
        var duel = new Duel(weaker: true);
        duel.RunMs(5_500);
        var plain = duel.Peer.Hear<ConfigMessage>()[^1];
        duel.Peer.SayConfig([Hello, new BehaviorConfig(Ours)]);
        Assert.Equal(1, duel.Dropped(DropReason.ContentionWon));
        Assert.Equal(BehaviorSupport.Negotiated, duel.Neighbor.BehaviorSupport);
        duel.Peer.Acknowledge(plain);
        duel.Peer.Echo(duel.Peer.HearOne<ConfigMessage>());
        Assert.Equal((Active, Ours), (duel.State, duel.Neighbor.Behaviors));
    }

    [Fact]
    public void Where_it_is_switched_off_this_node_is_one_of_RFC_4204()
    {
        var duel = new Duel(neighbor: n => n with { BehaviorNegotiation = false });
        var config = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal([Hello], config.Configs);
        duel.Peer.Acknowledge(config);
        Assert.Equal((Active, "it is not asked: behavior-negotiation: false here"), (duel.State, duel.Neighbor.LegacyReason));
        Assert.Empty(duel.Peer.Hear<ConfigMessage>());

        // §4 a: the ConfigNack has what was sent, and nothing that was agreed.
        duel.Peer.SayConfig([Hello, new BehaviorConfig(ConsistencyCheck)]);
        Assert.Equal([new BehaviorConfig(ConsistencyCheck)], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Equal((ConfRcv, BehaviorSupport.Legacy), (duel.State, duel.Neighbor.BehaviorSupport));
        Assert.Contains("behavior-negotiation: false here", duel.Channel.Reason, StringComparison.Ordinal);

        duel.Peer.SayConfig([Hello]);
        Assert.Empty(duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((Active, "it is not asked: behavior-negotiation: false here"), (duel.State, duel.Neighbor.LegacyReason));
        Assert.Equal(None, duel.Neighbor.Behaviors);
    }

    [Theory]
    [InlineData(false, "its Config has no BehaviorConfig (RFC 6898 §2.2)")]
    [InlineData(true, "it refuses the BehaviorConfig object (RFC 6898 §4 a)")]
    public void Where_it_is_switched_off_a_modern_neighbour_finds_a_legacy_one(bool isPassive, string reason)
    {
        var network = new VirtualNetwork();
        var modern = network.Add(Configurations.A());
        var role = isPassive ? ControlChannelRole.Passive : ControlChannelRole.Active;
        var old = Configurations.B(c => c with { Role = role });
        network.Add(old with { Neighbors = [old.Neighbors[0] with { BehaviorNegotiation = false }] });
        network.RunUntil(() => network.Nodes.All(n => n.Channel.State == Up), "up");
        var neighbor = modern.Channel.Neighbor;
        Assert.Equal((BehaviorSupport.Legacy, reason, None), (neighbor.BehaviorSupport, neighbor.LegacyReason, neighbor.Behaviors));
        Assert.DoesNotContain(modern.Node.Alarms.All, a => a.State != AlarmState.Cleared);
    }

    [Fact]
    public void Where_it_is_switched_off_a_neighbour_that_insists_is_told_of()
    {
        var duel = new Duel(neighbor: n => n with { BehaviorNegotiation = false });
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new BehaviorConfig(Ours));
        Assert.Equal("b insists on BehaviorConfig (RFC 6898), behavior-negotiation: false here; set it to true", duel.Channel.Reason);
        duel.ReconfigureNeighbor(n => n with { BehaviorNegotiation = true });
        duel.RunMs(2_000);
        Assert.Contains(duel.Peer.Hear<ConfigMessage>(), c => c.Find<BehaviorConfig>() is not null);
    }

    [Fact, Requirement("6898-1-1")]
    public void Everything_of_RFC_4204_works_with_a_neighbour_that_negotiates_no_behaviours()
    {
        var network = new VirtualNetwork();
        var (modern, old) = (Configurations.A(), Configurations.B());
        var a = network.Add(modern);
        var b = network.Add(old with { Neighbors = [old.Neighbors[0] with { BehaviorNegotiation = false }] });
        network.FibreAll(a, b);
        network.RunUntil(() => network.Nodes.All(n => n.TeLink.State == TeLinkState.Up && n.TeLink.DataLinks.All(l => l.Verified)), "verified and up");
        network.Run(TimeSpan.FromSeconds(10));
        Assert.All(network.Nodes, n => Assert.Equal((Up, 0), (n.Channel.State, n.Channel.Flaps)));
    }

    [Fact]
    public void Switching_it_on_negotiates_anew()
    {
        var duel = new Duel(neighbor: n => n with { BehaviorNegotiation = false });
        Live(duel, Kind.Modern, 2_000);
        Assert.Equal((Up, BehaviorSupport.Legacy), (duel.State, duel.Neighbor.BehaviorSupport));
        duel.ReconfigureNeighbor(n => n with { BehaviorNegotiation = true });
        Live(duel, Kind.Modern, 2_000);
        Assert.Equal((Up, Ours), (duel.State, duel.Neighbor.Behaviors));
    }
}
