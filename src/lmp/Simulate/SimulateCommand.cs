using System.CommandLine;
using System.Globalization;
using OpenLmp.Simulation;

namespace OpenLmp.Cli.Simulate;

/// <summary><c>lmp simulate</c>: whole networks on virtual time.</summary>
internal static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var seed = new Option<ulong>("--seed") { Description = "What everything is drawn from.", DefaultValueFactory = _ => 1 };
        var nodes = new Option<int>("--nodes") { Description = "How many nodes.", DefaultValueFactory = _ => 5 };
        var hours = new Option<double>("--hours") { Description = "How long, virtual time.", DefaultValueFactory = _ => 1 };
        var topology = new Option<Topology>("--topology") { Description = "Who is whose neighbour; any: the seed decides.", DefaultValueFactory = _ => Topology.Any };
        var only = new Option<string?>("--only") { Description = "Only these disturbances, by number: 3,17,1002.", HelpName = "NUMBERS" };
        var seeds = new Option<string?>("--seeds") { Description = "One run for each seed, and a line for each.", HelpName = "FROM..TO" };
        var events = new Option<bool>("--events") { Description = "Tell every event of every node, and every message but Hello, too." };
        var command = new Command("simulate", "Simulates networks of real nodes on virtual time; exit code 1 where anything is not as it has to be.") { seed, nodes, hours, topology, only, seeds, events };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new SimulationOptions
            {
                Seed = parsed.GetValue(seed),
                Nodes = parsed.GetValue(nodes),
                Duration = TimeSpan.FromHours(parsed.GetValue(hours)),
                Topology = parsed.GetValue(topology),
                Only = parsed.GetValue(only) is { } numbers ? ParseNumbers(numbers) : null,
            };
            if (options.Nodes is < 2 or > SimulationOptions.MostNodes)
                throw new CliException(ExitCode.BadUsage, $"--nodes {options.Nodes}: 2 to {SimulationOptions.MostNodes}.");
            if (options.Duration < TimeSpan.Zero || options.Duration > TimeSpan.FromDays(365)) throw new CliException(ExitCode.BadUsage, "--hours: 0 to 8760.");
            var report = new SimulationReport(context.Terminal, context.IsJson(parsed));
            var isFine = parsed.GetValue(seeds) is { } range ? RunSeeds(options, ParseRange(range), report, cancellation) : RunOne(options, report, parsed.GetValue(events), cancellation);
            return Task.FromResult(isFine ? ExitCode.Done : ExitCode.No);
        });
        return command;
    }

    private static bool RunOne(SimulationOptions options, SimulationReport report, bool everything, CancellationToken cancellation)
    {
        report.Begin(options);
        var result = Simulator.Run(options, report.Tell, everything, cancellation);
        if (result.Violation is null)
        {
            report.Verdict(result, shrunk: null);
            return true;
        }

        report.Shrinking();
        report.Verdict(result, Shrinker.Shrink(result, cancellation));
        return false;
    }

    private static bool RunSeeds(SimulationOptions options, (ulong From, ulong To) range, SimulationReport report, CancellationToken cancellation)
    {
        for (var seed = range.From; ; seed++)
        {
            var result = Simulator.Run(options with { Seed = seed }, cancellation: cancellation);
            report.Summarize(result, result.Violation is null ? null : Shrinker.Shrink(result, cancellation));
            if (seed == range.To) break;
        }

        return report.EndSeeds();
    }

    private static HashSet<int> ParseNumbers(string text)
    {
        var numbers = new HashSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new CliException(ExitCode.BadUsage, $"--only: '{part}' is no number of a disturbance; the story tells them, as #3.");
            numbers.Add(number);
        }

        if (numbers.Count == 0) throw new CliException(ExitCode.BadUsage, "--only: no number at all.");
        return numbers;
    }

    private static (ulong From, ulong To) ParseRange(string text)
    {
        var parts = text.Split("..");
        if (parts.Length != 2 || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) || to < from)
            throw new CliException(ExitCode.BadUsage, $"--seeds {text}: two numbers, such as 1..100.");
        return (from, to);
    }
}
