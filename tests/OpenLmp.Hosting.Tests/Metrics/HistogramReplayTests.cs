using System.Diagnostics.Metrics;
using OpenLmp.Hosting.Metrics;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Metrics;

public class HistogramReplayTests
{
    [Fact]
    public void Buckets_and_sum_are_told_again_and_only_what_is_new()
    {
        using var meter = new Meter("test");
        var into = meter.CreateHistogram<double>("lateness");
        var told = new List<double>();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => told.Add(value));
        listener.EnableMeasurementEvents(into);
        var histogram = new LatenessHistogram();
        var replay = new HistogramReplay();
        var random = new Random(4204);
        for (var round = 0; round < 5; round++)
        {
            // Exactly on a bound, and beyond the last one, too.
            long[] microseconds = [.. Enumerable.Range(0, 500).Select(_ => (long)Math.Exp(random.NextDouble() * 15)), 50, 1_000, 1_000_000, 3_000_000];
            foreach (var late in microseconds) histogram.Record(new Instant(0), new Instant(late * 1_000));
            told.Clear();
            replay.Record(histogram, into);
            Assert.Equal(Buckets(microseconds.Select(late => late / 1e6)), Buckets(told));
            // Values on a lower bound count a bit more than nothing.
            Assert.Equal(microseconds.Sum() / 1e6, told.Sum(), tolerance: 1e-6);
        }

        told.Clear();
        replay.Record(histogram, into);
        Assert.Empty(told);
    }

    private static long[] Buckets(IEnumerable<double> seconds)
    {
        var counts = new long[LatenessHistogram.Buckets];
        foreach (var value in seconds) counts[HistogramReplay.Boundaries.Count(bound => value > bound)]++;
        return counts;
    }
}
