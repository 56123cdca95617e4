using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// The last events of each object: a link that was quiet for long still shows how it fared, however much has happened to others. Reads on a thread of
/// its own.
/// </summary>
internal sealed class ObjectHistory : IAsyncDisposable
{
    /// <summary>How many events of each object are remembered; fewer where there are very many objects.</summary>
    public const int Remembered = 50;

    /// <summary>How many events of all objects are remembered, the last of each object in any case.</summary>
    public const int RememberedOfAll = 50_000;

    // What is not read in time is lost to the history: enough for a cut cable of thousands of data links.
    private const int Unread = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<PublishedEvent<EventInfo>>> _objects = new(StringComparer.Ordinal);
    private readonly EventHub<EventInfo> _events;
    private readonly EventSubscription<EventInfo> _subscription;
    private readonly Task _reading;
    private int _count;

    /// <summary>Begins to remember.</summary>
    public ObjectHistory(EventHub<EventInfo> events)
    {
        _events = events;
        _subscription = events.Subscribe(after: 0, Unread);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>What happened to an object, oldest first.</summary>
    public IReadOnlyList<PublishedEvent<EventInfo>> Of(string name)
    {
        // The node's own memory has what is not read yet; this one what is forgotten there.
        var recent = _events.Recent();
        var first = recent.Count > 0 ? recent[0].Number : long.MaxValue;
        lock (_lock)
            return [.. (_objects.GetValueOrDefault(name) ?? []).Where(e => e.Number < first), .. recent.Where(e => e.Event.Object == name)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        await foreach (var e in _subscription.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            lock (_lock)
            {
                if (!_objects.TryGetValue(e.Event.Object, out var history)) _objects.Add(e.Event.Object, history = new Queue<PublishedEvent<EventInfo>>());
                history.Enqueue(e);
                _count++;
                Trim(history, Remembered);
                if (_count > Math.Max(RememberedOfAll, _objects.Count)) TrimAll();
            }
        }
    }

    // Below the limit by a quarter, so that it is done rarely.
    private void TrimAll()
    {
        var each = Math.Max(1, RememberedOfAll * 3 / 4 / _objects.Count);
        foreach (var history in _objects.Values) Trim(history, each);
    }

    private void Trim(Queue<PublishedEvent<EventInfo>> history, int remaining)
    {
        for (; history.Count > remaining; _count--) history.Dequeue();
    }
}
