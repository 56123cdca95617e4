// RFC 4204 §4, §12.6
using OpenLmp.Wire;
using static OpenLmp.Protocol.TeLinkEvent;

namespace OpenLmp.Protocol;

/// <summary>Link property correlation of one TE link: LinkSummary, LinkSummaryAck, LinkSummaryNack (RFC 4204 §4, §12.6).</summary>
internal sealed class LinkSummaryExchange
{
    // Offers adopted in a row before it is left to people: two nodes that never agree must not negotiate at the speed of the wire.
    private const int MaxRenegotiations = 3;

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Retransmission _retransmission;
    private readonly Deadline _retry;
    private MessageIdMemory _received;
    private byte[] _bytes = [];
    private List<DataLink> _summarized = [];
    private int _renegotiations;
    private bool _refused;
    private string _state = "LinkSummary not sent yet";

    public LinkSummaryExchange(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _retry = new Deadline(Begin);
    }

    /// <summary>Where the exchange stands, in words.</summary>
    public string Reason => _retransmission.IsRunning ? $"LinkSummary sent to {Neighbor.Name}, no answer yet" : _state;

    private Neighbor Neighbor => _teLink.Neighbor;

    /// <summary>Sends our view of the TE link. An exchange under way starts over with the view of now.</summary>
    public void Begin(Instant now)
    {
        _renegotiations = 0;
        Send(now);
    }

    /// <summary>The adjacency or the TE link is gone: nothing more to wait for.</summary>
    public void Abandon(Instant now)
    {
        _node.Deadlines.Cancel(_retry);
        if (!_retransmission.IsRunning) return;
        _retransmission.Stop();
        Finish(now, LinkSummaryOutcome.Abandoned, $"{_teLink.Name}: the control channels to {Neighbor.Name} were lost before it answered");
    }

    /// <summary>Forgets which LinkSummary came last: the adjacency was lost, or the neighbour restarted (RFC 4204 §7).</summary>
    public void ForgetReceived() => _received.Forget();

    /// <summary>Whether a LinkSummary with that Message_Id is out of order (RFC 4204 §7).</summary>
    public bool IsOutOfOrder(uint messageId) => _received.IsOutOfOrder(messageId);

    /// <summary>Takes in the neighbour's LinkSummary for this TE link; the answer goes to <paramref name="origin"/>.</summary>
    public void Receive(Instant now, ControlChannel channel, in DatagramOrigin origin, LinkSummaryMessage summary)
    {
        var (id, theirs) = (summary.MessageId!.Value, summary.TeLink!);
        _received.Remember(id);
        var errors = LinkSummaryErrors.None;
        var answers = new List<LmpObject>();

        _teLink.RemoteId ??= theirs.LocalLinkId;
        _teLink.LearnSupport(theirs.Flags);
        var difference = "";
        if (_teLink.RemoteId != theirs.LocalLinkId)
        {
            errors |= LinkSummaryErrors.UnacceptableNonNegotiable;
            difference = $"connected to Link_Id {_teLink.RemoteId} of {Neighbor.Name} here, to {theirs.LocalLinkId} at {Neighbor.Name}";
        }

        foreach (var unknown in summary.UnknownDataLinks)
        {
            errors |= LinkSummaryErrors.UnknownDataLinkCType;
            answers.Add(unknown);
        }

        var strangers = CompareDataLinks(now, summary, ref errors, answers);
        if (difference.Length == 0 && strangers.Count > 0)
        {
            difference = $"{Neighbor.Name} lists data links that are not configured here (its Interface_Id->ours): "
                + string.Join(", ", strangers.Take(5)) + (strangers.Count > 5 ? $" and {strangers.Count - 5} more" : "");
        }

        if (difference.Length > 0) _teLink.Disagree(now, difference);
        else _teLink.Agree(now);
        Answer(now, channel, origin, id, errors, answers);
        // Our own view was refused before, and now both may agree: ask again.
        if (errors == LinkSummaryErrors.None && _refused && !_retransmission.IsRunning) Begin(now);
    }

    /// <summary>Takes in a LinkSummaryAck; false if it answers nothing of this TE link.</summary>
    public bool ReceiveAck(Instant now, uint messageIdAck)
    {
        if (!_retransmission.IsAnsweredBy(messageIdAck)) return false;
        Answered(now);
        (_refused, _state) = (false, "");
        foreach (var link in _summarized) link.AgreeThere(now);
        _teLink.Step(now, RcvAck);
        Finish(now, LinkSummaryOutcome.Acknowledged, $"{_teLink.Name}: {Neighbor.Name} agrees");
        return true;
    }

    /// <summary>Takes in a LinkSummaryNack; false if it answers nothing of this TE link.</summary>
    public bool ReceiveNack(Instant now, LinkSummaryNackMessage nack)
    {
        if (!_retransmission.IsAnsweredBy(nack.MessageIdAck)) return false;
        Answered(now);
        _teLink.Step(now, RcvNack);

        // §12.6.3: what is listed disagrees, everything else is agreed; unless the TE_LINK itself is not understood.
        var listed = new Dictionary<Identifier, DataLinkObject>();
        foreach (var link in nack.DataLinks) listed.TryAdd(link.LocalInterfaceId, link);
        const LinkSummaryErrors AboutTeLink = LinkSummaryErrors.InvalidTeLink | LinkSummaryErrors.UnknownTeLinkCType;
        var adopted = 0;
        foreach (var link in _summarized)
        {
            if (listed.TryGetValue(link.LocalId, out var offer))
            {
                if (offer.Negotiable && nack.Errors.HasFlag(LinkSummaryErrors.Renegotiate) && LinkComparison.Accepts(link.Configuration, offer, out var agreed))
                {
                    link.Adopt(agreed);
                    adopted++;
                }
                else
                {
                    link.DisagreeThere(now, $"{Neighbor.Name} refuses it: {LinkSummaryError.InWords(nack.Errors)}; compare the two configurations");
                }
            }
            else if ((nack.Errors & AboutTeLink) == 0)
            {
                link.AgreeThere(now);
            }
        }

        if (adopted > 0 && _renegotiations < MaxRenegotiations)
        {
            _renegotiations++;
            Send(now);
            return true;
        }

        _refused = true;
        var what = listed.Count == 0 ? "" : " for " + string.Join(", ", _summarized.Where(l => listed.ContainsKey(l.LocalId)).Select(l => l.Name).Take(5));
        _state = $"{Neighbor.Name} refuses the LinkSummary{what}: {LinkSummaryError.InWords(nack.Errors)}; correct one end, or lmp te-link summarize {_teLink.Name}";
        if ((nack.Errors & AboutTeLink) != 0)
            _teLink.Disagree(now, $"{Neighbor.Name} knows no TE link {_teLink.RemoteId} whose other end is {_teLink.LocalId}: {LinkSummaryError.InWords(nack.Errors)}");
        Finish(now, LinkSummaryOutcome.Refused, $"{_teLink.Name}: {_state}");
        return true;
    }

    // Compares each listed data link with ours; the result are those that are not configured here.
    private List<string> CompareDataLinks(Instant now, LinkSummaryMessage summary, ref LinkSummaryErrors errors, List<LmpObject> answers)
    {
        var missing = new HashSet<DataLink>(_teLink.DataLinks.Where(l => l.RemoteId is not null));
        var strangers = new List<string>();
        foreach (var theirs in summary.DataLinks)
        {
            if (theirs.LocalInterfaceId.IsZero || theirs.RemoteInterfaceId.IsZero)
            {
                errors |= LinkSummaryErrors.InvalidDataLink;
                answers.Add(theirs);
                continue;
            }

            if (FindOurs(theirs) is not { } ours)
            {
                errors |= LinkSummaryErrors.UnacceptableNonNegotiable;
                answers.Add(theirs);
                strangers.Add($"{theirs.LocalInterfaceId}->{theirs.RemoteInterfaceId}");
                continue;
            }

            missing.Remove(ours);
            var verdict = LinkComparison.Compare(ours.Configuration, ours.RemoteId, theirs, Neighbor.Name);
            if (verdict.Agrees)
            {
                ours.AgreeHere(now, verdict.Agreed);
                continue;
            }

            errors |= verdict.Errors;
            answers.Add(verdict.Answer!);
            // What the neighbour can still adopt is no disagreement yet.
            if (!verdict.CanBeNegotiated) ours.DisagreeHere(now, verdict.Text);
        }

        foreach (var link in missing)
            link.DisagreeHere(now, $"{Neighbor.Name} does not list it in its TE link {summary.TeLink!.LocalLinkId}; add it there, or remove it here");
        return strangers;
    }

    // By our Interface_Id; where its form does not fit ours, by the neighbour's, so that the mistake is told of the right link.
    private DataLink? FindOurs(DataLinkObject theirs)
    {
        if (_teLink.FindDataLink(theirs.RemoteInterfaceId) is { } link) return link;
        foreach (var candidate in _teLink.DataLinks)
            if (candidate.LocalId.Type != theirs.RemoteInterfaceId.Type && candidate.LocalId.Value == theirs.RemoteInterfaceId.Value) return candidate;
        return null;
    }

    private void Answer(Instant now, ControlChannel channel, in DatagramOrigin origin, uint id, LinkSummaryErrors errors, List<LmpObject> answers)
    {
        if (errors == LinkSummaryErrors.None)
        {
            _node.Send(channel, origin.Source, new LinkSummaryAckMessage(id));
            _teLink.Step(now, SumAck);
            return;
        }

        _node.Send(channel, origin.Source, new LinkSummaryNackMessage(id, errors, answers.ToArray()));
        _teLink.Step(now, SumNack);
    }

    private void Send(Instant now)
    {
        _retransmission.Stop();
        _node.Deadlines.Cancel(_retry);
        _summarized = [.. _teLink.DataLinks.Where(l => l.RemoteId is not null)];
        if (!Neighbor.IsUp || _teLink.RemoteId is not { } remoteId || _summarized.Count == 0)
        {
            _state = "";
            return;
        }

        var id = _node.MessageIds.Next();
        var message = new LinkSummaryMessage(id, LinkSummaryBuilder.TeLink(_teLink.Configuration, remoteId), [.. _summarized.Select(l => l.ToObject(negotiable: true))]);
        _bytes = message.Encode();
        _retransmission.Start(now, id, Parameters);
    }

    // The parameters of the channel in use: TE links have none of their own.
    private RetransmitConfiguration Parameters => Neighbor.UsableChannel?.Configuration.Retransmit ?? RetransmitConfiguration.Default;

    private void Transmit(Instant now)
    {
        // Another channel may have taken over since the last transmission (RFC 4204 §3).
        if (Neighbor.UsableChannel is not { Remote: { } remote } channel) return;
        if (_retransmission.Transmissions > 1)
        {
            _teLink.Step(now, SumRet);
            _node.CountRetransmitted(Neighbor, MessageType.LinkSummary);
        }

        _node.Send(channel, remote, MessageType.LinkSummary, _bytes);
    }

    private void GiveUp(Instant now)
    {
        _state = $"{_retransmission.Transmissions} LinkSummary messages unanswered by {Neighbor.Name} although Hello gets through; does it support link property correlation?";
        _node.Alarms.Raise(now, AlarmKind.LinkSummaryUnanswered, _teLink.Name, AlarmSeverity.Major, $"{_teLink.Name}: {_state}");
        Finish(now, LinkSummaryOutcome.Unanswered, $"{_teLink.Name}: {_state}");
        // In Init the LinkSummary is transmitted periodically (RFC 4204 §11.2.1).
        if (_teLink.State == TeLinkState.Init) _node.Deadlines.Set(_retry, now + Parameters.Pause);
    }

    private void Answered(Instant now)
    {
        _retransmission.Stop();
        _node.Alarms.Clear(now, AlarmKind.LinkSummaryUnanswered, _teLink.Name);
    }

    private void Finish(Instant now, LinkSummaryOutcome outcome, string text) => _node.Output.Tell(new LinkSummaryFinished(now, _teLink, outcome, text));
}
