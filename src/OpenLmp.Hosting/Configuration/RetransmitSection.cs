// RFC 4204 §10
using System.Globalization;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>retransmit</c>.</summary>
internal static class RetransmitSection
{
    private const int MostTransmissions = 1000;
    private const double GreatestDelta = 100;

    public static RetransmitConfiguration Read(Section channel, Findings findings)
    {
        var defaults = RetransmitConfiguration.Default;
        if (channel.Child("retransmit", "interval", "delta", "limit", "pause") is not { } section) return defaults;
        var interval = section.Optional("interval", Durations.PositiveDuration, defaults.Interval);
        var delta = section.Optional("delta", Delta, defaults.Delta);
        var limit = section.Optional("limit", Limit, defaults.Limit);
        var pause = section.Optional("pause", Durations.Duration, defaults.Pause);
        var valid = interval.IsValid && delta.IsValid && limit.IsValid;
        if (valid && WaitsTooLong(interval.Value, delta.Value, limit.Value))
            findings.Error(section.At, "retransmit: with these values a message is given up only after more than 24h; lower limit, delta or interval");
        return new RetransmitConfiguration(interval.Value, delta.Value, limit.Value, pause.Value);
    }

    /// <summary>Also keeps the intervals within what a <see cref="TimeSpan"/> holds: they grow exponentially.</summary>
    private static bool WaitsTooLong(TimeSpan interval, double delta, int limit)
    {
        var (next, total) = (interval.TotalSeconds, 0.0);
        for (var i = 0; i < limit && total <= Durations.Longest.TotalSeconds; i++)
        {
            total += next;
            next *= 1 + delta;
        }

        return total > Durations.Longest.TotalSeconds;
    }

    private static Converted<double> Delta(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= GreatestDelta ? value
            : new Wrong($"{Findings.Quote(text)} is not a number from 0 to {GreatestDelta}; with 1 each interval is twice the one before");

    private static Converted<int> Limit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= MostTransmissions ? value
            : new Wrong($"{Findings.Quote(text)} is not a number from 1 to {MostTransmissions}; it counts the transmissions, the first included");
}
