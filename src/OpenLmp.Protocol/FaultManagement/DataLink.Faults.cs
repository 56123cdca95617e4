// RFC 4204 §6: what a data link knows of the signal at both its ends.
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkEvent;

namespace OpenLmp.Protocol;

/// <summary>What is to be done for a data link at the end of the scheduling turn.</summary>
[Flags]
internal enum FaultWork
{
    None = 0,

    /// <summary>Look where the fault is, and at the alarms.</summary>
    Judge = 1,

    /// <summary>Tell the neighbour what we receive, and whether the channel is allocated.</summary>
    Report = 2,

    /// <summary>Tell the neighbour, which receives something bad, what we have to send.</summary>
    Answer = 4,

    /// <summary>Tell the peer node, unasked, what we as a line system have to send (RFC 4209 §2.4).</summary>
    Sent = 8,
}

/// <content>Signals, activation and faults.</content>
public sealed partial class DataLink
{
    private readonly Deadline _settle;
    private readonly Deadline _recheck;
    private SignalDamping _damping = new();
    private bool _deactivated;
    private bool _asksAnew;
    private long _heardReceived;
    private long _heardSent;
    private Instant _badSince;
    private Instant _remoteBadSince;
    // What we receive of the LSP that goes out on this link, as far as it explains what the neighbour receives.
    private SignalState _input;

    /// <summary>
    /// What our data plane receives, as it said last; where the link goes <see cref="Through"/> a line system, the worst of that and what is
    /// known from there.
    /// </summary>
    public SignalState Signal => _damping.Current;

    /// <summary>What our data plane receives, after hold-off and hold-on: what alarms, states and the neighbour are told from.</summary>
    public SignalState SettledSignal => _damping.Settled;

    /// <summary>What the neighbour last said it receives.</summary>
    public SignalState RemoteSignal { get; private set; }

    /// <summary>How often the signal got worse, since the start.</summary>
    public int SignalFailures => _damping.TotalFailures;

    /// <summary>Whether the signal comes and goes.</summary>
    public bool IsFlapping => _damping.IsFlapping;

    /// <summary>Whether the link is monitored: every link is, until the neighbour deactivates it (RFC 4204 §6.5).</summary>
    public bool IsWatched => !_deactivated;

    /// <summary>Whether the neighbour last said that it has the channel allocated (RFC 4204 §13.13, Active bit).</summary>
    public bool IsActiveThere { get; private set; }

    /// <summary>The data link that what comes in here goes out on; null if none is known.</summary>
    public DataLink? ContinuesOn { get; private set; }

    /// <summary>The data link that what goes out here comes in on; null if none is known: the light is taken for our own.</summary>
    public DataLink? ComesFrom { get; private set; }

    /// <summary>The fault localized to this link; null if none is.</summary>
    public LinkFault? Fault { get; private set; }

    /// <summary>Whether what is wrong here came in from further upstream (RFC 4204 §6.2).</summary>
    public bool IsFaultElsewhere => IsWatched && Localization.IsElsewhere(SettledSignal, Upstream);

    /// <summary>What the neighbour said it has to send us, since we told it that we receive something bad; null: nothing yet.</summary>
    internal SignalState? Upstream { get; private set; }

    internal FaultWork Work { get; set; }

    /// <summary>What the neighbour was told of what we receive; null: nothing that it still knows.</summary>
    internal ChannelState? Told { get; set; }

    /// <summary>What the peer node was told that we as its line system send; null: nothing that it still knows.</summary>
    internal ChannelCondition? ToldSent { get; set; }

    /// <summary>The largest Message_Id that told the channel's state (RFC 4204 §7), and in which received message it was.</summary>
    internal MessageIdMemory Order;

    internal long HeardIn { get; set; }

    /// <summary>In which received message the neighbour spoke last of what it receives, or of what it sends.</summary>
    internal long LastHeardOf(ChannelDirection direction) => direction == ChannelDirection.Receive ? _heardReceived : _heardSent;

    internal void HeardOf(ChannelDirection direction, long message)
    {
        if (direction == ChannelDirection.Receive) _heardReceived = message;
        else _heardSent = message;
    }

    /// <summary>Since when the neighbour owes us a word about what it sends; null: it is not waited for.</summary>
    internal Instant? AwaitedSince { get; set; }

    /// <summary>What the neighbour is to be told of what we receive.</summary>
    internal ChannelState Reported => new(Allocated, ChannelDirection.Receive, ReportedSignal.ToCondition());

    /// <summary>What the neighbour is to be told of what we have to send.</summary>
    internal ChannelState Answer => new(Allocated, ChannelDirection.Transmit, (RemoteSignal.IsBad() ? _input : InputNow).ToCondition());

    /// <summary>Whether there is anything that the neighbour does not take for granted.</summary>
    internal bool HasReport => Allocated || ReportedSignal != SignalState.Unknown;

    /// <summary>
    /// Whether we are the neighbour's line system, and what we send is not what it was told (RFC 4209 §2.4). Of a link without cross-connect
    /// there is nothing to tell.
    /// </summary>
    internal bool HasNewsOfSent =>
        TeLink.Neighbor is { IsWdm: true, Configuration.Wdm: WdmRole.Peer } && (ToldSent is { } told ? told != Answer.Condition : ComesFrom is not null);

    /// <summary>Whether the neighbour owes us a word about what it sends (RFC 4204 §6.2).</summary>
    internal bool IsAwaitingAnswer => IsWatched && SettledSignal.IsBad() && Upstream is null;

    /// <summary>Whether no usable signal comes through: a failed signal, unless the fault is elsewhere and traffic may be switched away there.</summary>
    private bool IsFailed => IsFailureHere || (WatchedSignal == SignalState.Fail && !(Allocated && IsFaultElsewhere));

    private SignalState WatchedSignal => IsWatched ? SettledSignal : SignalState.Unknown;

    // A failure of a deactivated channel is not told; that one which was told is over is.
    private SignalState ReportedSignal =>
        IsWatched || SettledSignal.Rank() <= ToldSignal.Rank() ? SettledSignal : ToldSignal;

    private SignalState ToldSignal => Told?.Condition.ToSignal() ?? SignalState.Unknown;

    // What goes out on a link to a line system is what the link it carries has to send.
    private SignalState InputNow => (ComesFrom ?? Carries?.ComesFrom) is { } other ? other._damping.Worst : SignalState.Ok;

    /// <summary>The data plane reports what it receives, and perhaps why.</summary>
    internal void ReportSignal(Instant now, SignalState signal, string? why)
    {
        var isNewCause = signal.IsBad() && why != _signalCause;
        (_own, _signalCause) = (signal, signal.IsBad() ? why : null);
        if (Arriving != Signal) TakeSignal(now, Arriving);
        else if (isNewCause) Queue(now, FaultWork.Judge);
        Carries?.ArrivingChanged(now);
    }

    private void TakeSignal(Instant now, SignalState signal)
    {
        var (from, failures) = (SettledSignal, SignalFailures);
        _damping.Report(now, signal, TeLink.Configuration.Signal);
        Arm();
        if (SettledSignal != from) Settled(now, from);
        else if (SignalFailures != failures) TellFlapping(now);
        ContinuesOn?.InputChanged(now);
    }

    /// <summary>What comes in on this link goes out on another one from now on, or on none that is known.</summary>
    internal void Continue(DataLink? other) => ContinuesOn = other;

    /// <summary>What goes out on this link comes in on another one from now on, or on none that is known.</summary>
    internal void ComeFrom(Instant now, DataLink? other)
    {
        if (ComesFrom == other) return;
        ComesFrom = other;
        if (RemoteSignal.IsBad()) Correlate(now);
        if (Through is { RemoteSignal: SignalState.Degrade or SignalState.Fail } below) below.Correlate(now);
        TellSent(now);
    }

    /// <summary>The neighbour tells the channel's state.</summary>
    /// <param name="now">The time.</param>
    /// <param name="state">The state.</param>
    /// <param name="tellsActive">Whether the Active bit was in the message.</param>
    internal void Hear(Instant now, ChannelState state, bool tellsActive)
    {
        if (tellsActive && state.Active != IsActiveThere)
        {
            IsActiveThere = state.Active;
            _node.Output.Tell(new ChannelActivationChanged(now, this, state.Active));
            if (state.Active) Activate(now);
            else Deactivate(now);
            _node.Node.StatusChanged(now, this);
        }

        if (state.Condition.ToSignal() is not { } signal) return;
        if (state.Direction == ChannelDirection.Receive) HearReceived(now, signal);
        else HearSent(now, signal);
    }

    /// <summary>The neighbour has lost its state: what it will say of activation is no deactivation of what it said before.</summary>
    internal void NeighborRestarted() => IsActiveThere = false;

    /// <summary>
    /// The link is new here, or was not known by its ids: what the neighbour told of it was told to nobody, and it does not tell it again. It is asked once
    /// both ends agree about the link.
    /// </summary>
    internal void DoubtHeard() => _asksAnew = TeLink.Faults.WasInStep;

    /// <summary>The neighbour no longer takes part: what it said is void.</summary>
    internal void ForgetHeard(Instant now)
    {
        (RemoteSignal, Upstream, IsActiveThere, _deactivated) = (SignalState.Unknown, null, false, false);
        _recheck.Cancel();
        ForgetLineSignal(now);
        Queue(now, FaultWork.Judge);
    }

    // Another data link of the neighbour's than was thought: what was said of that one is void, and a fault names both ends.
    private void AnotherMapping(Instant now)
    {
        ForgetHeard(now);
        DoubtHeard();
    }

    // Only where the neighbour agrees about the link will it answer.
    private void AskAnew(Instant now)
    {
        if (!_asksAnew || !IsCorrelated) return;
        _asksAnew = false;
        TeLink.Faults.AskForAll(now);
    }

    private void Arm()
    {
        if (_damping.SettlesAt == Instant.Never) _settle.Cancel();
        else _node.Deadlines.Set(_settle, _damping.SettlesAt);
    }

    private void SettleSignal(Instant now)
    {
        var from = SettledSignal;
        _damping.Settle();
        if (SettledSignal != from) Settled(now, from);
        TellFlapping(now);
        ContinuesOn?.InputChanged(now);
    }

    private void Settled(Instant now, SignalState from)
    {
        _node.Output.Tell(new SignalChanged(now, this, from, SettledSignal));
        if (SettledSignal.IsBad() && !from.IsBad()) _badSince = now;
        // Another failure wants another answer.
        Upstream = null;
        TellSignal(now);
        if (WatchedSignal == SignalState.Fail) Step(now, DcDown);
        else BringUp(now);
        Queue(now, FaultWork.Judge | FaultWork.Report);
        Counterpart?.Queue(now, FaultWork.Judge);
        if (from == SignalState.Fail && Verified && !CarriesTraffic && !IsFlapping) TeLink.Initiator.Hasten(now);
        // What failed while there was no signal is worth another look.
        if (SettledSignal != SignalState.Fail && (_transmitFailed || _receiveFailed) && _node.Node.CanTest) TeLink.Initiator.Request(now);
    }

    // RFC 4204 §6.4: "If upon putting them into the Active state, a failure is detected, the ChannelStatus message SHOULD be transmitted".
    private void Activate(Instant now)
    {
        _deactivated = false;
        if (!SettledSignal.IsBad()) return;
        (Told, Upstream) = (null, null);
        TellSignal(now);
        if (SettledSignal == SignalState.Fail) Step(now, DcDown);
        Queue(now, FaultWork.Judge | FaultWork.Report);
    }

    // RFC 4204 §6.5. Our allocation stays: only a release ends it.
    private void Deactivate(Instant now)
    {
        (_deactivated, Upstream) = (true, null);
        TellSignal(now);
        BringUp(now);
        Queue(now, FaultWork.Judge);
    }

    private void Queue(Instant now, FaultWork work) => TeLink.Faults.Queue(now, this, work);
}
