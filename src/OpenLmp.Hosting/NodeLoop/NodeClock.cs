using System.Diagnostics;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The node's monotonic clock, and what the wall clock showed at an instant of it. Safe on any thread.
/// </summary>
public sealed class NodeClock
{
    // A wall clock stepped by more than this is followed; less is slewing, and following it would make one instant show ever other times.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private long _originTicks = OriginTicks();

    /// <summary>The time now: CLOCK_MONOTONIC in nanoseconds on Linux.</summary>
    public static Instant Now => new(Nanoseconds());

    /// <summary>
    /// The wall-clock time of <paramref name="instant"/>, UTC; the same for the same instant unless the wall clock has been set in between.
    /// <see cref="Instant.Never"/> gives <see cref="DateTimeOffset.MaxValue"/>.
    /// </summary>
    public DateTimeOffset ToWallClock(Instant instant)
    {
        if (instant == Instant.Never) return DateTimeOffset.MaxValue;
        var current = OriginTicks();
        if (Math.Abs(current - Volatile.Read(ref _originTicks)) > Step.Ticks) Volatile.Write(ref _originTicks, current);
        return new DateTimeOffset(Volatile.Read(ref _originTicks) + (instant.Nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);
    }

    // What the wall clock would have shown when the monotonic one showed zero.
    private static long OriginTicks() => DateTime.UtcNow.Ticks - (Nanoseconds() / TimeSpan.NanosecondsPerTick);

    private static long Nanoseconds() => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : Stopwatch.GetElapsedTime(0).Ticks * TimeSpan.NanosecondsPerTick;
}
