// RFC 4631: TimeTicks are those of the master agent's sysUpTime.
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>The master agent's sysUpTime at instants of the node's clock. Safe on any thread.</summary>
internal sealed class UpTime
{
    private const long NanosecondsPerTick = 10_000_000;
    // What differs by less is the way there and back: following it would make one instant show ever other times.
    private const long Step = 100;

    private Base? _base;

    /// <summary>The master says what its sysUpTime is.</summary>
    public void Learn(Instant now, uint ticks)
    {
        var known = Volatile.Read(ref _base);
        if (known is null || Math.Abs(Ticks(known, now) - ticks) > Step) Volatile.Write(ref _base, new Base(now, ticks));
    }

    /// <summary>sysUpTime at an instant; 0 before the master's start, and while nothing is known of it.</summary>
    public uint At(Instant instant) => Volatile.Read(ref _base) is { } known ? (uint)Math.Clamp(Ticks(known, instant), 0, uint.MaxValue) : 0;

    private static long Ticks(Base known, Instant instant) => known.Ticks + ((instant.Nanoseconds - known.At.Nanoseconds) / NanosecondsPerTick);

    private sealed record Base(Instant At, uint Ticks);
}
