using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace OpenLmp.Hosting;

/// <summary>
/// The daemon's log: to the journal with fields where standard error leads there, otherwise to standard error, a line with the time for each entry. It never
/// blocks: entries are written by a thread of their own, and dropped (it says how many) while a full disk or pipe holds that up.
/// </summary>
public sealed class DaemonLog : IDisposable
{
    private readonly JournalWriter? _journal;

    private DaemonLog(JournalWriter? journal, ILoggerProvider provider)
    {
        _journal = journal;
        var factory = new LoggerFactory(
            [],
            new LoggerFilterOptions
            {
                MinLevel = LogLevel.Trace,
                // Asked for each entry: the levels change while the daemon runs.
                Rules = { new LoggerFilterRule(null, null, null, (_, category, level) => Levels.IsEnabled(category, level)) },
            });
        // What is added is disposed with the factory: the last entries are written.
        factory.AddProvider(provider);
        Factory = factory;
    }

    /// <summary>Makes the loggers.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>What is logged.</summary>
    public LogLevels Levels { get; } = new();

    /// <summary>How many entries were dropped because the journal did not take them; the console says it by itself.</summary>
    public long Lost => _journal?.Lost ?? 0;

    /// <summary>Begins the log of this process.</summary>
    public static DaemonLog Create() =>
        Create(JournalStream.IsStandardError(Environment.GetEnvironmentVariable("JOURNAL_STREAM")), JournalWriter.DefaultPath);

    /// <inheritdoc/>
    public void Dispose() => Factory.Dispose();

    /// <param name="systemd">Whether standard error leads to the journal.</param>
    /// <param name="journal">Where journald listens.</param>
    internal static DaemonLog Create(bool systemd, string journal) =>
        systemd && JournalWriter.TryOpen(journal) is { } writer
            ? new DaemonLog(writer, new JournalLoggerProvider(writer))
            : new DaemonLog(null, Console(systemd));

    private static ConsoleLoggerProvider Console(bool systemd)
    {
        var options = new ConsoleLoggerOptions
        {
            FormatterName = LogLine.FormatterName,
            LogToStandardErrorThreshold = LogLevel.Trace,
            QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
        };
        var color = !systemd && !System.Console.IsErrorRedirected && !System.Console.IsOutputRedirected;
        return new ConsoleLoggerProvider(new Fixed(options), [new LogLine(systemd, color, TimeProvider.System)]);
    }

    private sealed class Fixed(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
