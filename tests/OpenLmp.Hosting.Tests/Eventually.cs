using System.Diagnostics;

namespace OpenLmp.Hosting.Tests;

/// <summary>Waits for what other threads and processes do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, Func<string> what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"waited {Patience} for {what()}");
            await Task.Delay(10);
        }
    }
}
