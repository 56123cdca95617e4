// RFC 4204 §11.1.3, Figure 3: what each transition asks for.
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <content>The consequences of the FSM's steps.</content>
public sealed partial class ControlChannel
{
    // How long GoingDown waits for the neighbour's flag where no HelloDeadInterval is agreed.
    private static readonly TimeSpan GoingDownWithoutHello = TimeSpan.FromSeconds(1);

    /// <summary>Puts an event to the FSM and does what the new state asks for; false where the figure draws no arrow.</summary>
    internal bool Step(Instant now, ControlChannelEvent e)
    {
        if (ControlChannelFsm.Next(State, e) is not { } next) return false;
        var from = State;
        // Arrows back to the same state ask for something only where parameters were agreed or changed.
        if (next == from && e is not (NewConfOk or ReconfigActive or ReconfigPassive)) return true;

        State = next;
        if (next != from) LastChange = now;
        Leave(next);
        Enter(now, next);
        if (next != from) _node.Output.Tell(new ControlChannelStateChanged(now, this, from, next, Reason));
        UpdateUsable(now, from, next, e);
        return true;
    }

    private void Leave(ControlChannelState next)
    {
        _patience.Cancel();
        _goingDown.Cancel();
        if (next != Down) _bringUp.Cancel();
        if (next != ConfSnd) _config.Stop();
        if (next is not (Active or Up)) _config.StopAsking();
        if (next is Active or Up or GoingDown) return;
        _hello.Reset();
        (HelloInterval, HelloDeadInterval) = (Configuration.HelloInterval.Prefer, Configuration.HelloDeadInterval.Prefer);
    }

    private void Enter(Instant now, ControlChannelState state)
    {
        switch (state)
        {
            case ConfSnd:
                _config.Begin(now);
                break;
            case ConfRcv:
                _node.Deadlines.Set(_patience, now + Patience);
                break;
            case Active:
                _cause = "";
                _negotiationFailure = null;
                _neighborTookDown = false;
                _node.Alarms.Clear(now, AlarmKind.NegotiationFailed, ToString());
                _hello.Start(now);
                // There will be no Hello that reflects anything.
                if (_hello.IsOff) OurRestartIsKnown();
                break;
            case Up:
                _node.Alarms.Clear(now, AlarmKind.ControlChannelDown, ToString());
                break;
            case GoingDown:
                _hello.GoDown(now);
                _node.Deadlines.Set(_goingDown, now + (_hello.IsOff ? GoingDownWithoutHello : TimeSpan.FromMilliseconds(HelloDeadInterval)));
                break;
        }
    }

    private void UpdateUsable(Instant now, ControlChannelState from, ControlChannelState state, ControlChannelEvent e)
    {
        if (state == Active && _hello.IsOff)
        {
            // Without Hello the channel is up as soon as the parameters are agreed (RFC 4204 §3.2.1): a synthetic event 11.
            Step(now, HelloRcvd);
        }
        else if (state == Up && from != Up)
        {
            var renegotiated = IsUsable;
            IsUsable = true;
            _node.Node.ChannelUp(now, this, renegotiated);
        }
        else if (from is Active or Up && state is not (Active or Up))
        {
            // Also where it never was Up: messages of the TE links are taken in Active, too.
            // What the operator or the configuration wants is no flap.
            if (IsUsable && !AdminDown && e is not (ReconfigActive or ReconfigPassive)) Flaps++;
            IsUsable = false;
            // Another negotiation is no sign of another program at the other end; silence and a neighbour that goes down are.
            if (e is not (ReconfigActive or ReconfigPassive or NewConfErr)) Neighbor.DoubtBehaviors();
            _node.Node.ChannelDown(now, this);
        }
    }

    private void OurRestartIsKnown()
    {
        LmpRestart = false;
        Neighbor.KnowsOfOurRestart = true;
    }

    private void BringUp(Instant now) =>
        Step(now, Configuration.Role == ControlChannelRole.Active ? BringUpActive : BringUpPassive);

    // ConfRcv has waited long enough to be worth an alarm. An active channel got here by losing a contention or refusing a Config; nobody
    // else may ever start again, so it does.
    private void PatienceOver(Instant now)
    {
        if (_cause.Length == 0)
            _cause = $"no Config from {Neighbor.Name} at {RemoteText}; is lmpd running there with role active, and is UDP {Local.Port} open here?";
        RaiseDown(now);
        if (Configuration.Role != ControlChannelRole.Active) return;
        Step(now, CcDn);
        BringUp(now);
    }

    private void GoingDownOver(Instant now)
    {
        Step(now, DownTimer);
        if (!AdminDown) BringUp(now);
    }

    private void RaiseDown(Instant now) =>
        _node.Alarms.Raise(now, AlarmKind.ControlChannelDown, ToString(), AlarmSeverity.Major, $"{this}: {_cause}");
}
