using System.CommandLine;
using System.Threading.Channels;
using OpenLmp.Api;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Lab;

/// <summary><c>lmp lab</c>: a whole small network in this process.</summary>
internal static class LabCommand
{
    private const string BuiltIn = "line-of-four.yaml";

    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var file = new Argument<string?>("FILE") { Description = "The lab, in containerlab's shape; without it, four nodes in a line.", Arity = ArgumentArity.ZeroOrOne };
        var once = new Option<bool>("--once") { Description = "Stop after the story; exit code 0 only if LMP found exactly what was planted." };
        var port = new Option<ushort>("--port") { Description = "The UDP port.", DefaultValueFactory = _ => LabNetwork.DefaultPort };
        var http = new Option<ushort?>("--http") { Description = $"The port of the dashboard on 127.0.0.1; by default {LabServer.DefaultPort}, or a free one where that is taken; with --once only where it is given." };
        var command = new Command("lab", "Runs a whole small network in this process: real nodes, real UDP between 127.x.y.z addresses.") { file, once, port, http };
        command.SetAction((parsed, cancellation) =>
            RunAsync(context.Terminal, parsed.GetValue(file), parsed.GetValue(once), parsed.GetValue(port), parsed.GetValue(http), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string? file, bool once, ushort port, ushort? http, CancellationToken cancellation)
    {
        var (topology, errors) = file is null ? LabFileReader.Parse(ReadBuiltIn(), BuiltIn) : LabFileReader.Load(file);
        foreach (var error in errors) await terminal.Error.WriteLineAsync(error.ToString());
        if (topology is null) return ExitCode.BadUsage;

        var directory = Directory.CreateTempSubdirectory("lmp-lab-");
        try
        {
            await using var network = await LabNetwork.StartAsync(topology, port, directory.FullName, cancellation);
            await using var server = once && http is null ? null : await LabServer.StartAsync(network, http, cancellation);
            if (server is not null) await terminal.Out.WriteLineAsync($"Dashboard: {server.Address}");
            var asPlanted = await new LabStory(network, topology, terminal.Out).TellAsync(cancellation);
            if (once) return asPlanted ? ExitCode.Done : ExitCode.No;

            await terminal.Out.WriteLineAsync($"\nThe lab goes on until Ctrl+C. Look at a node with: lmp --socket {network.SocketOf(topology.Nodes[0])} show te-links\n");
            await TellEventsAsync(network, terminal, cancellation);
            return ExitCode.Done;
        }
        catch (DaemonStartException e)
        {
            await terminal.Error.WriteLineAsync($"lmp lab: {e.Message}");
            return ExitCode.No;
        }
        catch (OperationCanceledException) when (!once)
        {
            return ExitCode.Done;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // What happens from now on, at all nodes, in one stream.
    private static async Task TellEventsAsync(LabNetwork network, Terminal terminal, CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<string>();
        var readers = network.Topology.Nodes.Select(async node =>
        {
            using var subscription = network[node].Events.Subscribe(after: network[node].Events.Recent() is [.., var last] ? last.Number : null);
            await foreach (var e in subscription.Reader.ReadAllAsync(cancellation)) await lines.Writer.WriteAsync(Line(node, e.Event, terminal), cancellation);
        }).ToList();
        await foreach (var line in lines.Reader.ReadAllAsync(cancellation)) await terminal.Out.WriteLineAsync(line);
        await Task.WhenAll(readers);
    }

    private static string Line(LabNode node, EventInfo e, Terminal terminal) =>
        $"{node.Name}: {Show.EventText.Line(e, terminal)}";

    private static string ReadBuiltIn()
    {
        using var stream = typeof(LabCommand).Assembly.GetManifestResourceStream(BuiltIn)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
