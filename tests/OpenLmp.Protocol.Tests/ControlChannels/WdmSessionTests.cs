// RFC 4209 §2.1: LMP-WDM_CONFIG, and which pairs make a WDM session.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.WdmRole;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class WdmSessionTests
{
    private static readonly HelloConfig Hello = new(150, 500) { Negotiable = true };

    private static Duel Passive(WdmRole wdm) => new(ControlChannelRole.Passive, neighbor: n => n with { Wdm = wdm });

    [Theory]
    [InlineData(None, null, null)]
    [InlineData(Ols, true, false)]
    [InlineData(WdmRole.Peer, true, true)]
    public void Config_says_what_we_are(WdmRole wdm, bool? supports, bool? ols)
    {
        var config = new Duel(neighbor: n => n with { Wdm = wdm }).Peer.HearOne<ConfigMessage>();
        Assert.Equal(supports is null ? null : new LmpWdmConfig(supports.Value, ols!.Value), config.Find<LmpWdmConfig>());
    }

    [Theory]
    [InlineData(Ols, true)]
    [InlineData(WdmRole.Peer, false)]
    public void The_other_end_of_the_pair_is_acknowledged_with_and_without_BehaviorConfig(WdmRole wdm, bool ols)
    {
        var duel = Passive(wdm);
        duel.Peer.SayConfig([new LmpWdmConfig(true, ols), Hello]);
        Assert.Empty(duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((Active, true, BehaviorSupport.Legacy), (duel.State, duel.Neighbor.IsWdm, duel.Neighbor.BehaviorSupport));

        duel = Passive(wdm);
        var config = duel.Peer.SayConfig([new LmpWdmConfig(true, ols), Hello, new BehaviorConfig(LmpBehaviors.Dwdm)]);
        Assert.Equal(config.Configs, duel.Peer.HearOne<ConfigAckMessage>().Configs);
        Assert.Equal((Active, true, LmpBehaviors.Dwdm), (duel.State, duel.Neighbor.IsWdm, duel.Neighbor.Behaviors));
    }

    [Fact]
    public void Without_a_WDM_session_here_a_neighbour_that_says_it_has_none_either_is_acknowledged()
    {
        var duel = Passive(None);
        duel.Peer.SayConfig([Hello, new LmpWdmConfig(false, true)]);
        Assert.Equal((Active, false), (duel.State, duel.Neighbor.IsWdm));
    }

    public static TheoryData<WdmRole, bool?, bool, string> Misfits() => new()
    {
        { None, true, true, "b runs LMP-WDM (RFC 4209), wdm: none here; set wdm: ols here, or none at b" },
        { None, true, false, "b runs LMP-WDM (RFC 4209), wdm: none here; set wdm: peer here, or none at b" },
        { Ols, null, false, "wdm: ols here, b runs no LMP-WDM (RFC 4209); set wdm: peer at b, or wdm: none here" },
        { Ols, false, true, "wdm: ols here, b runs no LMP-WDM (RFC 4209); set wdm: peer at b, or wdm: none here" },
        { WdmRole.Peer, null, false, "wdm: peer here, b runs no LMP-WDM (RFC 4209); set wdm: ols at b, or wdm: none here" },
        { Ols, true, false, "both ends are peer nodes: wdm: ols here says that b is an optical line system, and b says that it is none; correct wdm at one end (RFC 4209 §2.1)" },
        { WdmRole.Peer, true, true, "both ends are optical line systems: wdm: peer here says that b is a peer node, and b says that it is none; correct wdm at one end (RFC 4209 §2.1)" },
    };

    [Theory, MemberData(nameof(Misfits)), Requirement("4209-2.1-1"), Requirement("4209-2.1-2")]
    public void What_does_not_fit_is_refused_and_explained(WdmRole here, bool? wdm, bool ols, string text)
    {
        var duel = Passive(here);
        LmpObject[] theirs = wdm is { } flag ? [new LmpWdmConfig(flag, ols)] : [];
        duel.Peer.SayConfig([Hello, .. theirs]);
        // A copy of what is not negotiable; where there is nothing to copy, what would be acceptable.
        LmpObject[] expected = wdm is null ? [new LmpWdmConfig(true, here == Ols)] : theirs;
        Assert.Equal(expected, duel.Peer.HearOne<ConfigNackMessage>().Configs);
        Assert.Equal((ConfRcv, text, false), (duel.State, duel.Channel.Reason, duel.Neighbor.IsWdm));
        Assert.Equal("b/1: " + text, duel.Alarm(AlarmKind.NegotiationFailed)?.Text);
    }

    [Fact]
    public void What_the_neighbour_says_is_negotiable_is_answered_with_what_would_be_acceptable()
    {
        var duel = Passive(Ols);
        duel.Peer.SayConfig([Hello, new LmpWdmConfig(true, false) { Negotiable = true }]);
        Assert.Equal([new LmpWdmConfig(true, true) { Negotiable = true }], duel.Peer.HearOne<ConfigNackMessage>().Configs);
        duel = Passive(None);
        duel.Peer.SayConfig([Hello, new LmpWdmConfig(true, false) { Negotiable = true }]);
        Assert.Equal([new LmpWdmConfig(false, false) { Negotiable = true }], duel.Peer.HearOne<ConfigNackMessage>().Configs);
    }

    [Theory]
    [InlineData(Ols, "b refuses LMP-WDM with this node as a peer node (wdm: ols); set wdm: peer at b, or correct wdm here (RFC 4209 §2.1)")]
    [InlineData(WdmRole.Peer, "b refuses LMP-WDM with this node as an optical line system (wdm: peer); set wdm: ols at b, or correct wdm here (RFC 4209 §2.1)")]
    public void A_refusal_of_LMP_WDM_is_explained_and_tried_again_after_the_pause(WdmRole wdm, string text)
    {
        var duel = new Duel(neighbor: n => n with { Wdm = wdm });
        var config = duel.Peer.HearOne<ConfigMessage>();
        duel.Peer.Refuse(config, config.Find<LmpWdmConfig>()!);
        Assert.Equal((ConfSnd, text), (duel.State, duel.Channel.Reason));
        Assert.Equal("b/1: " + text, duel.Alarm(AlarmKind.NegotiationFailed)?.Text);
        duel.RunMs(2000);
        Assert.Single(duel.Peer.Hear<ConfigMessage>());
    }

    [Fact]
    public void A_legacy_node_that_refuses_all_CONFIG_objects_but_one_is_asked_for_LMP_WDM_alone()
    {
        var duel = new Duel(neighbor: n => n with { Wdm = Ols });
        var config = duel.Peer.HearOne<ConfigMessage>();
        duel.Peer.Refuse(config, config.Find<LmpWdmConfig>()!, config.Find<BehaviorConfig>()!);
        Assert.Equal("it refuses all CONFIG objects but one (RFC 6898 §4 b)", duel.Neighbor.LegacyReason);
        config = duel.Peer.HearOne<ConfigMessage>();
        Assert.Equal([Hello, new LmpWdmConfig(true, false)], config.Configs);
        duel.Peer.Refuse(config, config.Find<LmpWdmConfig>()!);
        Assert.Contains("b refuses LMP-WDM", duel.Channel.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_a_Config_without_LMP_WDM_by_a_neighbour_that_wants_it_is_explained()
    {
        var duel = new Duel();
        duel.Peer.Refuse(duel.Peer.HearOne<ConfigMessage>(), new LmpWdmConfig(true, true));
        Assert.Equal("b runs LMP-WDM (RFC 4209), wdm: none here; set wdm: ols or peer here, or none at b", duel.Channel.Reason);
    }

    public static TheoryData<WdmRole, WdmRole, bool> Pairs()
    {
        var pairs = new TheoryData<WdmRole, WdmRole, bool>();
        foreach (var a in Enum.GetValues<WdmRole>())
            foreach (var b in Enum.GetValues<WdmRole>())
                pairs.Add(a, b, (a, b) is (None, None) or (Ols, WdmRole.Peer) or (WdmRole.Peer, Ols));
        return pairs;
    }

    [Theory, MemberData(nameof(Pairs)), Requirement("4209-2.1-1"), Requirement("4209-2.1-2")]
    public void Two_nodes_come_up_if_they_make_a_pair_and_both_tell_why_if_not(WdmRole a, WdmRole b, bool fits)
    {
        foreach (var (roleA, roleB) in ((ControlChannelRole, ControlChannelRole)[])[(0, 0), (0, ControlChannelRole.Passive), (ControlChannelRole.Passive, 0)])
        {
            var network = new VirtualNetwork();
            var nodes = (VirtualNode[])[network.Add(With(Configurations.A(c => c with { Role = roleA }), a)), network.Add(With(Configurations.B(c => c with { Role = roleB }), b))];
            if (fits)
            {
                network.RunUntil(() => nodes.All(n => n.TeLink.State == TeLinkState.Up), "TE link up");
                Assert.All(nodes, n => Assert.Equal(a != None, n.Node.Neighbors.Single().IsWdm));
                Assert.All(nodes, n => Assert.Equal(a != None, n.Node.Neighbors.Single().Behaviors.HasFlag(LmpBehaviors.Dwdm)));
                continue;
            }

            network.Run(TimeSpan.FromSeconds(60));
            foreach (var node in nodes)
            {
                Assert.False(node.Node.Neighbors.Single().IsUp);
                Assert.Contains("wdm", node.Channel.Reason, StringComparison.Ordinal);
                Assert.Contains("wdm", node.Alarm(AlarmKind.NegotiationFailed, node.Channel.ToString())?.Text, StringComparison.Ordinal);
                Assert.DoesNotContain(node.Events, e => e is ControlChannelStateChanged { To: Up });
            }
        }
    }

    [Fact]
    public void A_pair_that_is_made_by_reconfiguration_comes_up_and_one_that_is_broken_goes_down()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(Configurations.A()), network.Add(Configurations.B()));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, "without WDM");
        a.Node.Reconfigure(network.Now, With(a.Node.Configuration, Ols));
        network.RunUntil(() => !a.Node.Neighbors.Single().IsUp && !b.Node.Neighbors.Single().IsUp, "one end only");
        b.Node.Reconfigure(network.Now, With(b.Node.Configuration, WdmRole.Peer));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, "with WDM");
        Assert.True(a.Node.Neighbors.Single().IsWdm && b.Node.Neighbors.Single().IsWdm);
    }

    // RFC 4209 §1: sessions between peer nodes and those with line systems do not wait for one another, in any order.
    [Fact, Requirement("4209-1-1"), Requirement("4209-1-2")]
    public void A_session_with_a_line_system_and_one_with_a_peer_node_come_up_without_each_other()
    {
        foreach (var olsFirst in (bool[])[true, false])
        {
            var network = new VirtualNetwork();
            var toPeer = Configurations.A();
            var ols = new NeighborConfiguration
            {
                Name = "ols1",
                NodeId = Configurations.Id("10.0.0.9"),
                Wdm = Ols,
                ControlChannels = [Configurations.Channel(2, "10.254.0.1", "10.254.0.9")],
            };
            var a = network.Add(toPeer with { Neighbors = [toPeer.Neighbors[0], ols] });
            var olsSide = new NodeConfiguration
            {
                Name = "ols1",
                NodeId = ols.NodeId,
                Neighbors =
                [
                    new NeighborConfiguration { Name = "a", NodeId = toPeer.NodeId, Wdm = WdmRole.Peer, ControlChannels = [Configurations.Channel(1, "10.254.0.9", "10.254.0.1")] },
                ],
            };
            network.Add(olsFirst ? olsSide : Configurations.B());
            var (first, second) = olsFirst ? ("ols1", "b") : ("b", "ols1");
            network.RunUntil(() => Find(first).IsUp, first);
            Assert.False(Find(second).IsUp);
            network.Add(olsFirst ? Configurations.B() : olsSide);
            network.RunUntil(() => Find(second).IsUp, second);
            Assert.True(Find(first).IsUp);

            Neighbor Find(string name) => a.Node.Neighbors.Single(n => n.Name == name);
        }
    }

    private static NodeConfiguration With(NodeConfiguration configuration, WdmRole wdm) =>
        configuration with { Neighbors = [configuration.Neighbors[0] with { Wdm = wdm }] };
}
