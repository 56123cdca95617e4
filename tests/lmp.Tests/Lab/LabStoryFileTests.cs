using OpenLmp.Cli.Lab;

namespace OpenLmp.Cli.Tests.Lab;

/// <summary><c>story</c> of lab files.</summary>
public class LabStoryFileTests
{
    private const string Lab = """
        name: three
        topology:
          nodes: {a: , b: , c: {behavior-negotiation: false}}
          links:
            - {endpoints: ["a:1", "b:1"], encoding: sdh, trace: {type: sdh-j0, send: [A1, B1]}}
            - {endpoints: ["a:2", "b:2"], wavelength: 21, srlg: [7], channels: [5, 6]}
            - {endpoints: ["b:11", "c:1"], span: east, link-groups: [3]}
            - {endpoints: ["b:12", "c:2"], span: east}
            - {endpoints: ["a:3", "b:3"], bandwidth: [10Gbps, 40Gbps]}
            - {endpoints: ["a:4", "b:4"]}
            - {endpoints: ["a:5", "b:5"]}
        lsps:
          - {name: red, path: ["a:2", "b:2"]}
        faults:
          - swap: ["a:4", "a:5"]
        story:
          - {at: 1s, cut: ["a:1", "b:1"], one-way: true}
          - {at: 2s, repair: ["b:1", "a:1"]}
          - {wrong-trace: "a:1", text: X}
          - {at: 3s, expect-trace: "b:1", text: A1, expect: {trace-mismatch: [], miswired: ["a:4", "a:5", "b:4", "b:5"]}}
          - {release: "b:2"}
          - {confirm: [a, b]}
          - {release: "a:2"}
          - {cut: east}
          - {at: 4s, repair: east}
          - {laser-off: ["b:11", "b:12"]}
          - {laser-on: ["b:12", "b:11"]}
          - {restart: b}

        """;

    [Fact]
    public void A_story_has_steps_in_their_time()
    {
        var (topology, errors) = LabFileReader.Parse(Lab, "lab.yaml");
        Assert.Empty(errors);
        Assert.Equal(
            [
                "CUT: the fibre a:1 > b:1", "REPAIRED: the fibre a:1 > b:1", "WRONG TRACE: at the card of a:1, past LMP, the trace (sdh-j0) set to 'X'",
                "TRACE: b:1 is told to expect 'A1' (sdh-j0) (lmp data-link trace --expect)", "RELEASED AT b ONLY: b:2",
                "CONFIRM: a compares with b which data channels are in use (lmp te-link confirm to-b)", "RELEASED: a:2",
                "CUT: span east, with 2 wavelengths", "REPAIRED: span east, with 2 wavelengths", "LASER FAILURE: the lasers of b:11, b:12 fail",
                "REPAIRED: the lasers of b:12, b:11 back", "RESTART: lmpd of b is restarted",
            ],
            topology!.Steps.Select(s => s.Headline));
        Assert.Equal([1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4], topology.Steps.Select(s => (int)s.At.TotalSeconds));
        Assert.Equal(
            [
                "c knows nothing of RFC 6898 and the extensions that it negotiates", "a:3 - b:3: the two ends are configured with different bandwidths",
                "at a, the fibres of ports 4 and 5 are swapped", "the fibre a:1 > b:1 cut after 1 s, repaired 1 s later",
                "at the card of a:1, past LMP, the trace (sdh-j0) set to 'X' after 2 s, corrected 1 s later", "b:2 released at b only after 3 s, put right 0 s later",
                "span east, with 2 wavelengths cut after 3 s, repaired 1 s later", "the lasers of b:11, b:12 fail after 4 s, repaired 0 s later",
            ],
            topology.Planted);
        Assert.Equal([("TraceMismatch", 0), ("Miswired", 4)], topology.Steps[3].Expected.OrderByDescending(e => e.Kind).Select(e => (e.Kind.ToString(), e.Ports.Count)));
        Assert.Equal(["a:1 is told to send 'A1' (sdh-j0)", "b:1 is told to send 'B1' (sdh-j0)"], topology.Traces.Select(t => t.Plan));
    }

    [Fact]
    public void Links_carry_the_configuration_of_their_data_links()
    {
        var links = LabFileReader.Parse(Lab, "lab.yaml").Topology!.Links;
        Assert.Equal(Wire.EncodingType.Sdh, links[0].Encoding);
        Assert.Equal((21u, "7", "5 6"), (links[1].Properties.Wavelength, string.Join(' ', links[1].Properties.Srlg), string.Join(' ', links[1].Properties.Channels)));
        Assert.Equal(("east", "3"), (links[2].Span, string.Join(' ', links[2].Properties.LinkGroups)));
    }

    [Theory]
    [InlineData("{restart: b}", "{reboot: b}", "28:6: step: there is no key \"reboot\"; the keys here are at, cut, degrade, repair, laser-off, laser-on, send-trace, expect-trace, wrong-trace, allocate, release, confirm, restart, one-way, text, type, expect", 2)]
    [InlineData("{restart: b}", "{restart: oxc9}", "28:15: restart: there is no node \"oxc9\" in nodes:; the nodes are a, b, c", 1)]
    [InlineData("{restart: b}", "{restart: b, cut: east}", "28:5: step: write one of cut, degrade, repair, laser-off, laser-on, send-trace, expect-trace, wrong-trace, allocate, release, confirm, restart, such as cut: [\"oxc2:1\", \"oxc3:1\"]", 1)]
    [InlineData("{restart: b}", "{restart: b, at: 1s}", "28:22: at: the step before is at 4 s; write the steps in the order of their times", 1)]
    [InlineData("{restart: b}", "{restart: b, one-way: true}", "28:18: one-way: it goes with cut, degrade; remove it here", 1)]
    [InlineData("{restart: b}", "{restart: b, text: x}", "28:18: text: it goes with send-trace, expect-trace, wrong-trace; remove it here", 1)]
    [InlineData("{restart: b}", "{restart: b, expect: {signal-lost: []}}", "28:27: expect: there is no key \"signal-lost\"", 1)]
    [InlineData("{restart: b}", "{restart: b, expect: {signal-fail: [\"a:9\"]}}", "28:41: signal-fail: \"a:9\" is no port of a link in links:; write node:port, such as \"a:1\"", 1)]
    [InlineData("{restart: b}", "{repair: east}", "28:6: repair: nothing has happened to span east, with 2 wavelengths by then; name what was cut or degraded before", 1)]
    [InlineData("{restart: b}", "{cut: west}", "28:11: cut: no link in links: has span: \"west\"; the spans are east; or write the two ports of a link", 1)]
    [InlineData("{restart: b}", "{cut: [\"a:1\", \"b:2\"]}", "28:19: cut: there is no link a:1 - b:2; a:1 is joined to b:1", 1)]
    [InlineData("{restart: b}", "{cut: [\"a:4\", \"b:4\"]}", "28:12: cut: a:4 - b:4 has a fault already, at line 15; plant one fault per link", 1)]
    [InlineData("{restart: b}", "{allocate: \"a:3\"}", "28:16: allocate: a:3 - b:3 has a fault already: different bandwidths at its ends; plant one fault per link", 1)]
    [InlineData("{restart: b}", "{release: \"b:2\"}", "28:15: release: b:2 is free by then; remove the step", 1)]
    [InlineData("{restart: b}", "{confirm: [a, c]}", "28:19: confirm: no link joins a and c; name two neighbours", 1)]
    [InlineData("{restart: b}", "{confirm: [b, c]}", "28:19: confirm: c has behavior-negotiation: false, and knows nothing of status confirmation; choose other nodes", 1)]
    [InlineData("{restart: b}", "{confirm: [b]}", "28:6: confirm: two nodes are expected, the one that asks first, such as [oxc1, oxc2]", 1)]
    [InlineData("{restart: b}", "{laser-on: [\"a:1\"]}", "28:17: laser-on: the laser of a:1 is on by then; remove it", 1)]
    [InlineData("{restart: b}", "{send-trace: \"a:2\", text: x}", "28:18: send-trace: only SONET and SDH have trace messages (RFC 4207 §3); add encoding: sdh to the link a:2 - b:2", 1)]
    [InlineData("{restart: b}", "{send-trace: \"a:1\"}", "28:5: step: text is missing; add it, such as text: oxc1-1", 1)]
    [InlineData("{restart: b}", "{send-trace: \"a:1\", text: x, type: j0}", "28:40: type: \"j0\" is no trace type; they are sonet-j0, sonet-j1, sonet-j2, sdh-j0, sdh-j1, sdh-j2", 1)]
    [InlineData("encoding: sdh, trace", "trace", "5:35: trace: only SONET and SDH have trace messages (RFC 4207 §3); add encoding: sdh to the link", 1)]
    [InlineData("[A1, B1]", "[A1]", "5:72: send: two texts are expected, one for each end, such as [\"oxc1-1\", \"oxc2-1\"]", 1)]
    [InlineData("b: , c: {", "b: {behavior-negotiation: false}, c: {", "5:50: trace: b has behavior-negotiation: false, and knows nothing of traces; remove it", 1)]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string error, int errors)
    {
        var text = Lab.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Lab, text);
        var (topology, told) = LabFileReader.Parse(text, "lab.yaml");
        Assert.Null(topology);
        Assert.Contains(told, e => e.ToString().StartsWith($"lab.yaml:{error}", StringComparison.Ordinal));
        Assert.Equal(errors, told.Count);
    }

    [Theory]
    [InlineData("story: 3")]
    [InlineData("story: [cut]")]
    [InlineData("story: [{cut: {a: 1}}]")]
    [InlineData("story: [{confirm: a}]")]
    [InlineData("story: [{laser-off: }]")]
    [InlineData("story: [{restart: b, expect: [a]}]")]
    public void What_is_no_story_is_told(string text)
    {
        var (topology, errors) = LabFileReader.Parse(Lab[..Lab.IndexOf("story", StringComparison.Ordinal)] + text + "\n", "lab.yaml");
        Assert.Null(topology);
        Assert.NotEmpty(errors);
    }
}
