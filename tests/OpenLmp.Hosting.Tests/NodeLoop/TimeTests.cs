using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class TimeTests
{
    [Fact]
    public void An_instant_has_one_wall_clock_time()
    {
        var clock = new NodeClock();
        var instant = NodeClock.Now;
        var first = clock.ToWallClock(instant);
        Assert.True((DateTimeOffset.UtcNow - first).Duration() < TimeSpan.FromMinutes(1));
        for (var i = 0; i < 1_000; i++) Assert.Equal(first, clock.ToWallClock(instant));
        Assert.Equal(first + TimeSpan.FromMilliseconds(150), clock.ToWallClock(instant + TimeSpan.FromMilliseconds(150)));
        Assert.Equal(DateTimeOffset.MaxValue, clock.ToWallClock(Instant.Never));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    [InlineData(1_000, 4)]
    [InlineData(2_000_000, 12)]
    public void Lateness_goes_into_its_bucket(long microseconds, int bucket)
    {
        var histogram = new LatenessHistogram();
        histogram.Record(new Instant(7_000_000_000), new Instant(7_000_000_000 + (microseconds * 1_000)));
        for (var i = 0; i < LatenessHistogram.Buckets; i++) Assert.Equal(i == bucket ? 1 : 0, histogram.Count(i));
        Assert.Equal(1, histogram.Total);
        Assert.Equal(Math.Max(0, microseconds), histogram.Worst.TotalMicroseconds);
        Assert.Equal(histogram.Worst, histogram.Sum);
    }
}
