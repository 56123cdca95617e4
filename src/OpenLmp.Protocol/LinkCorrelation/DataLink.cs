// RFC 4204 §11.3, §13.12
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkEvent;
using static OpenLmp.Protocol.DataLinkState;

namespace OpenLmp.Protocol;

/// <summary>A data link of a TE link: owns the states of Figures 5 and 6 (RFC 4204 §11.3).</summary>
public sealed partial class DataLink
{
    private readonly NodeContext _node;
    private readonly LinkAgreement _agreement = new();
    // Whether the last verification failed, of the transmitting and of the receiving side.
    private bool _transmitFailed;
    private bool _receiveFailed;
    // Whether Test messages have begun to come in since this was asked last.
    private bool _signOfLife;
    private string _failure = "";
    private ValueList<SwitchingCapability>? _told;

    internal DataLink(NodeContext node, TeLink teLink, DataLinkConfiguration configuration, Instant now)
    {
        _node = node;
        TeLink = teLink;
        Configuration = configuration;
        RemoteId = configuration.RemoteId;
        AgreedCapabilities = configuration.Capabilities;
        LastChange = now;
        Tests = new TestCounters(now);
        _settle = new Deadline(SettleSignal);
        _recheck = new Deadline(Correlate);
    }

    /// <summary>The TE link it belongs to.</summary>
    public TeLink TeLink { get; }

    /// <summary>The configuration in force.</summary>
    public DataLinkConfiguration Configuration { get; private set; }

    /// <summary>The data link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>Our Interface_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Interface_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId { get; private set; }

    /// <summary>Test messages and their results.</summary>
    public TestCounters Tests { get; }

    /// <summary>State of the transmitting side (RFC 4204 Figure 5).</summary>
    public DataLinkState ActiveState { get; private set; }

    /// <summary>State of the receiving side (RFC 4204 Figure 6).</summary>
    public DataLinkState PassiveState { get; private set; }

    /// <summary>The common state of both sides; Test or PasvTest while one of them tests, Down if either is.</summary>
    public DataLinkState State => ActiveState == PassiveState ? ActiveState
        : ActiveState == Test ? Test
        : PassiveState == PasvTest ? PasvTest
        : Down;

    /// <summary>Whether the link is allocated to user traffic. Only a release changes it back, never a failure.</summary>
    public bool Allocated { get; private set; }

    /// <summary>Whether the last verification of the link succeeded (RFC 4204 §5).</summary>
    public bool Verified { get; private set; }

    /// <summary>Where our Test messages arrived; null before the first verification.</summary>
    public FarEnd? FoundTransmit { get; private set; }

    /// <summary>Whose Test messages arrived here; null before the first.</summary>
    public FarEnd? FoundReceive { get; private set; }

    /// <summary>The switching capabilities with the bandwidths agreed; as configured before agreement, and after it is broken.</summary>
    public ValueList<SwitchingCapability> AgreedCapabilities { get; private set; }

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Whether both ends agree about the link, as far as either has said (RFC 4204 §4).</summary>
    public bool IsCorrelated => _agreement.IsReached && TeLink.IsAgreed;

    /// <summary>Why the data link is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        UpFree or UpAlloc => "",
        Test or PasvTest => "being verified",
        _ when (_transmitFailed || _receiveFailed) && _signalCause is not null => $"{_failure}; {_signalCause}",
        _ when _transmitFailed || _receiveFailed => $"{_failure}; check the fibre and both ports, then lmp te-link verify {TeLink.Name}",
        _ when Wiring.Difference(this) is { Length: > 0 } wiring => wiring,
        _ when RemoteId is null => "the neighbour's Interface_Id is not known; set remote-id, or verify the TE link",
        _ when Fault is { Signal: SignalState.Fail } fault => InWords(fault),
        _ when WatchedSignal == SignalState.Fail && Signal != SignalState.Fail => "the signal is back, and has to last before it is believed (hold-on)",
        _ when WatchedSignal == SignalState.Fail => NoSignalInWords,
        _ when _agreement.Difference.Length > 0 => $"{_agreement.Difference}; correct one end",
        _ when !TeLink.Neighbor.IsUp => $"no control channel to {TeLink.Neighbor.Name} is up; see lmp show control-channels",
        _ when _agreement.Negotiating.Length > 0 => $"{_agreement.Negotiating}; being negotiated",
        _ => $"waiting for link property correlation of {TeLink.Name}: {TeLink.CorrelationReason}",
    };

    /// <summary>
    /// Whether what we told last is no longer what we would tell. Where both ends took over what the other told, one has to go on: it is the one
    /// with the lower Node_Id.
    /// </summary>
    internal bool IsToldOtherwise =>
        _told is { } told && told != AgreedCapabilities && (!_agreement.IsHeardToAgree || _node.Node.NodeId < TeLink.Neighbor.NodeId);

    /// <summary>Whether we should speak of the link again: what the neighbour lists, what it answered to ours and what we told do not fit.</summary>
    internal bool IsDoubtful => _agreement.IsOpen || (_agreement.IsUnanswered && TeLink.IdsAgree) || IsToldOtherwise;

    /// <summary>Whether the neighbour lists the link with values that cannot be agreed: nothing of it is worth negotiating.</summary>
    internal bool IsHeardToDisagree => _agreement.IsHeardToDisagree;

    /// <summary>The link's DATA_LINK for the next LinkSummary; only with a known remote id.</summary>
    internal DataLinkObject Tell(bool negotiable)
    {
        _told = AgreedCapabilities;
        TellGroups();
        return LinkSummaryBuilder.DataLink(
            Configuration, RemoteId!.Value, AgreedCapabilities, Allocated, WatchedSignal == SignalState.Fail, negotiable && Configuration.IsNegotiable,
            TeLink.Neighbor.IsWdm);
    }

    /// <summary>
    /// Another configuration for the same link; what was agreed before is void. The caller compares again with what the neighbour said, and
    /// then calls <see cref="TellDifference"/>.
    /// </summary>
    internal void Reconfigure(Instant now, DataLinkConfiguration configuration)
    {
        var before = RemoteId;
        if (configuration.RemoteId != Configuration.RemoteId) RemoteId = configuration.RemoteId;
        if (configuration.Capabilities != Configuration.Capabilities) AgreedCapabilities = configuration.Capabilities;
        var traces = Configuration.Traces;
        Configuration = configuration;
        ConfigureTraces(now, traces);
        (_transmitFailed, _receiveFailed) = (false, false);
        _agreement.Forget();
        // Where the other end is has become unknown: not a link to use.
        if (RemoteId is null) TakeOutOfService(now);
        if (before != RemoteId) AnotherMapping(now);
    }

    /// <summary>The TE link itself is not agreed: event 12.</summary>
    internal void TakeOutOfService(Instant now) => Step(now, SummaryFail);

    /// <summary>What the neighbour said of the link is void.</summary>
    internal void Forget(Instant now)
    {
        _agreement.Forget();
        HearProperties(null);
        TellDifference(now);
    }

    /// <summary>The same link was in another TE link, or that TE link had another id: facts about the link itself stay.</summary>
    internal void Inherit(Instant now, DataLink before)
    {
        // Traffic of another neighbour is not traffic of this one.
        if (before.TeLink.Neighbor.NodeId == TeLink.Neighbor.NodeId) Allocated = before.Allocated;
        (_damping, _badSince, _own, _signalCause, LineSignal) = (before._damping, before._badSince, before._own, before._signalCause, before.LineSignal);
        Arm();
        TellSignal(now);
        Queue(now, FaultWork.Judge | FaultWork.Report);
        InheritTraces(now, before);
    }

    /// <summary>The link is no longer configured.</summary>
    internal void Remove(Instant now)
    {
        _node.Node.Forget(now, this);
        EndTestTrace();
        if (IsInTest) _node.Output.SetTestMode(this, transmit: false, receive: false);
        _settle.Cancel();
        _recheck.Cancel();
        LeaveThrough();
        TeLink.Faults.Forget(now, this);
        RemoveTraces();
        _node.Alarms.ClearAll(now, Name);
    }

    /// <summary>The neighbour's LinkSummary agrees with our configuration.</summary>
    internal void AgreeHere(Instant now, ValueList<SwitchingCapability> agreed)
    {
        AgreedCapabilities = agreed;
        DoubtMapping(false);
        var isNews = !_agreement.IsHeardToAgree;
        _agreement.AgreeHere();
        TellDifference(now);
        BringUp(now);
        AskAnew(now);
        // The neighbour may have known nothing of the link, and does now.
        if (isNews) _node.Node.StatusChanged(now, this);
    }

    /// <summary>The neighbour acknowledged our LinkSummary, or refused other links of it only.</summary>
    /// <param name="now">The time.</param>
    /// <param name="told">The capabilities our LinkSummary told.</param>
    internal void AgreeThere(Instant now, ValueList<SwitchingCapability> told)
    {
        // Where the neighbour has told its own, those count: an acknowledgement may be older.
        if (!_agreement.IsHeard) AgreedCapabilities = told;
        _agreement.AgreeThere();
        AgreeGroups();
        TellDifference(now);
        BringUp(now);
        AskAnew(now);
    }

    /// <summary>The neighbour refused the TE link, but not this link of it.</summary>
    internal void NotRefused(Instant now)
    {
        _agreement.NotRefused();
        TellDifference(now);
    }

    /// <summary>The neighbour's LinkSummary does not list the link; what it answers to ours tells what that means.</summary>
    internal void NotListed(Instant now, Identifier teLink)
    {
        _agreement.NotListed($"configured here, not listed by {TeLink.Neighbor.Name} in its TE link {teLink}");
        TellDifference(now);
    }

    /// <summary>The neighbour's values and ours differ, and can still meet.</summary>
    internal void NegotiateHere(Instant now, string difference)
    {
        Reopen();
        _agreement.NegotiateHere(difference);
        TellDifference(now);
    }

    /// <summary>The neighbour offers these values instead of ours, and they are acceptable.</summary>
    internal void Adopt(ValueList<SwitchingCapability> offered) => AgreedCapabilities = offered;

    /// <summary>The neighbour's LinkSummary and our configuration differ: event 12, and an alarm that names both sides' values.</summary>
    /// <param name="now">The time.</param>
    /// <param name="difference">What differs.</param>
    /// <param name="isMapping">Whether the Interface_Ids do.</param>
    internal void DisagreeHere(Instant now, string difference, bool isMapping = false)
    {
        DoubtMapping(isMapping);
        _agreement.DisagreeHere(difference);
        Disagree(now);
    }

    /// <summary>The neighbour refused the link in our LinkSummary: event 12.</summary>
    /// <param name="now">The time.</param>
    /// <param name="difference">What differs, as far as the neighbour tells.</param>
    /// <param name="isMapping">Whether it may be the Interface_Ids.</param>
    internal void DisagreeThere(Instant now, string difference, bool isMapping = false)
    {
        // What the neighbour lists tells more than its refusal.
        if (isMapping && !_agreement.IsHeard) DoubtMapping(true);
        _agreement.DisagreeThere(difference);
        Disagree(now);
    }

    /// <summary>Raises, changes or clears the alarm about a disagreement.</summary>
    internal void TellDifference(Instant now)
    {
        if (_agreement.Difference.Length == 0) _node.Alarms.Clear(now, AlarmKind.DataLinkMismatch, Name);
        else _node.Alarms.Raise(now, AlarmKind.DataLinkMismatch, Name, AlarmSeverity.Major, $"{Name}: {_agreement.Difference}{ToBeVerified}");
    }

    /// <summary>Allocates the link to user traffic: event 9. The link has to be Up/Free.</summary>
    /// <param name="now">The time.</param>
    /// <param name="reason">Why, where it is not the operator's command; otherwise empty.</param>
    internal void Allocate(Instant now, string reason = "")
    {
        Step(now, LnkAlloc);
        SetAllocated(now, true, reason);
        Activate(now);
    }

    /// <summary>Releases the link: event 10.</summary>
    /// <param name="now">The time.</param>
    /// <param name="reason">Why, where it is not the operator's command; otherwise empty.</param>
    internal void Release(Instant now, string reason = "")
    {
        SetAllocated(now, false, reason);
        Step(now, LnkDealloc);
        // A disagreement or a failure that came up while the link was allocated takes effect now.
        if (_agreement.IsBroken || !TeLink.IsAgreed || RemoteId is null) Step(now, SummaryFail);
        else if (IsFailed) Step(now, DcDown);
        // The failure no longer hits traffic.
        TellSignal(now);
        TellDifference(now);
        Queue(now, FaultWork.Judge);
        TeLink.VerifyDoubtful(now);
    }

    private string ToBeVerified => IsMappingDoubtful && Allocated && TeLink.CanVerify ? "; it is verified when it is released" : "";

    private void Disagree(Instant now)
    {
        Reopen();
        TellDifference(now);
        Step(now, SummaryFail);
    }

    // What was agreed is void: the next LinkSummary offers all we can do.
    private void Reopen() => AgreedCapabilities = Configuration.Capabilities;

    // Event 5b: ready without verification. A link that stayed allocated through a failure goes on to Up/Alloc.
    private void BringUp(Instant now)
    {
        if (!IsCorrelated || IsFailed || RemoteId is null) return;
        if (_transmitFailed || _receiveFailed || Wiring.Difference(this).Length > 0) return;
        Step(now, ReadyUntested);
        if (Allocated) Step(now, LnkAlloc);
    }

    private void SetAllocated(Instant now, bool allocated, string reason)
    {
        if (Allocated == allocated) return;
        Allocated = allocated;
        _node.Retention.Save(this);
        _node.Output.Tell(new AllocationChanged(now, this, allocated, reason));
        Queue(now, FaultWork.Report);
        Through?.Queue(now, FaultWork.Judge);
        _node.Node.StatusChanged(now, this);
    }

    private void Step(Instant now, DataLinkEvent e)
    {
        var from = State;
        ActiveState = ActiveDataLinkFsm.Next(ActiveState, e) ?? ActiveState;
        PassiveState = PassiveDataLinkFsm.Next(PassiveState, e) ?? PassiveState;
        if (State == from) return;
        LastChange = now;
        _node.Output.Tell(new DataLinkStateChanged(now, this, from, State, Reason));
        // What made it unusable at one end is over.
        if (from == Down) _node.Node.StatusChanged(now, this);
    }
}
