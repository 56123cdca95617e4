using System.Buffers;
using System.Globalization;

namespace OpenLmp.Hosting;

/// <summary>Texts to durations: <c>150ms</c>, <c>2s</c>, <c>1.5s</c>, <c>5min</c>, <c>1h</c>.</summary>
internal static class Durations
{
    /// <summary>Longer ones are mistakes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly (string Unit, int Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];

    /// <summary>A duration up to a day.</summary>
    public static Converted<TimeSpan> Duration(string text)
    {
        var (milliseconds, problem) = Parse(text);
        if (problem is not null) return new Wrong(problem);
        if (milliseconds > (decimal)Longest.TotalMilliseconds) return new Wrong($"{Findings.Quote(text)} is too long; the most is 24h");
        return TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
    }

    /// <summary>A duration from a millisecond to a day.</summary>
    public static Converted<TimeSpan> PositiveDuration(string text) =>
        Duration(text).If(d => d >= TimeSpan.FromMilliseconds(1), $"{Findings.Quote(text)} is too short; write at least 1ms");

    /// <summary>How often an agent has to be heard of: not so often that a busy machine's agent is taken for dead, not so seldom that nobody notices.</summary>
    public static Converted<TimeSpan> AgentHeartbeat(string text) =>
        Duration(text).If(d => d >= TimeSpan.FromMilliseconds(100) && d <= TimeSpan.FromHours(1), $"{Findings.Quote(text)} is not between 100ms and 1h; 5s is usual");

    /// <summary>How often metrics are sent.</summary>
    public static Converted<TimeSpan> OtlpInterval(string text) =>
        Duration(text).If(d => d >= TimeSpan.FromSeconds(1) && d <= TimeSpan.FromHours(1), $"{Findings.Quote(text)} is not between 1s and 1h; 10s is usual");

    /// <summary>A Hello parameter: whole milliseconds in 16 bits (RFC 4204 §13.6).</summary>
    public static Converted<ushort> Milliseconds(string text) => Milliseconds(text, "§13.6");

    /// <summary>Whole milliseconds in 16 bits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="section">The section of RFC 4204 that says so.</param>
    public static Converted<ushort> Milliseconds(string text, string section)
    {
        var (milliseconds, problem) = Parse(text);
        if (problem is not null) return new Wrong(problem);
        if (milliseconds > ushort.MaxValue) return new Wrong($"{Findings.Quote(text)} is too long; the most is 65535ms (16 bits, RFC 4204 {section})");
        if (milliseconds != decimal.Truncate(milliseconds))
            return new Wrong($"{Findings.Quote(text)} is not a whole number of milliseconds; write one, such as 150ms");
        return (ushort)milliseconds;
    }

    /// <summary>As <see cref="Milliseconds(string)"/>, above zero.</summary>
    public static Converted<ushort> PositiveMilliseconds(string text) =>
        Milliseconds(text).If(m => m > 0, "0 stands for no Hello, which has no range; write at least 1ms, or a plain 0 in place of the range");

    private static Converted<decimal> Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? text : text.AsSpan(0, digits);
        // A billion of any unit is too long for every key, and far from what decimal can hold.
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1_000_000_000)
            return new Wrong($"{Findings.Quote(text)} is not a duration; write a number and ms, s, min or h, such as 150ms or 2s");
        if (digits < 0) return value == 0 ? 0m : new Wrong($"{Findings.Quote(text)} has no unit; write {value}ms or {value}s");
        var unit = text.AsSpan(digits).Trim(' ');
        foreach (var (name, size) in Units)
            if (unit.SequenceEqual(name)) return value * size;
        return new Wrong($"{Findings.Quote(text)} has no known unit; write ms, s, min or h, such as 150ms or 2s");
    }
}
