using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Whom a received message is from, and which chapter takes it.</content>
public sealed partial class LmpNode
{
    private void Dispatch(Instant now, in DatagramOrigin origin, LmpMessage message)
    {
        _context.Counters.CountReceived(message.Type);
        switch (message)
        {
            case ConfigMessage config:
                ReceiveConfig(now, origin, config);
                break;
            case ConfigAckMessage ack:
                if (FindAnswered(now, origin, ack, ack.MessageIdAck, ack.LocalCcid, ack.LocalNodeId, ack.RemoteCcid, ack.RemoteNodeId) is { } acked)
                    acked.Config.ReceiveAck(now, origin, ack);
                break;
            case ConfigNackMessage nack:
                if (FindAnswered(now, origin, nack, nack.MessageIdAck, nack.LocalCcid, nack.LocalNodeId, nack.RemoteCcid, nack.RemoteNodeId) is { } nacked)
                    nacked.Config.ReceiveNack(now, nack);
                break;
            default:
                ReceiveOverAnyChannel(now, origin, message);
                break;
        }
    }

    private void ReceiveConfig(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (config.LocalCcid == 0 || config.LocalNodeId.Value == 0)
        {
            _context.Drop(null, DropReason.ZeroId);
            return;
        }

        if (config.LocalNodeId == NodeId)
        {
            // §3.1: "If the Node_Ids are equal, then one (or both) nodes have been misconfigured."
            _context.Drop(null, DropReason.EqualNodeId);
            foreach (var c in _context.Peers.Suspects(origin))
                c.Misfit(now, $"the node at {origin.Source} has our Node_Id {NodeId}; change the Node_Id of one of the two");
            return;
        }

        if (_context.Peers.ForConfig(origin, config.LocalNodeId, config.LocalCcid) is not { } channel)
        {
            DropConfig(now, origin, config);
            return;
        }

        _context.CountReceived(channel, MessageType.Config);
        if (!config.Flags.HasFlag(HeaderFlags.ControlChannelDown)) channel.Config.Receive(now, origin, config);
        else if (channel.Config.IsOutOfOrder(now, config)) _context.Drop(channel.Neighbor, DropReason.OutOfOrder);
        else if (!channel.HearsDown(now)) _context.Drop(channel.Neighbor, DropReason.WrongState);
    }

    private void DropConfig(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (_context.Peers.Candidates(origin).FirstOrDefault(c => c.Neighbor.NodeId == config.LocalNodeId)?.Neighbor is { } neighbor)
        {
            _context.Drop(neighbor, DropReason.UnknownChannel);
            foreach (var c in neighbor.ControlChannels)
                if (c.Configuration.RemoteId is { } expected) c.Misfit(now, WrongCcId(c, config.LocalCcid, expected));
            return;
        }

        _context.Drop(null, DropReason.WrongNodeId);
        foreach (var c in _context.Peers.Suspects(origin)) c.Misfit(now, WrongNodeId(c, origin, config.LocalNodeId));
    }

    private static string WrongNodeId(ControlChannel channel, in DatagramOrigin origin, NodeId found) =>
        $"the node at {origin.Source} has Node_Id {found}, {channel.Neighbor.Name} is configured as {channel.Neighbor.NodeId}; correct node-id, or the address";

    private static string WrongCcId(ControlChannel channel, uint found, uint expected) =>
        $"{channel.Neighbor.Name} uses CC_Id {found}, remote-id {expected} is configured; correct one of the two";

    private ControlChannel? FindAnswered(
        Instant now, in DatagramOrigin origin, LmpMessage message, uint? answered, uint localCcid, NodeId localNodeId, uint remoteCcid, NodeId remoteNodeId)
    {
        if (localCcid == 0 || localNodeId.Value == 0)
        {
            _context.Drop(null, DropReason.ZeroId);
            return null;
        }

        if (!_channels.TryGetValue(remoteCcid, out var channel) || !PeerTable.IsFrom(channel, origin))
        {
            _context.Drop(null, DropReason.UnknownChannel);
            return null;
        }

        if (remoteNodeId != NodeId || localNodeId != channel.Neighbor.NodeId)
        {
            _context.Drop(channel.Neighbor, DropReason.WrongNodeId);
            if (remoteNodeId == NodeId) channel.Misfit(now, WrongNodeId(channel, origin, localNodeId));
            return null;
        }

        if (channel.Configuration.RemoteId is { } expected && expected != localCcid)
        {
            _context.Drop(channel.Neighbor, DropReason.UnknownChannel);
            channel.Misfit(now, WrongCcId(channel, localCcid, expected));
            return null;
        }

        _context.CountReceived(channel, message.Type);
        if (!message.Flags.HasFlag(HeaderFlags.ControlChannelDown)) return channel;
        // Who was not asked has nothing to say, and who does not know the question was not asked.
        if (!channel.Config.IsWaitingFor(answered) || !channel.HearsDown(now)) _context.Drop(channel.Neighbor, DropReason.StaleAnswer);
        return null;
    }

    // Messages without CC_Id: any control channel in use may carry them (RFC 4204 §3).
    private void ReceiveOverAnyChannel(Instant now, in DatagramOrigin origin, LmpMessage message)
    {
        if (_context.Peers.ForMessage(origin) is not { } channel)
        {
            _context.Drop(_context.Peers.At(origin) is [var only] ? only.Neighbor : null, DropReason.WrongState);
            return;
        }

        var neighbor = channel.Neighbor;
        _context.CountReceived(channel, message.Type);
        // Without a CC_Id, the flag tells which channel goes down only where there is but one.
        if (message.Flags.HasFlag(HeaderFlags.ControlChannelDown) && _context.Peers.At(origin).Count == 1 && channel.HearsDown(now)) return;

        switch (message)
        {
            case LinkSummaryMessage summary:
                _links.Receive(now, channel, origin, summary);
                break;
            case LinkSummaryAckMessage ack:
                _links.ReceiveAck(now, neighbor, ack.MessageIdAck!.Value);
                break;
            case LinkSummaryNackMessage nack:
                _links.ReceiveNack(now, neighbor, nack);
                break;
            case BeginVerifyMessage begin:
                _verifier.ReceiveBegin(now, channel, origin, begin);
                break;
            case EndVerifyMessage end:
                _verifier.ReceiveEnd(now, channel, origin, end);
                break;
            case TestMessage test:
                _verifier.ReceivePattern(now, neighbor, test);
                break;
            case TestStatusAckMessage ack:
                _verifier.ReceiveStatusAck(now, neighbor, ack);
                break;
            case BeginVerifyAckMessage or BeginVerifyNackMessage or EndVerifyAckMessage or TestStatusSuccessMessage or TestStatusFailureMessage:
                _verifier.ReceiveAnswer(now, channel, origin, message);
                break;
            case ChannelStatusMessage status:
                _faults.ReceiveStatus(now, channel, origin, status);
                break;
            case ChannelStatusAckMessage ack:
                _faults.ReceiveAck(now, neighbor, ack);
                break;
            case ChannelStatusRequestMessage request:
                _faults.ReceiveRequest(channel, origin, request);
                break;
            case ChannelStatusResponseMessage response:
                _faults.ReceiveResponse(now, neighbor, response);
                break;
            case ConfirmDataChannelStatusMessage confirm:
                _confirmer.Receive(now, channel, origin, confirm);
                break;
            case ConfirmDataChannelStatusAckMessage ack:
                _confirmer.ReceiveAck(now, neighbor, ack);
                break;
            case ConfirmDataChannelStatusNackMessage nack:
                _confirmer.ReceiveNack(now, neighbor, nack);
                break;
            case TraceMonitorMessage monitor:
                _tracer.ReceiveMonitor(now, channel, origin, monitor);
                break;
            case TraceMismatchMessage mismatch:
                _tracer.ReceiveMismatch(now, channel, origin, mismatch);
                break;
            case TraceReqMessage request:
                _tracer.ReceiveRequest(channel, origin, request);
                break;
            case InsertTraceMessage insert:
                _tracer.ReceiveInsert(now, channel, origin, insert);
                break;
            case TraceMonitorAckMessage or TraceMonitorNackMessage or TraceMismatchAckMessage or TraceReportMessage or TraceReqNackMessage
                or InsertTraceAckMessage or InsertTraceNackMessage:
                _tracer.ReceiveAnswer(now, neighbor, message);
                break;
            case UnknownMessage:
                _context.Drop(neighbor, DropReason.UnknownType);
                break;
            default:
                _context.Drop(neighbor, DropReason.Unsupported);
                break;
        }
    }

    private void ReceiveMalformed(in DatagramOrigin origin, ReadOnlySpan<byte> datagram, in DecodeError error)
    {
        DropMalformed(origin, error);
        if (datagram.Length >= CommonHeader.Size && datagram[3] == (byte)MessageType.LinkSummary && _context.Peers.ForMessage(origin) is { } channel)
            _links.ReceiveMalformed(channel, origin, datagram, error);
    }

    private void DropMalformed(in DatagramOrigin origin, in DecodeError error)
    {
        var reason = error.Kind switch
        {
            DecodeErrorKind.BadVersion => DropReason.BadVersion,
            DecodeErrorKind.LengthMismatch => DropReason.LengthMismatch,
            _ => DropReason.Malformed,
        };
        var from = _context.Peers.At(origin) is [var only] ? only : null;
        _context.Drop(from?.Neighbor, reason);
        from?.Counters.CountDropped(reason);
    }
}
