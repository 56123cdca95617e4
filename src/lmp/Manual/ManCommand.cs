using System.CommandLine;
using System.Globalization;

namespace OpenLmp.Cli.Manual;

/// <summary><c>lmp man [PAGE] [--output DIR]</c>.</summary>
internal static class ManCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context, RootCommand root)
    {
        var page = NameArgument.Optional("PAGE", "The page: a verb, lmp or lmpd; lmp where there is none.");
        page.CompletionSources.Add(_ => [.. root.Subcommands.Where(c => !c.Hidden).Select(c => new System.CommandLine.Completions.CompletionItem(c.Name))]);
        var output = new Option<string?>("--output", "-o") { Description = "Writes all pages into this directory: lmp.1, lmp-show.1 and so on, and lmpd.8.", HelpName = "DIR" };
        var command = new Command("man", "The manual pages, for man -l or to be installed.") { page, output };
        command.Validators.Add(result =>
        {
            if (result.GetValue(page) is not null && result.GetResult(output) is not null) result.AddError("PAGE and --output exclude each other: --output writes all pages.");
        });
        command.SetAction(parsed =>
        {
            var pages = new ManualPages(root, DateOf(context.Terminal)).All().ToArray();
            return parsed.GetValue(output) is { } directory ? Write(pages, directory) : Print(pages, parsed.GetValue(page) ?? "lmp", context.Terminal);
        });
        return command;
    }

    private static int Print(RoffPage[] pages, string name, Terminal terminal)
    {
        var page = pages.FirstOrDefault(p => p.Name == name || p.Name == $"lmp-{name}")
            ?? throw new CliException(ExitCode.BadUsage, $"There is no page {name}. There are: {string.Join(", ", pages.Select(p => p.Name))}.");
        terminal.Out.Write(page);
        return ExitCode.Done;
    }

    private static int Write(RoffPage[] pages, string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var page in pages) File.WriteAllText(Path.Combine(directory, page.FileName), page.ToString());
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.No, $"The pages cannot be written: {e.Message}");
        }
    }

    // Packages that are built again are to be the same: https://reproducible-builds.org/specs/source-date-epoch/
    private static DateOnly DateOf(Terminal terminal) =>
        long.TryParse(terminal.Variable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime)
            : DateOnly.FromDateTime(terminal.Time.GetUtcNow().UtcDateTime);
}
