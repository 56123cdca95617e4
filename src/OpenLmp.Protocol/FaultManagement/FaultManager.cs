// RFC 4204 §6, §12.7
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Which TE link a message of fault management is about, and its answer (RFC 4204 §12.7).</summary>
internal sealed class FaultManager(NodeContext node)
{
    /// <summary>Takes in a ChannelStatus: acknowledged always, unless it is out of order (RFC 4204 §7, §12.7.1).</summary>
    public void ReceiveStatus(Instant now, ControlChannel channel, in DatagramOrigin origin, ChannelStatusMessage message)
    {
        var neighbor = channel.Neighbor;
        var teLink = neighbor.FindTeLink(message.LocalLinkId);
        node.CountReceived(teLink, message.Type);
        if (teLink is null) node.Drop(neighbor, DropReason.UnknownLink);
        else if (!teLink.FaultManagement) node.Drop(neighbor, DropReason.Unsupported);
        else if (!teLink.Faults.Receiver.Receive(now, message))
        {
            node.Drop(neighbor, DropReason.OutOfOrder);
            return;
        }

        node.Send(channel, origin.Source, new ChannelStatusAckMessage(message.MessageId!.Value), teLink);
    }

    /// <summary>Takes in a ChannelStatusAck.</summary>
    public void ReceiveAck(Instant now, Neighbor neighbor, ChannelStatusAckMessage ack)
    {
        if (!node.WaitingStatuses.TryGetValue(ack.MessageIdAck!.Value, out var message) || message.Neighbor != neighbor)
        {
            node.Drop(neighbor, DropReason.StaleAnswer);
            return;
        }

        node.CountReceived(message.TeLink, ack.Type);
        message.Acknowledged(now);
    }

    /// <summary>
    /// Answers a ChannelStatusRequest with both directions of every channel asked for. Nothing true can be said where none of them is known: a
    /// CHANNEL_STATUS without Interface_Ids would say that all have failed.
    /// </summary>
    public void ReceiveRequest(ControlChannel channel, in DatagramOrigin origin, ChannelStatusRequestMessage message)
    {
        var neighbor = channel.Neighbor;
        var about = neighbor.FindTeLink(message.LocalLinkId);
        node.CountReceived(about, message.Type);
        if (about is not { } teLink || teLink.Faults.Receiver.FindAsked(message) is not { Count: > 0 } asked)
        {
            node.Drop(neighbor, DropReason.UnknownLink);
            return;
        }

        var entries = new List<ChannelStatusEntry>(asked.Count * 2);
        foreach (var link in asked)
        {
            entries.Add(new ChannelStatusEntry(link.LocalId, link.Reported));
            entries.Add(new ChannelStatusEntry(link.LocalId, link.Answer));
        }

        var id = message.MessageId!.Value;
        var (start, count) = ChannelStatusBuilder.Split(entries, new ChannelStatusResponseMessage(id).EncodedLength).First();
        var objects = ChannelStatusBuilder.Objects(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries).Slice(start, count));
        node.Send(channel, origin.Source, new ChannelStatusResponseMessage(id, objects), teLink);
    }

    /// <summary>Takes in a ChannelStatusResponse.</summary>
    public void ReceiveResponse(Instant now, Neighbor neighbor, ChannelStatusResponseMessage response)
    {
        foreach (var teLink in neighbor.TeLinks)
        {
            if (!teLink.Faults.Requester.IsAnsweredBy(response.MessageIdAck!.Value, out var askedAt)) continue;
            node.CountReceived(teLink, response.Type);
            teLink.Faults.Receiver.Receive(now, response, askedAt);
            teLink.Faults.Requester.GoOn(now);
            return;
        }

        node.Drop(neighbor, DropReason.StaleAnswer);
    }
}
