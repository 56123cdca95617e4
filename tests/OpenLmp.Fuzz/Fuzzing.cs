using System.Globalization;

namespace OpenLmp.Fuzz;

/// <summary>Runs targets one after the other, and keeps what they find.</summary>
internal static class Fuzzing
{
    private static readonly Func<FuzzTarget>[] Makers =
    [
        () => new DecoderTarget(), () => new NodeTarget(), () => new CaptureTarget(), () => new ConfigurationTarget(), () => new ApiTarget(), () => new LabTarget(), () => new CablingTarget(),
    ];

    /// <summary>All targets' names.</summary>
    public static IReadOnlyList<string> TargetNames { get; } = ["decoder", "node", "capture", "configuration", "api", "lab", "cabling"];

    /// <summary>Makes a target.</summary>
    public static FuzzTarget Make(string name) => Makers[TargetNames.Index().First(t => t.Item == name).Index]();

    /// <summary>Runs the targets asked for; the exit code.</summary>
    public static int Run(FuzzOptions options, string note)
    {
        var kept = options.Corpus is { } folder ? new KeptInputs(folder) : null;
        using var watch = new Watch(note);
        var (exit, each) = (0, TimeSpan.FromMinutes(options.Minutes / options.Targets.Count));
        foreach (var name in options.Targets)
        {
            using var target = Make(name);
            var run = new FuzzRun(target, options.Seed, watch, kept) { Found = find => Keep(options, name, find) };
            run.Execute(new FuzzLimit(options.Inputs is null ? each : null, options.Inputs), r => Report(target, r));
            Report(target, run);
            if (run.Finds.Count > 0) exit = 1;
        }

        return exit;
    }

    /// <summary>Runs an input that was kept; the exit code.</summary>
    public static int Replay(string file)
    {
        var name = Path.GetFileName(file).Split('-')[0];
        if (!TargetNames.Contains(name) || !File.Exists(file))
        {
            Console.Error.WriteLine($"fuzz: {file} is no file that a run kept: its name begins with a target's, such as decoder-");
            return 2;
        }

        using var target = Make(name);
        var input = File.ReadAllBytes(file);
        Console.WriteLine(target.Describe(input));
        var failure = new FuzzRun(target, 0).Failure(input);
        Console.WriteLine(failure?.ToString() ?? "nothing is wrong");
        return failure is null ? 0 : 1;
    }

    /// <summary>Writes a find's input into a file, and says how to run it again.</summary>
    public static void Keep(FuzzOptions options, string target, Find find)
    {
        var file = new KeptInputs(options.Finds).Write(target, find.Input);
        Console.WriteLine($"FIND in {target}, seed {options.Seed}: {find.Failure}");
        Console.WriteLine($"  {find.Input.Length} bytes; again: ./build.sh fuzz --replay {file}");
    }

    private static void Report(FuzzTarget target, FuzzRun run)
    {
        var rate = run.Inputs / Math.Max(0.001, run.Processor.TotalSeconds);
        var edges = Coverage.Edges > 0 && target.IsGuided ? $"{Coverage.Edges} edges, {run.Kept} inputs kept" : "not guided";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target.Name,-13} {run.Inputs,12:N0} inputs in {run.Time.TotalSeconds,6:0} s, {rate,9:N0} a second of processor time, {edges}, {run.Finds.Count} finds"));
    }
}
