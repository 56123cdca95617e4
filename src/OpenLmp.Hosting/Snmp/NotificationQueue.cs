using System.Threading.Channels;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting;

/// <summary>Notifications that wait for the master agent: so many and no more, the oldest give way.</summary>
internal sealed class NotificationQueue
{
    private const int Capacity = 1_000;
    // Of all kinds: most are not notified, and none may be missed, or what is up and what is not would be taken for something else.
    private const int Events = 10_000;

    private readonly Channel<LmpNotification> _due;
    private readonly LmpNotifier _notifier;
    private readonly EventSubscription<EventInfo> _events;
    private long _lost;

    /// <summary>Begins to listen to a node; <see cref="FillAsync"/> has to run.</summary>
    public NotificationQueue(INodeAccess node, NotificationGroups enabled)
    {
        _notifier = new LmpNotifier(enabled);
        _events = node.Events.Subscribe(capacity: Events);
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _due = Channel.CreateBounded<LmpNotification>(options, _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>What is due, in order.</summary>
    public ChannelReader<LmpNotification> Due => _due.Reader;

    /// <summary>How many gave way since this was asked last.</summary>
    public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

    /// <summary>Queues what the node's events ask for, until cancelled.</summary>
    public async Task FillAsync(CancellationToken cancellation)
    {
        using var events = _events;
        await foreach (var published in events.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (SnmpHappenings.From(published.Event) is not { } happening) continue;
            foreach (var notification in _notifier.Take(happening)) _due.Writer.TryWrite(notification);
        }
    }
}
