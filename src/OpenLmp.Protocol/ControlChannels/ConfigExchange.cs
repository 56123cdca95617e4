// RFC 4204 §3.1, §12.3
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <summary>Parameter negotiation on one control channel: Config, ConfigAck, ConfigNack (RFC 4204 §3.1, §12.3).</summary>
internal sealed class ConfigExchange
{
    // Counter-proposals adopted in a row before pausing: two nodes that never agree must not negotiate at the speed of the wire.
    private const int MaxCounterProposals = 3;

    private readonly NodeContext _node;
    private readonly ControlChannel _channel;
    private readonly Retransmission _retransmission;
    private readonly Deadline _retry;
    private MessageIdMemory _received;
    private HelloConfig? _proposal;
    private byte[] _bytes = [];
    private int _counterProposals;

    public ConfigExchange(NodeContext node, ControlChannel channel)
    {
        (_node, _channel) = (node, channel);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _retry = new Deadline(Begin);
    }

    /// <summary>Whether a Config is waiting for its answer.</summary>
    public bool IsWaiting => _retransmission.IsRunning;

    private Neighbor Neighbor => _channel.Neighbor;

    /// <summary>Starts negotiating with the preferred values.</summary>
    public void Begin(Instant now)
    {
        _counterProposals = 0;
        Propose(now, HelloNegotiation.Preferred(_channel.Configuration));
    }

    /// <summary>Ends negotiating on our side.</summary>
    public void Stop()
    {
        _retransmission.Stop();
        _node.Deadlines.Cancel(_retry);
    }

    /// <summary>Forgets which Config came last: the adjacency was lost, its Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived() => _received.Forget();

    /// <summary>Takes in a Config for this channel.</summary>
    public void Receive(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (_channel.AdminDown || _channel.State == GoingDown)
        {
            _node.Drop(Neighbor, DropReason.AdminDown);
            return;
        }

        var id = config.MessageId!.Value;
        // A neighbour that lost its state may also have lost its clock. While Hellos prove that it is the one we know, this is an old message.
        var restarted = config.Flags.HasFlag(HeaderFlags.LmpRestart) && _channel.State is not (Active or Up);
        if (_received.IsOutOfOrder(id) && !restarted)
        {
            _node.Drop(Neighbor, DropReason.OutOfOrder);
            return;
        }

        var hello = config.Find<HelloConfig>();
        var refused = Refused(config, hello);
        if (_channel.State is Active or Up && _received.IsRepeated(id) && _channel.RemoteId == config.LocalCcid && refused.Count == 0)
        {
            // The neighbour did not get our ConfigAck, or the network doubled its Config: answered, but agreed once.
            Acknowledge(origin, config);
            return;
        }

        if (_channel.State == ConfSnd && IsWaiting && _node.Node.NodeId > config.LocalNodeId)
        {
            _node.Drop(Neighbor, DropReason.ContentionWon);
            _channel.Step(now, ContenWin);
            return;
        }

        var lost = _channel.State == ConfSnd;
        if (_channel.State == Down) _channel.Step(now, BringUpPassive);
        _received.Remember(id);
        if (refused.Count > 0)
        {
            Refuse(now, origin, config, refused);
            if (hello is not null && !HelloNegotiation.Accepts(_channel.Configuration, hello))
                _channel.NegotiationFailed(now, HelloNegotiation.Difference(_channel.Configuration, hello, Neighbor.Name));
            _channel.Step(now, lost ? ContenLostNack : NewConfErr);
            return;
        }

        _channel.NeighborRestarted = config.Flags.HasFlag(HeaderFlags.LmpRestart);
        _channel.Agreed(hello!, config.LocalCcid, origin.Source);
        Acknowledge(origin, config);
        _channel.Step(now, lost ? ContenLostAck : NewConfOk);
    }

    /// <summary>Takes in a ConfigAck for this channel.</summary>
    public void ReceiveAck(Instant now, in DatagramOrigin origin, ConfigAckMessage ack)
    {
        if (!IsAnswer(ack.MessageIdAck)) return;
        _retransmission.Stop();
        _channel.NeighborRestarted = ack.Flags.HasFlag(HeaderFlags.LmpRestart);
        _channel.Agreed(_proposal!, ack.LocalCcid, origin.Source);
        _channel.Step(now, ConfDone);
    }

    /// <summary>Takes in a ConfigNack for this channel: adopts acceptable values, otherwise tries again after the pause.</summary>
    public void ReceiveNack(Instant now, ConfigNackMessage nack)
    {
        if (!IsAnswer(nack.MessageIdAck)) return;
        _retransmission.Stop();
        var offer = nack.Find<HelloConfig>();
        var onlyHello = nack.Configs.All(c => c is HelloConfig);
        if (onlyHello && offer is { Negotiable: true } && HelloNegotiation.Accepts(_channel.Configuration, offer) && _counterProposals < MaxCounterProposals)
        {
            _counterProposals++;
            _channel.Step(now, ConfErr);
            Propose(now, offer);
            return;
        }

        var cause = !onlyHello
            ? $"{Neighbor.Name} refuses {string.Join(", ", nack.Configs.Where(c => c is not HelloConfig).Select(c => c.Name))}"
            : offer!.Negotiable && !HelloNegotiation.Accepts(_channel.Configuration, offer)
                ? HelloNegotiation.Difference(_channel.Configuration, offer, Neighbor.Name)
                : $"{Neighbor.Name} refuses a hello interval of {_proposal!.HelloInterval} ms and a hello dead interval of {_proposal.HelloDeadInterval} ms";
        _channel.NegotiationFailed(now, cause + "; change the hello intervals of one end");
        _channel.Step(now, ConfErr);
        _node.Deadlines.Set(_retry, now + _channel.Configuration.Retransmit.Pause);
    }

    private bool IsAnswer(uint? messageIdAck)
    {
        if (_channel.State == ConfSnd && _retransmission.IsAnsweredBy(messageIdAck)) return true;
        _node.Drop(Neighbor, DropReason.StaleAnswer);
        return false;
    }

    // RFC 4204 §12.3.3: acceptable values for what is negotiable, copies of what is not or is of an unknown C-Type; nothing that is agreed.
    private List<LmpObject> Refused(ConfigMessage config, HelloConfig? hello)
    {
        var refused = new List<LmpObject>();
        if (hello is null) refused.Add(HelloNegotiation.Preferred(_channel.Configuration));
        foreach (var o in config.Configs)
        {
            if (ReferenceEquals(o, hello))
            {
                if (!HelloNegotiation.Accepts(_channel.Configuration, hello))
                    refused.Add(hello.Negotiable ? HelloNegotiation.Nearest(_channel.Configuration, hello) : hello);
            }
            else if (o is not HelloConfig)
            {
                refused.Add(o);
            }
        }

        return refused;
    }

    private void Acknowledge(in DatagramOrigin origin, ConfigMessage config) =>
        _node.Send(_channel, origin.Source,
            new ConfigAckMessage(_channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId));

    private void Refuse(Instant now, in DatagramOrigin origin, ConfigMessage config, List<LmpObject> refused)
    {
        _node.Send(_channel, origin.Source,
            new ConfigNackMessage(_channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId, refused.ToArray()));
        var unknown = refused.Where(o => o is not HelloConfig).ToList();
        if (unknown.Count > 0)
            _channel.NegotiationFailed(now, $"{Neighbor.Name} proposes {string.Join(", ", unknown.Select(o => o.Name))}, which is not supported here");
    }

    private void Propose(Instant now, HelloConfig proposal)
    {
        _proposal = proposal;
        var id = _node.MessageIds.Next();
        _bytes = new ConfigMessage(_channel.Id, id, _node.Node.NodeId, proposal).Encode();
        _retransmission.Start(now, id, _channel.Configuration.Retransmit);
    }

    private void Transmit(Instant now)
    {
        if (_retransmission.Transmissions > 1)
        {
            _channel.Step(now, ConfRet);
            _node.CountRetransmitted(Neighbor, MessageType.Config);
        }

        _node.Send(_channel, _channel.Remote ?? _channel.Configuration.Remote, MessageType.Config, _bytes);
    }

    private void GiveUp(Instant now)
    {
        var limit = _channel.Configuration.Retransmit.Limit;
        var remote = _channel.RemoteText;
        var port = (_channel.Remote ?? _channel.Configuration.Remote).Port;
        var unanswered = limit == 1 ? "a Config message was unanswered" : $"{limit} Config messages unanswered";
        _channel.ForgetLearnedAddress();
        _channel.Fail(now, CcDn, $"{unanswered}; is lmpd running on {remote}, and is UDP {port} open?", _channel.Configuration.Retransmit.Pause);
    }
}
