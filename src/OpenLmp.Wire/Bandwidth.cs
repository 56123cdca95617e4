// RFC 3471 §3.1.2: bandwidths are IEEE 754 single-precision bytes per second.
using System.Globalization;

namespace OpenLmp.Wire;

/// <summary>Bandwidths between the wire (bytes per second) and people (bits per second with a decimal unit).</summary>
public static class Bandwidth
{
    private static readonly (string Unit, double Bits)[] Units = [("Tbps", 1e12), ("Gbps", 1e9), ("Mbps", 1e6), ("kbps", 1e3), ("bps", 1)];

    /// <summary>Bytes per second as text, such as <c>10 Gbps</c>.</summary>
    public static string Format(float bytesPerSecond)
    {
        // From the shortest digits that mean this value: 50 Gbps has no exact one, and is to be told as it was written.
        var bits = 8 * double.Parse(bytesPerSecond.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (!double.IsFinite(bits) || bits < 0) return bits.ToString(CultureInfo.InvariantCulture) + " bps";
        foreach (var (unit, size) in Units)
            if (bits >= size) return (bits / size).ToString("0.#########", CultureInfo.InvariantCulture) + " " + unit;
        return "0 bps";
    }

    /// <summary>Parses <c>10Gbps</c>, <c>9.953 Gbps</c>, <c>155Mbps</c> into bytes per second.</summary>
    public static bool TryParse(string text, out float bytesPerSecond)
    {
        bytesPerSecond = 0;
        foreach (var (unit, size) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            var number = text.AsSpan(0, text.Length - unit.Length).Trim();
            // "10Gbps" also ends with "bps": the number then does not parse, and no shorter unit could match.
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) continue;
            bytesPerSecond = (float)(value * size / 8);
            return float.IsFinite(bytesPerSecond);
        }

        return false;
    }
}
