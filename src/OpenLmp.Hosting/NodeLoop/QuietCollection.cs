namespace OpenLmp.Hosting;

/// <summary>
/// Collects what garbage there is while nothing happens, so that a failure of a thousand control channels finds room for all that it leaves behind: a
/// collection in its midst would stop the node for milliseconds, and there would be much to keep. Where nothing is allocated, nothing is collected.
/// </summary>
internal sealed class QuietCollection : IDisposable
{
    // A quarter of what may be allocated between collections (lmpd.csproj).
    private const long Worth = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly NodeLoopStatistics _statistics;
    private readonly Timer _timer;
    private long _told;
    private long _allocated;
    private long _collected;
    private int _collections;

    /// <param name="statistics">What tells whether the node has anything to say.</param>
    public QuietCollection(NodeLoopStatistics statistics)
    {
        _statistics = statistics;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var (told, collections, allocated) = (_statistics.EventsTold, GC.CollectionCount(0), GC.GetTotalAllocatedBytes());
        // There has been a collection, nobody knows when: perhaps all since the last look is new.
        if (collections != _collections) (_collections, _collected) = (collections, _allocated);
        if (told == _told && allocated - _collected >= Worth)
        {
            var full = GC.CollectionCount(2);
            GC.Collect(0);
            // It may decide to collect everything, in the background, and then leaves where it is what is new.
            if (GC.CollectionCount(2) != full) GC.Collect(0);
            (_collections, _collected) = (GC.CollectionCount(0), allocated);
        }

        (_told, _allocated) = (told, allocated);
    }
}
