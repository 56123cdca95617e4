using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OpenLmp.Hosting;

/// <summary>
/// One line for each entry of the log, as .NET's own formatters write them: for systemd, which knows the time, or for people. Those are to be had from
/// dependency injection only, which took longer than all else that happens before the first Config.
/// </summary>
/// <param name="systemd">Whether systemd reads it.</param>
/// <param name="color">Whether a terminal shows it.</param>
/// <param name="time">What is told in front of each entry; not for systemd.</param>
internal sealed class LogLine(bool systemd, bool color, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>How the console's logger finds it.</summary>
    public const string FormatterName = "line";

    private const string NoColor = "\e[39m\e[22m\e[49m";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        if (systemd)
        {
            textWriter.Write(Priority(logEntry.LogLevel));
        }
        else
        {
            Span<char> now = stackalloc char[40];
            time.GetLocalNow().TryFormat(now, out var length, "yyyy-MM-dd'T'HH:mm:ss.fffzzz ", CultureInfo.InvariantCulture);
            textWriter.Write(now[..length]);
            var (word, emphasis) = Word(logEntry.LogLevel);
            if (color) textWriter.Write(emphasis);
            textWriter.Write(word);
            if (color) textWriter.Write(NoColor);
            textWriter.Write(": ");
        }

        textWriter.Write(logEntry.Category);
        textWriter.Write('[');
        textWriter.Write(logEntry.EventId.Id);
        textWriter.Write(']');
        WriteInLine(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        WriteInLine(textWriter, logEntry.Exception?.ToString());
        textWriter.WriteLine();
    }

    private static void WriteInLine(TextWriter writer, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        writer.Write(' ');
        writer.Write(text.Replace(Environment.NewLine, " ", StringComparison.Ordinal));
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
