// RFC 4204 §3.1, §12.3
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <summary>Parameter negotiation on one control channel: Config, ConfigAck, ConfigNack (RFC 4204 §3.1, §12.3).</summary>
internal sealed partial class ConfigExchange
{
    // Counter-proposals adopted in a row before pausing: two nodes that never agree must not negotiate at the speed of the wire.
    private const int MaxCounterProposals = 3;

    // Twice as long as a network may keep a datagram: until then a Config of the neighbour may have crossed ours.
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(4);

    private readonly NodeContext _node;
    private readonly ControlChannel _channel;
    private readonly OutstandingConfig _sent;
    private readonly Deadline _retry;
    private MessageIdMemory _received;
    private uint _receivedFrom;
    private Instant _receivedAt;
    private HeaderFlags _acknowledgedWith;
    private bool _answered;
    private Instant? _acknowledgedAt;
    private int _counterProposals;

    public ConfigExchange(NodeContext node, ControlChannel channel)
    {
        (_node, _channel) = (node, channel);
        _sent = new OutstandingConfig(node, channel, GiveUp);
        _question = new OutstandingConfig(node, channel, QuestionUnanswered);
        _retry = new Deadline(Begin);
    }

    private Neighbor Neighbor => _channel.Neighbor;

    /// <summary>Starts negotiating with the preferred values.</summary>
    public void Begin(Instant now)
    {
        _counterProposals = 0;
        Propose(now, Proposal(HelloNegotiation.Preferred(_channel.Configuration)));
    }

    /// <summary>Ends negotiating on our side.</summary>
    public void Stop()
    {
        _sent.Stop();
        _retry.Cancel();
    }

    /// <summary>Forgets which Config came last: the adjacency was lost, its Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived()
    {
        _received.Forget();
        _toldBehaviors = null;
    }

    /// <summary>Whether a Config is older than what came before it: late, or replayed.</summary>
    // RFC 4204 §7: "less than the largest Message_Id value previously received from the sender for the CC_Id". While Hellos prove that the
    // neighbour is the one we know, less is old. Otherwise it may be one that restarted and lost its clock, too: it says so by LMP Restart,
    // or has been silent for longer than the network keeps a datagram.
    public bool IsOutOfOrder(Instant now, ConfigMessage config)
    {
        if (config.LocalCcid != _receivedFrom || !_received.IsOutOfOrder(config.MessageId!.Value)) return false;
        return _channel.IsWatched || (!config.Flags.HasFlag(HeaderFlags.LmpRestart) && now - _receivedAt < _channel.Patience);
    }

    /// <summary>Whether the neighbour is asked under that Message_Id, and has not answered.</summary>
    public bool IsWaitingFor(uint? messageIdAck) => _sent.IsAnsweredBy(messageIdAck) || _question.IsAnsweredBy(messageIdAck);

    /// <summary>Takes in a Config for this channel.</summary>
    public void Receive(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (_channel.AdminDown || _channel.State == GoingDown)
        {
            _node.Drop(Neighbor, DropReason.AdminDown);
            return;
        }

        if (!_channel.HasTransport)
        {
            _node.Drop(Neighbor, DropReason.WrongState);
            return;
        }

        if (IsOutOfOrder(now, config))
        {
            _node.Drop(Neighbor, DropReason.OutOfOrder);
            return;
        }

        var review = new ConfigReview(_channel.Configuration, Neighbor, config, _toldBehaviors is { } told && told != config.MessageId);
        var (hello, refused) = (review.Hello, review.Refused);
        // Any BehaviorConfig of its own settles that the neighbour is no legacy node, whatever becomes of this Config.
        if (review.Behaviors is not null) Neighbor.HearBehaviors();
        if (_channel.State is Active or Up && _received.IsRepeated(config.MessageId!.Value) && _channel.RemoteId == config.LocalCcid && refused.Count == 0)
        {
            // The neighbour did not get our ConfigAck, or the network doubled its Config: answered, but agreed once. Without Hello, only
            // ConfigAck tells of our restart.
            Acknowledge(origin, Echo(config), _channel.IsWatched ? HeaderFlags.None : _acknowledgedWith);
            return;
        }

        if (_node.Node.NodeId > config.LocalNodeId && Crosses(now, review))
        {
            _node.Drop(Neighbor, DropReason.ContentionWon);
            _channel.Step(now, ContenWin);
            return;
        }

        var nack = refused.Count > 0 ? Nack(config, refused) : null;
        var echo = refused.Count == 0 ? Echo(config) : null;
        if (nack?.Configs.Any() == false || echo?.EncodedLength > CommonHeader.MaxMessageLength)
        {
            // It takes a Config of nearly 64 KB to get here.
            _node.Drop(Neighbor, DropReason.Unsupported);
            return;
        }

        var lost = _channel.State == ConfSnd;
        if (_channel.State == Down) _channel.Step(now, BringUpPassive);
        _received.Remember(config.MessageId!.Value);
        (_receivedFrom, _receivedAt) = (config.LocalCcid, now);
        if (nack is not null)
        {
            _node.Send(_channel, origin.Source, nack);
            if (refused.Exists(o => o is BehaviorConfig)) _toldBehaviors = config.MessageId;
            _channel.NegotiationFailed(now, review.Difference);
            _channel.Step(now, lost ? ContenLostNack : NewConfErr);
            return;
        }

        _channel.NeighborRestarted = config.Flags.HasFlag(HeaderFlags.LmpRestart);
        _channel.Agreed(hello!, config.LocalCcid, origin.Source);
        _acknowledgedWith = _channel.Flags;
        Acknowledge(origin, echo!);
        var open = SettleByConfig(now, review.Behaviors);
        _channel.Step(now, lost ? ContenLostAck : NewConfOk);
        if (open) Ask(now);
    }

    /// <summary>Takes in a ConfigAck for this channel.</summary>
    public void ReceiveAck(Instant now, in DatagramOrigin origin, ConfigAckMessage ack)
    {
        if (IsAnswerToQuestion(now, ack)) return;
        if (IsLateAgreement(ack))
        {
            // We agreed to the neighbour's Config, and it to ours that we then no longer waited for: each would go by the other's values.
            _node.Drop(Neighbor, DropReason.StaleAnswer);
            _channel.Step(now, ReconfigActive);
            return;
        }

        if (!IsAnswer(ack.MessageIdAck)) return;
        Answered();
        _acknowledgedAt = now;
        _channel.NeighborRestarted = ack.Flags.HasFlag(HeaderFlags.LmpRestart);
        _channel.Agreed(_sent.Proposal!.Hello, ack.LocalCcid, origin.Source);
        var open = SettleByAck(now, _sent.Proposal, ack);
        _channel.Step(now, ConfDone);
        if (open) Ask(now);
    }

    /// <summary>Takes in a ConfigNack for this channel: adopts acceptable values, otherwise tries again after the pause.</summary>
    public void ReceiveNack(Instant now, ConfigNackMessage nack)
    {
        if (IsAnswerToQuestion(now, nack) || !IsAnswer(nack.MessageIdAck)) return;
        Answered();
        var refusal = new ConfigRefusal(_channel.Configuration, Neighbor, _sent.Proposal!, nack);
        if (refusal.TellsBehaviors) Neighbor.HearBehaviors();
        if (refusal.IsLegacy)
        {
            _plain = false;
            BecomesLegacy(now, refusal.LegacyReason);
        }

        if (refusal.Next is { } next && (refusal.IsLegacy || _counterProposals++ < MaxCounterProposals))
        {
            _channel.Step(now, ConfErr);
            Propose(now, next);
            return;
        }

        _channel.NegotiationFailed(now, refusal.Cause);
        _channel.Step(now, ConfErr);
        var retransmit = _channel.Configuration.Retransmit;
        // Not at the speed of the wire, even if the configuration has no pause.
        _node.Deadlines.Set(_retry, now + (retransmit.Pause > retransmit.Interval ? retransmit.Pause : retransmit.Interval));
    }

    // RFC 4204 §3.1, §11.1.2 event 7: the neighbour sent its Config "at the same time" as we ours. While ours waits for its answer, and for as
    // long after that as one sent before the answer may still be on its way: accepting it then, each end would go by the other's values.
    private bool Crosses(Instant now, ConfigReview review)
    {
        if (_channel.State == ConfSnd) return _sent.IsRunning;
        if (_channel.State is not (Active or Up) || !(_acknowledgedAt is { } at && now - at < Crossing)) return false;
        return (review.Hello?.HelloInterval, review.Hello?.HelloDeadInterval) != (_channel.HelloInterval, _channel.HelloDeadInterval)
            || (review.Behaviors is null && Neighbor.BehaviorSupport == BehaviorSupport.Negotiated);
    }

    private bool IsLateAgreement(ConfigAckMessage ack) =>
        _channel.State is Active or Up && !_answered && ack.MessageIdAck == _sent.MessageId && _sent.Proposal is { Hello: var hello }
        && (hello.HelloInterval, hello.HelloDeadInterval) != (_channel.HelloInterval, _channel.HelloDeadInterval);

    private void Answered()
    {
        _sent.Stop();
        _answered = true;
    }

    private bool IsAnswer(uint? messageIdAck)
    {
        if (_channel.State == ConfSnd && _sent.IsAnsweredBy(messageIdAck)) return true;
        _node.Drop(Neighbor, DropReason.StaleAnswer);
        return false;
    }

    // With as much of what is refused as fits a datagram: a ConfigNack has more objects than the Config it copies from.
    private ConfigNackMessage Nack(ConfigMessage config, List<LmpObject> refused)
    {
        var nack = new ConfigNackMessage(_channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId);
        var room = CommonHeader.MaxMessageLength - nack.EncodedLength;
        return nack with { Objects = [.. nack.Objects, .. refused.Where(o => o.Length <= room && (room -= o.Length) >= 0)] };
    }

    // RFC 6898 §2.2: "MUST include all CONFIG objects received in the corresponding Config message when that message includes a CONFIG object of
    // type BehaviorConfig"; of each C-Type the one that counts.
    private ConfigAckMessage Echo(ConfigMessage config) => new(
        _channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId,
        config.Find<BehaviorConfig>() is null ? [] : [.. config.Configs.DistinctBy(c => c.CType)]);

    private void Acknowledge(in DatagramOrigin origin, ConfigAckMessage ack, HeaderFlags flags = HeaderFlags.None) =>
        _node.Send(_channel, origin.Source, MessageType.ConfigAck, ack.Encode(), flags);

    private void Propose(Instant now, ConfigProposal proposal)
    {
        (_answered, _acknowledgedAt) = (false, null);
        _wasPlain |= proposal.Behaviors is null && Neighbor.Configuration.BehaviorNegotiation && Neighbor.BehaviorSupport == BehaviorSupport.Unknown;
        _sent.Send(now, proposal);
    }

    private void GiveUp(Instant now)
    {
        var limit = _channel.Configuration.Retransmit.Limit;
        var remote = _channel.RemoteText;
        var port = (_channel.Remote ?? _channel.Configuration.Remote).Port;
        var unanswered = limit == 1 ? "a Config message was unanswered" : $"{limit} Config messages unanswered";
        TakeTurns();
        _channel.ForgetLearnedAddress();
        _channel.NeighborIsSilent(now, $"{unanswered}; is lmpd running on {remote}, and is UDP {port} open?");
    }
}
