// RFC 5818 §5.1, §6
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Data channel status confirmation of the whole node: answers neighbours, and knows which TE link an answer is about (RFC 5818).</summary>
internal sealed class StatusConfirmer(NodeContext node)
{
    private readonly Dictionary<TeLink, ConfirmExchange> _exchanges = [];
    private readonly HashSet<Neighbor> _seen = [];
    // §5.1.1 orders the messages about one TE link of the sender's.
    private readonly Dictionary<(Neighbor Neighbor, Identifier TeLink), MessageIdMemory> _received = [];

    /// <summary>Raises, changes or clears the alarm about a data link's data channels.</summary>
    public static void Tell(Instant now, NodeContext node, DataLink link, StatusComparison comparison)
    {
        if (comparison.Difference.Length == 0)
        {
            node.Alarms.Clear(now, AlarmKind.StatusMismatch, link.Name);
            return;
        }

        var remedy = link.Allocated
            ? $"release it here (lmp data-link release {link.Name}), or allocate it at {link.TeLink.Neighbor.Name}"
            : $"release it at {link.TeLink.Neighbor.Name}, or allocate it here (lmp data-link allocate {link.Name})";
        var what = link.Signal == SignalState.Fail && !link.Allocated
            ? "no new connection can use it; see to the failure"
            : $"a stranded resource, no new connection can use it; {remedy}";
        node.Alarms.Raise(now, AlarmKind.StatusMismatch, link.Name, AlarmSeverity.Major, $"{link.Name}: {comparison.Difference}: {what}");
    }

    /// <summary>Asks a TE link's neighbour; why not where it cannot, otherwise null.</summary>
    public string? Begin(Instant now, TeLink teLink) => Of(teLink).Begin(now);

    /// <summary>Takes in a ConfirmDataChannelStatus: answered always, unless it is out of order.</summary>
    public void Receive(Instant now, ControlChannel channel, in DatagramOrigin origin, ConfirmDataChannelStatusMessage message)
    {
        var neighbor = channel.Neighbor;
        var id = message.MessageId!.Value;
        var teLink = neighbor.FindTeLink(message.LocalLinkId);
        if (!neighbor.ConfirmsStatus)
        {
            node.Drop(neighbor, DropReason.Unsupported);
            node.Send(channel, origin.Source, new ConfirmDataChannelStatusNackMessage(teLink?.LocalId, id, ConfirmDataChannelStatusErrors.NotSupported));
            return;
        }

        if (teLink is not null)
        {
            var order = _received.GetValueOrDefault((neighbor, message.LocalLinkId));
            if (order.IsOutOfOrder(id))
            {
                node.Drop(neighbor, DropReason.OutOfOrder);
                return;
            }

            order.Remember(id);
            _received[(neighbor, message.LocalLinkId)] = order;
        }

        var answers = teLink is null ? [] : Compare(now, teLink, message);
        node.Send(channel, origin.Source, answers.Count > 0
            ? new ConfirmDataChannelStatusAckMessage(id, answers.ToArray())
            : new ConfirmDataChannelStatusNackMessage(teLink?.LocalId, id, ConfirmDataChannelStatusErrors.Unwilling));
    }

    /// <summary>Takes in a ConfirmDataChannelStatusAck.</summary>
    public void ReceiveAck(Instant now, Neighbor neighbor, ConfirmDataChannelStatusAckMessage ack)
    {
        foreach (var teLink in neighbor.TeLinks)
            if (_exchanges.TryGetValue(teLink, out var exchange) && exchange.ReceiveAck(now, ack)) return;
        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>Takes in a ConfirmDataChannelStatusNack.</summary>
    public void ReceiveNack(Instant now, Neighbor neighbor, ConfirmDataChannelStatusNackMessage nack)
    {
        foreach (var teLink in neighbor.TeLinks)
            if (_exchanges.TryGetValue(teLink, out var exchange) && exchange.ReceiveNack(now, nack)) return;
        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>The adjacency is up, or the neighbour restarted while it was.</summary>
    public void AdjacencyUp(Instant now, Neighbor neighbor)
    {
        // A first meeting leaves nothing stranded; an outage does (§3.2).
        var afterOutage = !_seen.Add(neighbor);
        var before = 0;
        foreach (var teLink in neighbor.TeLinks) Of(teLink).AdjacencyUp(now, afterOutage, place: (double)before++ / neighbor.TeLinks.Count);
    }

    /// <summary>The last control channel to a neighbour went down.</summary>
    public void AdjacencyDown(Instant now, Neighbor neighbor)
    {
        foreach (var teLink in neighbor.TeLinks) Of(teLink).Abandon(now, $"the control channels to {neighbor.Name} were lost before it answered");
    }

    /// <summary>The neighbour does not confirm statuses, or no longer: what was found to differ nobody can compare again.</summary>
    public void SupportLost(Instant now, Neighbor neighbor)
    {
        foreach (var link in neighbor.TeLinks.SelectMany(t => t.DataLinks)) node.Alarms.Clear(now, AlarmKind.StatusMismatch, link.Name);
    }

    /// <summary>The neighbour's Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived(Neighbor neighbor)
    {
        foreach (var key in _received.Keys.Where(k => k.Neighbor == neighbor).ToList()) _received.Remove(key);
    }

    /// <summary>A data link's status has changed: where the two ends were found to differ, perhaps they do no longer.</summary>
    public void StatusChanged(Instant now, DataLink link)
    {
        if (node.Alarms.Find(AlarmKind.StatusMismatch, link.Name) is { State: not AlarmState.Cleared } && link.TeLink.Neighbor.IsUp) Of(link.TeLink).Request(now);
    }

    /// <summary>A TE link is new, or its configuration has changed.</summary>
    public void Configured(Instant now, TeLink teLink) => Of(teLink).Reconfigured(now);

    /// <summary>A TE link is no longer configured.</summary>
    public void Remove(Instant now, TeLink teLink)
    {
        if (_exchanges.Remove(teLink, out var exchange)) exchange.Abandon(now, "it is no longer configured");
    }

    /// <summary>A neighbour is no longer configured.</summary>
    public void Remove(Neighbor neighbor)
    {
        _seen.Remove(neighbor);
        ForgetReceived(neighbor);
    }

    private List<DataLinkObject> Compare(Instant now, TeLink teLink, ConfirmDataChannelStatusMessage message)
    {
        var answers = new List<DataLinkObject>();
        // Over IPv6 the question may be larger than what we send.
        var room = CommonHeader.MaxMessageLength - new ConfirmDataChannelStatusAckMessage(0).EncodedLength;
        foreach (var group in message.DataLinks.GroupBy(d => (d.LocalInterfaceId, d.RemoteInterfaceId)))
        {
            var (theirId, ourId) = group.Key;
            if (teLink.FindDataLink(ourId) is not { } link || (link.RemoteId is { } remoteId && remoteId != theirId)) continue;
            var labels = group.SelectMany(d => d.Subobjects).OfType<DataChannelStatusSubobject>().Select(s => new DataChannelLabel(s.DataChannelId)).Distinct().ToList();
            if (labels.Count == 0) continue;
            Tell(now, node, link, StatusComparison.Of(link, labels, [.. group]));
            var answer = ChannelStatuses.Tell(link, theirId, labels);
            if ((room -= answer.Length) < 0) break;
            answers.Add(answer);
        }

        return answers;
    }

    private ConfirmExchange Of(TeLink teLink)
    {
        if (!_exchanges.TryGetValue(teLink, out var exchange)) _exchanges.Add(teLink, exchange = new ConfirmExchange(node, teLink));
        return exchange;
    }
}
