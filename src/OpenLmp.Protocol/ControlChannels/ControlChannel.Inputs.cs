// RFC 4204 §3.2.3, §11.1.2: what operator, configuration, transport, neighbour and time mean for a control channel.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <content>From the outside to events of the FSM.</content>
public sealed partial class ControlChannel
{
    // A neighbour that took the channel down gets this much longer than one that does not answer.
    private const double NeighborDownPauseFactor = 2.5;

    /// <summary>The transport is there: bring the channel up.</summary>
    internal void TransportUp(Instant now)
    {
        if (HasTransport) return;
        _noTransport = null;
        _cause = "";
        if (!AdminDown) BringUp(now);
    }

    /// <summary>The transport is lost: event 2, from below.</summary>
    internal void TransportDown(Instant now, string why)
    {
        _noTransport = why;
        _bringUp.Cancel();
        Fail(now, CcDn, why);
    }

    /// <summary>The operator wants the channel up.</summary>
    internal CommandResult BringUpByOperator(Instant now)
    {
        if (!AdminDown) return CommandResult.Retained(State == Up ? $"{this} is up" : $"{this} is to come up: {Reason}");
        AdminDown = false;
        _node.Retention.Save(this);
        _cause = _noTransport ?? "";
        if (!HasTransport)
        {
            RaiseDown(now);
            return CommandResult.Retained($"{this} is to come up: {Reason}");
        }

        // One that is still going down tells the neighbour to the end, then comes up.
        if (State == Down) BringUp(now);
        return CommandResult.Retained($"{this} is coming up");
    }

    /// <summary>The operator wants the channel down: the ControlChannelDown procedure (RFC 4204 §3.2.3).</summary>
    internal CommandResult TakeDownByOperator(Instant now)
    {
        if (AdminDown) return CommandResult.Retained($"{this} is down already, by the operator");
        AdminDown = true;
        _node.Retention.Save(this);
        _bringUp.Cancel();
        Step(now, ControlChannelEvent.AdminDown);
        foreach (var kind in (ReadOnlySpan<AlarmKind>)[AlarmKind.ControlChannelDown, AlarmKind.NegotiationFailed]) _node.Alarms.Clear(now, kind, ToString());
        return CommandResult.Retained(State == GoingDown ? $"{this} is going down" : $"{this} is down");
    }

    /// <summary>New parameters from the configuration: event 14 where they need another negotiation.</summary>
    /// <param name="now">The time.</param>
    /// <param name="configuration">The channel's.</param>
    /// <param name="anew">Whether the neighbour's configuration needs another negotiation.</param>
    internal void Reconfigure(Instant now, ControlChannelConfiguration configuration, bool anew)
    {
        var old = Configuration;
        Configuration = configuration;
        anew |= old.HelloInterval != configuration.HelloInterval || old.HelloDeadInterval != configuration.HelloDeadInterval;
        // Who starts is of no interest while nobody has to.
        if (!anew && (old.Role == configuration.Role || State is Active or Up or GoingDown)) return;

        _cause = "";
        if (State == Down)
        {
            (HelloInterval, HelloDeadInterval) = (configuration.HelloInterval.Prefer, configuration.HelloDeadInterval.Prefer);
            if (!AdminDown && HasTransport) BringUp(now);
        }
        else if (State is ConfSnd or ConfRcv && old.Role != configuration.Role)
        {
            // Figure 3 has no arrow between the two negotiation states for this: start over.
            _cause = "its role changed in the configuration";
            Step(now, CcDn);
            _cause = "";
            BringUp(now);
        }
        else
        {
            Step(now, State == ConfRcv || configuration.Role == ControlChannelRole.Active ? ReconfigActive : ReconfigPassive);
        }
    }

    /// <summary>The channel is no longer configured: tells the neighbour, if it is up, and ends.</summary>
    internal void Remove(Instant now)
    {
        AdminDown = _removed = true;
        if (State is Active or Up)
        {
            Step(now, ControlChannelEvent.AdminDown);
            Step(now, DownTimer);
        }
        else
        {
            Step(now, CcDn);
        }

        _bringUp.Cancel();
        _node.Alarms.ClearAll(now, ToString());
    }

    /// <summary>A message with ControlChannelDown came in: answered with one Hello that carries the flag, then Down (RFC 4204 §3.2.3).</summary>
    internal void NeighborGoesDown(Instant now)
    {
        switch (State)
        {
            case Down:
                // Answered once already: an answer to each would go back and forth for ever.
                _node.Drop(Neighbor, DropReason.WrongState);
                break;
            case GoingDown:
                Step(now, NbrGoesDn);
                if (!AdminDown) BringUp(now);
                break;
            default:
                _hello.SendNow(HeaderFlags.ControlChannelDown);
                _neighborTookDown = true;
                Fail(now, NbrGoesDn, NeighborTookDownText, Configuration.Retransmit.Pause * NeighborDownPauseFactor);
                break;
        }
    }

    /// <summary>
    /// A message other than Hello came in with ControlChannelDown. Where Hellos are exchanged, only they are believed: the neighbour has to set the
    /// flag in all its messages (RFC 4204 §3.2.3), and the sequence numbers of a Hello tell whether it was said now, and to us.
    /// </summary>
    /// <returns>Whether it is believed.</returns>
    internal bool HearsDown(Instant now)
    {
        if (IsWatched) return false;
        NeighborGoesDown(now);
        return true;
    }

    /// <summary>Takes a Hello in (RFC 4204 §3.2.2).</summary>
    internal void ReceiveHello(Instant now, in Hello hello)
    {
        // No HasFlag on this path: without optimization it allocates.
        if ((hello.Flags & HeaderFlags.ControlChannelDown) != 0)
        {
            if (IsWatched && !_hello.Expects(hello)) _node.Drop(Neighbor, DropReason.SequenceNumber);
            else NeighborGoesDown(now);
            return;
        }

        if (!IsWatched)
        {
            _node.Drop(Neighbor, AdminDown ? DropReason.AdminDown : DropReason.WrongState);
            return;
        }

        if (_hello.Receive(now, hello, out var reflectsOurs) == HelloVerdict.Unexpected)
        {
            _node.Drop(Neighbor, DropReason.SequenceNumber);
            Step(now, SeqNumErr);
            return;
        }

        if (reflectsOurs) OurRestartIsKnown();
        Step(now, HelloRcvd);
    }

    /// <summary>HelloDeadInterval is over: event 12.</summary>
    internal void HoldTimerExpired(Instant now, TimeSpan ownLateness)
    {
        _cause = ownLateness == TimeSpan.Zero
            ? $"no Hello from {Neighbor.Name} at {RemoteText} for {HelloDeadInterval} ms; is lmpd running there, is the path to it up?"
            : $"no Hello from {Neighbor.Name} at {RemoteText} for {HelloDeadInterval} ms, but this node itself was {ownLateness.TotalMilliseconds:0} ms late:"
                + " lmpd was suspended, or this machine is overloaded; look at lmp show node and the load here first";
        RaiseDown(now);
        Step(now, Configuration.Role == ControlChannelRole.Active ? HoldTimerActive : HoldTimerPassive);
    }

    /// <summary>Config was sent as often as it may be, and nobody answered.</summary>
    internal void NeighborIsSilent(Instant now, string cause)
    {
        // Not everybody is silent who does not answer us: what is known of why tells more.
        if (_neighborTookDown) cause = NeighborTookDownText;
        else if (_negotiationFailure is { } failure && now - failure.At < Patience) cause = failure.Cause;
        else _node.Alarms.Clear(now, AlarmKind.NegotiationFailed, ToString());
        Fail(now, CcDn, cause, Configuration.Retransmit.Pause);
    }

    /// <summary>Negotiation does not get anywhere: says why, as alarm and as reason.</summary>
    internal void NegotiationFailed(Instant now, string cause)
    {
        _cause = cause;
        _negotiationFailure = (now, cause);
        _neighborTookDown = false;
        _node.Alarms.Raise(now, AlarmKind.NegotiationFailed, ToString(), AlarmSeverity.Major, $"{this}: {cause}");
    }

    /// <summary>A message that may come from our neighbour, or from anybody, does not fit what is configured: told while the channel is not up.</summary>
    internal void Misfit(Instant now, string cause)
    {
        if (State is ConfSnd or ConfRcv || (State == Down && !AdminDown && HasTransport)) NegotiationFailed(now, cause);
    }

    private string NeighborTookDownText => $"{Neighbor.Name} took the control channel down; take it up at {Neighbor.Name}";

    // A failure or the neighbour's wish takes the channel down; after the pause it is tried again.
    private void Fail(Instant now, ControlChannelEvent e, string cause, TimeSpan? pause = null)
    {
        if (!AdminDown) _cause = cause;
        Step(now, e);
        if (AdminDown) return;
        RaiseDown(now);
        if (pause is { } wait && Configuration.Role == ControlChannelRole.Active) _node.Deadlines.Set(_bringUp, now + wait);
    }
}
