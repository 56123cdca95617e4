// RFC 4207 §4.1.4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// Reports trace mismatches to one neighbour: data links whose trace changes within one scheduling turn share a message. One message at a time;
/// what comes meanwhile goes with the next.
/// </summary>
internal sealed class MismatchReport
{
    private readonly NodeContext _node;
    private readonly Neighbor _neighbor;
    private readonly Retransmission _retransmission;
    private readonly Deadline _due;
    private readonly List<DataLink> _waiting = [];
    private List<DataLink> _told = [];
    private byte[] _bytes = [];

    public MismatchReport(NodeContext node, Neighbor neighbor)
    {
        (_node, _neighbor) = (node, neighbor);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _due = new Deadline(Send);
    }

    /// <summary>A data link receives another trace message than the neighbour wants it to.</summary>
    public void Add(Instant now, DataLink link)
    {
        if (!_waiting.Contains(link)) _waiting.Add(link);
        if (!_retransmission.IsRunning) _node.Deadlines.Set(_due, now);
    }

    /// <summary>Takes in a TraceMismatchAck; false if it answers another one.</summary>
    public bool ReceiveAck(Instant now, TraceMismatchAckMessage ack)
    {
        if (!_retransmission.IsAnsweredBy(ack.MessageIdAck)) return false;
        _retransmission.Stop();
        foreach (var link in _told) Tell(now, link, TraceRequestOutcome.Done, $"{_neighbor.Name} was told of the trace mismatch");
        if (_waiting.Count > 0) Send(now);
        return true;
    }

    /// <summary>The adjacency is lost.</summary>
    public void Stop()
    {
        _retransmission.Stop();
        _due.Cancel();
        _waiting.Clear();
    }

    private void Send(Instant now)
    {
        // Some may be right again, or gone, or somebody else's.
        var wrong = _waiting.FindAll(l => l.TeLink.DataLinks.Contains(l) && l.Traces.Any(t => t.IsToReport));
        _waiting.Clear();
        if (wrong.Count == 0) return;
        // LOCAL_INTERFACE_IDs of 20 bytes at most: what does not fit goes with the next message.
        var room = (CommonHeader.MaxMessageLength - new TraceMismatchMessage(0).EncodedLength) / 20;
        _told = wrong.GetRange(0, Math.Min(room, wrong.Count));
        _waiting.AddRange(wrong.Skip(_told.Count));
        var id = _node.MessageIds.Next();
        _bytes = new TraceMismatchMessage(id, [.. _told.Select(l => l.LocalId)]).Encode();
        _retransmission.Start(now, id, _neighbor.Retransmit);
    }

    private void Transmit(Instant now) => _node.Transmit(_neighbor, _retransmission, MessageType.TraceMismatch, _bytes);

    private void GiveUp(Instant now)
    {
        foreach (var link in _told)
            Tell(now, link, TraceRequestOutcome.Unanswered, $"{_retransmission.Transmissions} TraceMismatch messages unanswered by {_neighbor.Name}");
        if (_waiting.Count > 0) Send(now);
    }

    private void Tell(Instant now, DataLink link, TraceRequestOutcome outcome, string text) =>
        _node.Output.Tell(new TraceRequestFinished(now, link, MessageType.TraceMismatch, outcome, $"{link.Name}: {text}"));
}
