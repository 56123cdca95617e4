// RFC 4204 §6.2, §12.7.3: "If a ChannelStatus message is not received by the downstream node, it SHOULD send a ChannelStatusRequest message".
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Asks the neighbour for the state of a TE link's channels: those it owes a word about, or all after the adjacency came back.</summary>
internal sealed class StatusRequester
{
    private static readonly Instant BeforeAll = new(long.MinValue);

    private const int MostSilences = 5;

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Retransmission _retransmission;
    private readonly Deadline _due;
    private readonly List<DataLink> _expected = [];
    private readonly List<DataLink> _asked = [];
    private byte[] _bytes = [];
    private int _silences;
    private bool _all;
    private long _askedAt;

    public StatusRequester(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _due = new Deadline(Ask);
    }

    private RetransmitConfiguration Parameters => _teLink.Neighbor.Retransmit;

    // Twice the time to the first retransmission: one loss on the way there or back is not worth a question.
    private TimeSpan Patience => Parameters.Interval * 2;

    /// <summary>The neighbour was told that we receive something bad, and owes us a word about what it sends.</summary>
    public void Expect(Instant now, DataLink link)
    {
        if (link.AwaitedSince is not null) return;
        _expected.Add(link);
        link.AwaitedSince = now;
        if (!_due.IsSet) _node.Deadlines.Set(_due, now + Patience);
    }

    /// <summary>Asks for all data links of the TE link.</summary>
    public void AskForAll(Instant now)
    {
        (_all, _silences) = (true, 0);
        _node.Deadlines.Set(_due, now);
    }

    /// <summary>Whether a response answers what was asked; then nothing more is waited for.</summary>
    /// <param name="messageIdAck">Its Message_Id.</param>
    /// <param name="askedAt">What the receiver had heard when it was asked.</param>
    public bool IsAnsweredBy(uint messageIdAck, out long askedAt)
    {
        askedAt = _askedAt;
        if (!_retransmission.IsAnsweredBy(messageIdAck)) return false;
        _retransmission.Stop();
        _asked.Clear();
        return true;
    }

    /// <summary>After a response: what came up meanwhile is asked in its turn.</summary>
    public void GoOn(Instant now)
    {
        if ((_expected.Count > 0 || _all) && !_due.IsSet) _node.Deadlines.Set(_due, _all ? now : now + Patience);
    }

    /// <summary>The way to the neighbour is lost.</summary>
    public void Stop()
    {
        _retransmission.Stop();
        _due.Cancel();
        foreach (var link in _expected) link.AwaitedSince = null;
        _expected.Clear();
        _asked.Clear();
        _all = false;
    }

    private void Ask(Instant now)
    {
        if (_retransmission.IsRunning) return;
        var (oldest, next) = (now + -Patience, Instant.Never);
        _expected.RemoveAll(link =>
        {
            if (link.AwaitedSince > oldest && IsAwaited(link))
            {
                if (link.AwaitedSince < next) next = link.AwaitedSince.Value;
                return false;
            }

            link.AwaitedSince = null;
            if (IsAwaited(link)) _asked.Add(link);
            return true;
        });
        if (!_all && _asked.Count == 0)
        {
            if (next != Instant.Never) _node.Deadlines.Set(_due, next + Patience);
            return;
        }

        var id = _node.MessageIds.Next();
        _bytes = new ChannelStatusRequestMessage(_teLink.LocalId, id, _all ? [] : ChannelStatusBuilder.Requests(_asked)).Encode();
        _all = false;
        _askedAt = _teLink.Faults.Receiver.Heard;
        _retransmission.Start(now, id, Parameters);
    }

    private bool IsAwaited(DataLink link) => link.IsAwaitingAnswer && _teLink.FindDataLink(link.LocalId) == link;

    private void Transmit(Instant now) => _node.Transmit(_teLink.Neighbor, _retransmission, MessageType.ChannelStatusRequest, _bytes, _teLink);

    private void GiveUp(Instant now)
    {
        // All that was asked for is asked for again, as far as it still matters. A neighbour that knows nothing of the TE link does not answer: in the end it
        // is left alone.
        _all = _asked.Count == 0 && ++_silences < MostSilences;
        foreach (var link in _asked)
        {
            if (link.AwaitedSince is null) _expected.Add(link);
            link.AwaitedSince = BeforeAll;
        }

        _asked.Clear();
        _node.Deadlines.Set(_due, now + Parameters.Pause);
    }
}
