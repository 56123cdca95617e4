using OpenLmp.Cli.Lab;

namespace OpenLmp.Cli.Tests.Lab;

/// <summary>Line systems in lab files.</summary>
public class LabLineSystemFileTests
{
    private const string Lab = """
        name: line
        topology:
          nodes: {a: , s: {line-system: true}, t: {line-system: true}, b: }
          links:
            - {endpoints: ["a:1", "s:1"]}
            - {endpoints: ["s:101", "t:101"], span: east}
            - {endpoints: ["t:1", "b:1"]}
            - {endpoints: ["b:9", "a:9"], through: ["b:1", "t:1", "t:101", "s:101", "s:1", "a:1"]}

        """;

    [Fact]
    public void A_link_through_line_systems_has_the_light_of_the_ports_that_its_way_ends_with()
    {
        var (topology, errors) = LabFileReader.Parse(Lab, "lab.yaml");
        Assert.Empty(errors);
        var link = topology!.Links[3];
        Assert.Equal(("b:1", "a:1"), (topology.LightOf(link.A).ToString(), topology.LightOf(link.B).ToString()));
        Assert.Equal(["t:1 - b:1", "s:101 - t:101", "a:1 - s:1"], link.Through!.Links.Select(l => l.ToString()));
        Assert.Equal(["(t:1, t:101)", "(s:101, s:1)"], link.Through.CrossConnects.Select(c => c.ToString()));
        Assert.Equal("s:1", topology.LightOf(topology.Links[0].B).ToString());
    }

    [Theory]
    [InlineData("\"s:1\", \"a:1\"]", "\"s:1\"]", "8:35: through: both ports of each link it takes are expected, such as [\"oxc1:11\", \"oxc2:1\", \"oxc2:11\", \"oxc3:1\"]")]
    [InlineData("through: [\"b:1\", \"t:1\", ", "through: [\"b:1\", \"s:1\", ", "8:52: through: there is no link b:1 - s:1; b:1 is joined to t:1")]
    [InlineData("through: [\"b:1\", \"t:1\", \"t:101\", \"s:101\", \"s:1\", \"a:1\"]", "through: [\"b:1\", \"t:1\"]", "8:35: through: it goes through line systems; add line-system: true to the nodes between the first port and the last")]
    [InlineData("s: {line-system: true}", "s: ", "8:35: through: it goes through line systems; add line-system: true to the nodes between the first port and the last")]
    [InlineData("\"b:1\", \"t:1\", \"t:101\", \"s:101\", \"s:1\", \"a:1\"", "\"a:1\", \"s:1\", \"s:101\", \"t:101\", \"t:1\", \"b:1\"", "8:35: through: b:9 - a:9 begins at b and ends at a, which are no line systems; so has the way through them")]
    [InlineData("[\"b:9\", \"a:9\"], through", "[\"b:9\", \"a:9\"], span: east, through", "8:35: span: b:9 - a:9 goes through other links, and has no fibres; write it there")]
    [InlineData("\"s:1\", \"a:1\"]}\n", "\"s:1\", \"a:1\"]}\n    - {endpoints: [\"b:8\", \"a:8\"], through: [\"b:1\", \"t:1\", \"t:101\", \"s:101\", \"s:1\", \"a:1\"]}\n", "9:52: through: b:9 - a:9 goes through t:1 - b:1 already; it carries one wavelength")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string error)
    {
        var text = Lab.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Lab, text);
        var (topology, errors) = LabFileReader.Parse(text, "lab.yaml");
        Assert.Null(topology);
        Assert.Contains(errors, e => e.ToString().StartsWith($"lab.yaml:{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lab_whose_only_link_goes_through_others_has_none_to_name()
    {
        const string text = "topology: {nodes: {a: , b: }, links: [{endpoints: [\"a:1\", \"b:1\"], through: [o]}]}\n";
        var (topology, errors) = LabFileReader.Parse(text, "lab.yaml");
        Assert.Null(topology);
        Assert.Contains("lab.yaml:1:77: through: \"o\" is no port of a link in links:; write node:port, such as \"oxc1:1\"", errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("story: [{cut: [\"a:9\", \"b:9\"]}]", "9:16: cut: b:9 - a:9 goes through line systems, and has no fibres; name a link on its way")]
    [InlineData("story: [{laser-off: [\"a:9\"]}]", "9:22: laser-off: a:9 is another name of a:1; name that")]
    [InlineData("faults: [{cut: [\"a:9\", \"b:9\"]}]", "9:17: cut: b:9 - a:9 goes through line systems, and has no fibres; name a link on its way")]
    [InlineData("faults: [{swap: [\"a:9\", \"a:1\"]}]", "9:18: swap: b:9 - a:9 goes through line systems, and has no fibres; name a link on its way")]
    public void What_has_no_fibres_cannot_be_cut(string more, string error)
    {
        var (topology, errors) = LabFileReader.Parse(Lab + more + "\n", "lab.yaml");
        Assert.Null(topology);
        Assert.Contains($"lab.yaml:{error}", errors.Select(e => e.ToString()));
    }
}
