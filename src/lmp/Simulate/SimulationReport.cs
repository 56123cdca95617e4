using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenLmp.Simulation;

namespace OpenLmp.Cli.Simulate;

/// <summary>Writes what came of simulations, for people or as JSON. Nothing of it depends on the machine or the time: equal runs, equal bytes.</summary>
internal sealed class SimulationReport(Terminal terminal, bool json)
{
    private readonly List<ulong> _violated = [];
    private TimeSpan _virtual;
    private int _runs;

    /// <summary>A line of the story.</summary>
    public Action<string>? Tell => json ? null : terminal.Out.WriteLine;

    public void Begin(SimulationOptions options)
    {
        if (!json) terminal.Out.WriteLine($"seed {options.Seed}: {options.Nodes} nodes");
    }

    public void Shrinking()
    {
        if (!json) terminal.Out.WriteLine("\nViolated. Looking for the fewest disturbances that do it ...");
    }

    /// <summary>The end of one run.</summary>
    public void Verdict(SimulationResult result, SimulationResult? shrunk)
    {
        if (json)
        {
            Write(result, shrunk);
            return;
        }

        var o = terminal.Out;
        o.WriteLine();
        o.WriteLine($"{Hours(result.Duration)} of virtual time, {Plural(result.Rounds, "round")}, {result.Planted.Count} disturbances: {Kinds(result)}");
        o.WriteLine($"{Plural(result.Options.Nodes, "node")}, {result.Size.ControlChannels} control channels, {result.Size.TeLinks} TE links, {result.Size.DataLinks} data links, "
            + $"{result.Counts.Datagrams} datagrams; fingerprint {Hex(result)}");
        if (result.Violation is not { } violation)
        {
            o.WriteLine("Verdict: nothing violated.");
            return;
        }

        o.WriteLine($"Verdict: VIOLATED at {InWords(violation)}");
        var last = shrunk?.Violation ?? violation;
        o.WriteLine("The last that happened before, in the shortest run that does it:");
        foreach (var line in last.Before) o.WriteLine($"  {line}");
        o.WriteLine($"  {InWords(last)}");
        o.WriteLine($"Replay it:      {Command(result)}");
        if (shrunk is not null) o.WriteLine($"In its shortest: {Command(shrunk)}");
    }

    /// <summary>The end of one of many runs.</summary>
    public void Summarize(SimulationResult result, SimulationResult? shrunk)
    {
        _runs++;
        _virtual += result.Duration;
        if (result.Violation is not null) _violated.Add(result.Options.Seed);
        if (json)
        {
            Write(result, shrunk);
            return;
        }

        var verdict = result.Violation is { } violation
            ? $"VIOLATED at {InWords(violation)}; replay: {Command(shrunk ?? result)}"
            : "nothing violated";
        terminal.Out.WriteLine($"seed {result.Options.Seed}: {Hours(result.Duration)}, {result.Planted.Count} disturbances, {Hex(result)}: {verdict}");
    }

    /// <summary>The end of all runs; true if nothing was violated.</summary>
    public bool EndSeeds()
    {
        if (!json)
        {
            terminal.Out.WriteLine($"{Plural(_runs, "seed")}, {Hours(_virtual)} of virtual time: "
                + (_violated.Count == 0 ? "nothing violated" : $"{_violated.Count} violated: {string.Join(", ", _violated)}"));
        }

        return _violated.Count == 0;
    }

    private static string InWords(Violation v) => $"{At(v)}{(v.Node is null ? "" : $" {v.Node}")}: {v.Checker}: {v.What}";

    private static string At(Violation v) => TimeSpan.FromTicks(v.At / TimeSpan.NanosecondsPerTick).ToString(@"d\.hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.00} h");

    private static string Plural(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Hex(SimulationResult result) => result.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    private static string Kinds(SimulationResult result) =>
        string.Join(", ", result.Disturbances.Where(d => d.Value > 0).Select(d => $"{d.Value} {JsonNamingPolicy.KebabCaseLower.ConvertName(d.Key.ToString())}"));

    private static string Command(SimulationResult result)
    {
        var o = result.Options;
        var how = o.Only is { } only
            ? $"--only {string.Join(',', only.Order())}"
            : string.Create(CultureInfo.InvariantCulture, $"--hours {Math.Ceiling(o.Duration.TotalHours * 100) / 100:0.##}");
        var topology = o.Topology == Topology.Any ? "" : $" --topology {o.Topology.ToString().ToLowerInvariant()}";
        return $"lmp simulate --seed {o.Seed} --nodes {o.Nodes}{topology} {how}";
    }

    private void Write(SimulationResult result, SimulationResult? shrunk)
    {
        var violation = result.Violation is { } v ? new SimulatedViolation(
            At(v), v.Checker, v.Node, v.What, shrunk?.Violation?.Before ?? v.Before, Command(result), shrunk is null ? null : Command(shrunk)) : null;
        var run = new SimulatedRun(
            result.Options.Seed, result.Options.Nodes, result.Duration.TotalHours, result.Rounds, result.Counts.Datagrams, Hex(result),
            result.Disturbances.Where(d => d.Value > 0).ToDictionary(d => JsonNamingPolicy.KebabCaseLower.ConvertName(d.Key.ToString()), d => d.Value), violation);
        terminal.Out.WriteLine(JsonSerializer.Serialize(run, SimulateJson.Default.SimulatedRun));
    }
}

/// <summary>A run, for machines.</summary>
internal sealed record SimulatedRun(
    ulong Seed, int Nodes, double Hours, int Rounds, long Datagrams, string Fingerprint, IReadOnlyDictionary<string, int> Disturbances, SimulatedViolation? Violation);

/// <summary>A violation, for machines.</summary>
internal sealed record SimulatedViolation(string At, string Checker, string? Node, string What, IReadOnlyList<string> Before, string Replay, string? Shortest);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimulatedRun))]
internal sealed partial class SimulateJson : JsonSerializerContext;
