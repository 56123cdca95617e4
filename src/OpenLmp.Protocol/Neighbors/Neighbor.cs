// RFC 4204 §2
namespace OpenLmp.Protocol;

/// <summary>A neighbouring node; the LMP adjacency with it is up while at least one control channel is (RFC 4204 §2).</summary>
public sealed class Neighbor
{
    private readonly List<ControlChannel> _controlChannels = [];
    private readonly List<TeLink> _teLinks = [];

    internal Neighbor(NeighborConfiguration configuration, Instant now)
    {
        Configuration = configuration;
        LastChange = now;
    }

    /// <summary>The configuration in force.</summary>
    public NeighborConfiguration Configuration { get; internal set; }

    /// <summary>The neighbour's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>The neighbour's Node_Id.</summary>
    public Wire.NodeId NodeId => Configuration.NodeId;

    /// <summary>The control channels, by CC_Id.</summary>
    public IReadOnlyList<ControlChannel> ControlChannels => _controlChannels;

    /// <summary>The TE links shared with the neighbour.</summary>
    public IReadOnlyList<TeLink> TeLinks => _teLinks;

    /// <summary>Whether the LMP adjacency is up: evCCUp has been, evCCDown has not.</summary>
    public bool IsUp { get; internal set; }

    /// <summary>When the adjacency went up or down last.</summary>
    public Instant LastChange { get; internal set; }

    /// <summary>Messages exchanged with the neighbour, and what was dropped of its.</summary>
    public NodeCounters Counters { get; } = new();
}
