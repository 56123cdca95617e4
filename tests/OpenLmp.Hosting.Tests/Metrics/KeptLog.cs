using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Tests.Metrics;

/// <summary>Keeps what is logged.</summary>
internal sealed class KeptLog : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, string Text)> _entries = new();

    public List<string> Of(string category) => [.. _entries.Where(entry => entry.Category == category).Select(entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._entries.Enqueue((category, formatter(state, exception)));
    }
}
