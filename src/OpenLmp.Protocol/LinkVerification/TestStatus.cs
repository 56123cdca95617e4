// RFC 4204 §12.5.7-12.5.9
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A TestStatusSuccess or TestStatusFailure, sent until it is acknowledged, a retry limit is reached or the procedure ends (RFC 4204 §5).</summary>
internal sealed class TestStatus
{
    private readonly NodeContext _node;
    private readonly Neighbor _neighbor;
    private readonly TeLink? _about;
    private readonly MessageType _type;
    private readonly byte[] _bytes;
    private readonly Action<Instant> _settled;
    private readonly Retransmission _retransmission;

    /// <param name="now">The time: it is sent at once.</param>
    /// <param name="node">The node.</param>
    /// <param name="neighbor">To whom.</param>
    /// <param name="about">The TE link of the procedure; null: it has several.</param>
    /// <param name="create">Makes the message of its Message_Id.</param>
    /// <param name="settled">Called when it is acknowledged, or given up.</param>
    public TestStatus(Instant now, NodeContext node, Neighbor neighbor, TeLink? about, Func<uint, LmpMessage> create, Action<Instant> settled)
    {
        (_node, _neighbor, _about, _settled) = (node, neighbor, about, settled);
        var id = node.MessageIds.Next();
        var message = create(id);
        (_type, _bytes) = (message.Type, message.Encode());
        _retransmission = new Retransmission(node.Deadlines, Transmit, settled);
        _retransmission.Start(now, id, neighbor.Retransmit);
    }

    public bool ReceiveAck(Instant now, uint messageIdAck)
    {
        if (!_retransmission.IsAnsweredBy(messageIdAck)) return false;
        _retransmission.Stop();
        _settled(now);
        return true;
    }

    public void Stop() => _retransmission.Stop();

    private void Transmit(Instant now) => _node.Transmit(_neighbor, _retransmission, _type, _bytes, _about);
}
