namespace OpenLmp.Cli.Tests.Lab;

/// <summary>Steps of stories, in real time over real UDP.</summary>
[Collection(nameof(LabTests))]
public sealed class LabStepTests
{
    [Fact]
    public async Task A_node_that_is_restarted_has_what_it_had_and_its_cross_connects_still_tell_where_a_fault_is()
    {
        var (exit, output) = await RunAsync("""
            name: line
            topology:
              nodes: {a: , b: , c: }
              links: [{endpoints: ["a:2", "b:1"]}, {endpoints: ["b:2", "c:1"]}]
            lsps:
              - {name: red, path: ["a:2", "b:1", "b:2", "c:1"]}
            story:
              - restart: b
              - cut: ["a:2", "b:1"]
              - repair: ["a:2", "b:1"]
            """);
        Assert.True(exit == 0, output);
        Assert.Contains("b is back: control channels up, data links in service, allocated what was", output, StringComparison.Ordinal);
        Assert.Contains("FAULT LOCALIZED between a:2 and b:1", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 1 planted, 1 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lasers_that_fail_at_once_and_a_span_that_is_cut_are_found_on_every_wavelength()
    {
        var (exit, output) = await RunAsync("""
            name: two
            topology:
              nodes: {a: , b: }
              links: [{endpoints: ["a:1", "b:1"], span: s}, {endpoints: ["a:2", "b:2"], span: s}, {endpoints: ["a:3", "b:3"]}]
            story:
              - {laser-off: ["a:1", "a:2"], expect: {signal-fail: ["b:1", "b:2"], fault-localized: ["a:1", "b:1", "a:2", "b:2"]}}
              - {laser-on: ["a:1", "a:2"], expect: {signal-fail: []}}
              - cut: s
              - repair: s
            """);
        Assert.True(exit == 0, output);
        Assert.Contains("no signal at b:1, b:2: told by their nodes", output, StringComparison.Ordinal);
        Assert.Contains("no signal at a:1, b:1, a:2, b:2: told by their nodes", output, StringComparison.Ordinal);
        Assert.Contains("FAULT LOCALIZED between a and b, on 2 of 3 data links, a:1 - b:1 to a:2 - b:2", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 2 planted, 2 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_story_leaves_wrong_is_explained_and_a_stranded_channel_that_nobody_asks_about_is_not_found()
    {
        var (exit, output) = await RunAsync("""
            name: two
            topology:
              nodes: {a: , b: }
              links:
                - {endpoints: ["a:1", "b:1"], encoding: sdh}
                - {endpoints: ["a:2", "b:2"]}
            story:
              - {expect-trace: "b:1", text: A}
              - {wrong-trace: "a:1", text: B}
              - {allocate: "a:2"}
            """);
        Assert.Equal(1, exit);
        Assert.Contains("expected  'A', at b:1", output, StringComparison.Ordinal);
        Assert.Contains("NOT AS PLANTED: a:2 - b:2: in use at one end only: planted, not found; a step confirm: lets LMP find it", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 2 planted, 1 found, 1 not as planted.", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string lab)
    {
        using var file = new LabFile(lab);
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once", file.Path);
        return (exit, output + error);
    }
}
