// RFC 4204 §4, §12.6
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The node's TE links, and which of them a LinkSummary message is about (RFC 4204 §4).</summary>
internal sealed class LinkCorrelator(NodeContext node)
{
    private readonly SortedDictionary<string, TeLink> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Identifier, TeLink> _byLocalId = [];
    private readonly Dictionary<string, DataLink> _dataLinks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DataLink>> _subChannels = new(StringComparer.Ordinal);
    private readonly UnknownTeLinks _unknown = new(node.Alarms);

    public IReadOnlyCollection<TeLink> TeLinks => _byName.Values;

    public TeLink? Find(string name) => _byName.GetValueOrDefault(name);

    public DataLink? FindDataLink(string name) => _dataLinks.GetValueOrDefault(name);

    /// <summary>The sub-channels of a component link (RFC 4204 §1).</summary>
    public IReadOnlyList<DataLink> SubChannelsOf(string componentLink) => _subChannels.TryGetValue(componentLink, out var list) ? list : [];

    public void Add(TeLink teLink)
    {
        _byName.Add(teLink.Name, teLink);
        _byLocalId.Add(teLink.LocalId, teLink);
    }

    public void Remove(TeLink teLink)
    {
        _byName.Remove(teLink.Name);
        _byLocalId.Remove(teLink.LocalId);
    }

    /// <summary>
    /// After a reconfiguration, in which names may have moved between TE links: finds data links by name again, and drops what was said of TE
    /// links that only the neighbour knew and that are known here now.
    /// </summary>
    public void Reindex(Instant now)
    {
        _dataLinks.Clear();
        _subChannels.Clear();
        foreach (var link in _byName.Values.SelectMany(t => t.DataLinks))
        {
            _dataLinks.Add(link.Name, link);
            if (link.Configuration.ComponentLink is not { } component) continue;
            if (!_subChannels.TryGetValue(component, out var list)) _subChannels.Add(component, list = []);
            list.Add(link);
        }

        _unknown.Review(now, id => _byLocalId.GetValueOrDefault(id));
    }

    /// <summary>Takes in a LinkSummary: answered always, unless it is out of order (RFC 4204 §2, §7).</summary>
    public void Receive(Instant now, ControlChannel channel, in DatagramOrigin origin, LinkSummaryMessage summary)
    {
        var neighbor = channel.Neighbor;
        if (summary.TeLink is not { } theirs)
        {
            Refuse(channel, origin, summary, LinkSummaryErrors.UnknownTeLinkCType);
            return;
        }

        if (theirs.LocalLinkId.IsZero || theirs.RemoteLinkId.IsZero)
        {
            Refuse(channel, origin, summary, LinkSummaryErrors.InvalidTeLink);
            return;
        }

        if (FindMeant(neighbor, theirs, summary) is { } teLink)
        {
            _unknown.Forget(now, neighbor, theirs.LocalLinkId);
            node.CountReceived(teLink, summary.Type);
            teLink.Exchange.Receive(now, channel, origin, summary);
            return;
        }

        Refuse(channel, origin, summary, LinkSummaryErrors.InvalidTeLink);
        _unknown.Tell(now, neighbor, theirs, _byLocalId.GetValueOrDefault(theirs.RemoteLinkId));
    }

    /// <summary>Takes in a LinkSummaryAck.</summary>
    public void ReceiveAck(Instant now, Neighbor neighbor, uint messageIdAck)
    {
        if (FindWaiting(neighbor, messageIdAck, MessageType.LinkSummaryAck) is { } exchange) exchange.ReceiveAck(now);
        else node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>Takes in a LinkSummaryNack.</summary>
    public void ReceiveNack(Instant now, Neighbor neighbor, LinkSummaryNackMessage nack)
    {
        if (FindWaiting(neighbor, nack.MessageIdAck!.Value, nack.Type) is { } exchange) exchange.ReceiveNack(now, nack);
        else node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>
    /// Answers a LinkSummary that does not decode because of its TE_LINK or a DATA_LINK (RFC 4204 §12.6.3), or has none; silent if it is too
    /// broken for that.
    /// </summary>
    public void ReceiveMalformed(ControlChannel channel, in DatagramOrigin origin, ReadOnlySpan<byte> datagram, in DecodeError error)
    {
        var bit = error.Class switch
        {
            ObjectClass.TeLink => LinkSummaryErrors.InvalidTeLink,
            ObjectClass.DataLink => LinkSummaryErrors.InvalidDataLink,
            _ => LinkSummaryErrors.None,
        };
        var isFramed = error.Kind
            is DecodeErrorKind.ObjectLength or DecodeErrorKind.SubobjectLength or DecodeErrorKind.SubobjectOverrun or DecodeErrorKind.MissingObject;
        if (isFramed && bit != LinkSummaryErrors.None && ObjectWalker.TryFindMessageId(datagram, out var id))
            node.Send(channel, origin.Source, new LinkSummaryNackMessage(id, bit));
    }

    /// <summary>The adjacency is lost, or the neighbour restarted: its Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived(Instant now, Neighbor neighbor)
    {
        foreach (var teLink in neighbor.TeLinks) teLink.Exchange.ForgetReceived();
        _unknown.Forget(now, neighbor);
    }

    /// <summary>The neighbour is no longer configured.</summary>
    public void Forget(Instant now, Neighbor neighbor) => _unknown.Forget(now, neighbor);

    private LinkSummaryExchange? FindWaiting(Neighbor neighbor, uint messageIdAck, MessageType answer)
    {
        if (!node.WaitingSummaries.TryGetValue(messageIdAck, out var exchange) || exchange.Neighbor != neighbor) return null;
        node.CountReceived(exchange.TeLink, answer);
        return exchange;
    }

    // Which TE link the neighbour means, even where one end has an id wrong. A TE link is told by its data links: a slip in another one of the
    // neighbour's must not disturb the one whose id it hit. Failing that, the neighbour knows its own Link_Id best.
    private TeLink? FindMeant(Neighbor neighbor, TeLinkObject theirs, LinkSummaryMessage summary)
    {
        var named = _byLocalId.TryGetValue(theirs.RemoteLinkId, out var found) && found.Neighbor == neighbor ? found : null;
        if (named is not null && named.RemoteId == theirs.LocalLinkId) return named;
        var paired = neighbor.FindTeLink(theirs.LocalLinkId);
        if (paired is not null && ListsLinksOf(paired)) return paired;
        if (named is not null && (named.RemoteId is null || ListsLinksOf(named))) return named;
        return paired ?? (named is null ? neighbor.TeLinks.FirstOrDefault(t => IsSameNumber(t, theirs)) : null);

        bool ListsLinksOf(TeLink teLink)
        {
            var remoteIds = teLink.DataLinks.Select(l => l.RemoteId).ToHashSet();
            return summary.DataLinks.Any(d => teLink.FindDataLink(d.RemoteInterfaceId) is not null || remoteIds.Contains(d.LocalInterfaceId));
        }
    }

    private static bool IsSameNumber(TeLink teLink, TeLinkObject theirs) =>
        teLink.LocalId.Type != theirs.RemoteLinkId.Type && teLink.LocalId.Value == theirs.RemoteLinkId.Value
        && (teLink.RemoteId is not { } remoteId || remoteId.Value == theirs.LocalLinkId.Value);

    // Nothing can be said about the data links of a TE link that is not known, except what is wrong with them in themselves.
    private void Refuse(ControlChannel channel, in DatagramOrigin origin, LinkSummaryMessage summary, LinkSummaryErrors errors)
    {
        var answers = new List<LmpObject>();
        foreach (var unknown in summary.UnknownDataLinks)
        {
            errors |= LinkSummaryErrors.UnknownDataLinkCType;
            answers.Add(unknown);
        }

        foreach (var link in summary.DataLinks)
        {
            if (!link.LocalInterfaceId.IsZero && !link.RemoteInterfaceId.IsZero) continue;
            errors |= LinkSummaryErrors.InvalidDataLink;
            answers.Add(link);
        }

        node.Send(channel, origin.Source, LinkSummaryBuilder.Nack(summary.MessageId!.Value, errors, answers));
    }
}
