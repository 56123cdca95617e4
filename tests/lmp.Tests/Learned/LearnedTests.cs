using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Cli.Learned;
using OpenLmp.Cli.Tests.Cabling;
using OpenLmp.Hosting;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Learned;

public class LearnedTests
{
    // Node a of TwoDaemons without the ids of b, in block style, in flow style and in between.
    private const string Unlearned = """
        # keep me
        node: {id: 10.0.0.1, name: a}
        listen: [ "10.255.0.1:701" ]
        neighbors: [ {name: b, node-id: 10.0.0.2, control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]} ]
        te-links:
          - local-id: 1   # the only one
            name: te1
            neighbor: b
            data-links:
              - local-id: 101
                name: te1-1
                bandwidth: 10Gbps
              - {name: te1-2, local-id: 102, bandwidth: 10Gbps}   # kept
              - { name: te1-3,
                  local-id: 103, bandwidth: 10Gbps }
              - name: te1-4
                bandwidth: 10Gbps
                local-id: 104
        """;

    private const string Head = """
        node: {id: 10.0.0.1, name: a}
        listen: [ "10.255.0.1:701" ]
        neighbors: [ {name: b, node-id: 10.0.0.2, control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]} ]

        """;

    private static int SwapOneAndTwo(int port) => port switch { 1 => 2, 2 => 1, _ => port };

    private static DaemonConfiguration Valid(string text)
    {
        var result = ConfigurationReader.Parse(text, "merged");
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    private static uint?[] RemoteIds(DaemonConfiguration configuration) =>
        [.. configuration.Node.TeLinks.SelectMany(t => (Identifier?[])[t.RemoteId, .. t.DataLinks.Select(l => l.RemoteId)]).Select(id => (uint?)id?.Value)];

    [Fact]
    public async Task What_was_learned_can_be_pasted_into_the_configuration()
    {
        await using var daemons = await TwoDaemons.StartAsync(SwapOneAndTwo, learn: true);
        var run = await CliRun.OfAsync($"config learned --socket {daemons.SocketA}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("        remote-id: 202  # learned", run.Out.Split('\n'));
        var configuration = Valid(Head + run.Out);
        Assert.Equal([2, 202, 201, 203, 204], RemoteIds(configuration));
        Assert.Equal(daemons.A.TeLink.DataLinks.Select(l => l.Configuration.Capabilities), configuration.Node.TeLinks[0].DataLinks.Select(l => l.Capabilities));
        Assert.Equal(configuration.Node.TeLinks[0], daemons.A.TeLink.Configuration with
        {
            RemoteId = configuration.Node.TeLinks[0].RemoteId,
            Signal = Protocol.SignalConfiguration.Default,
            DataLinks = configuration.Node.TeLinks[0].DataLinks,
        });
    }

    [Fact]
    public async Task All_that_a_data_link_can_have_is_written()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port, configureA: te => te with
        {
            FaultManagement = false,
            DataLinks =
            [
                te.DataLinks[0] with
                {
                    Interface = "eth#1 \"x\\", Port = false, Wavelength = 7, Srlg = [11, 22], LinkGroups = [7], Ber = 13, SpanLength = 80000, AdministrativeGroup = 5, Channels = [Protocol.DataChannelLabel.Of(201), new Protocol.DataChannelLabel([1, 2, 3])],
                    OpticalProtection = LinkProtection.Dedicated1Plus1 | LinkProtection.Shared,
                },
                te.DataLinks[1] with { Capabilities = [LinkConfigurations.Lambda(1, 10), LinkConfigurations.Tdm(2.488, 2.488)] },
            ],
        });
        var written = Valid(Head + (await CliRun.OfAsync($"config learned --socket {daemons.SocketA}")).Out.Replace("eth#1 \\\"x\\\\", "eth1", StringComparison.Ordinal)).Node.TeLinks[0];
        Assert.Equal(daemons.A.TeLink.Configuration.DataLinks.Select(l => l with { Interface = l.Interface is null ? null : "eth1" }), written.DataLinks);
        Assert.False(written.FaultManagement);
    }

    [Fact]
    public async Task Where_everything_is_configured_it_says_so()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var run = await CliRun.OfAsync($"config learned --socket {daemons.SocketA}");
        Assert.Contains("# te1: everything is configured, and nothing else was found.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("# learned", run.Out, StringComparison.Ordinal);
        Assert.Equal([2, 201, 202, 203, 204], RemoteIds(Valid(Head + run.Out)));
    }

    [Fact]
    public async Task What_was_found_elsewhere_than_configured_is_marked()
    {
        await using var daemons = await TwoDaemons.StartAsync(SwapOneAndTwo);
        var run = await CliRun.OfAsync($"config learned --socket {daemons.SocketA}");
        Assert.Contains("        remote-id: 202  # configured: 201; found: 202", run.Out.Split('\n'));
        Assert.DoesNotContain("everything is configured", run.Out, StringComparison.Ordinal);
        Assert.Equal([2, 202, 201, 203, 204], RemoteIds(Valid(Head + run.Out)));

        var json = JsonDocument.Parse((await CliRun.OfAsync($"config learned -j --socket {daemons.SocketA}")).Out).RootElement;
        Assert.Equal(5, json.GetArrayLength());
        Assert.Equal("""{"teLink":"te1","dataLink":null,"neighbor":"b","localId":1,"configuredRemoteId":2,"remoteId":2,"status":"configured","text":""}""", json[0].GetRawText());
        Assert.Equal("""{"teLink":"te1","dataLink":"te1-1","neighbor":"b","localId":101,"configuredRemoteId":201,"remoteId":202,"status":"differs","text":"configured: 201; found: 202"}""", json[1].GetRawText());
    }

    [Fact]
    public void What_is_not_known_yet_or_contradicts_itself_is_no_id()
    {
        var te = new TeLinkInfo("to-oxc2", "oxc2", new(1, null), null, TeLinkState.Init, true, true, true, 0, [], "", default, null);
        var ids = LearnedId.Of([te], [
            Nodes.Link("oxc2", 1, null),
            Nodes.Link("oxc2", 2, 202) with { RemoteId = new(202, null) },
            Nodes.Link("oxc2", 3, 202) with { RemoteId = new(202, null) },
            Nodes.Link("oxc2", 4, 205, 206) with { RemoteId = new(204, null), ConfiguredRemoteId = new(204, null) },
            Nodes.Link("oxc2", 5, null, 207) with { RemoteId = new(207, null) },
        ]);
        Assert.Equal(
            [
                (LearnedStatus.Unknown, null, "remote-id: not known yet; oxc2 has not told it"),
                (LearnedStatus.Unknown, null, "remote-id: not known yet; verify the TE link"),
                (LearnedStatus.Learned, null, "found: 202, as is the other end of to-oxc2-3; verify the TE link"),
                (LearnedStatus.Learned, null, "found: 202, as is the other end of to-oxc2-2; verify the TE link"),
                (LearnedStatus.Differs, 204u, "found: it transmits to 205 and receives from 206; put the fibres right first"),
                (LearnedStatus.Learned, (uint?)207, "learned"),
            ],
            ids.Select(id => (id.Status, id.RemoteId?.Number, id.Text)));
    }

    [Fact]
    public void What_goes_back_to_its_configured_id_takes_it_from_no_other()
    {
        var te = new TeLinkInfo("to-oxc2", "oxc2", new(1, null), new(2, null), TeLinkState.Init, true, true, true, 0, [], "", default, new(2, null));
        (uint Id, uint? Found)[] links = [(1, 2), (2, 3), (3, null)];
        var ids = LearnedId.Of([te], [.. links.Select(l => Nodes.Link("oxc2", l.Id, l.Found) with { RemoteId = new(l.Id, null), ConfiguredRemoteId = new(l.Id, null) })]);
        Assert.Equal([2u, 1u, 2u, 3u], ids.Select(id => id.RemoteId!.Value.Number));
    }

    [Fact]
    public async Task A_file_gets_what_was_learned_and_keeps_the_rest()
    {
        await using var daemons = await TwoDaemons.StartAsync(SwapOneAndTwo, learn: true);
        var file = daemons.Write("lmpd.yaml", Unlearned);
        var run = await CliRun.OfAsync($"config learned {file} --socket {daemons.SocketA}");
        Assert.Equal((0, $"{file}: 5 learned ids put in"), (run.ExitCode, run.Error.Trim()));
        Assert.Equal([2, 202, 201, 203, 204], RemoteIds(Valid(run.Out)));
        Assert.Equal(Unlearned, await File.ReadAllTextAsync(file));
        var lines = run.Out.Split('\n');
        Assert.Equal(["  - remote-id: 2  # learned", "    local-id: 1   # the only one"], lines[5..7]);
        Assert.Equal("      - {name: te1-2, remote-id: 201, local-id: 102, bandwidth: 10Gbps}   # kept  # te1-2: learned", lines[14]);
        Assert.Equal("          remote-id: 203, local-id: 103, bandwidth: 10Gbps }  # te1-3: learned", lines[16]);

        var again = await CliRun.OfAsync($"config learned {daemons.Write("again.yaml", run.Out)} --socket {daemons.SocketA}");
        Assert.Contains("everything learned is in it already", again.Error, StringComparison.Ordinal);
        Assert.Equal(RemoteIds(Valid(run.Out)), RemoteIds(Valid(again.Out)));
    }

    [Fact]
    public async Task A_file_gets_what_was_found_in_place_of_what_was_configured()
    {
        await using var daemons = await TwoDaemons.StartAsync(SwapOneAndTwo);
        const string links = """
            te-links:
              - {name: te1, neighbor: b, local-id: 1, remote-id: 2, data-links: [
                  {name: te1-1, local-id: 101, remote-id: '201', bandwidth: 10Gbps},
                  {name: te1-2, local-id: 102, remote-id: 202, bandwidth: 10Gbps}]}
            """;
        var run = await CliRun.OfAsync($"config learned {daemons.Write("lmpd.yaml", Head + links)} --socket {daemons.SocketA}");
        Assert.Equal([2, 202, 201], RemoteIds(Valid(run.Out)));
        Assert.Contains("remote-id: 202, bandwidth: 10Gbps},  # te1-1: configured: 201; found: 202\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_this_nodes_or_is_wrong_is_refused()
    {
        await using var daemons = await TwoDaemons.StartAsync(port => port);
        var other = daemons.Write("other.yaml", Unlearned.Replace("id: 10.0.0.1", "id: 10.0.0.9", StringComparison.Ordinal));
        Assert.Equal((2, ""), await Run(other));
        Assert.Equal((2, ""), await Run(daemons.Write("bad.yaml", "node: 1\n")));
        Assert.Equal((2, ""), await Run("/nonexistent/lmpd.yaml"));
        Assert.Equal((2, ""), await Run($"{other} -j"));

        async Task<(int, string)> Run(string arguments)
        {
            var run = await CliRun.OfAsync($"config learned {arguments} --socket {daemons.SocketA}");
            Assert.NotEmpty(run.Error);
            return (run.ExitCode, run.Out);
        }
    }

    [Fact]
    public async Task Without_a_daemon_it_exits_with_3() => Assert.Equal(3, (await CliRun.OfAsync("config learned --socket /nonexistent/a.sock")).ExitCode);
}
