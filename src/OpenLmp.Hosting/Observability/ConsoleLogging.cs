using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OpenLmp.Hosting;

/// <summary>The daemon's log on standard error.</summary>
public static class ConsoleLogging
{
    /// <summary>
    /// Makes the log: in systemd's format where systemd reads it, otherwise a line with the time for each entry. It never blocks: entries are
    /// written by a thread of their own, and dropped (it says how many) while a full disk or pipe holds that up.
    /// </summary>
    public static ILoggerFactory Create() => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LogLevel.Information);
        // A connection that ended in the middle is the client's affair.
        builder.AddFilter("Microsoft", LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 })
        {
            builder.AddSystemdConsole();
        }
        else
        {
            builder.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz ";
            });
        }

        builder.AddConsole(options =>
        {
            options.LogToStandardErrorThreshold = LogLevel.Trace;
            options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    });
}
