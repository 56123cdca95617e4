// RFC 4207 §4.1; RFC 4204 §10
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A request about one trace of one data link: sent again until it is answered or Rl transmissions are made.</summary>
internal sealed class TraceRequest
{
    private readonly NodeContext _node;
    private readonly MessageType _type;
    private readonly Retransmission _retransmission;
    private byte[] _bytes = [];

    public TraceRequest(NodeContext node, DataLinkTrace trace, MessageType type)
    {
        (_node, Trace, _type) = (node, trace, type);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
    }

    /// <summary>What it is about.</summary>
    public DataLinkTrace Trace { get; }

    private Neighbor Neighbor => Trace.Link.TeLink.Neighbor;

    /// <summary>
    /// Sends, if the neighbour is there and takes part; a request that waits is replaced. A request that cannot be made now is made when the
    /// adjacency comes up.
    /// </summary>
    public void Start(Instant now, Func<uint, LmpMessage> create)
    {
        Stop();
        if (!Neighbor.IsUp || !Neighbor.Traces) return;
        var id = _node.MessageIds.Next();
        _bytes = create(id).Encode();
        _node.WaitingTraces[id] = this;
        _retransmission.Start(now, id, Neighbor.Retransmit);
    }

    /// <summary>Ends the waiting.</summary>
    public void Stop()
    {
        _node.WaitingTraces.Remove(_retransmission.MessageId);
        _retransmission.Stop();
    }

    /// <summary>Whether <paramref name="answer"/> is an answer to this request; then the waiting is over.</summary>
    public bool Answers(Neighbor neighbor, LmpMessage answer)
    {
        var fits = answer switch
        {
            TraceMonitorAckMessage or TraceMonitorNackMessage => _type == MessageType.TraceMonitor,
            InsertTraceAckMessage or InsertTraceNackMessage => _type == MessageType.InsertTrace,
            TraceReportMessage report => _type == MessageType.TraceReq && report.Trace.TraceType == Trace.Type,
            TraceReqNackMessage => _type == MessageType.TraceReq,
            _ => false,
        };
        if (!fits || neighbor != Neighbor) return false;
        Stop();
        return true;
    }

    private void Transmit(Instant now) => _node.Transmit(Neighbor, _retransmission, _type, _bytes);

    private void GiveUp(Instant now)
    {
        _node.WaitingTraces.Remove(_retransmission.MessageId);
        Trace.Unanswered(now, _type, _retransmission.Transmissions);
    }
}
