namespace OpenLmp.Benchmarks;

/// <summary>What stands for many values: the middle one, or another at a percentile. NaN where there are none.</summary>
internal static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(50);

    public static double Percentile(this IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min((int)(sorted.Length * percent / 100), sorted.Length - 1)];
    }
}
