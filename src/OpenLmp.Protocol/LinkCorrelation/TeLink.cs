// RFC 4204 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A TE link (RFC 4204 §4).</summary>
public sealed class TeLink
{
    private readonly List<DataLink> _dataLinks = [];

    internal TeLink(Neighbor neighbor, TeLinkConfiguration configuration, Instant now)
    {
        Neighbor = neighbor;
        Configuration = configuration;
        RemoteId = configuration.RemoteId;
        LastChange = now;
    }

    /// <summary>The neighbour at the other end.</summary>
    public Neighbor Neighbor { get; }

    /// <summary>The configuration in force.</summary>
    public TeLinkConfiguration Configuration { get; internal set; }

    /// <summary>The TE link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Our Link_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Link_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId { get; internal set; }

    /// <summary>The state.</summary>
    public TeLinkState State { get; internal set; }

    /// <summary>Whether both ends support fault management on this TE link; before LinkSummary, whether we do.</summary>
    public bool FaultManagement { get; internal set; }

    /// <summary>Whether both ends support link verification on this TE link; before LinkSummary, whether we do.</summary>
    public bool LinkVerification { get; internal set; }

    /// <summary>The data links.</summary>
    public IReadOnlyList<DataLink> DataLinks => _dataLinks;

    /// <summary>Why the TE link is not up, and the next step to take; empty while it is.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; internal set; }
}
