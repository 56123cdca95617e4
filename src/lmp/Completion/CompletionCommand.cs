using System.CommandLine;

namespace OpenLmp.Cli.Completion;

/// <summary><c>lmp completion bash|zsh|fish</c>.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Prints the script that completes lmp's verbs, options and the daemon's names in a shell; its first lines say where it goes.") { shell };
        command.SetAction(parsed =>
        {
            context.Terminal.Out.Write(Script(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Script(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"lmp.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
