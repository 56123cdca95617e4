using System.Threading.Channels;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Takes what a node tells.</summary>
public interface IEventSink
{
    /// <summary>Called on the node's thread, in order. Must neither block nor throw.</summary>
    void Publish(NodeEvent e);
}

/// <summary>An event with its place in the node's history.</summary>
/// <typeparam name="T">The picture of the event.</typeparam>
/// <param name="Number">One more than that of the event before.</param>
/// <param name="Event">The event.</param>
public readonly record struct PublishedEvent<T>(long Number, T Event);

/// <summary>
/// Hands a node's events to any number of readers on other threads. A slow reader loses its oldest events, and is told how many; it never
/// holds the node up.
/// </summary>
/// <typeparam name="T">An immutable picture of an event: what events refer to is alive and belongs to the node's thread.</typeparam>
/// <param name="picture">Makes the picture, on the node's thread.</param>
/// <param name="remembered">How many events to remember for those who ask later.</param>
/// <param name="before">The number before that of the first event.</param>
public sealed class EventHub<T>(Func<NodeEvent, T> picture, int remembered = 1_000, long before = 0) : IEventSink
{
    private readonly Lock _lock = new();
    private readonly Queue<PublishedEvent<T>> _recent = new();
    private readonly List<EventSubscription<T>> _subscriptions = [];
    private long _number = before;

    /// <summary>The number of the last event, whether it is remembered or not; before the first, that before it.</summary>
    public long Last
    {
        get
        {
            lock (_lock) return _number;
        }
    }

    /// <summary>The events remembered, oldest first.</summary>
    public IReadOnlyList<PublishedEvent<T>> Recent()
    {
        lock (_lock) return [.. _recent];
    }

    /// <summary>Starts reading.</summary>
    /// <param name="after">
    /// First read what is remembered with a higher number than this: a reader that lost its connection goes on where it was. Null: only what is new.
    /// </param>
    /// <param name="capacity">How many unread events to keep.</param>
    public EventSubscription<T> Subscribe(long? after = null, int capacity = 1_000)
    {
        var subscription = new EventSubscription<T>(this, capacity);
        lock (_lock)
        {
            if (after is not null)
                foreach (var e in _recent)
                    if (e.Number > after) subscription.Write(e);
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <inheritdoc/>
    public void Publish(NodeEvent e)
    {
        var made = picture(e);
        // The lock is held for as long as copying the memory takes, at most: the node's thread does not wait for anything that waits.
        lock (_lock)
        {
            var published = new PublishedEvent<T>(++_number, made);
            if (_recent.Count >= remembered) _recent.TryDequeue(out _);
            if (remembered > 0) _recent.Enqueue(published);
            foreach (var subscription in _subscriptions) subscription.Write(published);
        }
    }

    internal void Remove(EventSubscription<T> subscription)
    {
        lock (_lock) _subscriptions.Remove(subscription);
    }
}

/// <summary>One reader's events. Dispose to stop.</summary>
/// <typeparam name="T">The picture of an event.</typeparam>
public sealed class EventSubscription<T> : IDisposable
{
    private readonly EventHub<T> _hub;
    private readonly Channel<PublishedEvent<T>> _channel;
    private long _lost;

    internal EventSubscription(EventHub<T> hub, int capacity)
    {
        _hub = hub;
        var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _channel = Channel.CreateBounded<PublishedEvent<T>>(options, _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>The events, in order. Completed by <see cref="Dispose"/>.</summary>
    public ChannelReader<PublishedEvent<T>> Reader => _channel.Reader;

    /// <summary>How many events were dropped because the reader was slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public void Dispose()
    {
        _hub.Remove(this);
        _channel.Writer.TryComplete();
    }

    internal void Write(in PublishedEvent<T> e) => _channel.Writer.TryWrite(e);
}
