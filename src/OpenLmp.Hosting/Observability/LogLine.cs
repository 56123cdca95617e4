using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>An entry of the log.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How bad.</param>
/// <param name="Category">The logger's name.</param>
/// <param name="Id">What kind of entry.</param>
/// <param name="Text">In words.</param>
/// <param name="Exception">What went wrong; null where that is not known.</param>
internal readonly record struct LogEntry(DateTimeOffset Time, LogLevel Level, string Category, int Id, string Text, Exception? Exception);

/// <summary>
/// One line for each entry of the log, as .NET's own formatters write them: for systemd, which knows the time, or for people.
/// </summary>
/// <param name="systemd">Whether systemd reads it.</param>
/// <param name="color">Whether a terminal shows it.</param>
internal sealed class LogLine(bool systemd, bool color)
{
    private const string NoColor = "\e[39m\e[22m\e[49m";

    /// <summary>Appends an entry's line.</summary>
    public void Write(StringBuilder lines, in LogEntry entry)
    {
        if (systemd)
        {
            lines.Append(Priority(entry.Level));
        }
        else
        {
            lines.Append(CultureInfo.InvariantCulture, $"{entry.Time:yyyy-MM-dd'T'HH:mm:ss.fffzzz} ");
            var (word, emphasis) = Word(entry.Level);
            if (color) lines.Append(emphasis);
            lines.Append(word);
            if (color) lines.Append(NoColor);
            lines.Append(": ");
        }

        lines.Append(entry.Category).Append('[').Append(entry.Id).Append(']');
        WriteInLine(lines, entry.Text);
        WriteInLine(lines, entry.Exception?.ToString());
        lines.Append('\n');
    }

    private static void WriteInLine(StringBuilder lines, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        var start = lines.Append(' ').Length;
        lines.Append(text);
        // Nearly none has any: looked for where it is fast.
        if (text.Contains('\n', StringComparison.Ordinal)) lines.Replace('\n', ' ', start, text.Length);
    }

    // sd-daemon(3): syslog's severities.
    private static string Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => "<2>",
        LogLevel.Error => "<3>",
        LogLevel.Warning => "<4>",
        LogLevel.Information => "<6>",
        _ => "<7>",
    };

    private static (string Word, string Emphasis) Word(LogLevel level) => level switch
    {
        LogLevel.Critical => ("crit", "\e[41m\e[1m\e[37m"),
        LogLevel.Error => ("fail", "\e[41m\e[30m"),
        LogLevel.Warning => ("warn", "\e[1m\e[33m"),
        LogLevel.Information => ("info", "\e[32m"),
        LogLevel.Debug => ("dbug", ""),
        _ => ("trce", ""),
    };
}
