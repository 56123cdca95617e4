// RFC 5818 §5.1, §6: the side that asks.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Status confirmation of one TE link's data channels: the node asks, compares the answers, and tells what differs (RFC 5818 §6).</summary>
internal sealed class ConfirmExchange
{
    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Retransmission _retransmission;
    private readonly Deadline _periodic;
    private readonly Deadline _again;
    // One message at a time: a later one that overtook an earlier would make it out of order (§5.1.1).
    private Queue<List<DataLink>> _parts = new();
    private List<DataLink> _asked = [];
    private byte[] _bytes = [];
    private bool _isRunning;
    private bool _hasChanged;
    private int _compared;
    private int _different;
    private readonly List<string> _differences = [];

    public ConfirmExchange(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _periodic = new Deadline(PeriodicDue);
        _again = new Deadline(now => Begin(now));
    }

    private Neighbor Neighbor => _teLink.Neighbor;

    private StatusConfirmationConfiguration Configuration => _teLink.Configuration.Confirmation;

    private RetransmitConfiguration Parameters => Neighbor.Retransmit;

    /// <summary>Asks for all data channels; why not where it cannot, otherwise null. One under way goes on.</summary>
    public string? Begin(Instant now)
    {
        if (_isRunning) return null;
        if (!Neighbor.IsUp) return $"no control channel to {Neighbor.Name} is up";
        if (!Neighbor.ConfirmsStatus) return $"{Neighbor.Name} does not support data channel status confirmation (RFC 5818), or has not said so (RFC 6898)";
        _parts = ChannelStatuses.Split(_teLink);
        if (_parts.Count == 0) return "none of its data links has a known remote-id; set remote-id, or verify the TE link";
        _again.Cancel();
        (_isRunning, _hasChanged, _compared, _different) = (true, false, 0, 0);
        _differences.Clear();
        AskNext(now);
        return null;
    }

    /// <summary>A status has changed that the neighbour was found to see otherwise: asks now, or again once the exchange under way has ended.</summary>
    public void Request(Instant now)
    {
        if (_isRunning) _hasChanged = true;
        else Begin(now);
    }

    /// <summary>The adjacency is up.</summary>
    /// <param name="now">The time.</param>
    /// <param name="afterOutage">Whether it was lost, or the neighbour restarted.</param>
    /// <param name="place">Where the TE link stands among the neighbour's: 0 for the first, always less than 1.</param>
    public void AdjacencyUp(Instant now, bool afterOutage, double place)
    {
        // One after the other: thousands of data links compared at once would hold up the Hellos of both nodes.
        var turn = now + (Configuration.AfterOutage * place);
        SchedulePeriodic(turn);
        if (afterOutage && Configuration.AfterOutage > TimeSpan.Zero) _node.Deadlines.Set(_again, turn + Configuration.AfterOutage);
    }

    /// <summary>The adjacency or the TE link is gone.</summary>
    public void Abandon(Instant now, string why)
    {
        foreach (var deadline in (ReadOnlySpan<Deadline>)[_periodic, _again]) deadline.Cancel();
        _retransmission.Stop();
        _node.Alarms.Clear(now, AlarmKind.ConfirmationUnanswered, _teLink.Name);
        if (_isRunning) Finish(now, ConfirmationOutcome.Abandoned, why);
    }

    /// <summary>The TE link's configuration has changed: data links may have gone, an exchange under way starts over.</summary>
    public void Reconfigured(Instant now)
    {
        if (!Neighbor.IsUp) return;
        SchedulePeriodic(now);
        if (!_isRunning) return;
        _retransmission.Stop();
        _isRunning = false;
        if (Begin(now) is { } why) Finish(now, ConfirmationOutcome.Abandoned, why);
    }

    /// <summary>Takes in a ConfirmDataChannelStatusAck; false if it answers nothing of this TE link.</summary>
    public bool ReceiveAck(Instant now, ConfirmDataChannelStatusAckMessage ack)
    {
        if (!_retransmission.IsAnsweredBy(ack.MessageIdAck)) return false;
        Answered(now);
        var theirs = ack.DataLinks.ToLookup(d => d.RemoteInterfaceId);
        foreach (var link in _asked)
        {
            var labels = ChannelStatuses.Labels(link.Configuration);
            var comparison = StatusComparison.Of(link, labels, [.. theirs[link.LocalId].Where(d => d.LocalInterfaceId == link.RemoteId)]);
            StatusConfirmer.Tell(now, _node, link, comparison);
            _compared += comparison.Compared;
            _different += comparison.Different;
            if (comparison.Different > 0) _differences.Add($"{link.Name}: {comparison.Difference}");
        }

        if (_parts.Count > 0) AskNext(now);
        else if (_different == 0) Finish(now, ConfirmationOutcome.Agreed, $"{Neighbor.Name} agrees about {Count(_compared)}");
        else Finish(now, ConfirmationOutcome.Mismatch, $"{_different} of {Count(_compared)} differ{(_different == 1 ? "s" : "")}: {string.Join("; ", _differences.Take(5))}"
            + (_differences.Count > 5 ? $"; and {_differences.Count - 5} more data links" : ""));
        return true;
    }

    /// <summary>Takes in a ConfirmDataChannelStatusNack; false if it answers nothing of this TE link.</summary>
    public bool ReceiveNack(Instant now, ConfirmDataChannelStatusNackMessage nack)
    {
        if (!_retransmission.IsAnsweredBy(nack.MessageIdAck)) return false;
        Answered(now);
        var text = $"{Neighbor.Name} refuses: {ConfirmDataChannelStatusError.InWords(nack.Errors)}";
        if (nack.Errors.HasFlag(ConfirmDataChannelStatusErrors.Unwilling))
        {
            _node.Deadlines.Set(_again, now + Configuration.Retry);
            Finish(now, ConfirmationOutcome.Unwilling, $"{text}; next try in {Configuration.Retry.TotalSeconds:0.#} s");
        }
        else
        {
            Finish(now, ConfirmationOutcome.Refused, text);
        }

        return true;
    }

    private static string Count(int channels) => $"{channels} data channel{(channels == 1 ? "" : "s")}";

    private void AskNext(Instant now)
    {
        _asked = _parts.Dequeue();
        var id = _node.MessageIds.Next();
        var objects = _asked.Select(l => ChannelStatuses.Tell(l, l.RemoteId!.Value, ChannelStatuses.Labels(l.Configuration))).ToArray();
        _bytes = new ConfirmDataChannelStatusMessage(_teLink.LocalId, id, objects).Encode();
        _retransmission.Start(now, id, Parameters);
    }

    private void Transmit(Instant now) => _node.Transmit(Neighbor, _retransmission, MessageType.ConfirmDataChannelStatus, _bytes);

    private void GiveUp(Instant now)
    {
        var text = $"{_retransmission.Transmissions} ConfirmDataChannelStatus messages unanswered by {Neighbor.Name} although its control channel is up; "
            + $"look at {Neighbor.Name}; it is asked again";
        _node.Alarms.Raise(now, AlarmKind.ConfirmationUnanswered, _teLink.Name, AlarmSeverity.Minor, $"{_teLink.Name}: {text}");
        // The alarm would stand for ever: nobody else asks by himself.
        _node.Deadlines.Set(_again, now + (Configuration.AfterOutage > TimeSpan.Zero ? Configuration.AfterOutage : Configuration.Retry));
        Finish(now, ConfirmationOutcome.Unanswered, text);
    }

    private void Answered(Instant now)
    {
        _retransmission.Stop();
        _node.Alarms.Clear(now, AlarmKind.ConfirmationUnanswered, _teLink.Name);
    }

    private void Finish(Instant now, ConfirmationOutcome outcome, string text)
    {
        _isRunning = false;
        _parts.Clear();
        _asked = [];
        _node.Output.Tell(new ConfirmationFinished(now, _teLink, outcome, $"{_teLink.Name}: {text}"));
        // Not all that ends a difference shows here: as long as one stands, it is looked at again.
        if (outcome == ConfirmationOutcome.Mismatch) _node.Deadlines.Set(_again, now + Configuration.Retry);
        if (_hasChanged && outcome is ConfirmationOutcome.Agreed or ConfirmationOutcome.Mismatch) Begin(now);
    }

    private void SchedulePeriodic(Instant now)
    {
        if (Configuration.Interval > TimeSpan.Zero) _node.Deadlines.Set(_periodic, now + Configuration.Interval);
        else _periodic.Cancel();
    }

    private void PeriodicDue(Instant now)
    {
        SchedulePeriodic(now);
        Begin(now);
    }
}
