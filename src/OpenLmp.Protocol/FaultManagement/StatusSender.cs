// RFC 4204 §6.2, §7, §12.7.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Sends a TE link's ChannelStatus messages until each is acknowledged.</summary>
internal sealed class StatusSender
{
    // Messages on their way at once. What changes beyond that waits for an acknowledgement, and is then told as it is by then.
    private const int MostUnacknowledged = 8;

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly FaultExchange _exchange;
    private readonly Deadline _again;
    private readonly List<Message> _unacknowledged = [];
    private readonly List<(DataLink Link, FaultWork Work)> _heldBack = [];
    private readonly List<ChannelStatusEntry> _entries = [];
    private readonly List<(DataLink Link, FaultWork Work)> _sources = [];

    public StatusSender(NodeContext node, TeLink teLink, FaultExchange exchange)
    {
        (_node, _teLink, _exchange) = (node, teLink, exchange);
        _again = new Deadline(SendAgain);
    }

    private RetransmitConfiguration Parameters => _teLink.Neighbor.Retransmit;

    /// <summary>Tells the neighbour what the data links want told.</summary>
    public void Send(Instant now, List<DataLink> links)
    {
        _entries.Clear();
        _sources.Clear();
        foreach (var link in links)
        {
            var work = link.Work & (FaultWork.Report | FaultWork.Answer | FaultWork.Sent);
            if (work == FaultWork.None) continue;
            if (_unacknowledged.Count >= MostUnacknowledged)
            {
                _heldBack.Add((link, work));
                continue;
            }

            if (work.HasFlag(FaultWork.Report) && link.Reported is var state && link.Told != state && (link.Told is not null || link.HasReport))
            {
                link.Told = state;
                Add(link, state, FaultWork.Report);
            }

            var isAnswer = work.HasFlag(FaultWork.Answer) && link.RemoteSignal.IsBad();
            if (!isAnswer && !(work.HasFlag(FaultWork.Sent) && link.HasNewsOfSent)) continue;
            link.ToldSent = link.Answer.Condition;
            Add(link, link.Answer, isAnswer ? FaultWork.Answer : FaultWork.Sent);
        }

        if (_entries.Count > 0 && _teLink.Neighbor.IsWdm) SendGroups(now);

        if (_entries.Count == 0)
        {
            ClearIfNothingIsLeft(now);
            return;
        }

        if (IsWholeTeLink(out var whole))
        {
            Start(now, [ChannelStatusObject.ForTeLink(_entries[0].InterfaceId.Type, whole)], [.. _sources]);
            return;
        }

        var overhead = new ChannelStatusMessage(_teLink.LocalId, 0).EncodedLength;
        foreach (var (start, count) in ChannelStatusBuilder.Split(_entries, overhead))
        {
            var part = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries).Slice(start, count);
            Start(now, ChannelStatusBuilder.Objects(part), [.. _sources.GetRange(start, count)]);
        }
    }

    /// <summary>Puts what had to wait back into the queue as soon as there is room.</summary>
    public void RequeueHeldBack(Instant now)
    {
        if (_heldBack.Count == 0 || _unacknowledged.Count >= MostUnacknowledged) return;
        var any = false;
        foreach (var (link, work) in _heldBack)
        {
            if (!IsOurs(link)) continue;
            _exchange.Queue(now, link, work);
            any = true;
        }

        _heldBack.Clear();
        if (!any) ClearIfNothingIsLeft(now);
    }

    // What the neighbour did not acknowledge may be of no interest any more: then no acknowledgement will ever clear the alarm.
    private void ClearIfNothingIsLeft(Instant now)
    {
        if (_unacknowledged.Count == 0 && _heldBack.Count == 0) _node.Alarms.Clear(now, AlarmKind.ChannelStatusUnanswered, _teLink.Name);
    }

    /// <summary>The way to the neighbour is lost, or its support.</summary>
    public void Stop()
    {
        foreach (var message in _unacknowledged) message.Stop();
        _unacknowledged.Clear();
        _heldBack.Clear();
        _again.Cancel();
    }

    private void Add(DataLink link, ChannelState state, FaultWork work)
    {
        _entries.Add(new ChannelStatusEntry(link.LocalId, state));
        _sources.Add((link, work));
    }

    // RFC 4209 §2.4: LINK_GROUP CHANNEL_STATUS "may be used in place of the CHANNEL_STATUS objects described in [RFC4204]", so in a message of
    // its own. There are half as many groups in it as data links at most: it fits.
    private void SendGroups(Instant now)
    {
        if (LinkGroupBundle.Of(_teLink.DataLinks, _entries, i => _sources[i].Link) is not { } bundle) return;
        Start(now, [new LinkGroupChannelStatus(bundle.Groups)], [.. _sources.Where((_, i) => bundle.IsCovered[i])]);
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (!bundle.IsCovered[i]) continue;
            _entries.RemoveAt(i);
            _sources.RemoveAt(i);
        }
    }

    // RFC 4204 §6.2: "If all of the data links of a TE link have failed, then the upstream node MAY be notified of the TE link failure without
    // specifying each data link".
    private bool IsWholeTeLink(out ChannelState state)
    {
        state = _entries[0].State;
        if (_entries.Count < 2 || _entries.Count != _teLink.DataLinks.Count) return false;
        if (state.Direction != ChannelDirection.Receive || state.Condition != ChannelCondition.SignalFail) return false;
        foreach (var entry in _entries)
            if (entry.State != state) return false;
        return true;
    }

    private void Start(Instant now, LmpObject[] objects, (DataLink Link, FaultWork Work)[] sources)
    {
        var id = _node.MessageIds.Next();
        var message = new Message(this, new ChannelStatusMessage(_teLink.LocalId, id, objects).Encode(), sources);
        _unacknowledged.Add(message);
        _node.WaitingStatuses[id] = message;
        message.Retransmission.Start(now, id, Parameters);
    }

    private void GiveUp(Instant now, Message message)
    {
        _unacknowledged.Remove(message);
        _node.WaitingStatuses.Remove(message.Retransmission.MessageId);
        foreach (var (link, work) in message.Sources)
        {
            if (work == FaultWork.Report) link.Told = null;
            else link.ToldSent = null;
            _heldBack.Add((link, work));
        }

        _node.Alarms.Raise(
            now, AlarmKind.ChannelStatusUnanswered, _teLink.Name, AlarmSeverity.Major,
            $"{_teLink.Name}: {message.Retransmission.Transmissions} ChannelStatus messages unanswered by {_teLink.Neighbor.Name} although its control channel "
            + "is up; it does not know of faults here, and none can be localized; does it support fault management?");
        _node.Deadlines.Set(_again, now + Parameters.Pause);
    }

    private void SendAgain(Instant now) => RequeueHeldBack(now);

    private bool IsOurs(DataLink link) => _teLink.FindDataLink(link.LocalId) == link;

    /// <summary>A ChannelStatus on its way.</summary>
    internal sealed class Message
    {
        private readonly StatusSender _sender;
        private readonly byte[] _bytes;

        public Message(StatusSender sender, byte[] bytes, (DataLink Link, FaultWork Work)[] sources)
        {
            (_sender, _bytes, Sources) = (sender, bytes, sources);
            Retransmission = new Retransmission(sender._node.Deadlines, Transmit, now => sender.GiveUp(now, this));
        }

        public TeLink TeLink => _sender._teLink;

        public Neighbor Neighbor => TeLink.Neighbor;

        public Retransmission Retransmission { get; }

        public (DataLink Link, FaultWork Work)[] Sources { get; }

        public void Acknowledged(Instant now)
        {
            Stop();
            _sender._unacknowledged.Remove(this);
            _sender._node.Alarms.Clear(now, AlarmKind.ChannelStatusUnanswered, _sender._teLink.Name);
            _sender.RequeueHeldBack(now);
        }

        public void Stop()
        {
            Retransmission.Stop();
            _sender._node.WaitingStatuses.Remove(Retransmission.MessageId);
        }

        private void Transmit(Instant now) => _sender._node.Transmit(Neighbor, Retransmission, MessageType.ChannelStatus, _bytes, TeLink);
    }
}
