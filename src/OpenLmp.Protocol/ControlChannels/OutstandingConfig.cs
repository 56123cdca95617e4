// RFC 4204 §10, §12.3.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A Config that waits for its answer. Made once by its owner and used for one Config after another.</summary>
internal sealed class OutstandingConfig
{
    private readonly NodeContext _node;
    private readonly ControlChannel _channel;
    private readonly Retransmission _retransmission;
    private (ConfigProposal? Proposal, uint CcId, NodeId NodeId) _encoded;
    private byte[] _bytes = [];

    /// <param name="node">The node.</param>
    /// <param name="channel">The control channel that is negotiated.</param>
    /// <param name="giveUp">Called when the last transmission was not answered either.</param>
    public OutstandingConfig(NodeContext node, ControlChannel channel, Action<Instant> giveUp)
    {
        (_node, _channel) = (node, channel);
        _retransmission = new Retransmission(node.Deadlines, Transmit, giveUp);
    }

    /// <summary>What it proposes; null before the first.</summary>
    public ConfigProposal? Proposal { get; private set; }

    /// <summary>Its Message_Id.</summary>
    public uint MessageId => _retransmission.MessageId;

    /// <summary>Whether it waits for its answer.</summary>
    public bool IsRunning => _retransmission.IsRunning;

    /// <summary>Whether <paramref name="messageIdAck"/> answers it, and it waits.</summary>
    public bool IsAnsweredBy(uint? messageIdAck) => _retransmission.IsAnsweredBy(messageIdAck);

    /// <summary>Sends a Config; one that is still waiting is dropped.</summary>
    public void Send(Instant now, ConfigProposal proposal)
    {
        Proposal = proposal;
        var id = _node.MessageIds.Next();
        // One after another proposes the same: with thousands of channels that fail together, what is not made anew is not to be collected either.
        var message = (proposal, _channel.Id, _node.Node.NodeId);
        if (message == _encoded) Wire.MessageId.Renew(_bytes, id);
        else (_encoded, _bytes) = (message, proposal.ToMessage(_channel.Id, id, _node.Node.NodeId).Encode());
        _retransmission.Start(now, id, _channel.Configuration.Retransmit);
    }

    /// <summary>Ends the waiting.</summary>
    public void Stop() => _retransmission.Stop();

    private void Transmit(Instant now)
    {
        if (_retransmission.Transmissions > 1)
        {
            _channel.Step(now, ControlChannelEvent.ConfRet);
            _node.CountRetransmitted(_channel, MessageType.Config);
        }

        _node.Send(_channel, _channel.Remote ?? _channel.Configuration.Remote, MessageType.Config, _bytes);
    }
}
