// RFC 4204 §8
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// What the node retains, as it was told last: each change is told once, before any message that follows from it. At a start it is what was
/// retained before.
/// </summary>
internal sealed class Retention
{
    private readonly INodeOutput _output;
    private readonly Dictionary<string, RetainedTeLink> _teLinks;
    private readonly Dictionary<string, RetainedDataLink> _dataLinks;
    private readonly HashSet<RetainedControlChannel> _channelsDown;
    private readonly HashSet<CrossConnect> _crossConnects;
    private readonly Dictionary<(string DataLink, TraceType Type), RetainedTrace> _traces;

    public Retention(RetainedState? before, INodeOutput output)
    {
        _output = output;
        var state = before ?? new RetainedState();
        _teLinks = state.TeLinks.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _dataLinks = state.DataLinks.ToDictionary(d => d.Name, StringComparer.Ordinal);
        _channelsDown = [.. state.ControlChannelsDown];
        _crossConnects = [.. state.CrossConnects];
        _traces = state.Traces.ToDictionary(t => (t.DataLink, t.Type));
    }

    /// <summary>All of it.</summary>
    public RetainedState Everything => new()
    {
        TeLinks = [.. _teLinks.Values],
        DataLinks = [.. _dataLinks.Values],
        ControlChannelsDown = [.. _channelsDown],
        Traces = [.. _traces.Values],
        CrossConnects = [.. _crossConnects],
    };

    /// <summary>The cross-connects retained.</summary>
    public IReadOnlyCollection<CrossConnect> CrossConnects => _crossConnects;

    /// <summary>What is retained of that TE link; null: nothing.</summary>
    public RetainedTeLink? Find(TeLinkConfiguration link, NodeId neighbor) =>
        _teLinks.TryGetValue(link.Name, out var found) && found.LocalId == link.LocalId && found.Neighbor == neighbor ? found : null;

    /// <summary>What is retained of that data link; null: nothing.</summary>
    public RetainedDataLink? Find(DataLinkConfiguration link, NodeId neighbor) =>
        _dataLinks.TryGetValue(link.Name, out var found) && found.LocalId == link.LocalId && found.Neighbor == neighbor ? found : null;

    /// <summary>What is retained of the traces of a data link.</summary>
    public IReadOnlyList<RetainedTrace> TracesOf(string dataLink) => [.. _traces.Values.Where(t => t.DataLink == dataLink)];

    /// <summary>Whether the operator has taken that control channel down.</summary>
    public bool IsDown(NodeId neighbor, uint id) => _channelsDown.Contains(new RetainedControlChannel(neighbor, id));

    /// <summary>Retains what is known of a TE link now.</summary>
    public void Save(TeLink link)
    {
        var neighbor = link.Neighbor.NodeId;
        if (link.Configuration.RemoteId is null && link.RemoteId is { } remoteId)
        {
            var now = new RetainedTeLink(link.Name, link.LocalId, neighbor, remoteId);
            if (_teLinks.GetValueOrDefault(link.Name) == now) return;
            _teLinks[link.Name] = now;
            _output.Retain(new TeLinkRetained(now));
        }
        else if (_teLinks.Remove(link.Name))
        {
            _output.Retain(new TeLinkForgotten(link.Name, neighbor));
        }
    }

    /// <summary>Retains what is known of a data link now.</summary>
    public void Save(DataLink link)
    {
        var neighbor = link.TeLink.Neighbor.NodeId;
        var now = new RetainedDataLink(link.Name, link.LocalId, neighbor)
        {
            RemoteId = link.Configuration.RemoteId is null ? link.RemoteId : null,
            FoundTransmit = Retained(link.FoundTransmit),
            FoundReceive = Retained(link.FoundReceive),
            Verified = link.Verified,
            Allocated = link.Allocated,
        };
        if (!now.IsEmpty)
        {
            if (_dataLinks.GetValueOrDefault(link.Name) == now) return;
            _dataLinks[link.Name] = now;
            _output.Retain(new DataLinkRetained(now));
        }
        else if (_dataLinks.Remove(link.Name))
        {
            _output.Retain(new DataLinkForgotten(link.Name, neighbor));
        }
    }

    /// <summary>Retains that the operator has taken a control channel down, or up again.</summary>
    public void Save(ControlChannel channel) => Administer(new RetainedControlChannel(channel.Neighbor.NodeId, channel.Id), channel.AdminDown);

    /// <summary>Retains that a cross-connect was made, or removed.</summary>
    public void Save(CrossConnect crossConnect, bool connected)
    {
        if (connected ? _crossConnects.Add(crossConnect) : _crossConnects.Remove(crossConnect))
            _output.Retain(new CrossConnectChanged(crossConnect, connected));
    }

    /// <summary>Retains what the operator wants of a trace now.</summary>
    public void Save(DataLinkTrace trace) => Save(trace.Retained);

    /// <summary>
    /// A configuration is in force: it wins over what is retained. What it no longer has is forgotten, and told: the operator may not have meant
    /// to give up an allocation.
    /// </summary>
    public void Reconcile(Instant now, LmpNode node)
    {
        var teLinks = node.TeLinks.ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var gone in _teLinks.Values.Where(t => !teLinks.ContainsKey(t.Name)).ToList())
        {
            _teLinks.Remove(gone.Name);
            _output.Retain(new TeLinkForgotten(gone.Name, gone.Neighbor));
            _output.Tell(new RetainedForgotten(now, gone.Name, $"no longer configured: that it ends at Link_Id {gone.RemoteId} of {gone.Neighbor} is forgotten"));
        }

        var dataLinks = teLinks.Values.SelectMany(t => t.DataLinks).ToDictionary(d => d.Name, StringComparer.Ordinal);
        foreach (var before in _dataLinks.Values.ToList())
        {
            var link = dataLinks.GetValueOrDefault(before.Name);
            var isSame = link is not null && link.LocalId == before.LocalId && link.TeLink.Neighbor.NodeId == before.Neighbor;
            if (isSame) continue;
            var how = link is null ? "no longer configured" : "configured as another link";
            _output.Tell(new RetainedForgotten(
                now, before.Name, $"{how}: {(before.Allocated ? "its allocation is" : "what was found of its wiring is")} forgotten"));
            if (link is not null) continue;
            _dataLinks.Remove(before.Name);
            _output.Retain(new DataLinkForgotten(before.Name, before.Neighbor));
        }

        foreach (var teLink in teLinks.Values) Save(teLink);
        foreach (var link in dataLinks.Values) Save(link);
        foreach (var trace in dataLinks.Values.SelectMany(d => d.Traces)) Save(trace);
        foreach (var gone in _traces.Values.Where(t => !dataLinks.ContainsKey(t.DataLink)).ToList())
        {
            Save(gone with { Send = null, Expect = null });
            _output.Tell(new RetainedForgotten(now, gone.DataLink, $"no longer configured: its {TraceTypes.Name(gone.Type)} trace is forgotten"));
        }

        var channels = node.Neighbors.SelectMany(n => n.ControlChannels).ToDictionary(c => new RetainedControlChannel(c.Neighbor.NodeId, c.Id));
        foreach (var gone in _channelsDown.Where(c => !channels.ContainsKey(c)).ToList()) Administer(gone, down: false);
    }

    private static RetainedFarEnd? Retained(FarEnd? end) => end is { } e ? new RetainedFarEnd(e.Neighbor.NodeId, e.InterfaceId, e.LinkId) : null;

    private void Save(RetainedTrace now)
    {
        var key = (now.DataLink, now.Type);
        if (now.IsEmpty ? !_traces.Remove(key) : _traces.GetValueOrDefault(key) == now) return;
        if (!now.IsEmpty) _traces[key] = now;
        _output.Retain(new TraceOrdered(now));
    }

    private void Administer(RetainedControlChannel channel, bool down)
    {
        if (down ? _channelsDown.Add(channel) : _channelsDown.Remove(channel)) _output.Retain(new ControlChannelAdministered(channel, down));
    }
}
