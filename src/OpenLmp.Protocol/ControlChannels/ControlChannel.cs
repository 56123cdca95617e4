// RFC 4204 §3, §11.1
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelEvent;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <summary>A control channel: owns the state of Figure 3 and does what entering a state asks for (RFC 4204 §3, §11.1).</summary>
public sealed class ControlChannel
{
    // A neighbour that took the channel down gets this much longer than one that does not answer.
    private const double NeighborDownPauseFactor = 2.5;

    // How long GoingDown waits for the neighbour's flag where no HelloDeadInterval is agreed.
    private static readonly TimeSpan GoingDownWithoutHello = TimeSpan.FromSeconds(1);

    private readonly NodeContext _node;
    private readonly ConfigExchange _config;
    private readonly HelloExchange _hello;
    private readonly Deadline _bringUp;
    private readonly Deadline _patience;
    private readonly Deadline _goingDown;
    private int _transportSlot;
    private bool _transportUp;
    private string _cause = "not started";

    internal ControlChannel(NodeContext node, Neighbor neighbor, ControlChannelConfiguration configuration, Instant now)
    {
        _node = node;
        Neighbor = neighbor;
        Configuration = configuration;
        LastChange = now;
        LmpRestart = node.Options.StateLost;
        Remote = configuration.IsMulticast ? null : configuration.Remote;
        RemoteId = configuration.RemoteId;
        (HelloInterval, HelloDeadInterval) = (configuration.HelloInterval.Prefer, configuration.HelloDeadInterval.Prefer);
        _hello = new HelloExchange(node, this);
        _config = new ConfigExchange(node, this);
        _bringUp = new Deadline(BringUp);
        _patience = new Deadline(PatienceOver);
        _goingDown = new Deadline(GoingDownOver);
    }

    /// <summary>The neighbour at the other end.</summary>
    public Neighbor Neighbor { get; }

    /// <summary>The configuration in force.</summary>
    public ControlChannelConfiguration Configuration { get; private set; }

    /// <summary>Our CC_Id.</summary>
    public uint Id => Configuration.Id;

    /// <summary>The neighbour's CC_Id, once known.</summary>
    public uint? RemoteId { get; private set; }

    /// <summary>The neighbour's address and port: configured, or learned; null while it is to be learned.</summary>
    public NetworkEndpoint? Remote { get; private set; }

    /// <summary>Our address and port.</summary>
    public NetworkEndpoint Local => Configuration.Local;

    /// <summary>The state.</summary>
    public ControlChannelState State { get; private set; }

    /// <summary>Whether the operator has taken the channel down.</summary>
    public bool AdminDown { get; private set; }

    /// <summary>HelloInterval, milliseconds: as agreed; before that, as preferred.</summary>
    public ushort HelloInterval { get; private set; }

    /// <summary>HelloDeadInterval, milliseconds: as agreed; before that, as preferred.</summary>
    public ushort HelloDeadInterval { get; private set; }

    /// <summary>The sequence number of the Hellos sent; 0 before the first.</summary>
    public uint TxSeqNum => _hello.TxSeqNum;

    /// <summary>The sequence number of the last valid Hello received; 0 before the first.</summary>
    public uint RcvSeqNum => _hello.RcvSeqNum;

    /// <summary>How often the channel has left Up because of a failure or the neighbour.</summary>
    public int Flaps { get; private set; }

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>The transport this channel uses: set by the host, only compared by the node. Channels may share one.</summary>
    public int TransportSlot
    {
        get => _transportSlot;
        set
        {
            if (_transportSlot == value) return;
            _node.Peers.Remove(this);
            _transportSlot = value;
            _node.Peers.Add(this);
        }
    }

    /// <summary>
    /// Whether the channel carries messages between the nodes: it went Up (evCCUp) and has not left Active and Up since (evCCDown).
    /// </summary>
    public bool IsUsable { get; private set; }

    /// <summary>Why the channel is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        Up => "",
        ConfSnd when _config.IsWaiting && _cause.Length == 0 => $"Config sent to {RemoteText}, no answer yet",
        ConfRcv when _cause.Length == 0 => $"waiting for a Config from {Neighbor.Name} at {RemoteText}",
        Active => $"parameters agreed, waiting for a valid Hello from {Neighbor.Name} at {RemoteText}",
        GoingDown => "the operator is taking it down",
        _ => _cause,
    };

    /// <summary>The flags every message over this channel carries now (RFC 4204 §3.2.3, §8).</summary>
    internal HeaderFlags Flags =>
        (State == GoingDown ? HeaderFlags.ControlChannelDown : 0) | (LmpRestart ? HeaderFlags.LmpRestart : 0);

    /// <summary>Whether we tell of a restart: until the neighbour has reflected our TxSeqNum (RFC 4204 §8).</summary>
    internal bool LmpRestart { get; private set; }

    /// <summary>Whether the neighbour told of a restart in the Config this channel came up with (RFC 4204 §8).</summary>
    internal bool NeighborRestarted { get; set; }

    internal ConfigExchange Config => _config;

    /// <summary>The next channel with the same neighbour's address and CC_Id, at another port; the peer table's.</summary>
    internal ControlChannel? NextAtSamePeer { get; set; }

    internal string RemoteText => (Remote ?? Configuration.Remote).ToString();

    /// <summary>Neighbour and CC_Id, such as <c>oxc2/1</c>.</summary>
    public override string ToString() => $"{Neighbor.Name}/{Id}";

    /// <summary>The transport is there: bring the channel up.</summary>
    internal void TransportUp(Instant now)
    {
        _transportUp = true;
        if (!AdminDown) _cause = "";
        if (!AdminDown && State == Down) BringUp(now);
    }

    /// <summary>The transport is lost: event 2, from below.</summary>
    internal void TransportDown(Instant now, string why)
    {
        _transportUp = false;
        _node.Deadlines.Cancel(_bringUp);
        Fail(now, CcDn, why);
    }

    /// <summary>The operator wants the channel up.</summary>
    internal CommandResult BringUpByOperator(Instant now)
    {
        if (!AdminDown) return CommandResult.Ok(State == Up ? $"{this} is up" : $"{this} is coming up: {Reason}");
        AdminDown = false;
        _cause = "";
        if (State == Down && _transportUp) BringUp(now);
        return CommandResult.Ok($"{this} is coming up");
    }

    /// <summary>The operator wants the channel down: the ControlChannelDown procedure (RFC 4204 §3.2.3).</summary>
    internal CommandResult TakeDownByOperator(Instant now)
    {
        if (AdminDown) return CommandResult.Ok($"{this} is down already, by the operator");
        AdminDown = true;
        _node.Deadlines.Cancel(_bringUp);
        _cause = $"the operator took it down; lmp control-channel up {this}";
        Step(now, ControlChannelEvent.AdminDown);
        foreach (var kind in (ReadOnlySpan<AlarmKind>)[AlarmKind.ControlChannelDown, AlarmKind.NegotiationFailed]) _node.Alarms.Clear(now, kind, ToString());
        return CommandResult.Ok($"{this} is going down");
    }

    /// <summary>New parameters from the configuration: event 14 where they need another negotiation.</summary>
    internal void Reconfigure(Instant now, ControlChannelConfiguration configuration)
    {
        var old = Configuration;
        Configuration = configuration;
        if (old.HelloInterval == configuration.HelloInterval && old.HelloDeadInterval == configuration.HelloDeadInterval && old.Role == configuration.Role) return;
        _cause = "";
        (HelloInterval, HelloDeadInterval) = (configuration.HelloInterval.Prefer, configuration.HelloDeadInterval.Prefer);
        var active = configuration.Role == ControlChannelRole.Active;
        if (State is ConfSnd or ConfRcv && old.Role != configuration.Role)
        {
            // Figure 3 has no arrow between the two negotiation states for this: start over.
            Fail(now, CcDn, "its role changed in the configuration", alarm: false);
            BringUp(now);
            return;
        }

        Step(now, State == ConfRcv || active ? ReconfigActive : ReconfigPassive);
    }

    /// <summary>The channel is no longer configured: tells the neighbour, if it is up, and ends.</summary>
    internal void Remove(Instant now)
    {
        AdminDown = true;
        if (State is Active or Up)
        {
            Step(now, ControlChannelEvent.AdminDown);
            Step(now, DownTimer);
        }
        else
        {
            Step(now, CcDn);
        }

        _node.Deadlines.Cancel(_bringUp);
        _node.Alarms.ClearAll(now, ToString());
    }

    /// <summary>A message with ControlChannelDown came in: answered with one Hello that carries the flag, then Down (RFC 4204 §3.2.3).</summary>
    internal void NeighborGoesDown(Instant now)
    {
        if (ControlChannelFsm.Next(State, NbrGoesDn) is null)
        {
            _node.Drop(Neighbor, DropReason.WrongState);
            return;
        }

        if (State != GoingDown) _hello.SendNow(HeaderFlags.ControlChannelDown);
        var pause = Configuration.Retransmit.Pause * NeighborDownPauseFactor;
        Fail(now, NbrGoesDn, $"{Neighbor.Name} took the control channel down", pause);
    }

    /// <summary>Takes a Hello in (RFC 4204 §3.2.2).</summary>
    internal void ReceiveHello(Instant now, in Hello hello)
    {
        if (hello.Flags.HasFlag(HeaderFlags.ControlChannelDown))
        {
            NeighborGoesDown(now);
            return;
        }

        if (State is not (Active or Up) || _hello.IsOff)
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

        if (reflectsOurs) LmpRestart = false;
        Step(now, HelloRcvd);
    }

    /// <summary>HelloDeadInterval is over: event 12.</summary>
    internal void HoldTimerExpired(Instant now)
    {
        var active = Configuration.Role == ControlChannelRole.Active;
        var from = State;
        _cause = $"no Hello from {Neighbor.Name} at {RemoteText} for {HelloDeadInterval} ms; is lmpd running there, is the path to it up?";
        if (from == Up) Flaps++;
        RaiseDown(now);
        Step(now, active ? HoldTimerActive : HoldTimerPassive);
    }

    /// <summary>The parameters are agreed, and with whom (RFC 4204 §3.1).</summary>
    internal void Agreed(HelloConfig parameters, uint remoteId, in NetworkEndpoint source)
    {
        (HelloInterval, HelloDeadInterval) = (parameters.HelloInterval, parameters.HelloDeadInterval);
        SetPeer(remoteId, Configuration.IsMulticast ? source : Remote);
    }

    /// <summary>Nothing answers at the learned address: learn it anew, by multicast (RFC 4204 §9).</summary>
    internal void ForgetLearnedAddress()
    {
        if (Configuration.IsMulticast) SetPeer(RemoteId, null);
    }

    /// <summary>A failure or the neighbour's wish takes the channel down; it is tried again after <paramref name="pause"/>.</summary>
    internal void Fail(Instant now, ControlChannelEvent e, string cause, TimeSpan? pause = null, bool alarm = true)
    {
        if (State == Up && !AdminDown) Flaps++;
        if (!AdminDown) _cause = cause;
        Step(now, e);
        if (AdminDown) return;
        if (alarm) RaiseDown(now);
        if (pause is { } wait && _transportUp && Configuration.Role == ControlChannelRole.Active) _node.Deadlines.Set(_bringUp, now + wait);
    }

    /// <summary>Negotiation does not get anywhere: says why, as alarm and as reason.</summary>
    internal void NegotiationFailed(Instant now, string cause)
    {
        _cause = cause;
        _node.Alarms.Raise(now, AlarmKind.NegotiationFailed, ToString(), AlarmSeverity.Major, $"{this}: {cause}");
    }

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
        UpdateUsable(now, from, next);
        return true;
    }

    private void Leave(ControlChannelState next)
    {
        _node.Deadlines.Cancel(_patience);
        _node.Deadlines.Cancel(_goingDown);
        if (next != Down) _node.Deadlines.Cancel(_bringUp);
        if (next != ConfSnd) _config.Stop();
        if (next is not (Active or Up or GoingDown)) _hello.Stop();
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
                _node.Alarms.Clear(now, AlarmKind.NegotiationFailed, ToString());
                _hello.Start(now);
                // Without Hello the channel is up as soon as the parameters are agreed (RFC 4204 §3.2.1): a synthetic event 11.
                if (_hello.IsOff) LmpRestart = false;
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

    private void UpdateUsable(Instant now, ControlChannelState from, ControlChannelState state)
    {
        if (state == Active && _hello.IsOff)
        {
            Step(now, HelloRcvd);
        }
        else if (state == Up && from != Up)
        {
            IsUsable = true;
            _node.Node.ChannelUp(now, this);
        }
        else if (from is Active or Up && state is not (Active or Up))
        {
            // Also where it never was Up: messages of the TE links are taken in Active, too.
            IsUsable = false;
            _node.Node.ChannelDown(now, this);
        }
    }

    // Time for a whole burst of Configs and the pause after it.
    private TimeSpan Patience
    {
        get
        {
            var (r, total, interval) = (Configuration.Retransmit, TimeSpan.Zero, Configuration.Retransmit.Interval);
            for (var i = 0; i < r.Limit; i++, interval *= 1 + r.Delta) total += interval;
            return total + r.Pause;
        }
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

    private void GoingDownOver(Instant now) => Step(now, DownTimer);

    private void RaiseDown(Instant now) =>
        _node.Alarms.Raise(now, AlarmKind.ControlChannelDown, ToString(), AlarmSeverity.Major, $"{this}: {_cause}");

    private void SetPeer(uint? remoteId, NetworkEndpoint? remote)
    {
        if (RemoteId == remoteId && Remote == remote) return;
        _node.Peers.Remove(this);
        (RemoteId, Remote) = (remoteId, remote);
        _node.Peers.Add(this);
    }
}
