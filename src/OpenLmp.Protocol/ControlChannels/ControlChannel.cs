// RFC 4204 §3, §11.1
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol;

/// <summary>A control channel: owns the state of Figure 3 and does what entering a state asks for (RFC 4204 §3, §11.1).</summary>
public sealed partial class ControlChannel
{
    private readonly NodeContext _node;
    private readonly ConfigExchange _config;
    private readonly HelloExchange _hello;
    private readonly Deadline _bringUp;
    private readonly Deadline _patience;
    private readonly Deadline _goingDown;
    private readonly string _name;
    private int _transportSlot;

    // Why there is no transport; null while there is one.
    private string? _noTransport = "its transport is being set up";
    private string _cause = "";
    private (Instant At, string Cause)? _negotiationFailure;
    private bool _neighborTookDown;
    private bool _removed;

    internal ControlChannel(NodeContext node, Neighbor neighbor, ControlChannelConfiguration configuration, Instant now)
    {
        _node = node;
        Neighbor = neighbor;
        _name = $"{neighbor.Name}/{configuration.Id}";
        IsProtected = neighbor.Configuration.Security != NeighborSecurity.None;
        Configuration = configuration;
        LastChange = now;
        Counters = new TrafficCounters(now);
        AdminDown = node.Retention.IsDown(neighbor.NodeId, configuration.Id);
        LmpRestart = node.Options.StateLost && !neighbor.KnowsOfOurRestart;
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

    /// <summary>Whether its transport is to be one that protects its messages (RFC 4204 §15.2); a channel stays what it was made as.</summary>
    public bool IsProtected { get; }

    /// <summary>The configuration in force.</summary>
    public ControlChannelConfiguration Configuration
    {
        get;
        private set => (field, Id, Local) = (value, value.Id, value.Local);
    }

    /// <summary>Our CC_Id.</summary>
    public uint Id { get; private set; }

    /// <summary>The neighbour's CC_Id, once known.</summary>
    public uint? RemoteId { get; private set; }

    /// <summary>The neighbour's address and port: configured, or learned; null while it is to be learned.</summary>
    public NetworkEndpoint? Remote { get; private set; }

    /// <summary>Our address and port.</summary>
    public NetworkEndpoint Local { get; private set; }

    /// <summary>The state.</summary>
    public ControlChannelState State
    {
        get;
        private set
        {
            var (inService, usable) = (IsInService, CanCarry);
            field = value;
            Neighbor.Count(Change(inService, IsInService), Change(usable, CanCarry));
        }
    }

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

    /// <summary>How often the channel was in use and got lost, by a failure or by the neighbour.</summary>
    public int Flaps { get; private set; }

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Messages over this channel.</summary>
    public TrafficCounters Counters { get; }

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
    public bool IsUsable
    {
        get;
        private set
        {
            var usable = CanCarry;
            field = value;
            Neighbor.Count(0, Change(usable, CanCarry));
        }
    }

    /// <summary>Why the channel is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        Up => "",
        _ when _removed => "it is no longer configured",
        GoingDown when AdminDown => "the operator is taking it down; it tells the neighbour first",
        GoingDown => "it goes down, and up again at once, as the operator wishes",
        Down when AdminDown => $"the operator took it down; lmp control-channel up {this}",
        Down when _noTransport is not null => _noTransport,
        Active => $"parameters agreed, waiting for a valid Hello from {Neighbor.Name} at {RemoteText}",
        _ when _cause.Length > 0 => _cause,
        ConfSnd => $"Config sent to {RemoteText}, no answer yet",
        _ => $"waiting for a Config from {Neighbor.Name} at {RemoteText}",
    };

    /// <summary>The flags every message over this channel carries now (RFC 4204 §3.2.3, §8).</summary>
    internal HeaderFlags Flags =>
        (State == GoingDown ? HeaderFlags.ControlChannelDown : 0) | (LmpRestart ? HeaderFlags.LmpRestart : 0);

    /// <summary>Whether we tell of a restart: until the neighbour has reflected our TxSeqNum (RFC 4204 §8).</summary>
    internal bool LmpRestart { get; private set; }

    /// <summary>Whether the neighbour told of a restart in the Config this channel came up with (RFC 4204 §8).</summary>
    internal bool NeighborRestarted { get; set; }

    /// <summary>Whether the host has a transport for the channel.</summary>
    internal bool HasTransport => _noTransport is null;

    /// <summary>Whether Hellos prove now that the neighbour is the one we agreed with.</summary>
    internal bool IsWatched => State is Active or Up && !_hello.IsOff;

    internal ConfigExchange Config => _config;

    private bool IsInService => State is Active or Up;

    private bool CanCarry => State == Up || IsUsable;

    /// <summary>The next channel with the same neighbour's address and CC_Id, at another port; the peer table's.</summary>
    internal ControlChannel? NextAtSamePeer { get; set; }

    internal string RemoteText => (Remote ?? Configuration.Remote).ToString();

    /// <summary>Time for a whole burst of Configs and the pause after it.</summary>
    internal TimeSpan Patience => Retransmission.Duration(Configuration.Retransmit) + Configuration.Retransmit.Pause;

    /// <summary>Neighbour and CC_Id, such as <c>oxc2/1</c>.</summary>
    public override string ToString() => _name;

    /// <summary>The parameters are agreed, and with whom (RFC 4204 §3.1).</summary>
    internal void Agreed(HelloConfig parameters, uint remoteId, in NetworkEndpoint source)
    {
        (HelloInterval, HelloDeadInterval) = (parameters.HelloInterval, parameters.HelloDeadInterval);
        // CC_Ids are unique in the neighbour's whole node (§13.1): whichever channel it was paired with before, it no longer is.
        if (Neighbor.FindLearned(remoteId) is { } other && other != this) other.SetPeer(null, other.Remote);
        SetPeer(remoteId, Configuration.IsMulticast ? source : Remote);
    }

    /// <summary>Nothing answers at the learned address: learn it anew, by multicast (RFC 4204 §9).</summary>
    internal void ForgetLearnedAddress()
    {
        if (Configuration.IsMulticast) SetPeer(RemoteId, null);
    }

    private static int Change(bool before, bool after) => (after ? 1 : 0) - (before ? 1 : 0);

    private void SetPeer(uint? remoteId, NetworkEndpoint? remote)
    {
        if (RemoteId == remoteId && Remote == remote) return;
        _node.Peers.Remove(this);
        if (RemoteId is { } before) Neighbor.Unlearned(this, before);
        if (remoteId is { } learned && Configuration.RemoteId is null) Neighbor.Learned(this, learned);
        (RemoteId, Remote) = (remoteId, remote);
        _node.Peers.Add(this);
    }
}
