using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenLmp.Benchmarks;

/// <summary>A process of ours; disposing ends it.</summary>
internal sealed partial class Child : IAsyncDisposable
{
    private const int SigKill = 9, SigTerm = 15, SigCont = 18, SigStop = 19;
    private readonly Process _process;

    private Child(Process process, string log) => (_process, Log) = (process, log);

    public int Id => _process.Id;

    /// <summary>Where its output went.</summary>
    public string Log { get; }

    /// <summary>Starts a program; its output goes to a file. The process that results is the program itself: whatever leads to it calls exec.</summary>
    public static Child Start(string log, params IEnumerable<string> command)
    {
        // What the one before wrote there is not to be taken for what this one says.
        File.WriteAllBytes(log, []);
        var start = new ProcessStartInfo("/bin/sh");
        foreach (var argument in (string[])["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, .. command]) start.ArgumentList.Add(argument);
        return new Child(Process.Start(start)!, log);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote on its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken stopping)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stopping), process.StandardError.ReadToEndAsync(stopping));
        try
        {
            await process.WaitForExitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return process.ExitCode == 0 ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}: exit {process.ExitCode}: {await error}");
    }

    /// <summary>CPU seconds of all processes that we have started and that have ended.</summary>
    public static double EndedCpuSeconds()
    {
        const int Children = -1, LongsInUsage = 18;
        Span<long> usage = stackalloc long[LongsInUsage];
        _ = GetResourceUsage(Children, usage);
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    /// <summary>Freezes it, or lets it go on.</summary>
    public void Suspend(bool suspended) => Signal(suspended ? SigStop : SigCont);

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task<int> EndAsync(CancellationToken stopping)
    {
        Signal(SigTerm);
        await _process.WaitForExitAsync(stopping);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task WaitAsync(CancellationToken stopping) => _process.WaitForExitAsync(stopping);

    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void MustRun()
    {
        if (_process.HasExited) throw new InvalidOperationException($"it has ended: {string.Join('\n', File.ReadLines(Log).TakeLast(5))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Signal(SigKill);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited) _ = Kill(_process.Id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    // struct rusage begins with user and system time, each in seconds and microseconds.
    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, Span<long> usage);
}
