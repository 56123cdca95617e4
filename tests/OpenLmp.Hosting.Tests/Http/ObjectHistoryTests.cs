using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Http;

public class ObjectHistoryTests
{
    private const int HubRemembers = 10;

    [Fact]
    public async Task What_happened_to_an_object_is_remembered_longer_than_what_happened_to_all()
    {
        var hub = Hub();
        await using var history = new ObjectHistory(hub);
        hub.Publish(new Happened("quiet"));
        for (var i = 0; i < 1_000; i++) hub.Publish(new Happened($"busy-{i % 7}"));
        await TestDaemon.Eventually(() => history.Of("quiet").Count == 1);
        Assert.DoesNotContain(hub.Recent(), e => e.Event.Object == "quiet");
        Assert.Equal(1, history.Of("quiet")[0].Number);
    }

    [Fact]
    public async Task An_objects_last_events_come_in_order_each_once()
    {
        var hub = Hub();
        await using var history = new ObjectHistory(hub);
        for (var i = 0; i < 1_000; i++) hub.Publish(new Happened(i % 3 == 0 ? "a" : "b"));
        var all = Enumerable.Range(0, 1_000).Where(i => i % 3 == 0).Select(i => i + 1L).ToArray();
        await TestDaemon.Eventually(() => history.Of("a").Count >= ObjectHistory.Remembered - HubRemembers);
        await TestDaemon.Eventually(() => history.Of("a").Select(e => e.Number).SequenceEqual(all[^history.Of("a").Count..]));
        Assert.Empty(history.Of("nobody"));
    }

    [Fact]
    public async Task Of_very_many_objects_the_last_event_of_each_is_remembered_and_not_much_more()
    {
        const int Objects = 20_000;
        var hub = Hub();
        await using var history = new ObjectHistory(hub);
        for (var round = 1; round <= 5; round++)
        {
            // In portions that the history reads in time.
            for (var i = 0; i < Objects; i++)
            {
                hub.Publish(new Happened($"o{i}"));
                if (i % 10_000 == 9_999) await TestDaemon.Eventually(() => history.Of($"o{i - HubRemembers}").Count > 0);
            }

            await TestDaemon.Eventually(() => history.Of($"o{Objects - (2 * HubRemembers)}")[^1].Number == (round * Objects) - (2 * HubRemembers) + 1);
        }

        Assert.All(Enumerable.Range(0, Objects - (2 * HubRemembers)), i => Assert.Equal((4 * Objects) + i + 1, history.Of($"o{i}")[^1].Number));
        Assert.InRange(Enumerable.Range(0, Objects).Sum(i => history.Of($"o{i}").Count), Objects, ObjectHistory.RememberedOfAll + HubRemembers);
    }

    [Fact]
    public async Task The_API_answers_from_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var first = (await daemon.GetAsync("/v1/events?name=te1-2")).GetArrayLength();
        Assert.True(first > 0);
        // More than the node's own memory of all events holds.
        for (var i = 0; i < 10_100; i++) daemon.Events.Publish(new CrossConnectAdded(new Instant(0), new CrossConnect("x", "y")));
        Assert.DoesNotContain(daemon.Events.Recent(), e => e.Event.Object == "te1-2");
        Assert.Equal(first, (await daemon.GetAsync("/v1/events?name=te1-2")).GetArrayLength());
    }

    private static EventHub<EventInfo> Hub() =>
        new(e => new EventInfo(0, DateTime.UnixEpoch, EventTypes.Signal, ((Happened)e).Object, null, "ok", ""), HubRemembers);

    private sealed record Happened(string Object) : NodeEvent(new Instant(0));
}
