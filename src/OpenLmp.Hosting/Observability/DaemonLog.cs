using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>
/// The daemon's log: to the journal with fields where standard error leads there, otherwise to standard error, a line with the time for each entry. It never
/// blocks: entries are written by a thread of their own, and dropped (it says how many) while a full disk or pipe holds that up.
/// </summary>
public sealed class DaemonLog : IDisposable
{
    private readonly Func<long> _lost;

    private DaemonLog(ILoggerProvider provider, Func<long> lost)
    {
        _lost = lost;
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

    /// <summary>How many entries were dropped because nobody took them in time.</summary>
    public long Lost => _lost();

    /// <summary>Begins the log of this process.</summary>
    public static DaemonLog Create() =>
        Create(JournalStream.IsStandardError(Environment.GetEnvironmentVariable("JOURNAL_STREAM")), JournalWriter.DefaultPath);

    /// <inheritdoc/>
    public void Dispose() => Factory.Dispose();

    /// <param name="systemd">Whether standard error leads to the journal.</param>
    /// <param name="journal">Where journald listens.</param>
    internal static DaemonLog Create(bool systemd, string journal) =>
        systemd && JournalWriter.TryOpen(journal) is { } writer
            ? new DaemonLog(new JournalLoggerProvider(writer), () => writer.Lost)
            : Lines(systemd);

    private static DaemonLog Lines(bool systemd)
    {
        var color = !systemd && !Console.IsErrorRedirected && !Console.IsOutputRedirected;
        var lines = new LineLoggerProvider(new LogLine(systemd, color), Console.OpenStandardError(), TimeProvider.System);
        return new DaemonLog(lines, () => lines.Lost);
    }
}
