using System.Diagnostics.Metrics;

namespace OpenLmp.Hosting.Metrics;

/// <summary>
/// A histogram that is counted already, told again to an instrument that wants each value: so many in each bucket, and chosen within their buckets so that
/// the sum is right, too.
/// </summary>
internal sealed class HistogramReplay
{
    private readonly long[] _told = new long[LatenessHistogram.Buckets];
    private double _toldSum;

    /// <summary>The buckets' upper bounds, seconds.</summary>
    public static double[] Boundaries => [.. LatenessHistogram.UpperBoundsMicroseconds.ToArray().Select(bound => bound / 1e6)];

    /// <summary>Records what has been counted since the last time.</summary>
    public void Record(LatenessHistogram histogram, Histogram<double> into)
    {
        var upper = (double[])[.. Boundaries, Math.Max(Boundaries[^1], histogram.Worst.TotalSeconds)];
        var counts = new long[upper.Length];
        var (least, most) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            var count = histogram.Count(i);
            counts[i] = count - _told[i];
            _told[i] = count;
            least += counts[i] * Lower(i);
            most += counts[i] * upper[i];
        }

        var sum = histogram.Sum.TotalSeconds;
        // As far from the lower bounds to the upper ones as the sum is from the least to the most it can be.
        var share = most > least ? Math.Clamp((sum - _toldSum - least) / (most - least), 0, 1) : 0;
        _toldSum = sum;
        for (var i = 0; i < counts.Length; i++)
        {
            // A lower bound belongs to the bucket below.
            var value = Math.Max(Lower(i) + (share * (upper[i] - Lower(i))), i == 0 ? 0 : Math.BitIncrement(Lower(i)));
            for (var n = counts[i]; n > 0; n--) into.Record(value);
        }

        double Lower(int bucket) => bucket == 0 ? 0 : upper[bucket - 1];
    }
}
