namespace OpenLmp.Protocol;

/// <summary>
/// A point in time on the node's monotonic clock, which only the caller reads: nanoseconds since an origin of the caller's choice. Wall-clock
/// time is the caller's affair too.
/// </summary>
/// <param name="Nanoseconds">Nanoseconds since the origin.</param>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    /// <summary>Later than everything: no deadline.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Seconds since the origin, such as <c>1.5 s</c>.</summary>
    public override string ToString() => this == Never ? "never" : $"{Nanoseconds / 1_000_000_000m:0.#########} s";

    /// <summary>The instant <paramref name="delay"/> later.</summary>
    public static Instant operator +(Instant instant, TimeSpan delay) => new(instant.Nanoseconds + (delay.Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(Instant left, Instant right) => new((left.Nanoseconds - right.Nanoseconds) / TimeSpan.NanosecondsPerTick);

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;
}
