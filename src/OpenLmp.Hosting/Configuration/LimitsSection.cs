using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>limits</c>.</summary>
internal static class LimitsSection
{
    // Less would not do for a single TE link that comes up; more is no limit to a single thread.
    private const int Least = 10;
    private const int Most = 1_000_000;

    public static LimitsConfiguration? Read(Section root)
    {
        if (root.Child("limits", "per-source", "total") is not { } section) return null;
        var defaults = LimitsConfiguration.Default;
        return new LimitsConfiguration(
            section.Optional("per-source", MessagesPerSecond, defaults.PerSource).Value, section.Optional("total", MessagesPerSecond, defaults.Total).Value);
    }

    private static Converted<int> MessagesPerSecond(string text) =>
        Conversions.TryNumber(text, out var value) && value is >= Least and <= Most ? (int)value
            : new Wrong($"{Findings.Quote(text)} is not a number of messages in a second; write one from {Least} to {Most}");
}
