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

    // Twice as long as a network may keep a datagram: until then a Config of the neighbour may have crossed ours.
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(4);

    private const string ChangeIntervals = "; change the hello intervals of one end";

    private readonly NodeContext _node;
    private readonly ControlChannel _channel;
    private readonly Retransmission _retransmission;
    private readonly Deadline _retry;
    private MessageIdMemory _received;
    private uint _receivedFrom;
    private Instant _receivedAt;
    private HeaderFlags _acknowledgedWith;
    private HelloConfig? _proposal;
    private bool _answered;
    private Instant? _acknowledgedAt;
    private byte[] _bytes = [];
    private int _counterProposals;

    public ConfigExchange(NodeContext node, ControlChannel channel)
    {
        (_node, _channel) = (node, channel);
        _retransmission = new Retransmission(node.Deadlines, Transmit, GiveUp);
        _retry = new Deadline(Begin);
    }

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

        var hello = config.Find<HelloConfig>();
        var refused = Refused(config, hello);
        if (_channel.State is Active or Up && _received.IsRepeated(config.MessageId!.Value) && _channel.RemoteId == config.LocalCcid && refused.Count == 0)
        {
            // The neighbour did not get our ConfigAck, or the network doubled its Config: answered, but agreed once. Without Hello, only
            // ConfigAck tells of our restart.
            Acknowledge(origin, config, _channel.IsWatched ? HeaderFlags.None : _acknowledgedWith);
            return;
        }

        if (_node.Node.NodeId > config.LocalNodeId && Crosses(now, hello))
        {
            _node.Drop(Neighbor, DropReason.ContentionWon);
            _channel.Step(now, ContenWin);
            return;
        }

        var nack = refused.Count > 0 ? Nack(config, refused) : null;
        if (nack?.Configs.Any() == false)
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
            _channel.NegotiationFailed(now, WhatIsRefused(hello, refused));
            _channel.Step(now, lost ? ContenLostNack : NewConfErr);
            return;
        }

        _channel.NeighborRestarted = config.Flags.HasFlag(HeaderFlags.LmpRestart);
        _channel.Agreed(hello!, config.LocalCcid, origin.Source);
        _acknowledgedWith = _channel.Flags;
        Acknowledge(origin, config);
        _channel.Step(now, lost ? ContenLostAck : NewConfOk);
    }

    /// <summary>Takes in a ConfigAck for this channel.</summary>
    public void ReceiveAck(Instant now, in DatagramOrigin origin, ConfigAckMessage ack)
    {
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
        _channel.Agreed(_proposal!, ack.LocalCcid, origin.Source);
        _channel.Step(now, ConfDone);
    }

    /// <summary>Takes in a ConfigNack for this channel: adopts acceptable values, otherwise tries again after the pause.</summary>
    public void ReceiveNack(Instant now, ConfigNackMessage nack)
    {
        if (!IsAnswer(nack.MessageIdAck)) return;
        Answered();
        var offer = nack.Find<HelloConfig>();
        var others = nack.Configs.Where(c => c is not HelloConfig).ToList();
        var acceptable = offer is { Negotiable: true } && HelloNegotiation.Accepts(_channel.Configuration, offer);
        if (others.Count == 0 && acceptable && _counterProposals < MaxCounterProposals)
        {
            _counterProposals++;
            _channel.Step(now, ConfErr);
            Propose(now, offer!);
            return;
        }

        var cause = others.Count > 0
            ? $"{Neighbor.Name} insists on {Names(others)}, which is not supported here; turn it off at {Neighbor.Name}"
            : offer!.Negotiable && !acceptable
                ? HelloNegotiation.Difference(_channel.Configuration, offer, Neighbor.Name) + ChangeIntervals
                : $"{Neighbor.Name} refuses a hello interval of {_proposal!.HelloInterval} ms and a hello dead interval of {_proposal.HelloDeadInterval} ms" + ChangeIntervals;
        _channel.NegotiationFailed(now, cause);
        _channel.Step(now, ConfErr);
        var retransmit = _channel.Configuration.Retransmit;
        // Not at the speed of the wire, even if the configuration has no pause.
        _node.Deadlines.Set(_retry, now + (retransmit.Pause > retransmit.Interval ? retransmit.Pause : retransmit.Interval));
    }

    // RFC 4204 §3.1, §11.1.2 event 7: the neighbour sent its Config "at the same time" as we ours. While ours waits for its answer, and for as
    // long after that as one sent before the answer may still be on its way: accepting it then, each end would go by the other's values.
    private bool Crosses(Instant now, HelloConfig? hello)
    {
        if (_channel.State == ConfSnd) return _retransmission.IsRunning;
        return _channel.State is Active or Up && _acknowledgedAt is { } at && now - at < Crossing
            && (hello?.HelloInterval, hello?.HelloDeadInterval) != (_channel.HelloInterval, _channel.HelloDeadInterval);
    }

    private bool IsLateAgreement(ConfigAckMessage ack) =>
        _channel.State is Active or Up && !_answered && ack.MessageIdAck == _retransmission.MessageId && _proposal is not null
        && (_proposal.HelloInterval, _proposal.HelloDeadInterval) != (_channel.HelloInterval, _channel.HelloDeadInterval);

    // RFC 4204 §7: "less than the largest Message_Id value previously received from the sender for the CC_Id". While Hellos prove that the
    // neighbour is the one we know, less is old. Otherwise it may be one that restarted and lost its clock, too: it says so by LMP Restart,
    // or has been silent for longer than the network keeps a datagram.
    private bool IsOutOfOrder(Instant now, ConfigMessage config)
    {
        if (config.LocalCcid != _receivedFrom || !_received.IsOutOfOrder(config.MessageId!.Value)) return false;
        return _channel.IsWatched || (!config.Flags.HasFlag(HeaderFlags.LmpRestart) && now - _receivedAt < _channel.Patience);
    }

    private void Answered()
    {
        _retransmission.Stop();
        _answered = true;
    }

    private bool IsAnswer(uint? messageIdAck)
    {
        if (_channel.State == ConfSnd && _retransmission.IsAnsweredBy(messageIdAck)) return true;
        _node.Drop(Neighbor, DropReason.StaleAnswer);
        return false;
    }

    // RFC 4204 §12.3.3: acceptable values for what is negotiable, copies of what is not or is of an unknown C-Type; nothing that is agreed.
    // Of several objects of a C-Type the first counts.
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
            else if (o is not HelloConfig && !refused.Exists(r => r.CType == o.CType))
            {
                refused.Add(o);
            }
        }

        return refused;
    }

    // With as much of what is refused as fits a datagram: a ConfigNack has more objects than the Config it copies from.
    private ConfigNackMessage Nack(ConfigMessage config, List<LmpObject> refused)
    {
        var nack = new ConfigNackMessage(_channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId);
        var room = CommonHeader.MaxMessageLength - nack.EncodedLength;
        return nack with { Objects = [.. nack.Objects, .. refused.Where(o => o.Length <= room && (room -= o.Length) >= 0)] };
    }

    private string WhatIsRefused(HelloConfig? hello, List<LmpObject> refused)
    {
        var parts = new List<string>();
        if (hello is null)
            parts.Add($"{Neighbor.Name} proposes no hello intervals");
        else if (!HelloNegotiation.Accepts(_channel.Configuration, hello))
            parts.Add(HelloNegotiation.Difference(_channel.Configuration, hello, Neighbor.Name) + ChangeIntervals);
        var unknown = refused.Where(o => o is not HelloConfig).ToList();
        if (unknown.Count > 0) parts.Add($"{Neighbor.Name} proposes {Names(unknown)}, which is not supported here; turn it off at {Neighbor.Name}");
        return string.Join("; ", parts);
    }

    private static string Names(IEnumerable<LmpObject> objects) => string.Join(", ", objects.Select(o => o.Name));

    private void Acknowledge(in DatagramOrigin origin, ConfigMessage config, HeaderFlags flags = HeaderFlags.None) =>
        _node.Send(_channel, origin.Source, MessageType.ConfigAck,
            new ConfigAckMessage(_channel.Id, _node.Node.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId).Encode(), flags);

    private void Propose(Instant now, HelloConfig proposal)
    {
        (_proposal, _answered, _acknowledgedAt) = (proposal, false, null);
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
        _channel.NeighborIsSilent(now, $"{unanswered}; is lmpd running on {remote}, and is UDP {port} open?");
    }
}
