namespace OpenLmp.Protocol.Tests;

/// <summary>What a node retains, as a state file would have it.</summary>
public sealed class VirtualStateFile
{
    private readonly Dictionary<string, RetainedChange> _last = [];

    public VirtualStateFile(NodeOptions options)
    {
        var before = options.Retained ?? new RetainedState();
        foreach (var link in before.TeLinks) Set(new TeLinkRetained(link));
        foreach (var link in before.DataLinks) Set(new DataLinkRetained(link));
        foreach (var channel in before.ControlChannelsDown) Set(new ControlChannelAdministered(channel, Down: true));
        foreach (var connect in before.CrossConnects) Set(new CrossConnectChanged(connect, Connected: true));
        foreach (var trace in before.Traces) Set(new TraceOrdered(trace));
        Mark = options.MessageIdMark ?? options.FirstMessageId;
    }

    /// <summary>Every change told, in order.</summary>
    public List<RetainedChange> Changes { get; } = [];

    /// <summary>Told of each change at once.</summary>
    public Action<RetainedChange>? Written { get; set; }

    public uint Mark { get; private set; }

    public RetainedState State => new()
    {
        TeLinks = [.. _last.Values.OfType<TeLinkRetained>().Select(c => c.Link)],
        DataLinks = [.. _last.Values.OfType<DataLinkRetained>().Select(c => c.Link)],
        ControlChannelsDown = [.. _last.Values.OfType<ControlChannelAdministered>().Where(c => c.Down).Select(c => c.Channel)],
        Traces = [.. _last.Values.OfType<TraceOrdered>().Select(c => c.Trace).Where(t => !t.IsEmpty)],
        CrossConnects = [.. _last.Values.OfType<CrossConnectChanged>().Where(c => c.Connected).Select(c => c.CrossConnect)],
    };

    public void Write(RetainedChange change)
    {
        Changes.Add(change);
        Written?.Invoke(change);
        Set(change);
    }

    private void Set(RetainedChange change)
    {
        _last[change.Key] = change;
        if (change is MessageIdsReserved reserved) Mark = reserved.Mark;
    }
}
