using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace OpenLmp.Cli.Manual;

/// <summary>Commands, arguments and options in the words of a manual.</summary>
internal static class CommandWords
{
    /// <summary>The commands below a verb that do something, with all words that call each.</summary>
    public static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0
            ? [(path, command)]
            : command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Leaves(c, $"{path} {c.Name}"));

    /// <summary>How to call a command: <c>lmp te-link summarize NAME [--wait]</c>.</summary>
    public static string Call(string path, Command command)
    {
        var words = new List<string> { path };
        words.AddRange(command.Arguments.Where(a => !a.Hidden).Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name));
        words.AddRange(Own(command).Select(o => o.Required ? Term(o) : $"[{Term(o)}]{(IsRepeatable(o) ? "..." : "")}"));
        return string.Join(' ', words);
    }

    /// <summary>The options of a command itself.</summary>
    public static IEnumerable<Option> Own(Command command) => command.Options.Where(o => !o.Hidden && !o.Recursive && !IsHelp(o));

    /// <summary>All names of an option, and what its value stands for.</summary>
    public static string Names(Option option) =>
        string.Join(", ", option.Aliases.Where(a => a.StartsWith('-') && a != "-?").OrderBy(a => a.Length).Append(option.Name)) + Value(option);

    /// <summary>What an option does, with what it is by default.</summary>
    public static string Meaning(Option option)
    {
        var text = option.Description ?? "";
        if (option.ValueType == typeof(bool) || !option.HasDefaultValue || text.Contains("default", StringComparison.OrdinalIgnoreCase)) return text;
        return option.GetDefaultValue() is { } value ? $"{text} Default: {Convert.ToString(value, CultureInfo.InvariantCulture)}." : text;
    }

    /// <summary>The first sentence, as the line of a table of contents.</summary>
    public static string Purpose(Command command)
    {
        var text = command.Description ?? "";
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private static string Term(Option option) => option.Name + Value(option);

    private static string Value(Option option)
    {
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool)) return "";
        if (option.HelpName is { } name) return $" {name}";
        var words = option.GetCompletions(CompletionContext.Empty).Select(c => c.Label).ToArray();
        return words.Length > 0 ? $" {string.Join('|', words)}" : " N";
    }

    private static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;

    private static bool IsHelp(Option option) => option is System.CommandLine.Help.HelpOption or VersionOption;
}
