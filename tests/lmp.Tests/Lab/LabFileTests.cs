using OpenLmp.Cli.Lab;

namespace OpenLmp.Cli.Tests.Lab;

public class LabFileTests
{
    private const string TwoNodes = """
        name: two
        topology:
          nodes:
            a:
            b: {node-id: 192.0.2.7, kind: linux}
          links:
            - endpoints: ["a:eth3", "b:1"]
            - {endpoints: ["b:uplink", "a:4"], bandwidth: [10Gbps, 2.5Gbps]}
        """;

    [Fact]
    public void A_lab_has_nodes_links_and_what_is_planted()
    {
        var (topology, errors) = LabFileReader.Parse(TwoNodes, "lab.yaml");
        Assert.Empty(errors);
        Assert.Equal(["10.0.0.1", "192.0.2.7"], topology!.Nodes.Select(n => n.NodeId.ToString()));
        Assert.Equal(["a:eth3 - b:1", "b:uplink - a:4"], topology.Links.Select(l => l.ToString()));
        // The number a port's name ends in, otherwise the next free one.
        Assert.Equal([(3u, 1u), (2u, 4u)], topology.Links.Select(l => (l.A.InterfaceId, l.B.InterfaceId)));
        Assert.Equal("b:uplink - a:4", Assert.Single(topology.Mismatches).ToString());
        Assert.Single(topology.Adjacencies);
        Assert.Single(topology.Planted);
    }

    [Theory]
    [InlineData("a:eth3\", \"b:1", "a:eth3\", \"c:1", "lab.yaml:7:29: endpoints: there is no node \"c\" in nodes:")]
    [InlineData("a:eth3\", \"b:1", "a:eth3\", \"a:1", "lab.yaml:7:29: endpoints: both are on a; a link joins two nodes")]
    [InlineData("a:eth3\", \"b:1", "a:eth3\", \"b:uplink", "lab.yaml:8:20: endpoints: port uplink of b is in use already, at line 7")]
    [InlineData("a:eth3\", \"b:1", "a:eth3", "lab.yaml:7:7: endpoints: a link has two, such as [\"oxc1:1\", \"oxc2:1\"]")]
    [InlineData("a:eth3", "aeth3", "lab.yaml:7:19: endpoints: \"aeth3\" is no endpoint; write node:port, such as \"oxc1:1\"")]
    [InlineData("192.0.2.7", "10.0.0.1", "lab.yaml:5:5: b: Node_Id 10.0.0.1 is that of a")]
    [InlineData("kind: linux", "speed: 3", "lab.yaml:5:29: node: there is no key \"speed\"; the keys here are node-id, kind, image, behavior-negotiation, line-system")]
    [InlineData("2.5Gbps]", "2.5Gbps, 1Gbps]", "lab.yaml:8:40: bandwidth: one value, or a list of two: one for each end")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string error)
    {
        var (topology, errors) = LabFileReader.Parse(TwoNodes.Replace(right, wrong, StringComparison.Ordinal), "lab.yaml");
        Assert.Null(topology);
        Assert.Contains(error, errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("name: x")]
    [InlineData("name: x\ntopology: 3")]
    [InlineData("name: x\ntopology: {nodes: [a], links: []}")]
    [InlineData("name: x\ntopology: {nodes: {a: 3}, links: [3]}")]
    public void What_is_no_lab_is_told(string text)
    {
        var (topology, errors) = LabFileReader.Parse(text, "lab.yaml");
        Assert.Null(topology);
        Assert.NotEmpty(errors);
    }
}
