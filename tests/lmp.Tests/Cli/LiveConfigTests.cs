using System.Text.Json;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Tests;

/// <summary><c>lmp config show</c>, <c>diff</c>, <c>apply</c>, <c>set</c> and <c>remove</c> against a node that runs.</summary>
public sealed class LiveConfigTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-config-").FullName;
    private readonly string _address = $"127.77.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(1, 250)}";
    private DaemonHost _host = null!;

    private string Running => Path.Combine(_directory, "lmpd.yaml");

    private string Candidate => Path.Combine(_directory, "candidate.yaml");

    private string Text => $$"""
        # the first node
        node: {id: 10.0.0.1, name: oxc1}
        listen: [ "{{_address}}:7011" ]
        api: {socket: {{_directory}}/lmpd.sock}
        neighbors:
          - name: oxc2
            node-id: 10.0.0.2
            control-channels:
              - {id: 1, local: {{_address}}, remote: "127.0.0.2:7011"}
        te-links:
          - name: te1
            neighbor: oxc2
            local-id: 1
            data-links:
              - {name: te1-1, local-id: 101, bandwidth: 10Gbps}

        """;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Running, Text);
        var result = ConfigurationReader.Load(Running);
        _host = await DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration!, ConfigurationPath = Running, ConfigurationText = result.Text });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_is_in_force_is_shown_whole_and_in_part()
    {
        Assert.Equal(await File.ReadAllTextAsync(Running), (await RunAsync("show")).Out);
        Assert.Equal("10Gbps\n", (await RunAsync("show te-links/te1/data-links/te1-1/bandwidth")).Out);
        var missing = await RunAsync("show te-links/te9");
        Assert.Equal((1, "lmp: the configuration in force has no te-links/te9\n"), (missing.ExitCode, missing.Error));
    }

    [Fact]
    public async Task A_difference_is_shown_and_told_by_the_exit_code()
    {
        await ProposeAsync(text => text);
        Assert.Equal((0, "nothing differs from what is in force\n"), await OutcomeAsync($"diff {Candidate}"));
        await ProposeAsync(text => text.Replace("name: te1\n", "name: te1\n    confirm-interval: 2h\n", StringComparison.Ordinal)
            .Replace("{name: te1-1, local-id: 101, bandwidth: 10Gbps}", "{name: te1-2, local-id: 102, bandwidth: 10Gbps}", StringComparison.Ordinal));
        Assert.Equal(
            (1, """
                ~ te-links/te1/confirm-interval: 0 -> 2h  (the TE link is compared with the neighbour's again)
                - te-links/te1/data-links/te1-1: {name: te1-1, local-id: 101, bandwidth: 10Gbps}  (the data link is removed)
                + te-links/te1/data-links/te1-2: {name: te1-2, local-id: 102, bandwidth: 10Gbps}  (the data link is added)

                """),
            await OutcomeAsync($"diff {Candidate}"));
        var json = JsonDocument.Parse((await RunAsync($"diff {Candidate} -j")).Out).RootElement;
        Assert.Equal("correlation", json.GetProperty("changes")[0].GetProperty("effect").GetString());
        Assert.False(json.GetProperty("applied").GetBoolean());
    }

    [Fact]
    public async Task Errors_have_their_place_in_the_file_and_warnings_stop_nobody()
    {
        await ProposeAsync(text => text.Replace("10Gbps", "10Gb", StringComparison.Ordinal));
        var run = await RunAsync($"apply {Candidate} --yes");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"{Candidate}:15:49: bandwidth: \"10Gb\" is not a bandwidth", run.Error, StringComparison.Ordinal);
        Assert.Contains("lmp: the configuration has 1 error, nothing has changed", run.Error, StringComparison.Ordinal);

        await ProposeAsync(text => text.Replace("name: te1\n", "name: te1\n    confirm-interval: 1s\n", StringComparison.Ordinal));
        run = await RunAsync($"apply {Candidate} --yes");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{Candidate}:12:23: warning: confirm-interval: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_can_be_asked_is_asked()
    {
        var before = _host.Configuration;
        await ProposeAsync(text => text.Replace("name: oxc1", "name: renamed", StringComparison.Ordinal));
        var silent = await RunAsync($"apply {Candidate}");
        Assert.Equal((2, "lmp: nothing applied: there is nobody to ask here; --yes says yes.\n"), (silent.ExitCode, silent.Error));
        var no = await RunAsync($"apply {Candidate}", "n\n");
        Assert.Equal((1, "~ node/name: oxc1 -> renamed  (applied live)\nPut in force this change? [y/N] nothing applied\n"), (no.ExitCode, no.Out));
        Assert.Same(before, _host.Configuration);

        var yes = await RunAsync($"apply {Candidate} --save", "y\n");
        Assert.Equal((0, ""), (yes.ExitCode, yes.Error));
        Assert.EndsWith($"in force: 1 change\nsaved in {Running}\n", yes.Out, StringComparison.Ordinal);
        Assert.Equal("renamed", _host.Configuration.Node.Name);
        Assert.Equal(await File.ReadAllTextAsync(Candidate), await File.ReadAllTextAsync(Running));
    }

    [Fact]
    public async Task A_part_is_set_and_removed()
    {
        Assert.Equal((0, "~ te-links/te1/confirm-interval: 0 -> 1h  (the TE link is compared with the neighbour's again)\nin force: 1 change\n"), await OutcomeAsync("set te-links/te1/confirm-interval 1h"));
        Assert.Equal(TimeSpan.FromHours(1), _host.Configuration.Node.TeLinks[0].Confirmation.Interval);
        Assert.Equal(0, (await RunAsync("set te-links/te2 {neighbor:oxc2}".Replace("{neighbor:oxc2}", "{\"neighbor\":\"oxc2\",\"local-id\":2}", StringComparison.Ordinal))).ExitCode);
        Assert.Equal(2, _host.Configuration.Node.TeLinks.Count);
        Assert.Equal(0, (await RunAsync("remove te-links/te2 --save")).ExitCode);
        Assert.Equal(_host.Configuration, ConfigurationReader.Load(Running).Configuration);
        var refused = await RunAsync("set process/user nobody");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("lmp: process/user cannot be changed while lmpd runs, so nothing is (who has given up root's rights cannot become another user)", refused.Error, StringComparison.Ordinal);
        var wrong = await RunAsync("set te-links/te1/local-id nonsense");
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("te-links/te1/local-id: local-id: \"nonsense\" is not an id", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_files_needs_no_daemon() =>
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", JsonDocument.Parse((await CliRun.OfAsync("config schema")).Out).RootElement.GetProperty("$schema").GetString());

    private async Task ProposeAsync(Func<string, string> change) => await File.WriteAllTextAsync(Candidate, change(await File.ReadAllTextAsync(Running)));

    private Task<CliRun> RunAsync(string command, string? input = null) => CliRun.OfAsync($"config {command} --socket {_directory}/lmpd.sock", input: input);

    private async Task<(int, string)> OutcomeAsync(string command)
    {
        var run = await RunAsync(command);
        return (run.ExitCode, run.Out + run.Error);
    }
}
