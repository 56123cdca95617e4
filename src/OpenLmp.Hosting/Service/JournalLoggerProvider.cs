// https://systemd.io/JOURNAL_NATIVE_PROTOCOL, systemd.journal-fields(7)
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>The log as entries of the journal with fields, by which <c>journalctl LMP_NEIGHBOR=oxc2</c> selects.</summary>
internal sealed class JournalLoggerProvider(JournalWriter writer) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>What the entries are from.</summary>
    public const string Identifier = "lmpd";

    private const string FacilityDaemon = "3";

    private readonly NodeClock _clock = new();
    private IExternalScopeProvider? _scopes;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JournalLogger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    // RFC 5424 §6.2.1
    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private void Write<TState>(string category, LogLevel level, EventId id, TState state, string text, Exception? exception)
    {
        var entry = new JournalEntry();
        EventScope? of = null;
        _scopes?.ForEachScope((scope, _) => of = scope as EventScope ?? of, 0);
        var priority = of is null ? Priority(level) : JournalFields.PriorityOf(of.Event) ?? Priority(level);
        entry.Add("MESSAGE", exception is null ? text : $"{text}\n{exception}")
            .Add("PRIORITY", priority.ToString(CultureInfo.InvariantCulture))
            .Add("SYSLOG_IDENTIFIER", Identifier)
            .Add("SYSLOG_FACILITY", FacilityDaemon)
            .Add("LMP_LOG_CATEGORY", LogCategories.WordOf(category))
            .Add("LMP_LOG_ID", id.Id.ToString(CultureInfo.InvariantCulture));
        if (of is not null) JournalFields.AddOf(of, _clock, entry);
        else if (state is IReadOnlyList<KeyValuePair<string, object?>> values) JournalFields.AddNamed(values, entry);
        writer.Write(entry.ToArray());
    }

    private sealed class JournalLogger(JournalLoggerProvider journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => journal._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) journal.Write(category, logLevel, eventId, state, formatter(state, exception), exception);
        }
    }
}
