namespace OpenLmp.Hosting.Tests;

public sealed class QuietCollectionTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;
    private readonly NodeLoopStatistics _statistics = new();
    private readonly QuietCollection _collection;
    private long _allocated;
    private int _collections;

    public QuietCollectionTests() => _collection = new QuietCollection(_statistics);

    public void Dispose() => _collection.Dispose();

    [Fact]
    public void What_happened_is_collected_once_it_is_over()
    {
        Assert.False(Second(2 * Mebibyte));
        Assert.False(Second(2 * Mebibyte));
        Assert.True(Second(0));
        _collections++;
        Assert.False(Second(0));
        // Less than is worth it, until there is more.
        Assert.False(Second(Mebibyte / 2));
        Assert.False(Second(0));
        Assert.False(Second(Mebibyte / 2));
        Assert.True(Second(0));
    }

    [Fact]
    public void While_the_node_has_something_to_tell_nothing_is_collected()
    {
        for (var i = 0; i < 10; i++)
        {
            _statistics.CountTold();
            Assert.False(Second(Mebibyte / 20));
        }

        Assert.False(Second(0));
        _statistics.CountTold();
        Assert.False(Second(Mebibyte));
        Assert.True(Second(0));
    }

    [Fact]
    public void What_was_collected_meanwhile_does_not_count()
    {
        Assert.False(Second(4 * Mebibyte));
        _collections++;
        Assert.False(Second(Mebibyte / 2));
        Assert.False(Second(0));
    }

    [Fact]
    public void A_trickle_is_left_to_the_collector()
    {
        for (var i = 0; i < 100_000; i++) Assert.False(Second(300));
    }

    private bool Second(long allocates) => _collection.IsDue(_allocated += allocates, _collections);
}
