namespace OpenLmp.Benchmarks;

/// <summary>What a run is about: how thorough it is, and what there is to measure with.</summary>
internal sealed class Bench : IDisposable
{
    public bool Quick { get; init; }

    public bool Hold { get; init; }

    public required CancellationToken Stopping { get; init; }

    /// <summary>The root of the source tree; ./build.sh runs us there.</summary>
    public string Root { get; } = File.Exists("build.sh") ? Environment.CurrentDirectory : throw new InvalidOperationException("run me by ./build.sh bench");

    /// <summary>A directory of this run's own.</summary>
    public string Scratch { get; } = Directory.CreateTempSubdirectory("lmpbench-").FullName;

    /// <summary>How each figure is measured several times.</summary>
    public int Runs => Quick ? 2 : 5;

    /// <summary>The ways our executables were built, those that there are.</summary>
    public IEnumerable<(string Name, string Directory)> Builds
    {
        get
        {
            foreach (var (name, directory) in ((string, string)[])[("JIT", "bin"), ("ReadyToRun", "bench/r2r"), ("AOT", "bench/aot")])
            {
                var path = Path.Combine(Root, "artifacts", directory);
                if (File.Exists(Path.Combine(path, "lmpd"))) yield return (name, path);
                else Say($"there is no {name} build in {path}: its rows are missing");
            }
        }
    }

    /// <summary>The daemon whose keep-alive is measured: as ./build.sh leaves it; what is held for long, as native code, as packages have it.</summary>
    public string Lmpd => Hold && Builds.FirstOrDefault(b => b.Name == "AOT").Directory is { } native
        ? Path.Combine(native, "lmpd")
        : Path.Combine(Root, "artifacts", "bin", "lmpd");

    /// <summary>Says something that whoever reads the figures has to know.</summary>
    public static void Say(string what) => Console.Error.WriteLine($"!! {what}");

    /// <summary>Where a peer or tool is; null, said loudly, if it is not installed.</summary>
    public static string? Find(string program, string package)
    {
        var path = ((string[])[.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/lib/frr"])
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
        if (path is null) Say($"{program} is not here: nothing to compare with or to measure by (apt-get install {package})");
        return path;
    }

    /// <summary>The bare loop in C, compiled; null where there is no compiler.</summary>
    public async Task<string?> LoopAsync()
    {
        if (Find("gcc", "gcc") is not { } gcc) return null;
        var loop = Path.Combine(Scratch, "loop");
        if (!File.Exists(loop)) await Child.RunAsync(gcc, ["-O2", "-Wall", "-o", loop, Path.Combine(Root, "bench", "peers", "loop.c")], Stopping);
        return loop;
    }

    /// <summary>Waits for a condition.</summary>
    /// <exception cref="TimeoutException">It did not come true in time.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds)
    {
        var end = Environment.TickCount64 + (seconds * 1000L);
        while (!await condition())
        {
            if (Environment.TickCount64 > end) throw new TimeoutException($"not within {seconds} s: {what}");
            await Task.Delay(50, Stopping);
        }
    }

    public void Dispose() => Directory.Delete(Scratch, recursive: true);
}
