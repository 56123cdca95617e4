using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// How late deadlines fired: so that a Hello that went out late is blamed on this machine and not on the neighbour. Written by the node's
/// thread, read on any; a reader may see one entry less in one figure than in another.
/// </summary>
public sealed class LatenessHistogram
{
    private static readonly long[] Bounds = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _total;
    private long _sum;
    private long _worst;

    /// <summary>The upper bounds of the buckets, microseconds, inclusive; one more bucket takes what is above the last.</summary>
    public static ReadOnlySpan<long> UpperBoundsMicroseconds => Bounds;

    /// <summary>How many buckets there are, the open-ended last one included.</summary>
    public static int Buckets => Bounds.Length + 1;

    /// <summary>How many entries are in all buckets together.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>The sum of all entries.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Volatile.Read(ref _sum) / TimeSpan.NanosecondsPerTick);

    /// <summary>The largest entry.</summary>
    public TimeSpan Worst => TimeSpan.FromTicks(Volatile.Read(ref _worst) / TimeSpan.NanosecondsPerTick);

    /// <summary>How many entries are in one bucket.</summary>
    /// <param name="bucket">From 0, below <see cref="Buckets"/>.</param>
    public long Count(int bucket) => Volatile.Read(ref _counts[bucket]);

    internal void Record(Instant due, Instant actual)
    {
        var late = Math.Max(0, actual.Nanoseconds - due.Nanoseconds);
        var bucket = 0;
        while (bucket < Bounds.Length && late > Bounds[bucket] * 1_000) bucket++;
        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        Volatile.Write(ref _sum, _sum + late);
        if (late > _worst) Volatile.Write(ref _worst, late);
        Volatile.Write(ref _total, _total + 1);
    }
}
