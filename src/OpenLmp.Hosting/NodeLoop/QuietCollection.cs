namespace OpenLmp.Hosting;

/// <summary>
/// Collects what garbage there is while nothing happens, so that a failure of a thousand control channels finds room for all that it leaves behind: a
/// collection in its midst would stop the node for milliseconds, and there would be much to keep. What time alone leaves behind, some hundred octets a
/// second of the API's server, is no reason to.
/// </summary>
/// <param name="statistics">What tells whether the node has anything to say.</param>
internal sealed class QuietCollection(NodeLoopStatistics statistics) : IDisposable
{
    // A quarter of what may be allocated between collections (lmpd.csproj).
    private const long Worth = 1024 * 1024;

    // Allocated within a second: something happens.
    private const long Happening = 64 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private Timer? _timer;
    private long _told;
    private long _allocated;
    private long _collected;
    private int _collections;
    private bool _happened;

    /// <summary>Looks every second from now on.</summary>
    public void Start() => _timer = new Timer(_ => Look(), null, Interval, Interval);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>Once a second: whether to collect now.</summary>
    /// <param name="allocated">Bytes allocated since the start.</param>
    /// <param name="collections">Collections since the start.</param>
    internal bool IsDue(long allocated, int collections)
    {
        var told = statistics.EventsTold;
        var happens = told != _told || allocated - _allocated > Happening;
        // Where there has been one, nobody knows when: perhaps all since the last look is new.
        if (collections != _collections) (_collections, _collected) = (collections, _allocated);
        (_told, _allocated) = (told, allocated);
        var isOver = _happened && !happens;
        _happened = happens;
        return isOver && allocated - _collected >= Worth;
    }

    private void Look()
    {
        if (!IsDue(GC.GetTotalAllocatedBytes(), GC.CollectionCount(0))) return;
        var full = GC.CollectionCount(2);
        GC.Collect(0);
        // It may decide to collect everything, in the background, and then leaves where it is what is new.
        if (GC.CollectionCount(2) != full) GC.Collect(0);
    }
}
