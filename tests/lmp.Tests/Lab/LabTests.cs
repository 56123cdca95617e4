using OpenLmp.Cli.Lab;

namespace OpenLmp.Cli.Tests.Lab;

/// <summary>Whole labs, in real time over real UDP: one after the other, they share their addresses.</summary>
[Collection(nameof(LabTests))]
public sealed class LabTests
{
    [Fact]
    public async Task The_built_in_lab_finds_what_is_planted_and_nothing_else()
    {
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once");
        Assert.True(exit == 0, output + error);
        Assert.Contains("Planted: at oxc2, the fibres of ports 13 and 14 are swapped", output, StringComparison.Ordinal);
        Assert.Contains("oxc1 - oxc2: 4 of 4 data links verified and in service", output, StringComparison.Ordinal);
        Assert.Contains("oxc2 - oxc3: 2 of 4 data links verified and in service, 2 kept out of service", output, StringComparison.Ordinal);
        Assert.Contains("SWAPPED FIBRES between oxc2 and oxc3", output, StringComparison.Ordinal);
        Assert.Contains("found    oxc2:13 - oxc3:4  and  oxc2:14 - oxc3:3", output, StringComparison.Ordinal);
        Assert.Contains("CUT: the fibre oxc1:11 > oxc2:1", output, StringComparison.Ordinal);
        Assert.Contains("no signal at oxc2:1, oxc3:1, oxc4:1: told by their nodes", output, StringComparison.Ordinal);
        Assert.Contains("FAULT LOCALIZED between oxc1:11 and oxc2:1", output, StringComparison.Ordinal);
        Assert.Contains("suppressed  3 alarms, at oxc2:1, oxc3:1, oxc4:1: they point to the cause", output, StringComparison.Ordinal);
        Assert.Contains("no fault between oxc1:11 and oxc2:1 any more; all clear", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 2 planted, 2 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_without_faults_finds_none()
    {
        using var file = new LabFile("name: two\ntopology: {nodes: {a: , b: }, links: [{endpoints: [\"a:1\", \"b:1\"]}]}\n");
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once", file.Path);
        Assert.True(exit == 0, output + error);
        Assert.Contains("Verdict: 0 planted, 0 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disagreement_of_configurations_is_found()
    {
        using var file = new LabFile("name: two\ntopology: {nodes: {a: , b: }, links: [{endpoints: [\"a:1\", \"b:1\"]}, {endpoints: [\"a:2\", \"b:2\"], bandwidth: [10Gbps, 40Gbps]}]}\n");
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once", file.Path);
        Assert.True(exit == 0, output + error);
        Assert.Contains("a:2 - b:2: the ends disagree: bandwidth 10 Gbps at a, 40 Gbps at b", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 1 planted, 1 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_darkens_every_receiver_of_the_light_path_downstream_and_a_repair_lights_them()
    {
        using var file = new LabFile("""
            name: line
            topology:
              nodes: {a: , b: , c: , d: }
              links: [{endpoints: ["a:2", "b:1"]}, {endpoints: ["b:2", "c:1"]}, {endpoints: ["c:2", "d:1"]}, {endpoints: ["c:3", "d:2"]}]
            lsps:
              - {name: red, path: ["a:2", "b:1", "b:2", "c:1", "c:2", "d:1"]}
            faults:
              - {cut: ["b:2", "c:1"], repair-after: 200ms}
              - {degrade: ["d:2", "c:3"], one-way: true, after: 300ms}
            """);
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once", file.Path);
        Assert.True(exit == 0, output + error);
        Assert.Contains("no signal at a:2, b:2, c:1, d:1: told by their nodes", output, StringComparison.Ordinal);
        Assert.Contains("FAULT LOCALIZED between b:2 and c:1", output, StringComparison.Ordinal);
        Assert.Contains("FAULT LOCALIZED between c:3 and d:2", output, StringComparison.Ordinal);
        Assert.Contains("a good signal at a:2, b:2, c:1, d:1: told by their nodes", output, StringComparison.Ordinal);
        Assert.Contains("a degraded signal at c:3: told by its node", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 2 planted, 2 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_that_nobody_can_notice_fails_the_verdict()
    {
        // Downstream of the first cut, on the same fibre path, there is no light left to lose.
        using var file = new LabFile("""
            name: line
            topology:
              nodes: {a: , b: , c: }
              links: [{endpoints: ["a:2", "b:1"]}, {endpoints: ["b:2", "c:1"]}]
            lsps:
              - {name: red, path: ["a:2", "b:1", "b:2", "c:1"]}
            faults:
              - {cut: ["a:2", "b:1"], one-way: true}
              - {cut: ["b:2", "c:1"], one-way: true, after: 1ms}
            """);
        var (exit, output, _) = await LabRun.OfAsync("lab", "--once", file.Path);
        Assert.Equal(1, exit);
        Assert.Contains("NOT AS PLANTED: the fibre b:2 > c:1 cut: no receiver noticed", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 2 planted, 1 found, 1 not as planted.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "a:1 - b:1 and a:2 - b:2: swapped fibres: found, not planted")]
    [InlineData(false, "a:1 - b:1 and a:2 - b:2: swapped fibres: planted, not found")]
    public async Task The_verdict_fails_where_the_fibres_are_not_as_the_story_is_told(bool isSwapped, string expected)
    {
        var network = Parse(isSwapped);
        var told = Parse(!isSwapped);
        using var output = new StringWriter();
        var directory = Directory.CreateTempSubdirectory("lmp-lab-test-");
        try
        {
            await using var running = await LabNetwork.StartAsync(network, LabNetwork.DefaultPort, directory.FullName, CancellationToken.None);
            Assert.False(await new LabStory(running, told, output).TellAsync(CancellationToken.None));
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        Assert.Contains($"NOT AS PLANTED: {expected}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(isSwapped ? "Verdict: 0 planted, 1 found, 1 not as planted." : "Verdict: 1 planted, 0 found, 1 not as planted.", output.ToString(), StringComparison.Ordinal);

        static LabTopology Parse(bool swapped) => LabFileReader.Parse(
            "name: two\ntopology: {nodes: {a: , b: }, links: [{endpoints: [\"a:1\", \"b:1\"]}, {endpoints: [\"a:2\", \"b:2\"]}, {endpoints: [\"a:3\", \"b:3\"]}]}\n"
            + (swapped ? "faults: [{swap: [\"a:1\", \"a:2\"]}]\n" : ""), "lab.yaml").Topology!;
    }

    [Fact]
    public async Task A_file_with_errors_is_bad_usage()
    {
        using var file = new LabFile("name: two\n");
        var (exit, _, error) = await LabRun.OfAsync("lab", "--once", file.Path);
        Assert.Equal(2, exit);
        Assert.StartsWith($"{file.Path}:1:1: ", error, StringComparison.Ordinal);
    }
}
