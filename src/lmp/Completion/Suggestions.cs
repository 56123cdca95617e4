using System.CommandLine;
using System.CommandLine.Completions;

namespace OpenLmp.Cli.Completion;

/// <summary>What may stand at the end of a command line that is being typed.</summary>
internal static class Suggestions
{
    /// <summary>Stands for the names of files, which the shell knows better.</summary>
    public const string Files = ":files";

    // How the help calls arguments that are files.
    private static readonly string[] FileLabels = ["FILE", "PLAN", "PATH", "DIR"];

    /// <summary>What may stand there.</summary>
    /// <param name="root">The command line's grammar.</param>
    /// <param name="line">The line after the program's name, up to the cursor. The last word is to be completed, and is empty after a blank.</param>
    public static IReadOnlyList<CompletionItem> For(RootCommand root, string line)
    {
        var begin = line.LastIndexOf(' ') + 1;
        var word = line[begin..];
        // Names separated by commas: the last one is to be completed.
        var done = word.StartsWith('-') ? 0 : word.LastIndexOf(',') + 1;
        var candidates = Candidates(root.Parse(line[..begin]), word);
        return
        [
            .. candidates.Where(c => c.Label == Files || c.Label.StartsWith(word[done..], StringComparison.Ordinal))
                .Select(c => done == 0 ? c : new CompletionItem(word[..done] + c.Label, detail: c.Detail))
                .DistinctBy(c => c.Label),
        ];
    }

    private static IEnumerable<CompletionItem> Candidates(ParseResult before, string word)
    {
        var completion = before.GetCompletionContext();
        var command = before.CommandResult.Command;
        var options = OptionsOf(before).ToArray();
        if (before.Tokens is [.., var last] && options.FirstOrDefault(o => Names(o).Contains(last.Value)) is { Arity.MinimumNumberOfValues: > 0 } open)
            return Values(open.HelpName, open.GetCompletions(completion));
        var flags = options.Where(o => !o.Hidden).SelectMany(o => Names(o).Select(name => new CompletionItem(name, detail: o.Description)));
        if (word.StartsWith('-')) return flags;
        var verbs = command.Subcommands.Where(c => !c.Hidden).Select(c => new CompletionItem(c.Name, detail: c.Description)).ToArray();
        if (verbs.Length > 0) return verbs;
        var next = command.Arguments.FirstOrDefault(a => (before.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MaximumNumberOfValues);
        return next is not null ? Values(next.Name, next.GetCompletions(completion)) : flags;
    }

    private static IEnumerable<CompletionItem> Values(string? label, IEnumerable<CompletionItem> known) =>
        FileLabels.Contains(label) ? [new CompletionItem(Files)] : known;

    private static IEnumerable<Option> OptionsOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return command.Options.Concat(Ancestors(parsed).SelectMany(c => c.Options.Where(o => o.Recursive)));
    }

    private static IEnumerable<Command> Ancestors(ParseResult parsed)
    {
        for (var result = parsed.CommandResult.Parent; result is not null; result = result.Parent)
            if (result is System.CommandLine.Parsing.CommandResult ancestor) yield return ancestor.Command;
    }

    // Of /h, /? and -?, which the library knows too, nobody is to be told.
    private static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name).Where(name => name.StartsWith('-') && name != "-?");
}
