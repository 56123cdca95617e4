using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class NeighborSectionTests
{
    [Theory]
    [InlineData("", WdmRole.None)]
    [InlineData("wdm: none", WdmRole.None)]
    [InlineData("wdm: ols", WdmRole.Ols)]
    [InlineData("wdm: peer", WdmRole.Peer)]
    public void Has_a_WDM_role(string lines, WdmRole role) => Assert.Equal(role, Reading.Good(Texts.Neighbor(lines)).Node.Neighbors[0].Wdm);

    [Theory]
    [InlineData("", true)]
    [InlineData("behavior-negotiation: true", true)]
    [InlineData("behavior-negotiation: false", false)]
    public void May_have_its_behaviour_negotiation_off(string lines, bool negotiates) =>
        Assert.Equal(negotiates, Reading.Good(Texts.Neighbor(lines)).Node.Neighbors[0].BehaviorNegotiation);

    [Theory]
    [InlineData("¶node-id: 10.0.0.2\n-name", "neighbor: name is missing; add it, such as name: oxc2")]
    [InlineData("¶name: oxc2\n-node-id", "neighbor: node-id is missing; add it, such as node-id: 10.0.0.2")]
    [InlineData("name: ¶oxc/2", "name: \"oxc/2\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("name: ¶\"a,b\"", "name: \"a,b\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("name: ¶..", "name: \"..\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("name: ¶--help", "name: \"--help\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("name: ¶\"\"", "name: \"\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("name: ¶oxc1", "name: oxc1 is already used at line 5; each neighbour has a name of its own, and not this node's")]
    [InlineData("node-id: ¶10.0.0.1", "node-id: 10.0.0.1 is already used at line 5; each node has a Node_Id of its own (RFC 4204 §1.1)")]
    [InlineData("node-id: ¶10.0.0.256", "node-id: \"10.0.0.256\" is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1")]
    [InlineData("wdm: ¶true", "wdm: \"true\" is not a WDM role; the roles are none, ols, peer")]
    [InlineData("control-channels: ¶{id: 1}", "control-channels: a list is expected here, not a mapping; begin each entry with \"- \"")]
    [InlineData("control-channels: [ ¶1 ]", "control-channels: each entry is a control channel with its keys, not a single value; "
        + "the keys here are id, remote-id, local, remote, role, interface, hello-interval, hello-dead-interval, retransmit")]
    public void Neighbours_are_told_apart(string lines, string error) => Reading.Bad(Texts.Neighbor(lines), error);

    [Fact]
    public void A_name_has_63_characters_at_most()
    {
        var longest = new string('n', 63);

        Assert.Equal(longest, Reading.Good(Texts.Neighbor($"name: {longest}")).Node.Neighbors[0].Name);
        Reading.Bad(Texts.Neighbor($"name: ¶{longest}n"),
            $"name: \"{longest[..60]}...\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'");
    }

    [Fact]
    public void Neighbours_differ_in_name_and_Node_Id() =>
        Reading.Bad("""
            node: {id: 10.0.0.1}
            listen: [ 0.0.0.0 ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]
              - name: ¶oxc2
                node-id: ¶10.0.0.2
                control-channels: [ {id: 2, local: 10.255.0.1, remote: 10.255.0.3} ]
            """,
            "name: oxc2 is already used at line 4; each neighbour has a name of its own, and not this node's",
            "node-id: 10.0.0.2 is already used at line 5; each node has a Node_Id of its own (RFC 4204 §1.1)");

    [Fact]
    public void Two_neighbours_do_not_share_a_pair_of_addresses() =>
        Reading.Bad("""
            node: {id: 10.0.0.1}
            listen: [ 10.255.0.1 ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]
              - name: oxc3
                node-id: 10.0.0.3
                control-channels: [ {id: 2, local: 10.255.0.1, remote: ¶10.255.0.2}, {id: 3, local: 10.255.0.1, remote: "10.255.0.2:7011"} ]
            """,
            "remote: 10.255.0.1:701 to 10.255.0.2:701 already leads to neighbour oxc2 at line 6; each neighbour has addresses of its own");

    [Fact]
    public void Channels_of_one_neighbour_may_share_a_pair_of_addresses()
    {
        var channels = Reading.Good(Texts.Neighbor(
            "control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2}, {id: 2, local: 10.255.0.1, remote: 10.255.0.2} ]")).Node.Neighbors[0].ControlChannels;

        Assert.Equal(channels[0].Remote, channels[1].Remote);
    }

    [Fact]
    public void On_links_of_their_own_neighbours_may_share_multicast_and_link_local_addresses()
    {
        const string Text = """
            node: {id: 10.0.0.1}
            listen: [ 10.255.0.1, "::" ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels:
                  - {id: 1, local: 10.255.0.1, remote: multicast, interface: eth0}
                  - {id: 2, local: fe80::1, remote: fe80::2, interface: eth0}
              - name: oxc3
                node-id: 10.0.0.3
                control-channels:
                  - {id: 3, local: 10.255.0.1, remote: ¶multicast, interface: eth1}
                  - {id: 4, local: fe80::1, remote: ¶fe80::2, interface: eth1}
            """;

        Reading.Good(Texts.Unmark(Text).Text);
        Reading.Bad(Text.Replace("eth1", "eth0", StringComparison.Ordinal),
            "remote: 10.255.0.1:701 to 224.0.0.1:701 already leads to neighbour oxc2 at line 7; each neighbour has addresses of its own",
            "remote: [fe80::1]:701 to [fe80::2]:701 already leads to neighbour oxc2 at line 8; each neighbour has addresses of its own");
    }

    [Theory]
    [InlineData("¶name: oxc2\n-control-channels")]
    [InlineData("¶control-channels: []")]
    public void A_neighbour_without_a_channel_is_doubtful(string lines) =>
        Reading.Doubtful(Texts.Neighbor(lines), "neighbor: no control channel; nothing can be heard of this neighbour (RFC 4204 §3)");
}
