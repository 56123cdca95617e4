namespace OpenLmp.Hosting.Tests;

// RFC 4209 §2.2
public class LineSystemLinksTests
{
    [Fact]
    public void A_data_link_to_a_peer_node_begins_with_one_to_a_line_system_wherever_that_stands()
    {
        var teLinks = Reading.Good(Network("{name: te1-1, local-id: 1, remote-id: 1, bandwidth: 10Gbps, through: line-1}")).Node.TeLinks;
        Assert.Equal((null, "line-1"), (teLinks[1].DataLinks[0].Through, teLinks[0].DataLinks[0].Through));
    }

    [Theory]
    [InlineData("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: ¶line-3}", "through: there is no data link line-3; did you mean line-1?")]
    [InlineData("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: ¶x}", "through: there is no data link x; the data links to line systems are line-1, line-2")]
    [InlineData("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: ¶te1-1}", "through: te1-1 leads to oxc2, which is no line system; set wdm: ols of that neighbour, or name a data link to a line system")]
    [InlineData("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: ¶client-1}", "through: client-1 leads to oxc3, which is no line system; set wdm: ols of that neighbour, or name a data link to a line system")]
    [InlineData("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: ¶[ a ]}", "through: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    public void What_it_names_has_to_be_one(string dataLink, string error) => Reading.Bad(Network(dataLink), error);

    [Fact]
    public void Each_is_part_of_one() => Reading.Bad(
        Network("{name: te1-1, local-id: 1, bandwidth: 10Gbps, through: line-2}\n      - {name: te1-2, local-id: 2, bandwidth: 10Gbps, through: ¶line-2}"),
        "through: line-2 is already used at line 10; each data link to a line system is part of one data link to a peer node");

    [Fact]
    public void Only_data_links_to_peer_nodes_go_through_one()
    {
        const string peer = "{name: te1-1, local-id: 1, bandwidth: 10Gbps}";
        Reading.Bad(Network(peer, "through: ¶line-1"), "through: line-2 leads to the line system ols1 itself; only data links to peer nodes go through one (RFC 4209 §2.2)");
        Reading.Bad(Network(peer, client: "through: ¶line-1"), "through: oxc3 is a peer node of this line system; only data links between peer nodes go through one (RFC 4209 §2.2)");
    }

    [Fact]
    public void With_interfaces_both_are_on_one()
    {
        const string peer = "{name: te1-1, local-id: 1, bandwidth: 10Gbps, interface: eth1, through: line-1}";
        string Linux(string dataLink) => Network(dataLink, "interface: eth2", "interface: eth3", "interface: eth1", "data-plane: linux");
        Assert.Equal("eth1", Reading.Good(Linux(peer)).Node.TeLinks[0].DataLinks[0].Interface);
        Reading.Bad(
            Linux("{name: te1-1, local-id: 1, bandwidth: 10Gbps, interface: eth1}").Replace("interface: eth1, local-id: 11", "interface: ¶eth1, local-id: 11", StringComparison.Ordinal),
            "interface: eth1 is already used at line 10; two data links on one interface are sub-channels of one component-link");
    }

    private static string Network(string peer, string line2 = "ber: 9", string client = "ber: 9", string line1 = "ber: 9", string root = "data-plane: external") => $$"""
        node: {id: 10.0.0.1, name: oxc1}
        listen: [ "10.255.0.1:701" ]
        {{root}}
        neighbors:
          - {name: oxc2, node-id: 10.0.0.2, control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]}
          - {name: ols1, node-id: 10.0.0.3, wdm: ols, control-channels: [ {id: 2, local: 10.255.0.1, remote: 10.255.0.3} ]}
          - {name: oxc3, node-id: 10.0.0.4, wdm: peer, control-channels: [ {id: 3, local: 10.255.0.1, remote: 10.255.0.4} ]}
        te-links:
          - {name: te1, neighbor: oxc2, local-id: 1, data-links: [
              {{peer.Replace("\n      - ", ",\n      ", StringComparison.Ordinal)}} ] }
          - {name: line, neighbor: ols1, local-id: 2, data-links: [ {name: line-1, {{line1}}, local-id: 11, bandwidth: 10Gbps}, {name: line-2, {{line2}}, local-id: 12, bandwidth: 10Gbps} ] }
          - {name: client, neighbor: oxc3, local-id: 3, data-links: [ {name: client-1, {{client}}, local-id: 13, bandwidth: 10Gbps} ] }
        """ + "\n";
}
