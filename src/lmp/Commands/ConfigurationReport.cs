using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary>Changes of a configuration for people, a line each.</summary>
internal static class ConfigurationReport
{
    // An entry with hundreds of data links is one value.
    private const int LongestValue = 120;

    /// <summary>Writes changes, and what is doubtful.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="answer">The changes.</param>
    /// <param name="file">The file that places are in; null: none.</param>
    public static void Write(Terminal terminal, ConfigurationAnswer answer, string? file)
    {
        Write(terminal, answer.Findings, file);
        foreach (var change in answer.Changes) terminal.Out.WriteLine(Line(change));
        if (answer.Changes.Length == 0) terminal.Out.WriteLine("nothing differs from what is in force");
    }

    /// <summary>Writes what is wrong or doubtful.</summary>
    public static void Write(Terminal terminal, IEnumerable<Api.ConfigurationFinding> findings, string? file)
    {
        foreach (var finding in findings)
        {
            var place = file is null ? finding.Path : $"{file}:{finding.Line}:{finding.Column}";
            terminal.Error.WriteLine($"{place}: {(finding.Severity == "warning" ? "warning: " : "")}{finding.Text}");
        }
    }

    private static string Line(ConfigurationChange change) => change switch
    {
        { From: null } => $"+ {change.Path}: {Cut(change.To!)}  ({change.Text})",
        { To: null } => $"- {change.Path}: {Cut(change.From)}  ({change.Text})",
        _ => $"~ {change.Path}: {Cut(change.From)} -> {Cut(change.To)}  ({change.Text})",
    };

    private static string Cut(string value) => value.Length <= LongestValue ? value : $"{value[..LongestValue]}...";
}
