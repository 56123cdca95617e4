using OpenLmp.Cli.Lab;

namespace OpenLmp.Cli.Tests.Lab;

/// <summary><c>lsps</c> and <c>faults</c> of lab files.</summary>
public class LabPlanTests
{
    private const string ThreeNodes = """
        name: three
        topology:
          nodes: {a: , b: , c: }
          links:
            - endpoints: ["a:1", "b:1"]
            - endpoints: ["b:2", "a:2"]
            - endpoints: ["a:3", "b:3"]
            - endpoints: ["b:11", "c:1"]
            - endpoints: ["b:12", "c:2"]
            - {endpoints: ["b:13", "c:3"], bandwidth: [10Gbps, 40Gbps]}
        lsps:
          - name: red
            path: ["c:1", "b:11", "b:1", "a:1"]
        faults:
          - swap: ["b:3", "b:2"]
          - {cut: ["b:11", "c:1"], after: 5s, repair-after: 1500ms}
          - {degrade: ["c:2", "b:12"], one-way: true}

        """;

    [Fact]
    public void A_plan_has_light_paths_and_faults()
    {
        var (topology, errors) = LabFileReader.Parse(ThreeNodes, "lab.yaml");
        Assert.Empty(errors);
        var lsp = Assert.Single(topology!.Lsps);
        Assert.Equal("red", lsp.Name);
        Assert.Equal(["b:11 - c:1", "a:1 - b:1"], lsp.Links.Select(l => l.ToString()));
        Assert.Equal(["(b:11, b:1)"], lsp.CrossConnects.Select(c => c.ToString()));

        var swap = Assert.Single(topology.Swaps);
        Assert.Equal("at b, the fibres of ports 3 and 2 are swapped", swap.ToString());
        Assert.Equal(("b:2 - a:2", "a:3 - b:3"), (swap.First.ToString(), swap.Second.ToString()));
        Assert.Equal(
            ["b:13 - c:3: the two ends are configured with different bandwidths", "at b, the fibres of ports 3 and 2 are swapped",
                "the fibre c:2 > b:12 degraded after 0 s", "both fibres b:11 - c:1 cut after 5 s, repaired 1.5 s later"],
            topology.Planted);
        Assert.Equal(["DEGRADED: the fibre c:2 > b:12", "CUT: both fibres b:11 - c:1", "REPAIRED: both fibres b:11 - c:1"], topology.Steps.Select(s => s.Headline));
    }

    [Theory]
    [InlineData("swap: [\"b:3\", \"b:2\"]", "swap: [\"b:3\"]", "15:5: swap: two ports are expected, such as [\"oxc2:3\", \"oxc2:4\"]")]
    [InlineData("\"b:3\", \"b:2\"]", "\"b:3\", \"b:9\"]", "15:19: swap: \"b:9\" is no port of a link in links:; write node:port, such as \"a:1\"")]
    [InlineData("\"b:3\", \"b:2\"]", "\"b:3\", \"b:3\"]", "15:19: swap: b:3 is there twice; a swap takes two ports")]
    [InlineData("\"b:3\", \"b:2\"]", "\"b:3\", \"a:2\"]", "15:19: swap: b:3 and a:2 are ports of two nodes; a swap is of two plugs at one")]
    [InlineData("\"b:3\", \"b:2\"]", "\"b:3\", \"b:12\"]", "15:19: swap: b:3 leads to a, b:12 to c; choose two ports that lead to the same neighbour")]
    [InlineData("\"b:3\", \"b:2\"]", "\"b:3\", \"b:2\"]\n    after: 3s", "16:5: after: a swap is there from the beginning, both ways; remove it, or plant a cut or degrade")]
    [InlineData("swap: [\"b:3\", \"b:2\"]", "after: 3s", "15:5: fault: write one of swap, cut and degrade, such as swap: [\"oxc2:3\", \"oxc2:4\"]")]
    [InlineData("{cut:", "{swap: [\"b:1\", \"b:2\"], cut:", "16:5: fault: write one of swap, cut and degrade, such as swap: [\"oxc2:3\", \"oxc2:4\"]")]
    [InlineData("cut: [\"b:11\", \"c:1\"]", "cut: [\"b:11\", \"c:2\"]", "16:20: cut: there is no link b:11 - c:2; b:11 is joined to c:1")]
    [InlineData("cut: [\"b:11\", \"c:1\"]", "cut: [\"b:11\", \"b:11\"]", "16:20: cut: there is no link b:11 - b:11; b:11 is joined to c:1")]
    [InlineData("cut: [\"b:11\", \"c:1\"]", "cut: [\"a:3\", \"b:3\"]", "16:12: cut: a:3 - b:3 has a fault already, at line 15; plant one fault per link")]
    [InlineData("cut: [\"b:11\", \"c:1\"]", "cut: [\"c:3\", \"b:13\"]", "16:12: cut: b:13 - c:3 has a fault already: different bandwidths at its ends; plant one fault per link")]
    [InlineData("5s", "5", "16:35: after: \"5\" has no unit; write 5ms or 5s")]
    [InlineData("one-way: true", "both-ways: true", "17:32: fault: there is no key \"both-ways\"; the keys here are swap, cut, degrade, one-way, after, repair-after")]
    [InlineData(", \"a:1\"]\nfaults", "]\nfaults", "13:5: path: both ports of each link it takes are expected, such as [\"oxc1:11\", \"oxc2:1\", \"oxc2:11\", \"oxc3:1\"]")]
    [InlineData("\"b:1\", \"a:1\"]\nfaults", "\"b:1\", \"a:3\"]\nfaults", "13:34: path: there is no link b:1 - a:3; b:1 is joined to a:1")]
    [InlineData("\"b:1\", \"a:1\"]\nfaults", "\"a:1\", \"b:1\"]\nfaults", "13:27: path: the LSP comes to b at b:11, and goes on at a:1; it goes on from a port of b")]
    [InlineData("\"b:1\", \"a:1\"]\nfaults", "\"b:2\", \"a:2\"]\nfaults", "13:34: path: b:2 - a:2 is planted with swapped fibres: it is kept out of service, and carries nothing")]
    [InlineData("[\"c:1\", \"b:11\", ", "[\"c:3\", \"b:13\", ", "13:19: path: b:13 - c:3 is configured with different bandwidths: it is kept out of service, and carries nothing")]
    [InlineData("faults", "  - {name: blue, path: [\"a:1\", \"b:1\"]}\nfaults", "14:32: path: a:1 - b:1 carries red already; a data link carries one LSP")]
    [InlineData("faults", "  - {name: red, path: [\"c:2\", \"b:12\"]}\nfaults", "14:12: name: there is an LSP red already; give each a name of its own")]
    [InlineData("  - name: red\n    path", "  - path", "12:5: LSP: name is missing; add it, such as name: lsp1")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string error)
    {
        var text = ThreeNodes.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(ThreeNodes, text);
        var (topology, errors) = LabFileReader.Parse(text, "lab.yaml");
        Assert.Null(topology);
        Assert.Equal([$"lab.yaml:{error}"], errors.Select(e => e.ToString()));
    }

    [Fact]
    public void The_example_of_the_documentation_is_right()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "operating", "lab.md"));
        var begin = text.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var (topology, errors) = LabFileReader.Parse(text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)], "lab.md");
        Assert.Empty(errors);
        Assert.Equal((1, 1, 3), (topology!.Lsps.Count, topology.Swaps.Count, topology.Steps.Count));
        foreach (var key in (string[])["swap", "cut", "degrade", "one-way", "after", "repair-after", "path", "endpoints", "bandwidth", "node-id", "behavior-negotiation", "encoding", "switching-type",
            "trace", "span", "through", "line-system", "at", "repair", "laser-off", "laser-on", "send-trace", "expect-trace", "wrong-trace", "text", "type", "allocate", "release", "confirm", "restart", "expect"])
            Assert.Contains($"`{key}` |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("faults: 3")]
    [InlineData("faults: [swap]")]
    [InlineData("faults: [{swap: {a: 1}}]")]
    [InlineData("lsps: {a: 1}")]
    [InlineData("lsps: [{name: x, path: a}]")]
    public void What_is_no_plan_is_told(string text)
    {
        var (topology, errors) = LabFileReader.Parse(ThreeNodes[..ThreeNodes.IndexOf("lsps", StringComparison.Ordinal)] + text + "\n", "lab.yaml");
        Assert.Null(topology);
        Assert.NotEmpty(errors);
    }
}
