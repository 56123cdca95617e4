using System.Diagnostics;

namespace OpenLmp.Cli.Tests;

/// <summary>Programs of the machine, and our own as users start it.</summary>
internal static class Programs
{
    /// <summary>The directory with <c>lmp</c>, as it was built for these tests.</summary>
    public static string OwnDirectory => AppContext.BaseDirectory;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; null: nothing.</param>
    /// <param name="environment">Beside ours; with <c>lmp</c> in the PATH.</param>
    /// <param name="typed">When to go on typing: called with each output so far; returns what is to be typed next, or null.</param>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(
        string name, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null, Func<string, string?>? typed = null)
    {
        var start = new ProcessStartInfo(name) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = $"{OwnDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            if (typed is null) process.StandardInput.Close();
            var output = await ReadAsync(process, typed, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs a command line on a terminal of its own.</summary>
    public static Task<(int ExitCode, string Out, string Error)> OnTerminalAsync(
        string commandLine, string? input = null, IReadOnlyDictionary<string, string>? environment = null, Func<string, string?>? typed = null) =>
        RunAsync("script", ["-qefc", commandLine, "/dev/null"], input, new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["TERM"] = "xterm" }, typed);

    private static async Task<string> ReadAsync(Process process, Func<string, string?>? typed, CancellationToken cancellation)
    {
        var (output, buffer) = ("", new char[4096]);
        while (await process.StandardOutput.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            output += new string(buffer, 0, read);
            if (typed?.Invoke(output) is not { } next) continue;
            await process.StandardInput.WriteAsync(next.AsMemory(), cancellation);
            await process.StandardInput.FlushAsync(cancellation);
        }

        return output;
    }
}
