using System.CommandLine;

namespace OpenLmp.Cli.Completion;

/// <summary>
/// <c>lmp suggest -- LINE</c>, what the shells' scripts call: a suggestion a line, a tab, and what it is. Hidden, because nobody types it. The library's
/// directive <c>[suggest]</c> knows no descriptions, and not where the shell has to complete names of files.
/// </summary>
internal static class SuggestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context, RootCommand root)
    {
        var line = new Argument<string>("LINE") { Description = "The command line after the program's name, up to the cursor." };
        var command = new Command("suggest", "Completes a command line, for the scripts of lmp completion.") { line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var item in Suggestions.For(root, parsed.GetRequiredValue(line))) context.Terminal.Out.WriteLine($"{item.Label}\t{item.Detail}");
            return ExitCode.Done;
        });
        return command;
    }
}
