// RFC 4204 §5, §12.5: the side that looks for Test messages.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>One verification procedure that a neighbour began: which data links listen, and what was told of them (RFC 4204 §5).</summary>
internal sealed class VerifySession
{
    // A neighbour that never ends its procedure is not listened to for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly NodeContext _node;
    private readonly Action<Instant, VerifySession> _closed;
    private readonly TimeSpan _deadInterval;
    private readonly Deadline _dead;
    private readonly Deadline _expiry;
    private readonly HashSet<DataLink> _listening;
    private readonly Dictionary<DataLink, Status> _statuses = [];
    private Status? _failure;

    public VerifySession(NodeContext node, Neighbor neighbor, uint verifyId, uint messageId, TimeSpan deadInterval, List<DataLink> links, Action<Instant, VerifySession> closed)
    {
        (_node, Neighbor, VerifyId, MessageId, _deadInterval, _closed) = (node, neighbor, verifyId, messageId, deadInterval, closed);
        _listening = [.. links];
        _dead = new Deadline(DeadIntervalOver);
        _expiry = new Deadline(now => Close(now, "the neighbour never ended it"));
    }

    public Neighbor Neighbor { get; }

    public uint VerifyId { get; }

    /// <summary>The Message_Id of the BeginVerify: a repeated one is the same procedure.</summary>
    public uint MessageId { get; }

    private RetransmitConfiguration Parameters => Neighbor.UsableChannel?.Configuration.Retransmit ?? RetransmitConfiguration.Default;

    public void Start(Instant now)
    {
        foreach (var link in _listening) link.StartListening(now);
        _node.Deadlines.Set(_dead, now + _deadInterval);
        _node.Deadlines.Set(_expiry, now + Longest);
    }

    /// <summary>A Test message of this procedure came in on a data link: any of ours, the fibre may be in the wrong port.</summary>
    public void ReceiveTest(Instant now, DataLink link, Identifier remoteInterfaceId)
    {
        if (_statuses.ContainsKey(link)) return;
        _listening.Remove(link);
        link.TestReceived(now, remoteInterfaceId);
        var status = new Status(this, MessageType.TestStatusSuccess,
            id => new TestStatusSuccessMessage(link.TeLink.LocalId, id, link.LocalId, remoteInterfaceId, VerifyId));
        _statuses.Add(link, status);
        status.Start(now);
    }

    public bool ReceiveStatusAck(uint messageIdAck)
    {
        if (_failure?.ReceiveAck(messageIdAck) == true) return true;
        foreach (var status in _statuses.Values)
            if (status.ReceiveAck(messageIdAck)) return true;
        return false;
    }

    /// <summary>The procedure is over: event 8b for what still listens.</summary>
    public void Close(Instant now, string why)
    {
        _node.Deadlines.Cancel(_dead);
        _node.Deadlines.Cancel(_expiry);
        _failure?.Stop();
        foreach (var status in _statuses.Values) status.Stop();
        foreach (var link in _listening) link.ListeningFailed(now, $"no Test message of {Neighbor.Name} arrived: {why}");
        _listening.Clear();
        Neighbor.UpdateWiring(now);
        _closed(now, this);
        if (!Neighbor.IsUp) return;
        foreach (var teLink in Neighbor.TeLinks) teLink.LookAgain(now);
    }

    /// <summary>The adjacency is lost: nothing is known of what still listens.</summary>
    public void Abort(Instant now)
    {
        foreach (var link in _listening) link.ListeningAborted(now);
        _listening.Clear();
        Close(now, "the control channels were lost");
    }

    // §12.5.8: TestStatusFailure names no data link, it speaks of all that remain.
    private void DeadIntervalOver(Instant now)
    {
        if (_listening.Count == 0) return;
        foreach (var link in _listening)
            link.ListeningFailed(now, $"no Test message of {Neighbor.Name} arrived within {_deadInterval.TotalMilliseconds:0} ms");
        _listening.Clear();
        _failure = new Status(this, MessageType.TestStatusFailure, id => new TestStatusFailureMessage(id, VerifyId));
        _failure.Start(now);
    }

    /// <summary>A TestStatus message, sent until it is acknowledged or the procedure ends (RFC 4204 §5).</summary>
    private sealed class Status
    {
        private readonly VerifySession _session;
        private readonly MessageType _type;
        private readonly Func<uint, LmpMessage> _create;
        private readonly Retransmission _retransmission;
        private byte[] _bytes = [];

        public Status(VerifySession session, MessageType type, Func<uint, LmpMessage> create)
        {
            (_session, _type, _create) = (session, type, create);
            _retransmission = new Retransmission(session._node.Deadlines, Transmit, _ => { });
        }

        public void Start(Instant now)
        {
            var id = _session._node.MessageIds.Next();
            _bytes = _create(id).Encode();
            _retransmission.Start(now, id, _session.Parameters);
        }

        public bool ReceiveAck(uint messageIdAck)
        {
            if (!_retransmission.IsAnsweredBy(messageIdAck)) return false;
            _retransmission.Stop();
            return true;
        }

        public void Stop() => _retransmission.Stop();

        private void Transmit(Instant now)
        {
            if (_session.Neighbor.UsableChannel is not { Remote: { } remote } channel) return;
            if (_retransmission.Transmissions > 1) _session._node.CountRetransmitted(_session.Neighbor, _type);
            _session._node.Send(channel, remote, _type, _bytes);
        }
    }
}
