using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>What the parts of one file have to know of one another: what has been used up, and what may be referred to.</summary>
internal sealed class Scope
{
    public Scope(Findings findings)
    {
        Findings = findings;
        NodeIds = new(findings);
        NodeNames = new(findings);
        ControlChannelIds = new(findings);
        RemoteControlChannelIds = new(findings);
        TeLinkNames = new(findings);
        LinkIds = new(findings);
        RemoteLinkIds = new(findings);
        DataLinkNames = new(findings);
        InterfaceIds = new(findings);
        RemoteInterfaceIds = new(findings);
    }

    public Findings Findings { get; }

    public DataPlaneKind DataPlane { get; set; }

    /// <summary>Where the node listens; null where that is not known because it is wrong, then nothing is compared with it.</summary>
    public ListenAddresses? Listen { get; set; }

    /// <summary>The names of the neighbours; null where they are not known because something is wrong.</summary>
    public HashSet<string>? Neighbors { get; set; }

    /// <summary>The names of the neighbours that a WDM session is configured with, and what they are to us.</summary>
    public Dictionary<string, WdmRole> WdmNeighbors { get; } = [];

    /// <summary>The node's own and the neighbours' Node_Ids.</summary>
    public Unique<NodeId> NodeIds { get; }

    /// <summary>The node's own and the neighbours' names.</summary>
    public Unique<string> NodeNames { get; }

    public Unique<uint> ControlChannelIds { get; }

    public Unique<(string Neighbor, uint Id)> RemoteControlChannelIds { get; }

    public Unique<string> TeLinkNames { get; }

    public Unique<Identifier> LinkIds { get; }

    public Unique<(string Neighbor, Identifier Id)> RemoteLinkIds { get; }

    public Unique<string> DataLinkNames { get; }

    public Unique<Identifier> InterfaceIds { get; }

    public Unique<(string Neighbor, Identifier Id)> RemoteInterfaceIds { get; }

    /// <summary>The neighbour that each pair of addresses leads to; the interface counts where the same addresses exist on each.</summary>
    public Dictionary<(NetworkEndpoint Local, NetworkEndpoint Remote, string? Interface), (string Neighbor, Position At)> Paths { get; } = [];

    /// <summary>The user that the daemon goes on as, where one is configured and exists: may own files with keys.</summary>
    public uint? DaemonUser { get; set; }

    /// <summary>How the neighbours that IPsec is configured for are protected.</summary>
    public List<IpsecConfiguration> Ipsec { get; } = [];

    public SubChannels SubChannels { get; } = new();

    public LineSystemLinks LineSystemLinks { get; } = new();
}

/// <summary>Values of which there may be only one each.</summary>
internal sealed class Unique<T>(Findings findings) where T : notnull
{
    private readonly Dictionary<T, Position> _taken = [];

    /// <summary>Takes the value, or tells where it has been taken.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="what">The value in words, after its key: <c>id: CC_Id 1</c>.</param>
    /// <param name="rule">What has to be unique where, and who says so.</param>
    public void Claim(T value, Position at, string what, string rule)
    {
        if (!_taken.TryAdd(value, at)) findings.Error(at, $"{what} is already used at line {_taken[value].Line}; {rule}");
    }
}
