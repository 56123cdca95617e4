using System.Text.Json;

namespace OpenLmp.Cli.Tests;

public class ConfigCheckTests
{
    private const string Good = """
        node: {id: 10.0.0.1, name: oxc1}
        listen: [ "10.255.0.1:701" ]
        neighbors:
          - name: oxc2
            node-id: 10.0.0.2
            control-channels:
              - {id: 1, local: 10.255.0.1, remote: 10.255.0.2}
        te-links:
          - name: te1
            neighbor: oxc2
            local-id: 1
            remote-id: 2
            data-links:
              - {name: te1-1, local-id: 101, remote-id: 201, switching-type: lsc, encoding: lambda, bandwidth: 10Gbps}
              - {name: te1-2, local-id: 102, remote-id: 202, switching-type: lsc, encoding: lambda, bandwidth: 10Gbps}
        """;

    [Fact]
    public async Task A_valid_file_is_summed_up()
    {
        using var file = new TemporaryFile(Good);
        var run = await CliRun.OfAsync($"config check {file.Path}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"{file.Path}: valid: node oxc1 (10.0.0.1), 1 neighbour, 1 control channel, 1 TE link, 2 data links", Assert.Single(run.Lines));
        Assert.Equal("[]", (await CliRun.OfAsync($"config check {file.Path} -j")).Out.Trim());
    }

    [Fact]
    public async Task Every_error_has_its_place()
    {
        using var file = new TemporaryFile(Good.Replace("10.0.0.2", "10.0.0.300", StringComparison.Ordinal).Replace("10Gbps", "10Gb", StringComparison.Ordinal));
        var run = await CliRun.OfAsync($"config check {file.Path}");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        var lines = run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{file.Path}:5:14: ", lines[0]);
        Assert.All(lines, line => Assert.Matches(@":\d+:\d+: .", line));

        var json = await CliRun.OfAsync($"config check {file.Path} -j");
        Assert.Equal(2, json.ExitCode);
        var first = JsonDocument.Parse(json.Out).RootElement[0];
        Assert.Equal(("error", 5, 14), (first.GetProperty("severity").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_of_its_own()
    {
        var run = await CliRun.OfAsync("config check /nonexistent/lmpd.yaml");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("/nonexistent/lmpd.yaml:", run.Error);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
