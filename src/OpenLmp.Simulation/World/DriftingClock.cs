using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>A node's clock: it started at a time of its own, and runs faster or slower than virtual time.</summary>
/// <param name="offset">What it shows at the start of the run, nanoseconds.</param>
/// <param name="drift">How much faster it runs, parts per million; negative: slower.</param>
internal readonly struct DriftingClock(long offset, long drift)
{
    private const long Million = 1_000_000;

    /// <summary>What the clock shows at a virtual time.</summary>
    public Instant At(long time) => new(offset + time + (time / Million * drift) + (time % Million * drift / Million));

    /// <summary>The first virtual time at which the clock shows an instant, or later.</summary>
    public long When(Instant instant)
    {
        var shown = instant.Nanoseconds - offset;
        var time = Math.Max(0, shown - (shown / (Million + drift) * drift) - 2);
        // Off by the rounding of the two divisions: a few nanoseconds, and up to a drift's worth in one step of a million.
        while (At(time) < instant) time += Math.Max(1, (instant.Nanoseconds - At(time).Nanoseconds) / 2);
        return time;
    }
}
