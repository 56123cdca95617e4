// RFC 4204 §4, §11.2
using OpenLmp.Wire;
using static OpenLmp.Protocol.TeLinkEvent;

namespace OpenLmp.Protocol;

/// <summary>A TE link: owns the state of Figure 4 and the data links (RFC 4204 §4, §11.2).</summary>
public sealed class TeLink
{
    private readonly NodeContext _node;
    private readonly LinkSummaryExchange _exchange;
    private readonly List<DataLink> _dataLinks = [];
    private readonly Dictionary<Identifier, DataLink> _byLocalId = [];
    private string _difference = "";

    internal TeLink(NodeContext node, Neighbor neighbor, TeLinkConfiguration configuration, Instant now)
    {
        _node = node;
        Neighbor = neighbor;
        Configuration = configuration;
        RemoteId = configuration.RemoteId;
        LastChange = now;
        (FaultManagement, LinkVerification) = (configuration.FaultManagement, configuration.LinkVerification);
        _exchange = new LinkSummaryExchange(node, this);
        foreach (var link in configuration.DataLinks) Add(new DataLink(node, this, link, now));
    }

    /// <summary>The neighbour at the other end.</summary>
    public Neighbor Neighbor { get; }

    /// <summary>The configuration in force.</summary>
    public TeLinkConfiguration Configuration { get; private set; }

    /// <summary>The TE link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Our Link_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Link_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId { get; internal set; }

    /// <summary>The state.</summary>
    public TeLinkState State { get; private set; }

    /// <summary>Whether both ends support fault management on this TE link; before LinkSummary, whether we do.</summary>
    public bool FaultManagement { get; private set; }

    /// <summary>Whether both ends support link verification on this TE link; before LinkSummary, whether we do.</summary>
    public bool LinkVerification { get; private set; }

    /// <summary>The data links, in the order of the configuration.</summary>
    public IReadOnlyList<DataLink> DataLinks => _dataLinks;

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Why the TE link is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        TeLinkState.Up => "",
        TeLinkState.Down => "no data links are configured",
        _ when !Neighbor.IsUp => $"no control channel to {Neighbor.Name} is up",
        _ when RemoteId is null => $"the Link_Id of {Neighbor.Name} is not known; set remote-id",
        _ when _difference.Length > 0 => _difference,
        _ => _exchange.Reason,
    };

    internal LinkSummaryExchange Exchange => _exchange;

    /// <summary>The data link with that local Interface_Id, or null.</summary>
    internal DataLink? FindDataLink(Identifier localId) => _byLocalId.GetValueOrDefault(localId);

    /// <summary>Takes the TE link into service: event 1, if there are data links.</summary>
    internal void Start(Instant now)
    {
        if (_dataLinks.Count > 0) Step(now, DcUp);
        if (Neighbor.IsUp) AdjacencyUp(now);
    }

    /// <summary>The first control channel went up: event 7. Both ends tell their view of the TE link (RFC 4204 §8).</summary>
    internal void AdjacencyUp(Instant now)
    {
        Step(now, CcUp);
        _exchange.Begin(now);
    }

    /// <summary>The last control channel went down: event 8. Data links stay as they are (RFC 4204 §3.2.4).</summary>
    internal void AdjacencyDown(Instant now)
    {
        _exchange.Abandon(now);
        Step(now, CcDown);
    }

    /// <summary>What the neighbour's TE_LINK said of its support.</summary>
    internal void LearnSupport(TeLinkFlags flags)
    {
        FaultManagement = Configuration.FaultManagement && flags.HasFlag(TeLinkFlags.FaultManagement);
        LinkVerification = Configuration.LinkVerification && flags.HasFlag(TeLinkFlags.LinkVerification);
    }

    /// <summary>The two ends disagree about the TE link itself.</summary>
    internal void Disagree(Instant now, string difference)
    {
        _difference = difference;
        _node.Alarms.Raise(now, AlarmKind.TeLinkMismatch, Name, AlarmSeverity.Major, $"{Name}: {difference}");
    }

    /// <summary>The two ends agree about the TE link itself.</summary>
    internal void Agree(Instant now)
    {
        _difference = "";
        _node.Alarms.Clear(now, AlarmKind.TeLinkMismatch, Name);
    }

    /// <summary>Another configuration for the same TE link: data links come, go and change, then both ends correlate again.</summary>
    internal void Reconfigure(Instant now, TeLinkConfiguration configuration)
    {
        var old = Configuration;
        Configuration = configuration;
        if (configuration == old) return;
        if (configuration.RemoteId != old.RemoteId) RemoteId = configuration.RemoteId;
        (FaultManagement, LinkVerification) = (configuration.FaultManagement, configuration.LinkVerification);

        var kept = new Dictionary<Identifier, DataLink>(_byLocalId);
        _dataLinks.Clear();
        _byLocalId.Clear();
        foreach (var link in configuration.DataLinks)
        {
            // A link is the same while name and Interface_Id are.
            if (kept.TryGetValue(link.LocalId, out var existing) && existing.Name == link.Name)
            {
                kept.Remove(link.LocalId);
                if (existing.Configuration != link) existing.Reconfigure(now, link);
                Add(existing);
            }
            else
            {
                Add(new DataLink(_node, this, link, now));
            }
        }

        foreach (var gone in kept.Values) gone.Remove(now);
        Agree(now);
        Step(now, _dataLinks.Count == 0 ? DcDown : DcUp);
        if (Neighbor.IsUp) _exchange.Begin(now);
    }

    /// <summary>The TE link is no longer configured.</summary>
    internal void Remove(Instant now)
    {
        _exchange.Abandon(now);
        foreach (var link in _dataLinks) link.Remove(now);
        Step(now, DcDown);
        _node.Alarms.ClearAll(now, Name);
    }

    /// <summary>Puts an event to the FSM; false where the figure draws no arrow.</summary>
    internal bool Step(Instant now, TeLinkEvent e)
    {
        if (TeLinkFsm.Next(State, e) is not { } next) return false;
        if (next == State) return true;
        var from = State;
        State = next;
        LastChange = now;
        _node.Output.Tell(new TeLinkStateChanged(now, this, from, next, Reason));
        return true;
    }

    private void Add(DataLink link)
    {
        _dataLinks.Add(link);
        _byLocalId.Add(link.LocalId, link);
    }
}
