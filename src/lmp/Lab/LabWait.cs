using System.Diagnostics;

namespace OpenLmp.Cli.Lab;

/// <summary>Waits for what happens in real time, on a machine that may be busy with other things.</summary>
internal static class LabWait
{
    // Config goes out again after 0.5 and 1.5 s, LinkSummary likewise, a verification that was refused after a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again; false if the condition does not hold in time.</summary>
    public static async Task<bool> UntilAsync(Func<CancellationToken, Task<bool>> condition, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition(cancellation))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) return false;
            await Task.Delay(LookInterval, cancellation);
        }

        return true;
    }
}
