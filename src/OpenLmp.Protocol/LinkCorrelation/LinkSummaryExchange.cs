// RFC 4204 §4, §12.6
using OpenLmp.Wire;
using static OpenLmp.Protocol.TeLinkEvent;

namespace OpenLmp.Protocol;

/// <summary>Link property correlation of one TE link: LinkSummary, LinkSummaryAck, LinkSummaryNack (RFC 4204 §4, §12.6).</summary>
internal sealed class LinkSummaryExchange
{
    // Offers adopted in a row before it is left to people: two nodes that never agree must not negotiate at the speed of the wire.
    private const int MaxRenegotiations = 3;

    // Bits of a LinkSummaryNack that leave open what the neighbour thinks of the data links.
    private const LinkSummaryErrors AboutTeLink = LinkSummaryErrors.InvalidTeLink | LinkSummaryErrors.UnknownTeLinkCType;

    private const string Held = "LinkSummary waits for the end of the verification";

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Retransmission _retransmission;
    private readonly Deadline _retry;
    private readonly List<(DataLink Link, DataLinkObject Sent)> _summarized = [];
    // §7 orders the messages about one TE link of the sender's: another one that claims to be connected to ours has an order of its own.
    private (Identifier Sender, MessageIdMemory Received) _order;
    private (Identifier Sender, MessageIdMemory Received) _claimantOrder;
    // The neighbour's last LinkSummary, and whether it came in since our last one went out.
    private LinkSummaryMessage? _heard;
    private bool _heardSinceAsked;
    // A verification of the TE link is under way: a LinkSummary to send, and one to answer, when it is over.
    private bool _held;
    private (ControlChannel Channel, DatagramOrigin Origin, LinkSummaryMessage Summary)? _postponed;
    private byte[] _bytes = [];
    private Instant? _asked;
    // The Message_Id whose answer counts: until the next LinkSummary, a late one does, too.
    private uint? _awaited;
    private int _renegotiations;
    private bool _unanswered;
    private string _state = "LinkSummary not sent yet";

    public LinkSummaryExchange(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _retry = new Deadline(Retry);
    }

    /// <summary>Where the exchange stands, in words.</summary>
    public string Reason => _retransmission.IsRunning && !_unanswered ? $"LinkSummary sent to {Neighbor.Name}, waiting for its answer" : _state;

    /// <summary>About which TE link.</summary>
    public TeLink TeLink => _teLink;

    /// <summary>With whom.</summary>
    public Neighbor Neighbor => _teLink.Neighbor;

    private bool IsDoubtful => _teLink.DataLinks.Any(l => l.IsDoubtful);

    // The parameters of the channel in use: TE links have none of their own.
    private RetransmitConfiguration Parameters => Neighbor.Retransmit;

    /// <summary>Sends our view of the TE link. An exchange under way starts over with the view of now.</summary>
    public void Begin(Instant now)
    {
        _renegotiations = 0;
        Send(now);
    }

    /// <summary>A verification of the TE link begins: a LinkSummary that is not answered yet is sent anew when it is over (RFC 4204 §4).</summary>
    public void Hold()
    {
        if (!_retransmission.IsRunning) return;
        Stop();
        (_held, _state) = (true, Held);
    }

    /// <summary>A verification may be over: does what had to wait for it.</summary>
    public void Resume(Instant now)
    {
        if (_postponed is { } p && !_teLink.IsInTest)
        {
            _postponed = null;
            if (p.Channel.IsUsable) Receive(now, p.Channel, p.Origin, p.Summary);
        }

        if (!_held || _teLink.IsBeingVerified) return;
        _held = false;
        Send(now);
    }

    /// <summary>The adjacency or the TE link is gone: nothing more to wait for.</summary>
    /// <param name="now">The time.</param>
    /// <param name="why">In words.</param>
    public void Abandon(Instant now, string why)
    {
        var waiting = _retransmission.IsRunning || _held;
        (_held, _postponed) = (false, null);
        Stop();
        ClearUnanswered(now);
        if (waiting) Finish(now, LinkSummaryOutcome.Abandoned, $"{_teLink.Name}: {why}");
    }

    /// <summary>Compares what the neighbour said last of the TE link that had this one's name before.</summary>
    public void Inherit(Instant now, LinkSummaryExchange before)
    {
        _heard = before._heard;
        CompareAgain(now);
    }

    /// <summary>Forgets which LinkSummary came last: the adjacency was lost, or the neighbour restarted (RFC 4204 §7).</summary>
    public void ForgetReceived() => (_order, _claimantOrder) = (default, default);

    /// <summary>Takes in the neighbour's LinkSummary for this TE link; the answer goes to <paramref name="origin"/>.</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">The control channel it came in on.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="summary">Its TE_LINK is of a known C-Type, its Link_Ids are not zero.</param>
    public void Receive(Instant now, ControlChannel channel, in DatagramOrigin origin, LinkSummaryMessage summary)
    {
        if (_teLink.IsInTest)
        {
            // §4: not "in the Verification process". What the tests find may change the answer.
            _postponed = (channel, origin, summary);
            return;
        }

        var (id, theirs) = (summary.MessageId!.Value, summary.TeLink!);
        var learned = Learn(theirs);
        ref var order = ref theirs.LocalLinkId == _teLink.RemoteId ? ref _order : ref _claimantOrder;
        if (order.Sender != theirs.LocalLinkId) order = (theirs.LocalLinkId, default);
        if (order.Received.IsOutOfOrder(id))
        {
            _node.Drop(Neighbor, DropReason.OutOfOrder);
            return;
        }

        order.Received.Remember(id);
        var resynchronized = _teLink.Resynchronization.Hear(now, summary, channel.NeighborRestarted);

        (_heard, _heardSinceAsked) = (summary, true);
        var comparison = new SummaryComparison(_node.Output, _teLink, summary);
        if (comparison.WrongIds.Length == 0)
        {
            _teLink.LearnSupport(now, theirs.Flags);
            // It may have known no such TE link before.
            _teLink.NotRefused(now);
        }

        comparison.Apply(now);
        Answer(now, channel, origin, id, comparison);
        if (learned || resynchronized) Begin(now);
        else if (!_retransmission.IsRunning) AskAgain(now);
        _teLink.VerifyDoubtful(now);
    }

    /// <summary>Our configuration has changed: compares it with what the neighbour said last.</summary>
    public void CompareAgain(Instant now)
    {
        if (_heard is null) return;
        Learn(_heard.TeLink!);
        // After our restart it may be what we listened for, and not have been understood: the neighbour, which agrees, does not say it again.
        _teLink.Resynchronization.Hear(now, _heard, neighborRestarted: false);
        new SummaryComparison(_node.Output, _teLink, _heard).Apply(now);
    }

    /// <summary>Takes in the LinkSummaryAck for the LinkSummary that waits.</summary>
    public void ReceiveAck(Instant now)
    {
        Answered(now);
        _state = $"{Neighbor.Name} agrees";
        _teLink.NotRefused(now);
        foreach (var (link, sent) in _summarized) link.AgreeThere(now, [.. LinkComparison.Capabilities(sent)]);
        _teLink.Step(now, RcvAck);
        Finish(now, LinkSummaryOutcome.Acknowledged, $"{_teLink.Name}: {Neighbor.Name} agrees");
        _teLink.Resynchronization.Complete(now);
        if (_heardSinceAsked) AskAgain(now);
    }

    /// <summary>Takes in the LinkSummaryNack for the LinkSummary that waits.</summary>
    public void ReceiveNack(Instant now, LinkSummaryNackMessage nack)
    {
        Answered(now);
        _teLink.Step(now, RcvNack);

        // §12.6.3: what is listed disagrees, everything else is agreed. That cannot be told where the TE_LINK itself is refused, or nothing of
        // ours is listed.
        var listed = new Dictionary<Identifier, DataLinkObject>();
        foreach (var link in nack.DataLinks) listed.TryAdd(link.LocalInterfaceId, link);
        var refused = _summarized.FindAll(s => listed.ContainsKey(s.Link.LocalId));
        var isAboutTeLink = (nack.Errors & AboutTeLink) != 0 || refused.Count == 0;
        var inWords = LinkSummaryError.InWords(nack.Errors);
        if (isAboutTeLink) RefusedAsAWhole(now, nack.Errors);
        else _teLink.NotRefused(now);

        var adopted = 0;
        foreach (var (link, sent) in _summarized)
        {
            if (!listed.TryGetValue(link.LocalId, out var answer))
            {
                if (isAboutTeLink) link.NotRefused(now);
                else link.AgreeThere(now, [.. LinkComparison.Capabilities(sent)]);
            }
            else if (IsOffer(answer, nack.Errors) && !link.IsHeardToDisagree && LinkComparison.Accepts(link.Configuration, sent, answer, out var agreed))
            {
                link.Adopt(agreed);
                adopted++;
            }
            else
            {
                var isMapping = nack.Errors.HasFlag(LinkSummaryErrors.UnacceptableNonNegotiable);
                link.DisagreeThere(now, LinkComparison.Refusal(link.Configuration, answer, nack.Errors, Neighbor.Name), isMapping);
            }
        }

        if (adopted > 0)
        {
            _renegotiations++;
            Send(now);
            return;
        }

        var what = refused.Count == 0 ? ""
            : " for " + string.Join(", ", refused.Take(5).Select(s => s.Link.Name)) + (refused.Count > 5 ? $" and {refused.Count - 5} more" : "");
        _state = $"{Neighbor.Name} refuses the LinkSummary{what}: {inWords}; correct one end, or lmp te-link summarize {_teLink.Name}";
        Finish(now, LinkSummaryOutcome.Refused, $"{_teLink.Name}: {_state}");
        _teLink.Resynchronization.Complete(now);
        if (_heardSinceAsked || (_renegotiations < MaxRenegotiations && _teLink.DataLinks.Any(l => l.IsToldOtherwise))) AskAgain(now);
        _teLink.VerifyDoubtful(now);
    }

    private void RefusedAsAWhole(Instant now, LinkSummaryErrors errors)
    {
        var (isUnknown, inWords) = (errors.HasFlag(LinkSummaryErrors.InvalidTeLink), LinkSummaryError.InWords(errors));
        _teLink.Refused(now, isUnknown
            ? $"{Neighbor.Name} knows no TE link {_teLink.RemoteId} that is connected to our {_teLink.LocalId}: {inWords}"
            : $"{Neighbor.Name} refuses it: {inWords}");
        if (!isUnknown || _heardSinceAsked || !_teLink.IdsAgree) return;
        // It had one, and has it no more: what it said of it is void.
        _heard = null;
        foreach (var link in _teLink.DataLinks) link.Forget(now);
    }

    private bool IsOffer(DataLinkObject answer, LinkSummaryErrors errors) =>
        answer.Negotiable && errors.HasFlag(LinkSummaryErrors.Renegotiate) && _renegotiations < MaxRenegotiations;

    // A Link_Id that is not configured follows the neighbour: LinkSummary may change it (RFC 4204 §4).
    private bool Learn(TeLinkObject theirs)
    {
        if (_teLink.Configuration.RemoteId is not null || theirs.RemoteLinkId != _teLink.LocalId || _teLink.RemoteId == theirs.LocalLinkId) return false;
        _teLink.RemoteId = theirs.LocalLinkId;
        return true;
    }

    private void Answer(Instant now, ControlChannel channel, in DatagramOrigin origin, uint id, SummaryComparison comparison)
    {
        var agrees = comparison.Errors == LinkSummaryErrors.None;
        _node.Send(channel, origin.Source, agrees ? new LinkSummaryAckMessage(id) : LinkSummaryBuilder.Nack(id, comparison.Errors, comparison.Answers), _teLink);
        _teLink.Step(now, agrees ? SumAck : SumNack);
    }

    // What the neighbour says of itself now, and what it has answered us, do not fit: one of the two is old. Not faster than one that does not
    // answer is asked, whatever the neighbour sends.
    private void AskAgain(Instant now)
    {
        if (!IsDoubtful) return;
        var earliest = _asked is { } asked ? asked + Parameters.Pause : now;
        if (now >= earliest) Retry(now);
        else _node.Deadlines.Set(_retry, earliest);
    }

    // What was doubtful may have been settled meanwhile by the neighbour.
    private void Retry(Instant now)
    {
        if (_unanswered || (_heardSinceAsked && IsDoubtful))
        {
            Begin(now);
        }
        else if (IsDoubtful)
        {
            _renegotiations++;
            Send(now);
        }
    }

    private void Send(Instant now)
    {
        Stop();
        _summarized.Clear();
        _held = Neighbor.IsUp && _teLink.IsBeingVerified;
        if (_held)
        {
            _state = Held;
            return;
        }

        var none = !_teLink.DataLinks.Any(l => l.RemoteId is not null);
        if (!Neighbor.IsUp || _teLink.RemoteId is not { } remoteId || none)
        {
            ClearUnanswered(now);
            if (none) _state = "none of its data links has a known remote-id; set remote-id, or verify the TE link";
            if (none && Neighbor.IsUp) _teLink.Resynchronization.Complete(now);
            return;
        }

        foreach (var link in _teLink.DataLinks)
        {
            if (link.RemoteId is not null) _summarized.Add((link, link.Tell(negotiable: !_teLink.Resynchronization.TellsFixed)));
            _node.Output.AtWork();
        }

        (_asked, _heardSinceAsked) = (now, false);
        var id = _node.MessageIds.Next();
        _bytes = new LinkSummaryMessage(id, LinkSummaryBuilder.TeLink(_teLink.Configuration, remoteId), [.. _summarized.Select(s => s.Sent)]).Encode();
        _awaited = id;
        _node.WaitingSummaries[id] = this;
        _retransmission.Start(now, id, Parameters);
    }

    private void Transmit(Instant now)
    {
        // Another channel may have taken over since the last transmission (RFC 4204 §3).
        if (Neighbor.UsableChannel is not { Remote: { } remote } channel) return;
        if (_retransmission.Transmissions > 1)
        {
            _teLink.Step(now, SumRet);
            _node.CountRetransmitted(channel, MessageType.LinkSummary, _teLink);
        }

        _teLink.Counters.CountSent(MessageType.LinkSummary, _bytes.Length);
        _node.Send(channel, remote, MessageType.LinkSummary, _bytes);
    }

    private void GiveUp(Instant now)
    {
        _unanswered = true;
        _state = $"{_retransmission.Transmissions} LinkSummary messages unanswered by {Neighbor.Name} although its control channel is up; "
            + "does it support link property correlation?";
        _node.Alarms.Raise(now, AlarmKind.LinkSummaryUnanswered, _teLink.Name, AlarmSeverity.Major, $"{_teLink.Name}: {_state}");
        Finish(now, LinkSummaryOutcome.Unanswered, $"{_teLink.Name}: {_state}");
        // §11.2.1: "The LinkSummary message is periodically transmitted". Also in Up: what changed there has to be agreed, too.
        _node.Deadlines.Set(_retry, now + Parameters.Pause);
    }

    private void Answered(Instant now)
    {
        Stop();
        ClearUnanswered(now);
    }

    private void ClearUnanswered(Instant now)
    {
        _unanswered = false;
        _node.Alarms.Clear(now, AlarmKind.LinkSummaryUnanswered, _teLink.Name);
    }

    // Ends the waiting for an answer, and for the time to ask again.
    private void Stop()
    {
        _retry.Cancel();
        _retransmission.Stop();
        if (_awaited is not { } id) return;
        _node.WaitingSummaries.Remove(id);
        _awaited = null;
    }

    private void Finish(Instant now, LinkSummaryOutcome outcome, string text) => _node.Output.Tell(new LinkSummaryFinished(now, _teLink, outcome, text));
}
