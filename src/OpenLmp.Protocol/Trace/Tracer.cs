// RFC 4207 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Trace monitoring of the whole node: answers neighbours, and knows what an answer is about (RFC 4207 §4).</summary>
internal sealed class Tracer(NodeContext node)
{
    private readonly Dictionary<Neighbor, MismatchReport> _reports = [];

    /// <summary>What a data link receives may have changed, or what is to be made of it: alarms, and the neighbour hears of it where it wants to.</summary>
    public void Judge(Instant now, DataLink link)
    {
        link.TellTraces(now);
        var neighbor = link.TeLink.Neighbor;
        foreach (var trace in link.Traces)
            if (trace.TakeReport() && neighbor is { IsUp: true, Traces: true }) Report(neighbor).Add(now, link);
    }

    /// <summary>Takes in a TraceMonitor: always answered (§4.1.1).</summary>
    public void ReceiveMonitor(Instant now, ControlChannel channel, in DatagramOrigin origin, TraceMonitorMessage monitor)
    {
        var id = monitor.MessageId!.Value;
        var errors = Judge(channel.Neighbor, monitor.LocalInterfaceId, monitor.Trace, out var link);
        if (errors == TraceErrors.None) errors = link!.Trace(monitor.Trace.TraceType).MonitorFor(now, id, TraceText.FromWire(monitor.Trace));
        node.Send(channel, origin.Source, errors == TraceErrors.None ? new TraceMonitorAckMessage(id) : new TraceMonitorNackMessage(id, errors));
    }

    /// <summary>Takes in an InsertTrace: always answered (§4.1.9).</summary>
    public void ReceiveInsert(Instant now, ControlChannel channel, in DatagramOrigin origin, InsertTraceMessage insert)
    {
        var id = insert.MessageId!.Value;
        var errors = Judge(channel.Neighbor, insert.LocalInterfaceId, insert.Trace, out var link);
        // The operator's word stands, and both ends shall see that they disagree.
        if (link?.Configuration.FindTrace(insert.Trace.TraceType)?.Send is { } configured && configured != TraceText.FromWire(insert.Trace))
            errors |= TraceErrors.InvalidTraceMessage;
        node.Send(channel, origin.Source, errors == TraceErrors.None ? new InsertTraceAckMessage(id) : new InsertTraceNackMessage(id, errors));
        // After the answer: what is asked for in return must not be taken for it.
        if (errors == TraceErrors.None) link!.Trace(insert.Trace.TraceType).Insert(now, id, TraceText.FromWire(insert.Trace));
    }

    /// <summary>Takes in a TraceReq: always answered (§4.1.7, §4.1.8).</summary>
    public void ReceiveRequest(ControlChannel channel, in DatagramOrigin origin, TraceReqMessage request)
    {
        var (id, type) = (request.MessageId!.Value, request.TraceType);
        var errors = Judge(channel.Neighbor, request.LocalInterfaceId, type, out var link);
        var received = errors == TraceErrors.None ? link!.Traces.FirstOrDefault(t => t.Type == type)?.Received : null;
        // There is a bit for a trace message that is not what it should be, none for one that nobody has seen: the nearest.
        if (errors == TraceErrors.None && received is null) errors = TraceErrors.InvalidTraceMessage;
        node.Send(channel, origin.Source,
            errors == TraceErrors.None ? new TraceReportMessage(id, TraceText.ToWire(type, received!)) : new TraceReqNackMessage(id, errors));
    }

    /// <summary>Takes in a TraceMismatch: acknowledged, whatever it names (§4.1.4).</summary>
    public void ReceiveMismatch(Instant now, ControlChannel channel, in DatagramOrigin origin, TraceMismatchMessage mismatch)
    {
        if (!channel.Neighbor.Traces)
        {
            // There is no Nack for it, and we have asked for nothing.
            node.Drop(channel.Neighbor, DropReason.Unsupported);
            return;
        }

        node.Send(channel, origin.Source, new TraceMismatchAckMessage(mismatch.MessageId!.Value));
        // It does not say which trace: every one that is sent may be meant.
        foreach (var id in mismatch.LocalInterfaceIds.Distinct())
            if (Find(channel.Neighbor, id) is { } link)
                foreach (var trace in link.Traces.Where(t => t.Sent is not null)) trace.NeighborMismatch(now);
    }

    /// <summary>Takes in the answers to our requests.</summary>
    public void ReceiveAnswer(Instant now, Neighbor neighbor, LmpMessage message)
    {
        if (message is TraceMismatchAckMessage mismatchAck)
        {
            if (!_reports.TryGetValue(neighbor, out var report) || !report.ReceiveAck(now, mismatchAck)) node.Drop(neighbor, DropReason.StaleAnswer);
            return;
        }

        if (!node.WaitingTraces.TryGetValue(message.MessageIdAck!.Value, out var request) || !request.Answers(neighbor, message))
        {
            node.Drop(neighbor, DropReason.StaleAnswer);
            return;
        }

        var trace = request.Trace;
        switch (message)
        {
            case TraceMonitorAckMessage:
                trace.Acknowledged(now, MessageType.TraceMonitor);
                break;
            case InsertTraceAckMessage:
                trace.Acknowledged(now, MessageType.InsertTrace);
                break;
            case TraceReportMessage report:
                trace.Reported(now, TraceText.FromWire(report.Trace));
                break;
            case TraceMonitorNackMessage nack:
                trace.Refused(now, MessageType.TraceMonitor, nack.Errors);
                break;
            case InsertTraceNackMessage nack:
                trace.Refused(now, MessageType.InsertTrace, nack.Errors);
                break;
            case TraceReqNackMessage nack:
                trace.Refused(now, MessageType.TraceReq, nack.Errors);
                break;
        }
    }

    /// <summary>The adjacency is up, the neighbour restarted while it was, or it only now says what it supports.</summary>
    public static void AdjacencyUp(Instant now, Neighbor neighbor)
    {
        foreach (var trace in TracesOf(neighbor)) trace.AdjacencyUp(now);
    }

    /// <summary>The last control channel to a neighbour went down.</summary>
    public void AdjacencyDown(Neighbor neighbor)
    {
        foreach (var trace in TracesOf(neighbor)) trace.Stop();
        if (_reports.TryGetValue(neighbor, out var report)) report.Stop();
    }

    /// <summary>The neighbour's Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public static void ForgetReceived(Neighbor neighbor)
    {
        foreach (var trace in TracesOf(neighbor)) trace.ForgetReceived();
    }

    /// <summary>A neighbour is no longer configured.</summary>
    public void Remove(Neighbor neighbor)
    {
        if (_reports.Remove(neighbor, out var report)) report.Stop();
    }

    private static IEnumerable<DataLinkTrace> TracesOf(Neighbor neighbor) => neighbor.TeLinks.SelectMany(t => t.DataLinks).SelectMany(l => l.Traces);

    // The ids are those of the sender. §4.1.9 "assumes that the remote knows the mapping between the local and remote interface_Ids".
    private static DataLink? Find(Neighbor neighbor, Identifier theirId)
    {
        foreach (var teLink in neighbor.TeLinks)
            foreach (var link in teLink.DataLinks)
                if (link.RemoteId == theirId) return link;
        return null;
    }

    private static TraceErrors Judge(Neighbor neighbor, Identifier theirId, TraceObject trace, out DataLink? link)
    {
        var errors = Judge(neighbor, theirId, trace.TraceType, out link);
        return TraceText.IsUsable(TraceText.FromWire(trace)) ? errors : errors | TraceErrors.InvalidTraceMessage;
    }

    private static TraceErrors Judge(Neighbor neighbor, Identifier theirId, TraceType type, out DataLink? link)
    {
        link = null;
        if (!neighbor.Traces || !Enum.IsDefined(type)) return TraceErrors.UnsupportedTraceType;
        link = Find(neighbor, theirId);
        return link is null ? TraceErrors.InvalidTraceMessage : link.HasTraces ? TraceErrors.None : TraceErrors.UnsupportedTraceType;
    }

    private MismatchReport Report(Neighbor neighbor)
    {
        if (!_reports.TryGetValue(neighbor, out var report)) _reports.Add(neighbor, report = new MismatchReport(node, neighbor));
        return report;
    }
}
