using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class EventHubTests
{
    [Fact]
    public void A_slow_reader_loses_the_oldest_and_knows_how_many()
    {
        var hub = Hub(10);
        using var slow = hub.Subscribe(capacity: 3);
        using var quick = hub.Subscribe();
        for (var i = 1; i <= 5; i++) hub.Publish(Event(i));
        Assert.Equal((2L, "3 4 5"), (slow.Lost, Read(slow)));
        Assert.Equal((0L, "1 2 3 4 5"), (quick.Lost, Read(quick)));
    }

    [Fact]
    public void A_reader_that_comes_back_goes_on_where_it_was()
    {
        var hub = Hub(3);
        for (var i = 1; i <= 5; i++) hub.Publish(Event(i));
        using var reader = hub.Subscribe(after: 3);
        hub.Publish(Event(6));
        Assert.Equal("4 5 6", Read(reader));
        Assert.Equal([4L, 5L, 6L], hub.Recent().Select(e => e.Number));
    }

    [Fact]
    public void Numbers_go_on_from_where_they_are_to_begin()
    {
        var hub = new EventHub<long>(e => e.At.Nanoseconds, 3, before: 100);
        Assert.Equal(100, hub.Last);
        for (var i = 101; i <= 105; i++) hub.Publish(Event(i));
        Assert.Equal(105, hub.Last);
        using var reader = hub.Subscribe(after: 20);
        Assert.Equal("103 104 105", Read(reader));
    }

    [Fact]
    public async Task A_reader_that_stops_is_left_alone()
    {
        var hub = Hub(3);
        var reader = hub.Subscribe();
        reader.Dispose();
        hub.Publish(Event(1));
        Assert.False(await reader.Reader.WaitToReadAsync());
    }

    private static EventHub<long> Hub(int remembered) => new(e => e.At.Nanoseconds, remembered);

    private static TestEvent Event(long number) => new(new Instant(number));

    private static string Read(EventSubscription<long> subscription)
    {
        var numbers = new List<long>();
        while (subscription.Reader.TryRead(out var e))
        {
            Assert.Equal(e.Number, e.Event);
            numbers.Add(e.Number);
        }

        return string.Join(' ', numbers);
    }

    private sealed record TestEvent(Instant At) : NodeEvent(At);
}
