using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>What is logged, by category. Changes take effect at once; safe on any thread.</summary>
public sealed class LogLevels
{
    private static readonly FrozenDictionary<string, string> Words =
        LogCategories.All.ToFrozenDictionary(LogCategories.LoggerOf, word => word);

    private volatile LogConfiguration _current = new();

    /// <summary>What is in force.</summary>
    public LogConfiguration Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Changes the level of everything, or of one category; the others stay.</summary>
    /// <param name="level">The least level that is logged.</param>
    /// <param name="category">One of <see cref="LogCategories.All"/>; null: what has no level of its own.</param>
    public void Set(LogLevel level, string? category)
    {
        LogConfiguration current, next;
        do
        {
            current = _current;
            next = category is null ? current with { Level = level } : current.With(category, level);
        }
        while (Interlocked.CompareExchange(ref _current, next, current) != current);
    }

    internal bool IsEnabled(string? logger, LogLevel level) =>
        level != LogLevel.None && level >= _current.Of(logger is not null && Words.TryGetValue(logger, out var word) ? word : LogCategories.Api);
}
