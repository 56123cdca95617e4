using System.Globalization;

namespace OpenLmp.Hosting.Http;

/// <summary>How long a caller is ready to wait.</summary>
internal static class WaitTime
{
    private static readonly (string Unit, int Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("min", 60_000)];

    /// <summary>Parses a whole number above zero with its unit: <c>500ms</c>, <c>30s</c>, <c>2min</c>.</summary>
    public static bool TryParse(string text, out TimeSpan wait)
    {
        wait = default;
        foreach (var (unit, milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            // "500ms" also ends with "s": "500m" is no number then.
            if (!int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) continue;
            wait = TimeSpan.FromMilliseconds((double)count * milliseconds);
            return count > 0;
        }

        return false;
    }
}
