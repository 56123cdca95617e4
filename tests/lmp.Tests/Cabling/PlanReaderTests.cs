using OpenLmp.Cli.Cabling;

namespace OpenLmp.Cli.Tests.Cabling;

public class PlanReaderTests
{
    private static string[] Links(string text)
    {
        var (plan, errors) = PlanReader.Parse(text, "plan");
        Assert.Empty(errors);
        return [.. plan!.Links.Select(link => $"{link.Line} {link}")];
    }

    private static string[] Errors(string text)
    {
        var (plan, errors) = PlanReader.Parse(text, "plan");
        Assert.Null(plan);
        return [.. errors.Select(error => error.ToString())];
    }

    private static string Link(string a, string b) => $"links: [{{endpoints: [\"{a}\", \"{b}\"]}}]";

    [Fact]
    public void Containerlab_files_are_plans()
    {
        const string text = """
            name: two
            mgmt: {network: statics}
            topology:
              kinds: {lmpd: {image: x}}
              nodes:
                oxc1: {kind: lmpd}
                oxc2:
              links:
                - endpoints: ["oxc1:1", "oxc2:1"]
                  mtu: 9000
                - type: veth
                  endpoints:
                    - {node: oxc1, interface: eth2}
                    - {node: oxc2, interface: eth2}
            """;
        Assert.Equal(["9 oxc1:1 - oxc2:1", "13 oxc1:eth2 - oxc2:eth2"], Links(text));
    }

    [Fact]
    public void Links_may_stand_at_the_top() => Assert.Equal(["1 oxc1:1 - oxc2:1"], Links(Link("oxc1:1", "oxc2:1")));

    [Fact]
    public void Ports_may_be_IPv6_addresses() => Assert.Equal(["1 oxc1:2001:db8::1 - 10.0.0.2:5"], Links(Link("oxc1:2001:db8::1", "10.0.0.2:5")));

    [Fact]
    public void Topology_dot_of_PTM_is_a_plan()
    {
        const string text = """
            # A comment of the preprocessor
            /* and one of C,
               on two lines */
            graph G {
                hostnametype="hostname"
                BFD="upMinTx=150,requiredMinRx=250"
                LLDP=""
                "cumulus":"swp44" -- "switch04.example.com":"swp20" [BFD="afi=v6", weight=-1.5]
                cumulus:swp46 -- switch04:swp22; // unquoted
                "switch 1":"port 41":ne -- "leaf1:swp1" [LLDP="match_type=portdescr"] [label=<<b>x</b>>];
                spine1 [shape=box, label="a -- b"];
                node [shape=record]; edge [penwidth=2]; graph [rank=same]
                subgraph cluster_1 { rank=same; spine1; leaf2:swp1 -- spine1:swp1 }
            }
            """;
        Assert.Equal(
            ["8 cumulus:swp44 - switch04.example.com:swp20", "9 cumulus:swp46 - switch04:swp22", "10 switch 1:port 41 - leaf1:swp1", "13 leaf2:swp1 - spine1:swp1"],
            Links(text));
    }

    [Theory]
    [InlineData("graph{a:1--b:1}")]
    [InlineData("strict graph { a:1 -- b:1 }")]
    [InlineData("// graph\nGRAPH G\n{ a:1 -- b:1 }")]
    [InlineData("\uFEFFgraph G { \"a\" : \"1\" -- \"b\" : \"1\" }")]
    [InlineData("graph: 1\nlinks: [{endpoints: [\"a:1\", \"b:1\"]}]")]
    [InlineData("# graph {\ngraph : 1\nlinks: [{endpoints: [\"a:1\", \"b:1\"]}]")]
    public void The_format_is_seen_from_the_content(string text) => Assert.EndsWith("a:1 - b:1", Assert.Single(Links(text)));

    [Theory]
    [InlineData("oxc1:[1-3]", "oxc2:[101-103]", "oxc1:1 - oxc2:101", "oxc1:2 - oxc2:102", "oxc1:3 - oxc2:103")]
    [InlineData("oxc1:[1-3]", "oxc2:[3-1]", "oxc1:1 - oxc2:3", "oxc1:2 - oxc2:2", "oxc1:3 - oxc2:1")]
    [InlineData("oxc1:eth[09-10]/1", "oxc2:[1,7]", "oxc1:eth09/1 - oxc2:1", "oxc1:eth10/1 - oxc2:7")]
    [InlineData("oxc1:[1-2, 4]", "oxc[2-4]:1", "oxc1:1 - oxc2:1", "oxc1:2 - oxc3:1", "oxc1:4 - oxc4:1")]
    [InlineData("oxc1:[1-2]", "oxc2:*", "oxc1:1 - oxc2:*", "oxc1:2 - oxc2:*")]
    [InlineData("*:eth*", "oxc2:[1-2]", "*:eth* - oxc2:1", "*:eth* - oxc2:2")]
    [InlineData("oxc1:[5]", "oxc2:7", "oxc1:5 - oxc2:7")]
    public void Ranges_are_paired_element_by_element(string a, string b, params string[] expected)
    {
        Assert.Equal(expected.Select(link => $"1 {link}"), Links(Link(a, b)));
        Assert.Equal(expected.Select(link => $"1 {link}"), Links($"graph {{ \"{a[..a.IndexOf(':')]}\":\"{a[(a.IndexOf(':') + 1)..]}\" -- \"{b}\" }}"));
    }

    [Theory]
    [InlineData("oxc1:[1-3]", "oxc2:[1-4]", "plan:1:36: oxc1:[1-3] is 3 ports, oxc2:[1-4] 4 ports;")]
    [InlineData("oxc1:[1-3]", "oxc2:1", "plan:1:36: oxc1:[1-3] is 3 ports, oxc2:1 1 port;")]
    [InlineData("oxc1:[1-3", "oxc2:1", "plan:1:22: \"oxc1:[1-3\": a [ without a ];")]
    [InlineData("oxc1:1-3]", "oxc2:1", "plan:1:22: \"oxc1:1-3]\": a ] without a [;")]
    [InlineData("oxc1:[a-b]", "oxc2:1", "plan:1:22: \"oxc1:[a-b]\": \"a-b\" is no range of numbers;")]
    [InlineData("oxc1:[]", "oxc2:1", "plan:1:22: \"oxc1:[]\": \"\" is no range of numbers;")]
    [InlineData("oxc1:[1-2][1-2]", "oxc2:1", "plan:1:22: \"oxc1:[1-2][1-2]\": more than one range;")]
    [InlineData("oxc1:[1-4000000000]", "oxc2:1", "plan:1:22: \"oxc1:[1-4000000000]\": a range has at most 10000 elements;")]
    [InlineData("oxc[1:2]", "oxc2:1", "plan:1:22: \"oxc[1:2]\": a range cannot reach over the colon;")]
    [InlineData("oxc1:*", "oxc2:eth*", "plan:1:32: oxc1:* - oxc2:eth*: both ends have wildcards;")]
    [InlineData("oxc1", "oxc2:1", "plan:1:22: endpoints: \"oxc1\" is no end of a link;")]
    [InlineData("oxc1:", "oxc2:1", "plan:1:22: endpoints: \"oxc1:\" is no end of a link;")]
    [InlineData("oxc1:1", "oxc1:2", "plan:1:32: oxc1:1 - oxc1:2: both ends are on oxc1;")]
    public void Wrong_ends_are_told_with_their_places(string a, string b, string expected) => Assert.StartsWith(expected, Assert.Single(Errors(Link(a, b))));

    [Fact]
    public void A_port_used_twice_is_an_error_that_names_both_lines()
    {
        const string text = """
            links:
              - endpoints: ["oxc1:[1-4]", "oxc2:[1-4]"]
              - endpoints: ["oxc1:9", "oxc2:3"]
            """;
        Assert.Equal("plan:3:27: oxc2:3 is used at line 2 already (oxc1:3 - oxc2:3), and here at line 3; a port takes one cable", Assert.Single(Errors(text)));
        Assert.Contains("is used at line 1 already", Assert.Single(Errors(Link("oxc1:[1,2,1]", "oxc2:[1-3]"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oxc1:3", "oxc2:3")]
    [InlineData("oxc2:3", "oxc1:3")]
    [InlineData("oxc1:[2-5]", "oxc2:[2-5]")]
    public void A_link_that_is_there_twice_is_an_error_that_names_both_lines(string a, string b)
    {
        var text = $"links:\n  - endpoints: [\"oxc1:[1-4]\", \"oxc2:[1-4]\"]\n  - endpoints: [\"{a}\", \"{b}\"]";
        Assert.Matches("^plan:3:[0-9]+: .*this link is at line 2 already; remove one of the two, lines 2 and 3$", Assert.Single(Errors(text)));
        var dot = $"graph {{\n\"oxc1:[1-4]\" -- \"oxc2:[1-4]\";\n\"{a}\" -- \"{b}\"\n}}";
        Assert.Matches("^plan:3:[0-9]+: .*this link is at line 2 already; remove one of the two, lines 2 and 3$", Assert.Single(Errors(dot)));
    }

    [Fact]
    public void Wildcards_are_not_used_up() =>
        Assert.Equal(2, Links("links: [{endpoints: [\"oxc1:1\", \"oxc2:*\"]}, {endpoints: [\"oxc1:2\", \"oxc2:*\"]}]").Length);

    [Theory]
    [InlineData("", "plan:1:1: the file is empty;")]
    [InlineData("# nothing\n", "plan:1:1: the file is empty;")]
    [InlineData("name: x\n", "plan:1:1: links: is missing;")]
    [InlineData("name: x\ntopology: {nodes: {a: }}\n", "plan:2:1: links: is missing;")]
    [InlineData("topology: [1]\n", "plan:1:1: topology: links: is expected below it, not a list")]
    [InlineData("links: []\n", "plan:1:1: the plan has no link")]
    [InlineData("links: {a: 1}\n", "plan:1:8: links: a list is expected here, not a mapping;")]
    [InlineData("links:\n  - [\"a:1\", \"b:1\"]\n", "plan:2:5: a link has two ends;")]
    [InlineData("links:\n  - endpoint: [\"a:1\", \"b:1\"]\n", "plan:2:5: a link has two ends;")]
    [InlineData("links:\n  - endpoints: [\"a:1\"]\n", "plan:2:5: endpoints: a link has two;")]
    [InlineData("links:\n  - endpoints: [\"a:1\", {node: b}]\n", "plan:2:24: endpoints: a mapping is no end of a link;")]
    [InlineData("links: []\nlinks: []\n", "plan:2:1: links: already given at line 1;")]
    [InlineData("links: [\n", "plan:2:1: not valid YAML: ")]
    [InlineData("links:\n  - endpoints: [\"a:1\\n2\", \"b:1\"]\n", "plan:2:17: \"a:1\\u000a2\": a line break or another control character in a name;")]
    [InlineData("just words", "plan:1:1: a plan has links: with endpoints:, or is a Graphviz graph")]
    public void Yaml_that_is_no_plan_is_told(string text, string expected) => Assert.StartsWith(expected, Assert.Single(Errors(text)));

    [Theory]
    [InlineData("graph G {\n}\n", "plan:1:1: the plan has no link")]
    [InlineData("graph G {\n  a:1 -- b:1\n", "plan:3:1: not valid DOT: a { that is not closed")]
    [InlineData("digraph G { a:1 -> b:1 }", "plan:1:1: not valid DOT: a cable has no direction; write graph")]
    [InlineData("graph G { a:1 -> b:1 }", "plan:1:15: not valid DOT: a cable has no direction; write --")]
    [InlineData("graph G {\n  a:1 -- b:1 -- c:1\n}", "plan:2:14: not valid DOT: a cable has two ends;")]
    [InlineData("graph G {\n  a:1 -- b\n}", "plan:2:10: \"b\" has no port;")]
    [InlineData("graph G {\n  a: -- b:1\n}", "plan:2:6: not valid DOT: a port is expected here, not \"--\"")]
    [InlineData("graph G {\n  a:1:2 -- b:1\n}", "plan:2:7: not valid DOT: a port and no more is expected")]
    [InlineData("graph G {\n  oxc-1:1 -- b:1\n}", "plan:2:3: not valid DOT: \"oxc-...\": put names with - in quotes")]
    [InlineData("graph G {\n  a:* -- b:1\n}", "plan:2:5: not valid DOT: \"*\" cannot stand here;")]
    [InlineData("graph G {\n  a:1 -- \"b\n}", "plan:2:10: not valid DOT: a quote that is not closed")]
    [InlineData("graph G {\n  /* a:1 -- b:1\n}", "plan:2:3: not valid DOT: a comment that is not closed")]
    [InlineData("graph G {\n  a:1 -- b:1 [label=\"x\"\n}", "plan:2:14: not valid DOT: a [ that is not closed")]
    [InlineData("graph G {\n  a:1 -- {b c}\n}", "plan:2:10: not valid DOT: an edge between groups names no ports;")]
    [InlineData("graph G {\n  {a b} -- c:1\n}", "plan:2:9: not valid DOT: an edge between groups names no ports;")]
    [InlineData("graph G { a:1 -- b:1 }\ngraph H { }", "plan:2:1: not valid DOT: \"graph\" follows the end of the graph")]
    [InlineData("graph G { \"a\":\"[1-2]\" -- \"b\":\"[1-3]\" }", "plan:1:26: a:[1-2] is 2 ports, b:[1-3] 3 ports;")]
    [InlineData("graph { \"a\nb\":1 -- c:1 }", "plan:1:9: \"a\\u000ab:1\": a line break or another control character in a name;")]
    public void Dot_that_is_no_plan_is_told(string text, string expected) => Assert.StartsWith(expected, Assert.Single(Errors(text)));

    [Fact]
    public void All_wrong_links_are_told_at_once() =>
        Assert.Equal(["plan:2:1", "plan:3:1"], Errors("graph {\na -- b:1\nc -- d:1\n}").Select(e => string.Join(':', e.Split(':')[..3])));

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var (plan, errors) = PlanReader.Load("/nonexistent/plan.yaml");
        Assert.Null(plan);
        Assert.StartsWith("/nonexistent/plan.yaml:1:1: the file cannot be read: ", Assert.Single(errors).ToString());
    }

    [Fact]
    public void The_examples_say_the_same_and_fit_the_lab()
    {
        string[] plans = ["cabling/line-of-four.yaml", "cabling/line-of-four.dot", "labs/line-of-four.yaml"];
        var links = plans.Select(file =>
        {
            var (plan, errors) = PlanReader.Load(Path.Combine(SourceTree.Root, "examples", file));
            Assert.Empty(errors);
            return plan!.Links.Select(link => link.ToString()).ToArray();
        }).ToArray();
        Assert.Equal(12, links[0].Length);
        Assert.Equal(links[0], links[1]);
        Assert.Equal(links[0], links[2]);
    }
}
