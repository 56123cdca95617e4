using System.Diagnostics;

namespace OpenLmp.Benchmarks;

/// <summary>What one call takes: nanoseconds, median of several turns, and bytes allocated.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    private const double TurnMilliseconds = 50;
    private const int MostWarmUps = 40, CalmWarmUps = 5;

    /// <summary>Measures a call that takes from nanoseconds to milliseconds.</summary>
    public static Cost Of(Bench bench, Action call)
    {
        // Until the compiler has had its last word: it compiles anew, when it gets to it, what is called often.
        var (calls, best) = (1, 0);
        for (var (turn, since) = (0, 0); turn < MostWarmUps && since < CalmWarmUps; turn++)
        {
            var warm = Stopwatch.StartNew();
            for (calls = 0; warm.ElapsedMilliseconds < TurnMilliseconds; calls++) call();
            Thread.Sleep(100);
            since = calls > best * 1.05 ? 0 : since + 1;
            best = Math.Max(best, calls);
        }

        // The stopwatch above was asked each time: the number of calls is not the speed.
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) call();
        calls = (int)Math.Max(1, calls * TurnMilliseconds / Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        var turns = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 3 * bench.Runs; turn++)
        {
            bench.Stopping.ThrowIfCancellationRequested();
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) call();
            turns.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
        }

        // The list above is not the call's.
        return new Cost(turns.Median(), Math.Floor((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)(calls * 3 * bench.Runs)));
    }
}
