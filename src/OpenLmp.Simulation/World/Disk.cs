using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>What a node has written down: durable only after a while. What was not durable at a crash is lost (RFC 4204 §8).</summary>
internal sealed class Disk
{
    private readonly Dictionary<string, RetainedChange> _durable = new(StringComparer.Ordinal);
    private readonly Queue<RetainedChange> _pending = [];

    /// <summary>How many changes were handed over since the node started, and how many of them are durable.</summary>
    public long Written { get; private set; }

    public long Durable { get; private set; }

    /// <summary>How long writing takes, nanoseconds.</summary>
    public long Delay { get; set; } = 8 * Timeline.Millisecond;

    /// <summary>The first Message_Id that was not reserved; null: nothing was ever written.</summary>
    public uint? MessageIdMark { get; private set; }

    public RetainedState? State => MessageIdMark is null ? null : new RetainedState
    {
        TeLinks = [.. _durable.Values.OfType<TeLinkRetained>().Select(c => c.Link)],
        DataLinks = [.. _durable.Values.OfType<DataLinkRetained>().Select(c => c.Link)],
        ControlChannelsDown = [.. _durable.Values.OfType<ControlChannelAdministered>().Where(c => c.Down).Select(c => c.Channel)],
        CrossConnects = [.. _durable.Values.OfType<CrossConnectChanged>().Where(c => c.Connected).Select(c => c.CrossConnect)],
    };

    public void Write(RetainedChange change)
    {
        _pending.Enqueue(change);
        Written++;
    }

    /// <summary>Changes up to this number are durable now.</summary>
    public void Settle(long number)
    {
        for (; Durable < number && _pending.TryDequeue(out var change); Durable++) Apply(change);
    }

    /// <summary>A process starts and reserves its first Message_Ids before it does anything else.</summary>
    public void Begin(uint mark) => Apply(new MessageIdsReserved(mark));

    /// <summary>The process, or the whole machine, has gone.</summary>
    public void Crash()
    {
        _pending.Clear();
        (Written, Durable) = (0, 0);
    }

    /// <summary>The disk has gone, too.</summary>
    public void Wipe()
    {
        Crash();
        _durable.Clear();
        MessageIdMark = null;
    }

    private void Apply(RetainedChange change)
    {
        if (change is MessageIdsReserved reserved) MessageIdMark = reserved.Mark;
        else _durable[change.Key] = change;
    }
}
