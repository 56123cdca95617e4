// RFC 4204 §4, §11.2
using OpenLmp.Wire;
using static OpenLmp.Protocol.TeLinkEvent;

namespace OpenLmp.Protocol;

/// <summary>A TE link: owns the state of Figure 4 and the data links (RFC 4204 §4, §11.2).</summary>
public sealed class TeLink
{
    private readonly NodeContext _node;
    private readonly LinkSummaryExchange _exchange;
    private readonly VerifyInitiator _initiator;
    private readonly Resynchronization _resynchronization;
    private readonly FaultExchange _faults;
    private readonly List<DataLink> _dataLinks = [];
    private readonly Dictionary<Identifier, DataLink> _byLocalId = [];
    // What comparing the neighbour's LinkSummary with our configuration found about the TE link itself; and why the neighbour refuses ours.
    private string _wrongIds = "";
    private string _strangers = "";
    private string _refusal = "";
    private TeLinkFlags? _theirSupport;
    private bool _toldAvailable;

    internal TeLink(NodeContext node, Neighbor neighbor, TeLinkConfiguration configuration, Instant now)
    {
        _node = node;
        Neighbor = neighbor;
        Configuration = configuration;
        RemoteId = configuration.RemoteId ?? node.Retention.Find(configuration, neighbor.NodeId)?.RemoteId;
        LastChange = now;
        Counters = new TrafficCounters(now);
        _resynchronization = new Resynchronization(node, this);
        _exchange = new LinkSummaryExchange(node, this);
        _initiator = new VerifyInitiator(node, neighbor, this);
        _faults = new FaultExchange(node, this);
        foreach (var link in configuration.DataLinks) AddNew(now, link);
    }

    /// <summary>The neighbour at the other end.</summary>
    public Neighbor Neighbor { get; }

    /// <summary>The configuration in force.</summary>
    public TeLinkConfiguration Configuration { get; private set; }

    /// <summary>The TE link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>Our Link_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Link_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId
    {
        get;
        internal set
        {
            if (field == value) return;
            field = value;
            _node.Retention.Save(this);
        }
    }

    /// <summary>The state.</summary>
    public TeLinkState State { get; private set; }

    /// <summary>Whether both ends support fault management on this TE link; before LinkSummary, whether we do.</summary>
    public bool FaultManagement => Configuration.FaultManagement && _theirSupport?.HasFlag(TeLinkFlags.FaultManagement) != false;

    /// <summary>Whether both ends support link verification on this TE link; before LinkSummary, whether we do.</summary>
    public bool LinkVerification => Configuration.LinkVerification && _theirSupport?.HasFlag(TeLinkFlags.LinkVerification) != false;

    /// <summary>
    /// Whether new connections are accepted: not before both ends agree about the TE link, and not while no control channel is up, in Degraded
    /// least of all. Then nothing of the TE link is unreserved either (RFC 4204 §3.2.4).
    /// </summary>
    public bool AcceptsConnections => Neighbor.IsUp && State == TeLinkState.Up;

    /// <summary>What routing may advertise as unreserved, bytes per second: the agreed bandwidth of all free data links.</summary>
    public double UnreservedBandwidth
    {
        get
        {
            var sum = 0.0;
            if (!AcceptsConnections) return sum;
            foreach (var link in _dataLinks)
                if (link.State == DataLinkState.UpFree && link.AgreedCapabilities.Count > 0) sum += link.AgreedCapabilities[0].MaximumBandwidth;
            return sum;
        }
    }

    /// <summary>The data links, in the order of the configuration.</summary>
    public IReadOnlyList<DataLink> DataLinks => _dataLinks;

    /// <summary>Messages about this TE link: of verification, link property correlation and fault management (RFC 4204 §4-6).</summary>
    public TrafficCounters Counters { get; }

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Why the TE link is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        TeLinkState.Up => "",
        TeLinkState.Down => "it has no data links; add data-links to it",
        _ when !Neighbor.IsUp => $"no control channel to {Neighbor.Name} is up: {Neighbor.Reason}",
        _ when _resynchronization.Listens => $"after the restart of this node, waiting for what {Neighbor.Name} knows of it",
        _ => CorrelationReason,
    };

    /// <summary>Where link property correlation stands, and the next step to take.</summary>
    internal string CorrelationReason => Difference.Length > 0 ? $"{Difference}; correct one end"
        : RemoteId is null ? $"the Link_Id of {Neighbor.Name} is not known; set remote-id here or there"
        : _exchange.Reason;

    /// <summary>Whether the Link_Ids that the neighbour told are those configured.</summary>
    internal bool IdsAgree => _wrongIds.Length == 0;

    /// <summary>Whether nobody has said that the two ends mean different TE links: data links of what may be another one stay out of service.</summary>
    internal bool IsAgreed => IdsAgree && _refusal.Length == 0;

    /// <summary>Where the verification that this node began stands.</summary>
    public VerificationPhase Verification => _initiator.Phase;

    /// <summary>Data links of the verification that this node began last, and how many of them have no result yet.</summary>
    public (int Total, int Undecided) VerificationProgress => _initiator.Progress;

    internal LinkSummaryExchange Exchange => _exchange;

    private bool IsToBeVerified =>
        Configuration is { LinkVerification: true, Verification.OnEstablishment: true } && _node.Node.CanTest && _dataLinks.Any(l => l.NeedsVerification);

    internal VerifyInitiator Initiator => _initiator;

    /// <summary>Whether a verification that this node began is under way, or Test messages of one are being looked for.</summary>
    internal bool IsBeingVerified => _initiator.Phase != VerificationPhase.Idle || Neighbor.Initiator.Covers(this) || IsInTest;

    /// <summary>Whether Test messages are being sent over data links, or looked for on them.</summary>
    internal bool IsInTest => _dataLinks.Exists(l => l.IsInTest);

    /// <summary>Whether verification is enabled, and the data plane can do it.</summary>
    internal bool CanVerify => LinkVerification && _node.Node.CanTest;

    internal Resynchronization Resynchronization => _resynchronization;

    internal FaultExchange Faults => _faults;

    /// <summary>Whether both ends are known to support fault management: the neighbour has said so, or agreed to a TE link that says so.</summary>
    internal bool IsFaultManagementAgreed =>
        Configuration.FaultManagement && (_theirSupport?.HasFlag(TeLinkFlags.FaultManagement) ?? State == TeLinkState.Up);

    /// <summary>The data link with that local Interface_Id, or null.</summary>
    internal DataLink? FindDataLink(Identifier localId) => _byLocalId.GetValueOrDefault(localId);

    /// <summary>The TE link had another id before: what the neighbour said of it stays said.</summary>
    internal void Inherit(Instant now, TeLink before)
    {
        if (before.Neighbor.NodeId == Neighbor.NodeId) _exchange.Inherit(now, before.Exchange);
    }

    /// <summary>Takes the TE link into service: event 1, if there are data links.</summary>
    internal void Start(Instant now)
    {
        if (_dataLinks.Count > 0) Step(now, DcUp);
        if (Neighbor.IsUp) AdjacencyUp(now, neighborRestarted: false);
    }

    /// <summary>The first control channel went up: event 7. Both ends tell their view of the TE link (RFC 4204 §8).</summary>
    /// <param name="now">The time.</param>
    /// <param name="neighborRestarted">Whether the neighbour told by LMP Restart that its state is lost.</param>
    internal void AdjacencyUp(Instant now, bool neighborRestarted)
    {
        var wasCorrelated = State == TeLinkState.Degraded;
        Step(now, CcUp);
        _faults.Update(now);
        TellAvailability(now);
        _initiator.SchedulePeriodic(now);
        _resynchronization.AdjacencyUp(now, neighborRestarted, wasCorrelated);
        if (!_resynchronization.Listens) Establish(now);
    }

    /// <summary>The neighbour was restarted, and the adjacency with it was not lost.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stateLost">Whether it told by LMP Restart that its state is lost.</param>
    internal void NeighborRestarted(Instant now, bool stateLost)
    {
        _resynchronization.AdjacencyUp(now, stateLost, State == TeLinkState.Up);
        if (!_resynchronization.Listens) _exchange.Begin(now);
    }

    /// <summary>Verifies what has to be verified and correlates; after a restart in the other order (RFC 4204 §8).</summary>
    internal void Establish(Instant now)
    {
        // §5: the procedure "SHOULD be done when establishing a TE link"; LinkSummary follows it.
        var summaryFirst = _resynchronization.SummaryFirst && _dataLinks.Any(l => l.RemoteId is not null);
        if (!IsToBeVerified || summaryFirst || _initiator.Begin(now, VerifyScope.AllFree) is not null) _exchange.Begin(now);
    }

    /// <summary>The data plane can test from now on: what could not be verified when the TE link was established is verified now.</summary>
    internal void DataPlaneReady(Instant now)
    {
        if (Neighbor.IsUp && IsToBeVerified) _initiator.Request(now, VerifyScope.AllFree);
    }

    /// <summary>
    /// A procedure of the neighbour is over. Test messages that came in where none came before tell of a fibre or a data plane that has come to
    /// life: if ours did not get through there either, they may now.
    /// </summary>
    internal void LookAgain(Instant now)
    {
        var again = false;
        foreach (var link in _dataLinks) again |= link.TakeSignOfLife();
        if (again && _node.Node.CanTest && Configuration.LinkVerification) _initiator.Request(now);
    }

    /// <summary>Verifies free data links whose mapping LinkSummary showed to differ (RFC 4204 §4). Those in use wait for their release.</summary>
    internal void VerifyDoubtful(Instant now)
    {
        if (!CanVerify) return;
        var doubtful = _dataLinks.FindAll(l => l.IsMappingDoubtful && !l.Allocated);
        if (doubtful.Count == 0) return;
        foreach (var link in doubtful) link.IsMappingDoubtful = false;
        _initiator.Request(now);
    }

    /// <summary>A verification that this node began is over: tells the neighbour what it found, if there is anything to tell.</summary>
    internal void VerificationOver(Instant now)
    {
        if (!Neighbor.IsUp) return;
        // A periodic verification that finds everything as it was is nothing to tell the neighbour.
        if (State != TeLinkState.Up || _dataLinks.Any(l => !l.IsCorrelated)) _exchange.Begin(now);
        else _exchange.Resume(now);
    }

    /// <summary>The last control channel went down: event 8. Data links stay as they are (RFC 4204 §3.2.4).</summary>
    internal void AdjacencyDown(Instant now)
    {
        _resynchronization.AdjacencyDown();
        _exchange.Abandon(now, $"the control channels to {Neighbor.Name} were lost before it answered");
        Step(now, CcDown);
        _faults.Update(now);
        TellAvailability(now);
    }

    /// <summary>Whether the neighbour may call the TE link so: a TE_LINK has both ids in one form, and none is zero (RFC 4204 §13.11).</summary>
    internal bool CanHaveRemoteId(Identifier id) => id.Type == LocalId.Type && !id.IsZero;

    /// <summary>Verification tells what the neighbour calls the TE link; what is known already counts more.</summary>
    internal void LearnRemoteId(Identifier id)
    {
        if (CanHaveRemoteId(id)) RemoteId ??= id;
    }

    /// <summary>What the neighbour's TE_LINK said of its support.</summary>
    internal void LearnSupport(Instant now, TeLinkFlags flags)
    {
        _theirSupport = flags;
        _faults.Update(now);
    }

    /// <summary>What comparing the neighbour's LinkSummary with our configuration came to for the TE link itself; empty texts: nothing differs.</summary>
    /// <param name="now">The time.</param>
    /// <param name="wrongIds">What differs in the Link_Ids.</param>
    /// <param name="strangers">Which data links only the neighbour has.</param>
    internal void Compared(Instant now, string wrongIds, string strangers)
    {
        (_wrongIds, _strangers) = (wrongIds, strangers);
        TellDifference(now);
        if (_wrongIds.Length > 0) TakeOutOfService(now);
    }

    /// <summary>The neighbour refuses our LinkSummary because of the TE link itself.</summary>
    internal void Refused(Instant now, string refusal)
    {
        _refusal = refusal;
        TellDifference(now);
        TakeOutOfService(now);
    }

    /// <summary>The neighbour has no objection to the TE link itself, or what it objected to has changed.</summary>
    internal void NotRefused(Instant now)
    {
        _refusal = "";
        TellDifference(now);
    }

    /// <summary>Takes out the data links that another configuration does not have. A link is the same while name and Interface_Id are.</summary>
    internal void RemoveGone(Instant now, TeLinkConfiguration next)
    {
        var names = new Dictionary<Identifier, string>();
        foreach (var link in next.DataLinks) names[link.LocalId] = link.Name;
        foreach (var link in _dataLinks.FindAll(l => names.GetValueOrDefault(l.LocalId) != l.Name))
        {
            link.Remove(now);
            _byLocalId.Remove(link.LocalId);
        }

        _dataLinks.RemoveAll(l => !_byLocalId.ContainsKey(l.LocalId));
    }

    /// <summary>Another configuration for the same TE link: data links come, go and change, then both ends correlate again.</summary>
    internal void Reconfigure(Instant now, TeLinkConfiguration configuration)
    {
        var old = Configuration;
        if (configuration == old) return;
        Configuration = configuration;
        if (configuration.RemoteId != old.RemoteId) RemoteId = configuration.RemoteId;

        RemoveGone(now, configuration);
        var kept = new Dictionary<Identifier, DataLink>(_byLocalId);
        _dataLinks.Clear();
        _byLocalId.Clear();
        foreach (var link in configuration.DataLinks)
        {
            if (!kept.TryGetValue(link.LocalId, out var existing))
            {
                AddNew(now, link);
                continue;
            }

            if (existing.Configuration != link) existing.Reconfigure(now, link);
            Add(existing);
        }

        if (configuration.RemoteId != old.RemoteId)
            foreach (var link in _dataLinks) link.DoubtHeard();
        // The neighbour has not changed its view: what it said is compared with ours of now. What it says of ours of now, it will be asked.
        _refusal = "";
        _exchange.CompareAgain(now);
        TellDifference(now);
        foreach (var link in _dataLinks) link.TellDifference(now);
        // What was found is as it was, what is expected is not: links that carry traffic are not verified again.
        Neighbor.UpdateWiring(now);
        Step(now, _dataLinks.Count == 0 ? DcDown : DcUp);
        _faults.Update(now);
        if (!Neighbor.IsUp) return;
        _initiator.SchedulePeriodic(now);
        if (!_dataLinks.Exists(l => l.RemoteId is null) || !IsToBeVerified || _initiator.Begin(now, VerifyScope.AllFree) is not null) _exchange.Begin(now);
    }

    /// <summary>The TE link is no longer configured.</summary>
    internal void Remove(Instant now)
    {
        _resynchronization.AdjacencyDown();
        _exchange.Abandon(now, "it is no longer configured");
        _initiator.Remove(now);
        foreach (var link in _dataLinks) link.Remove(now);
        Step(now, DcDown);
        _faults.Remove();
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
        TellAvailability(now);
        _faults.Update(now);
        return true;
    }

    // RFC 4204 §3.2.4: "routing and signaling SHOULD be notified".
    private void TellAvailability(Instant now)
    {
        if (AcceptsConnections == _toldAvailable) return;
        _toldAvailable = AcceptsConnections;
        _node.Output.Tell(new TeLinkAvailabilityChanged(now, this, AcceptsConnections, Reason));
    }

    private string Difference => _wrongIds.Length > 0 ? _wrongIds : _strangers.Length > 0 ? _strangers : _refusal;

    private void TellDifference(Instant now)
    {
        if (Difference.Length == 0) _node.Alarms.Clear(now, AlarmKind.TeLinkMismatch, Name);
        else _node.Alarms.Raise(now, AlarmKind.TeLinkMismatch, Name, AlarmSeverity.Major, $"{Name}: {Difference}");
    }

    private void TakeOutOfService(Instant now)
    {
        foreach (var link in _dataLinks) link.TakeOutOfService(now);
    }

    // The link may have been in another TE link before, or in one with our name and another id.
    private void AddNew(Instant now, DataLinkConfiguration configuration)
    {
        var link = new DataLink(_node, this, configuration, now);
        var before = _node.Node.FindDataLink(configuration.Name) is { } found && found.LocalId == configuration.LocalId ? found : null;
        if (before is not null) link.Inherit(now, before);
        else link.Restore();
        link.DoubtHeard();
        Add(link);
        link.ConfigureTraces(now, before?.Configuration.Traces ?? []);
    }

    private void Add(DataLink link)
    {
        _dataLinks.Add(link);
        _byLocalId.Add(link.LocalId, link);
    }
}
