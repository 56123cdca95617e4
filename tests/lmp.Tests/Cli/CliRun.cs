namespace OpenLmp.Cli.Tests;

/// <summary>One command line, run in this process.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public string[] Lines => Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public static async Task<CliRun> OfAsync(string commandLine, int width = 10_000, bool colors = false, Func<string, string?>? variable = null, string? input = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Error = error, Width = width, Colors = colors, Variable = variable ?? (_ => null), In = new StringReader(input ?? ""), CanAsk = input is not null };
        var exitCode = await LmpCli.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
