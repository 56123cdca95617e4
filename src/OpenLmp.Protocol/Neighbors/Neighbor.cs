// RFC 4204 §2
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A neighbouring node; the LMP adjacency with it is up while at least one control channel is (RFC 4204 §2).</summary>
public sealed partial class Neighbor
{
    private const int MostReasons = 4;

    private readonly NodeContext _node;
    private readonly List<ControlChannel> _controlChannels = [];
    private readonly Dictionary<uint, ControlChannel> _learnedIds = [];
    private readonly List<TeLink> _teLinks = [];

    // Of thousands of channels, each of which comes and goes: what all of them together mean must not be looked for among them.
    private int _inService, _usable;

    internal Neighbor(NodeContext node, NeighborConfiguration configuration, Instant now)
    {
        _node = node;
        Initiator = new VerifyInitiator(node, this, teLink: null);
        Configuration = configuration;
        LastChange = now;
    }

    /// <summary>The configuration in force.</summary>
    public NeighborConfiguration Configuration { get; internal set; }

    /// <summary>The neighbour's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>The neighbour's Node_Id.</summary>
    public NodeId NodeId => Configuration.NodeId;

    /// <summary>The control channels, by CC_Id.</summary>
    public IReadOnlyList<ControlChannel> ControlChannels => _controlChannels;

    /// <summary>The TE links shared with the neighbour.</summary>
    public IReadOnlyList<TeLink> TeLinks => _teLinks;

    /// <summary>Whether the LMP adjacency is up: the first control channel went up, the last has not gone down.</summary>
    public bool IsUp { get; private set; }

    /// <summary>When the adjacency went up or down last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Messages exchanged with the neighbour, and what was dropped of its.</summary>
    public NodeCounters Counters { get; } = new();

    /// <summary>Why the adjacency is not up; empty while it is.</summary>
    public string Reason => IsUp ? ""
        : _controlChannels.Count == 0 ? "no control channel is configured"
        : _controlChannels is [var only] ? only.Reason
        : string.Join("; ", _controlChannels.Take(MostReasons).Select(c => $"{c}: {c.State}: {c.Reason}"))
            + (_controlChannels.Count > MostReasons ? $"; and {_controlChannels.Count - MostReasons} more" : "");

    /// <summary>Where the verification of data links of all its TE links stands that this node began (RFC 4204 §5).</summary>
    public VerificationPhase Verification => Initiator.Phase;

    /// <summary>Data links of that verification, and how many of them have no result yet.</summary>
    public (int Total, int Undecided) VerificationProgress => Initiator.Progress;

    /// <summary>Verification that is not limited to one TE link.</summary>
    internal VerifyInitiator Initiator { get; }

    /// <summary>Whether the neighbour has reflected a TxSeqNum since our start: channels made later have no restart to tell of (RFC 4204 §8).</summary>
    internal bool KnowsOfOurRestart { get; set; }

    /// <summary>Whether data channel statuses may be confirmed with the neighbour (RFC 5818): it has said so.</summary>
    internal bool ConfirmsStatus => Behaviors.HasFlag(LmpBehaviors.ConsistencyCheck);

    /// <summary>Whether trace messages may be used with the neighbour (RFC 4207 §4): it has said so.</summary>
    internal bool Traces => Behaviors.HasFlag(LmpBehaviors.SonetSdhTrace);

    internal void Add(ControlChannel channel)
    {
        // Configurations mostly list them in this order: to sort anew for each of thousands would take seconds.
        var place = _controlChannels.Count;
        while (place > 0 && _controlChannels[place - 1].Id > channel.Id) place--;
        _controlChannels.Insert(place, channel);
    }

    internal void Remove(ControlChannel channel)
    {
        _controlChannels.Remove(channel);
        if (channel.RemoteId is { } remoteId) Unlearned(channel, remoteId);
    }

    /// <summary>The channel that learned from the neighbour that it calls it so; null if none did. Where it is configured, nothing is learned.</summary>
    internal ControlChannel? FindLearned(uint remoteId) => _learnedIds.GetValueOrDefault(remoteId);

    /// <summary>A channel learned the neighbour's CC_Id; no other has it any more.</summary>
    internal void Learned(ControlChannel channel, uint remoteId) => _learnedIds[remoteId] = channel;

    /// <summary>A channel no longer has that CC_Id of the neighbour.</summary>
    internal void Unlearned(ControlChannel channel, uint remoteId)
    {
        if (_learnedIds.GetValueOrDefault(remoteId) == channel) _learnedIds.Remove(remoteId);
    }

    internal void Add(TeLink teLink) => _teLinks.Add(teLink);

    internal void Remove(TeLink teLink) => _teLinks.Remove(teLink);

    /// <summary>The control channel for messages that any of them may carry (RFC 4204 §3): the first that is Up, else one that was and may be again.</summary>
    internal ControlChannel? UsableChannel
    {
        get
        {
            if (_usable == 0) return null;
            ControlChannel? active = null;
            foreach (var channel in _controlChannels)
            {
                if (channel.State == ControlChannelState.Up) return channel;
                if (channel.IsUsable) active ??= channel;
            }

            return active;
        }
    }

    /// <summary>How messages that any control channel may carry are retransmitted now (RFC 4204 §10).</summary>
    internal RetransmitConfiguration Retransmit => UsableChannel?.Configuration.Retransmit ?? RetransmitConfiguration.Default;

    /// <summary>The TE link that the neighbour calls so; null if there is none.</summary>
    internal TeLink? FindTeLink(Identifier remoteId)
    {
        foreach (var teLink in _teLinks)
            if (teLink.RemoteId == remoteId) return teLink;
        return null;
    }

    /// <summary>Looks at the wiring of all data links: where one ends may explain another.</summary>
    internal void UpdateWiring(Instant now)
    {
        foreach (var teLink in _teLinks)
        {
            foreach (var link in teLink.DataLinks)
            {
                link.UpdateWiring(now);
                _node.Output.AtWork();
            }
        }
    }

    /// <summary>One of the control channels enters or leaves the states in which it serves, or carries messages.</summary>
    /// <param name="inService">1: it is now Active or Up; -1: no longer; 0: as before.</param>
    /// <param name="usable">The same for what <see cref="UsableChannel"/> looks for.</param>
    internal void Count(int inService, int usable) => (_inService, _usable) = (_inService + inService, _usable + usable);

    /// <summary>Looks whether the adjacency went up or down; true if it did.</summary>
    internal bool UpdateAdjacency(Instant now)
    {
        var up = _usable > 0;
        if (up == IsUp) return false;
        (IsUp, LastChange) = (up, now);
        return true;
    }
}
