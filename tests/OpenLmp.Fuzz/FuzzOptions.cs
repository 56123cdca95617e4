using System.Globalization;

namespace OpenLmp.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    public double Minutes { get; init; } = 1;

    public IReadOnlyList<string> Targets { get; init; } = Fuzzing.TargetNames;

    /// <summary>Whether assemblies are instrumented: without, inputs run many times as fast, and nothing new is kept.</summary>
    public bool IsGuided { get; init; } = true;

    public int Seed { get; init; } = Random.Shared.Next();

    public long? Inputs { get; init; }

    public string Finds { get; init; } = Path.Combine("artifacts", "fuzz");

    /// <summary>Where inputs worth changing are read from and written to; null: nowhere.</summary>
    public string? Corpus { get; init; }

    public string? Replay { get; init; }

    /// <summary>The folder with the instrumented assemblies, where this process runs; null in the process that makes it.</summary>
    public string? Instrumented { get; init; }

    /// <summary>Parses; returns what is wrong, empty where help is asked for, null if nothing is.</summary>
    public static string? TryParse(string[] args, out FuzzOptions options)
    {
        options = new FuzzOptions();
        var targets = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (Fuzzing.TargetNames.Contains(args[i]))
            {
                targets.Add(args[i]);
                options = options with { Targets = targets };
                continue;
            }

            if (double.TryParse(args[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes))
            {
                options = options with { Minutes = minutes };
                continue;
            }

            if (args[i] == "--unguided")
            {
                options = options with { IsGuided = false };
                continue;
            }

            if (!args[i].StartsWith("--", StringComparison.Ordinal)) return $"there is no target {args[i]}";
            if (args[i] == "--help" || i + 1 == args.Length) return args[i] == "--help" ? "" : $"{args[i]} needs a value";
            var (name, value) = (args[i], args[++i]);
            var isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (name)
            {
                case "--seed" when isNumber && number <= int.MaxValue:
                    options = options with { Seed = (int)number };
                    break;
                case "--inputs" when isNumber:
                    options = options with { Inputs = number };
                    break;
                case "--finds":
                    options = options with { Finds = value };
                    break;
                case "--corpus":
                    options = options with { Corpus = value };
                    break;
                case "--replay":
                    options = options with { Replay = value };
                    break;
                case "--instrumented":
                    options = options with { Instrumented = value };
                    break;
                default:
                    return $"{name} {value} cannot be understood";
            }
        }

        return null;
    }

    /// <summary>The same options for another process.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        Minutes.ToString(CultureInfo.InvariantCulture), .. Targets, "--seed", Seed.ToString(CultureInfo.InvariantCulture), "--finds", Finds,
        .. Corpus is null ? (ReadOnlySpan<string>)[] : ["--corpus", Corpus],
        .. Inputs is { } inputs ? (ReadOnlySpan<string>)["--inputs", inputs.ToString(CultureInfo.InvariantCulture)] : [],
    ];
}
