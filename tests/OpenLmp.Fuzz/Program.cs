using System.Diagnostics;
using System.Globalization;

namespace OpenLmp.Fuzz;

/// <summary><c>./build.sh fuzz</c>.</summary>
internal static class Program
{
    /// <summary>The exit code of a process whose input never ended.</summary>
    public const int Died = 3;

    private const string Instrumented = "--instrumented";
    private const string Note = "input-under-way";

    private const string Usage =
        """
        ./build.sh fuzz [MINUTES] [TARGET...] [--seed N] [--inputs N] [--finds DIRECTORY]
                        [--corpus DIRECTORY] [--unguided]
        ./build.sh fuzz --replay FILE

        MINUTES   for all targets together, 1 unless told, fractions allowed
        TARGET    decoder, node, capture, configuration, api, lab, cabling; all unless told
        --seed    the same seed takes the same inputs; a fresh one unless told
        --inputs  so many for each target, however long it takes
        --finds   where inputs that show something wrong are written; artifacts/fuzz unless told
        --corpus  what reached something new is kept here, and taken up by the next run
        --unguided  without counting what is reached: many times as fast, best with a corpus
        --replay  runs such an input again

        Exit code 0: nothing is wrong; 1: something is; 2: wrong arguments.
        """;

    public static int Main(string[] args)
    {
        if (FuzzOptions.TryParse(args, out var options) is { } problem)
        {
            Console.Error.WriteLine(problem.Length > 0 ? $"fuzz: {problem}\n" + Usage : Usage);
            return 2;
        }

        if (options.Replay is { } file) return Fuzzing.Replay(file);
        return options.Instrumented is { } folder ? Fuzzing.Run(options, Path.Combine(folder, Note)) : RunInstrumented(options);
    }

    // The instrumented assemblies are loaded by a process of their own, which may die of what it is fed.
    private static int RunInstrumented(FuzzOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("openlmp-fuzz-").FullName;
        try
        {
            var blocks = Instrumentation.CopyTo(folder, options.IsGuided);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}; {blocks} basic blocks instrumented"));
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(folder, "OpenLmp.Fuzz.dll"), .. options.ToArguments(), Instrumented, folder]);
            // Little lives longer than an input: collecting rarely is cheap.
            start.Environment["DOTNET_GCgen0size"] = "0x4000000";
            using var process = Process.Start(start)!;
            process.WaitForExit();
            if (process.ExitCode is 0 or 1) return process.ExitCode;
            if (Watch.Read(Path.Combine(folder, Note)) is not { } last)
            {
                Console.Error.WriteLine($"fuzz: the process ended with {process.ExitCode}, outside of any input");
                return 1;
            }

            Fuzzing.Keep(options, last.Target, new Find(last.Input, $"process {process.ExitCode}", new FuzzException($"the process ended with {process.ExitCode}")));
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
