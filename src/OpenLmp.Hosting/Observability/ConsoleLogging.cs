using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace OpenLmp.Hosting;

/// <summary>The daemon's log on standard error.</summary>
public static class ConsoleLogging
{
    /// <summary>
    /// Makes the log: in systemd's format where systemd reads it, otherwise a line with the time for each entry. It never blocks: entries are
    /// written by a thread of their own, and dropped (it says how many) while a full disk or pipe holds that up.
    /// </summary>
    public static ILoggerFactory Create()
    {
        var options = new ConsoleLoggerOptions
        {
            FormatterName = LogLine.FormatterName,
            LogToStandardErrorThreshold = LogLevel.Trace,
            QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
        };
        var systemd = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };
        var color = !systemd && !Console.IsErrorRedirected && !Console.IsOutputRedirected;
        var log = new LoggerFactory(
            [],
            new LoggerFilterOptions
            {
                MinLevel = LogLevel.Information,
                // A connection that ended in the middle is the client's affair.
                Rules = { new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null) },
            });
        // What is added is disposed with the factory: the last entries are written.
        log.AddProvider(new ConsoleLoggerProvider(new Fixed(options), [new LogLine(systemd, color, TimeProvider.System)]));
        return log;
    }

    private sealed class Fixed(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
