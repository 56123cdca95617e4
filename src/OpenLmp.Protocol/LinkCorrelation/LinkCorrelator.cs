// RFC 4204 §4, §12.6
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The node's TE links, and which of them a LinkSummary message is about (RFC 4204 §4).</summary>
internal sealed class LinkCorrelator(NodeContext node)
{
    // Alarms about TE links that only the neighbour knows: as many per neighbour as an operator can look at.
    private const int MaxUnknownPerNeighbor = 32;

    private readonly SortedDictionary<string, TeLink> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Identifier, TeLink> _byLocalId = [];
    private readonly Dictionary<string, DataLink> _dataLinks = new(StringComparer.Ordinal);
    private readonly Dictionary<Neighbor, HashSet<string>> _unknown = [];

    public IReadOnlyCollection<TeLink> TeLinks => _byName.Values;

    public TeLink? Find(string name) => _byName.GetValueOrDefault(name);

    public DataLink? FindDataLink(string name) => _dataLinks.GetValueOrDefault(name);

    /// <summary>The sub-channels of a component link (RFC 4204 §1).</summary>
    public IEnumerable<DataLink> SubChannelsOf(string componentLink) => _byName.Values.SelectMany(t => t.DataLinks).Where(l => l.Configuration.ComponentLink == componentLink);

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

    /// <summary>Finds data links by name again after a reconfiguration, in which names may have moved between TE links.</summary>
    public void IndexDataLinks()
    {
        _dataLinks.Clear();
        foreach (var link in _byName.Values.SelectMany(t => t.DataLinks)) _dataLinks.Add(link.Name, link);
    }

    /// <summary>Takes in a LinkSummary: answered always, unless it is out of order (RFC 4204 §2, §7).</summary>
    public void Receive(Instant now, ControlChannel channel, in DatagramOrigin origin, LinkSummaryMessage summary)
    {
        var neighbor = channel.Neighbor;
        var id = summary.MessageId!.Value;
        if (summary.TeLink is not { } theirs)
        {
            Refuse(channel, origin, id, LinkSummaryErrors.UnknownTeLinkCType | UnknownDataLinks(summary));
            return;
        }

        if (theirs.LocalLinkId.IsZero || theirs.RemoteLinkId.IsZero)
        {
            Refuse(channel, origin, id, LinkSummaryErrors.InvalidTeLink | UnknownDataLinks(summary));
            return;
        }

        if (!_byLocalId.TryGetValue(theirs.RemoteLinkId, out var teLink) || teLink.Neighbor != neighbor)
        {
            Refuse(channel, origin, id, LinkSummaryErrors.InvalidTeLink | UnknownDataLinks(summary));
            TellUnknown(now, neighbor, theirs);
            return;
        }

        if (teLink.Exchange.IsOutOfOrder(id))
        {
            node.Drop(neighbor, DropReason.OutOfOrder);
            return;
        }

        teLink.Exchange.Receive(now, channel, origin, summary);
    }

    /// <summary>Takes in a LinkSummaryAck.</summary>
    public void ReceiveAck(Instant now, Neighbor neighbor, uint messageIdAck)
    {
        foreach (var teLink in neighbor.TeLinks)
            if (teLink.Exchange.ReceiveAck(now, messageIdAck)) return;
        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>Takes in a LinkSummaryNack.</summary>
    public void ReceiveNack(Instant now, Neighbor neighbor, LinkSummaryNackMessage nack)
    {
        foreach (var teLink in neighbor.TeLinks)
            if (teLink.Exchange.ReceiveNack(now, nack)) return;
        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>
    /// Answers a LinkSummary that does not decode because of its TE_LINK or a DATA_LINK (RFC 4204 §12.6.3); false if it is too broken for that.
    /// </summary>
    public bool ReceiveMalformed(ControlChannel channel, in DatagramOrigin origin, ReadOnlySpan<byte> datagram, in DecodeError error)
    {
        if (error.Kind is not (DecodeErrorKind.ObjectLength or DecodeErrorKind.SubobjectLength or DecodeErrorKind.SubobjectOverrun)) return false;
        var bit = error.Class switch
        {
            ObjectClass.TeLink => LinkSummaryErrors.InvalidTeLink,
            ObjectClass.DataLink => LinkSummaryErrors.InvalidDataLink,
            _ => LinkSummaryErrors.None,
        };
        if (bit == LinkSummaryErrors.None || FindMessageId(datagram) is not { } id) return false;
        Refuse(channel, origin, id, bit);
        return true;
    }

    /// <summary>The adjacency is lost, or the neighbour restarted: its Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived(Instant now, Neighbor neighbor)
    {
        foreach (var teLink in neighbor.TeLinks) teLink.Exchange.ForgetReceived();
        ForgetUnknown(now, neighbor);
    }

    /// <summary>Clears the alarms about TE links that only the neighbour knows.</summary>
    public void ForgetUnknown(Instant now, Neighbor neighbor)
    {
        if (!_unknown.Remove(neighbor, out var objects)) return;
        foreach (var o in objects) node.Alarms.Clear(now, AlarmKind.TeLinkMismatch, o);
    }

    private static LinkSummaryErrors UnknownDataLinks(LinkSummaryMessage summary) =>
        summary.UnknownDataLinks.Any() ? LinkSummaryErrors.UnknownDataLinkCType : LinkSummaryErrors.None;

    private static uint? FindMessageId(ReadOnlySpan<byte> datagram)
    {
        var reader = new LmpReader(datagram[CommonHeader.Size..], CommonHeader.Size);
        while (reader.Remaining > 0)
        {
            var header = ObjectHeader.Read(ref reader);
            var body = reader.ReadPart(header.Length - ObjectHeader.Size);
            if (reader.Failed) return null;
            if (header is { Class: ObjectClass.MessageId, CType: 1 } && body.Remaining == 4) return body.ReadUInt32();
        }

        return null;
    }

    private void Refuse(ControlChannel channel, in DatagramOrigin origin, uint id, LinkSummaryErrors errors) =>
        node.Send(channel, origin.Source, new LinkSummaryNackMessage(id, errors));

    private void TellUnknown(Instant now, Neighbor neighbor, TeLinkObject theirs)
    {
        // The neighbour may mean one of ours and have its id wrong.
        if (neighbor.TeLinks.FirstOrDefault(t => t.RemoteId == theirs.LocalLinkId) is { } meant)
        {
            meant.Disagree(now, $"our Link_Id is {meant.LocalId} here, {theirs.RemoteLinkId} at {neighbor.Name}");
            return;
        }

        if (!_unknown.TryGetValue(neighbor, out var objects)) _unknown.Add(neighbor, objects = []);
        var name = $"{neighbor.Name}/te-link {theirs.LocalLinkId}";
        if (!objects.Contains(name) && objects.Count >= MaxUnknownPerNeighbor) return;
        objects.Add(name);
        node.Alarms.Raise(now, AlarmKind.TeLinkMismatch, name, AlarmSeverity.Minor,
            $"{neighbor.Name} tells of a TE link {theirs.LocalLinkId} whose other end is our Link_Id {theirs.RemoteLinkId}, which is not configured here");
    }
}
