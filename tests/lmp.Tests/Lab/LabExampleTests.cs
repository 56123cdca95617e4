namespace OpenLmp.Cli.Tests.Lab;

/// <summary>The labs of <c>examples/labs</c>; the built-in one has tests of its own.</summary>
[Collection(nameof(LabTests))]
public sealed class LabExampleTests
{
    private static readonly string Directory = Path.Combine(SourceTree.Root, "examples", "labs");

    [Fact]
    public async Task A_wrong_trace_is_told_at_both_ends_with_both_texts() => await RunAsync(
        "sonet-trace",
        "traces: 6 of 6 sent",
        "TRACE MISMATCH from paris:2 to lyon:2: both nodes say so",
        "expected  'PARIS 2', at lyon:2",
        "received  'MARSEILLE 7'",
        "lyon says  to-paris-2: SONET Section Trace (J0 Byte): 'MARSEILLE 7' is received, 'PARIS 2' is expected",
        "paris says  to-lyon-2: SONET Section Trace (J0 Byte): lyon receives 'MARSEILLE 7', 'PARIS 2' is sent",
        "the trace from paris:2 to lyon:2 is as it should be; all clear",
        "Verdict: 1 planted, 1 found, nothing else reported.");

    [Fact]
    public async Task A_channel_that_only_one_end_uses_is_found_by_confirmation() => await RunAsync(
        "stranded-channel",
        "oxc1 and oxc2 agree about all data channels",
        "RELEASED AT oxc2 ONLY: oxc2:2",
        "STRANDED: oxc1:2 is allocated, oxc2:2 is free: both nodes say so",
        "oxc1 says  to-oxc2-2: allocated here, free at oxc2: a stranded resource",
        "oxc2 says  to-oxc1-2: free here, allocated at oxc1: a stranded resource",
        "oxc1:2 - oxc2:2: both ends agree; all clear",
        "Verdict: 1 planted, 1 found, nothing else reported.");

    [Fact]
    public async Task A_neighbour_without_extensions_is_shown_as_what_it_is_and_faults_are_localized_all_the_same() => await RunAsync(
        "old-neighbour",
        "OLD NEIGHBOUR oxc2: up without BehaviorConfig, with RFC 4204 alone",
        "oxc1 says  oxc2 is legacy: it",
        "oxc3 says  oxc2 is legacy: it",
        "no signal at oxc1:11, oxc2:1, oxc3:1: told by their nodes",
        "FAULT LOCALIZED between oxc1:11 and oxc2:1: both nodes say so",
        "no fault between oxc1:11 and oxc2:1 any more; all clear",
        "Verdict: 2 planted, 2 found, nothing else reported.");

    [Fact]
    public async Task A_line_system_tells_the_cross_connects_what_it_sees_and_both_find_where_it_is() => await RunAsync(
        "line-system",
        "oxc1 - oxc2: 4 of 4 data links verified and in service",
        "LASER FAILURE: the lasers of ols1:101, ols1:102, ols1:103 fail",
        "FAULT LOCALIZED between ols1 and ols2, on 3 of 4 data links, ols1:101 - ols2:101 to ols1:103 - ols2:103: both nodes say so",
        "FAULT LOCALIZED between oxc1 and oxc2, on 3 of 4 data links, oxc1:201 - oxc2:201 to oxc1:203 - oxc2:203: both nodes say so",
        "ols2 says that what it sends on to-ols2-1 has failed: it lies in the line system beyond ols2, or at its far end",
        "oxc2 says  to-ols2: ols2 says of link group 7 in one: no usable signal is sent on 3",
        "CUT: span east, with 4 wavelengths",
        "FAULT LOCALIZED between ols1 and ols2, on 4 of 4 data links",
        "oxc1 says  to-ols1: ols1 says of all data links in one: no usable signal is sent on 4",
        "no fault between oxc1 and oxc2, on 4 of 4 data links, oxc1:201 - oxc2:201 to oxc1:204 - oxc2:204 any more; all clear",
        "Verdict: 2 planted, 2 found, nothing else reported.");

    [Fact]
    public void Every_lab_is_documented()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "operating", "lab.md"));
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory)) Assert.Contains($"({Path.Combine("..", "..", "examples", "labs", Path.GetFileName(file))})", text, StringComparison.Ordinal);
    }

    private static async Task RunAsync(string lab, params string[] expected)
    {
        var (exit, output, error) = await LabRun.OfAsync("lab", "--once", Path.Combine(Directory, lab + ".yaml"));
        Assert.True(exit == 0, output + error);
        foreach (var text in expected) Assert.Contains(text, output, StringComparison.Ordinal);
    }
}
