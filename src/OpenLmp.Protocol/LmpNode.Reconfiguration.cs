namespace OpenLmp.Protocol;

/// <content>From one configuration to the next, without disturbing what both have.</content>
public sealed partial class LmpNode
{
    /// <summary>
    /// Takes another configuration into force. What is the same in both goes on undisturbed; changed Hello parameters are negotiated again
    /// (RFC 4204 §11.1.2, event 14), changed TE links correlated again, new things start, things no longer there end.
    /// </summary>
    public void Reconfigure(Instant now, NodeConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Observer?.Takes(now, new ReconfigureInput(configuration));
        var old = Configuration;
        var sameNode = old.NodeId == configuration.NodeId;

        // Ids and names may move from one object to another: everything that goes, goes first.
        var neighbors = configuration.Neighbors.ToDictionary(n => n.Name);
        var teLinks = configuration.TeLinks.ToDictionary(t => t.Name);
        var gone = new Dictionary<string, TeLink>();
        foreach (var teLink in _links.TeLinks.ToList())
        {
            var next = teLinks.GetValueOrDefault(teLink.Name);
            var neighbor = neighbors.GetValueOrDefault(teLink.Neighbor.Name);
            if (!sameNode || next is null || next.Neighbor != teLink.Neighbor.Name || next.LocalId != teLink.LocalId || neighbor?.NodeId != teLink.Neighbor.NodeId)
                Remove(now, gone[teLink.Name] = teLink);
            else
                teLink.RemoveGone(now, next);
        }

        foreach (var neighbor in _neighbors.Values.ToList())
        {
            var next = neighbors.GetValueOrDefault(neighbor.Name);
            if (!sameNode || next?.NodeId != neighbor.NodeId) next = null;
            if (next?.Security == NeighborSecurity.None) _context.Alarms.Clear(now, AlarmKind.IpsecDown, neighbor.Name);
            foreach (var channel in neighbor.ControlChannels.ToList())
                if (next is null || next.Security != neighbor.Configuration.Security || !next.ControlChannels.Any(c => IsSameChannel(c, channel.Configuration))) Remove(now, channel);
            if (next is null) Remove(now, neighbor);
        }

        Configuration = configuration;
        foreach (var next in configuration.Neighbors) Apply(now, next);
        foreach (var next in configuration.TeLinks) Apply(now, next, gone.GetValueOrDefault(next.Name));
        _links.Reindex(now);
        if (!sameNode && !_context.IsStarting) _context.Output.Retain(new NodeRenumbered(configuration.NodeId));
        _context.Retention.Reconcile(now, this);
        _crossConnects.Rebind(now, _links.FindDataLink);
        foreach (var link in _links.TeLinks.SelectMany(t => t.DataLinks).ToList())
            link.GoThrough(now, link.Configuration.Through is { } below ? _links.FindDataLink(below) : null);
    }

    // A channel with other addresses is another channel; parameters can change in place.
    private static bool IsSameChannel(ControlChannelConfiguration a, ControlChannelConfiguration b) =>
        a.Id == b.Id && a.Local == b.Local && a.Remote == b.Remote && a.Interface == b.Interface && a.RemoteId == b.RemoteId;

    private void Apply(Instant now, NeighborConfiguration configuration)
    {
        if (!_neighbors.TryGetValue(configuration.Name, out var neighbor))
            _neighbors.Add(configuration.Name, neighbor = new Neighbor(_context, configuration, now));
        var old = neighbor.Configuration;
        var anew = (old.Wdm, old.BehaviorNegotiation) != (configuration.Wdm, configuration.BehaviorNegotiation);
        neighbor.Configuration = configuration;
        if (anew) neighbor.ForgetBehaviors();
        foreach (var c in configuration.ControlChannels)
        {
            if (_channels.TryGetValue(c.Id, out var existing))
            {
                existing.Reconfigure(now, c, anew);
                continue;
            }

            var channel = new ControlChannel(_context, neighbor, c, now);
            _channels.Add(c.Id, channel);
            neighbor.Add(channel);
            _context.Peers.Add(channel);
            _context.Output.Open(channel);
        }
    }

    private void Apply(Instant now, TeLinkConfiguration configuration, TeLink? before)
    {
        if (_links.Find(configuration.Name) is { } existing)
        {
            if (existing.Configuration == configuration) return;
            existing.Reconfigure(now, configuration);
            _confirmer.Configured(now, existing);
            return;
        }

        var neighbor = _neighbors[configuration.Neighbor];
        var teLink = new TeLink(_context, neighbor, configuration, now);
        neighbor.Add(teLink);
        _links.Add(teLink);
        if (before is not null) teLink.Inherit(now, before);
        teLink.Start(now);
        _confirmer.Configured(now, teLink);
    }

    private void Remove(Instant now, TeLink teLink)
    {
        _confirmer.Remove(now, teLink);
        teLink.Remove(now);
        _links.Remove(teLink);
        teLink.Neighbor.Remove(teLink);
    }

    private void Remove(Instant now, ControlChannel channel)
    {
        channel.Remove(now);
        _channels.Remove(channel.Id);
        channel.Neighbor.Remove(channel);
        _context.Peers.Remove(channel);
        _context.Output.Close(channel);
    }

    private void Remove(Instant now, Neighbor neighbor)
    {
        _links.Forget(now, neighbor);
        neighbor.Initiator.Remove(now);
        _context.Alarms.ClearAll(now, neighbor.Name);
        _confirmer.Remove(neighbor);
        _tracer.Remove(neighbor);
        _neighbors.Remove(neighbor.Name);
    }
}
