using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>The section <c>log</c>.</summary>
internal static class LogSection
{
    private static readonly (string Name, LogLevel Level)[] Levels =
    [
        ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warning", LogLevel.Warning),
        ("error", LogLevel.Error), ("critical", LogLevel.Critical), ("none", LogLevel.None),
    ];

    /// <summary>Reads it.</summary>
    public static LogConfiguration Read(Section root)
    {
        var defaults = new LogConfiguration();
        if (root.Child("log", "level", "categories") is not { } section) return defaults;
        var log = defaults with { Level = section.Optional("level", Level, defaults.Level).Value };
        if (section.Child("categories", [.. LogCategories.All]) is not { } categories) return log;
        foreach (var category in LogCategories.All)
            if (categories.Optional(category, Level, defaults.Level) is { IsGiven: true, IsValid: true } level) log = log.With(category, level.Value);
        return log;
    }

    /// <summary>A level by its word.</summary>
    public static Converted<LogLevel> Level(string text) => Conversions.Word(text, Levels, "a level of the log", "the levels are");

    /// <summary>The word of a level.</summary>
    public static string WordOf(LogLevel level) => Levels.First(l => l.Level == level).Name;
}
