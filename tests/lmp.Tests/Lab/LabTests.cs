namespace OpenLmp.Cli.Tests.Lab;

/// <summary>Whole labs, in real time over real UDP.</summary>
public sealed class LabTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"openlmp-lab-{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task The_built_in_lab_finds_what_is_planted_and_nothing_else()
    {
        var (exit, output, error) = await RunAsync("lab", "--once");
        Assert.True(exit == 0, output + error);
        Assert.Contains("data link oxc2:13 - oxc3:3: the ends disagree: bandwidth 10 Gbps at oxc2, 40 Gbps at oxc3", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: 1 planted, 1 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_without_faults_finds_none()
    {
        await File.WriteAllTextAsync(_file, "name: two\ntopology: {nodes: {a: , b: }, links: [{endpoints: [\"a:1\", \"b:1\"]}]}\n");
        var (exit, output, error) = await RunAsync("lab", "--once", _file);
        Assert.True(exit == 0, output + error);
        Assert.Contains("Verdict: 0 planted, 0 found, nothing else reported.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_errors_is_bad_usage()
    {
        await File.WriteAllTextAsync(_file, "name: two\n");
        var (exit, _, error) = await RunAsync("lab", "--once", _file);
        Assert.Equal(2, exit);
        Assert.StartsWith($"{_file}:1:1: ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await LmpCli.RunAsync(args, new Terminal { Out = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
