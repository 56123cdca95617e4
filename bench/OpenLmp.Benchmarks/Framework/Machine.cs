using System.Globalization;

namespace OpenLmp.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>A line for below a table. The load says what the figures are worth: other programs run on the same cores.</summary>
    public static string Describe()
    {
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown CPU";
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return string.Create(CultureInfo.InvariantCulture, $"_{DateTime.UtcNow:yyyy-MM-dd}, Linux {kernel}, {Environment.ProcessorCount} x {model}, .NET {Environment.Version}; load before: {load}_");
    }
}
