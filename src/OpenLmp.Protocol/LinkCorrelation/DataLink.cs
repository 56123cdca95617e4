// RFC 4204 §11.3, §13.12
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkEvent;
using static OpenLmp.Protocol.DataLinkState;

namespace OpenLmp.Protocol;

/// <summary>A data link of a TE link: owns the states of Figures 5 and 6 (RFC 4204 §11.3).</summary>
public sealed class DataLink
{
    private readonly NodeContext _node;
    // What comparing the neighbour's LinkSummary with our configuration came to; null before the first.
    private bool? _agreedHere;
    // What the neighbour answered to our LinkSummary; null before the first answer.
    private bool? _agreedThere;
    private string _difference = "";

    internal DataLink(NodeContext node, TeLink teLink, DataLinkConfiguration configuration, Instant now)
    {
        _node = node;
        TeLink = teLink;
        Configuration = configuration;
        RemoteId = configuration.RemoteId;
        AgreedCapabilities = configuration.Capabilities;
        LastChange = now;
    }

    /// <summary>The TE link it belongs to.</summary>
    public TeLink TeLink { get; }

    /// <summary>The configuration in force.</summary>
    public DataLinkConfiguration Configuration { get; private set; }

    /// <summary>The data link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Our Interface_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Interface_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId { get; private set; }

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

    /// <summary>What our data plane receives.</summary>
    public SignalState Signal { get; private set; }

    /// <summary>What the neighbour last said it receives.</summary>
    public SignalState RemoteSignal { get; private set; }

    /// <summary>The switching capabilities with the bandwidths agreed; as configured before agreement.</summary>
    public ValueList<SwitchingCapability> AgreedCapabilities { get; private set; }

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; private set; }

    /// <summary>Whether both ends agree about the link, as far as either has said (RFC 4204 §4).</summary>
    public bool IsCorrelated => _agreedHere != false && _agreedThere != false && (_agreedHere ?? _agreedThere) == true;

    /// <summary>Why the data link is not up, and the next step to take; empty while it is.</summary>
    public string Reason => State switch
    {
        UpFree or UpAlloc => "",
        Test or PasvTest => "being verified",
        _ when RemoteId is null => "the neighbour's Interface_Id is not known; set remote-id, or verify the TE link",
        _ when Signal == SignalState.Fail => $"no usable signal is received; check the fibre and {TeLink.Neighbor.Name}'s transmitter",
        _ when _difference.Length > 0 => _difference,
        _ => TeLink.Neighbor.IsUp ? $"waiting for the LinkSummary exchange of {TeLink.Name}" : $"no control channel to {TeLink.Neighbor.Name} is up",
    };

    /// <summary>The link's DATA_LINK for a LinkSummary; only with a known remote id.</summary>
    internal DataLinkObject ToObject(bool negotiable) => LinkSummaryBuilder.DataLink(
        Configuration, RemoteId!.Value, AgreedCapabilities, Allocated, Signal == SignalState.Fail, negotiable && Configuration.IsNegotiable);

    /// <summary>Another configuration for the same link; what was agreed before is void.</summary>
    internal void Reconfigure(Instant now, DataLinkConfiguration configuration)
    {
        if (configuration.RemoteId != Configuration.RemoteId) RemoteId = configuration.RemoteId;
        if (configuration.Capabilities != Configuration.Capabilities) AgreedCapabilities = configuration.Capabilities;
        Configuration = configuration;
        _agreedThere = null;
        _node.Alarms.Clear(now, AlarmKind.DataLinkMismatch, Name);
    }

    /// <summary>The link is no longer configured.</summary>
    internal void Remove(Instant now) => _node.Alarms.ClearAll(now, Name);

    /// <summary>The neighbour's LinkSummary agrees with our configuration.</summary>
    internal void AgreeHere(Instant now, ValueList<SwitchingCapability> agreed)
    {
        _agreedHere = true;
        AgreedCapabilities = agreed;
        AfterAgreement(now);
    }

    /// <summary>The neighbour acknowledged our LinkSummary, or refused other links of it only.</summary>
    internal void AgreeThere(Instant now)
    {
        _agreedThere = true;
        AfterAgreement(now);
    }

    /// <summary>The neighbour offers these values instead of ours, and they are acceptable.</summary>
    internal void Adopt(ValueList<SwitchingCapability> offered) => AgreedCapabilities = offered;

    /// <summary>The neighbour's LinkSummary and our configuration differ: event 12, and an alarm that names both sides' values.</summary>
    internal void DisagreeHere(Instant now, string difference)
    {
        _agreedHere = false;
        Disagree(now, difference);
    }

    /// <summary>The neighbour refused the link in our LinkSummary: event 12. Its own LinkSummary tells what it has instead.</summary>
    internal void DisagreeThere(Instant now, string difference)
    {
        _agreedThere = false;
        if (_agreedHere != false) Disagree(now, difference);
    }

    /// <summary>The data plane reports what it receives.</summary>
    internal void ReportSignal(Instant now, SignalState signal)
    {
        if (signal == Signal) return;
        var from = Signal;
        Signal = signal;
        _node.Output.Tell(new SignalChanged(now, this, from, signal));
        if (signal == SignalState.Fail)
            _node.Alarms.Raise(now, AlarmKind.SignalFail, Name, Allocated ? AlarmSeverity.Critical : AlarmSeverity.Major, $"{Name}: no usable signal is received from {TeLink.Neighbor.Name}");
        else
            _node.Alarms.Clear(now, AlarmKind.SignalFail, Name);
        if (signal == SignalState.Degrade)
            _node.Alarms.Raise(now, AlarmKind.SignalDegrade, Name, AlarmSeverity.Minor, $"{Name}: the signal received from {TeLink.Neighbor.Name} is degraded");
        else
            _node.Alarms.Clear(now, AlarmKind.SignalDegrade, Name);

        if (signal == SignalState.Fail) Step(now, DcDown);
        else BringUp(now);
    }

    /// <summary>Allocates the link to user traffic: event 9. The link has to be Up/Free.</summary>
    internal void Allocate(Instant now)
    {
        Step(now, LnkAlloc);
        SetAllocated(now, true);
    }

    /// <summary>Releases the link: event 10.</summary>
    internal void Release(Instant now)
    {
        SetAllocated(now, false);
        Step(now, LnkDealloc);
        // A disagreement or a failure that came up while the link was allocated takes effect now.
        if (_agreedHere == false || _agreedThere == false) Step(now, SummaryFail);
        else if (Signal == SignalState.Fail) Step(now, DcDown);
    }

    private void AfterAgreement(Instant now)
    {
        if (!IsCorrelated) return;
        _difference = "";
        _node.Alarms.Clear(now, AlarmKind.DataLinkMismatch, Name);
        BringUp(now);
    }

    private void Disagree(Instant now, string difference)
    {
        _difference = difference;
        _node.Alarms.Raise(now, AlarmKind.DataLinkMismatch, Name, AlarmSeverity.Major, $"{Name}: {difference}");
        Step(now, SummaryFail);
    }

    // Event 5b: ready without verification. A link that stayed allocated through a failure goes on to Up/Alloc.
    private void BringUp(Instant now)
    {
        if (!IsCorrelated || Signal == SignalState.Fail) return;
        Step(now, ReadyUntested);
        if (Allocated) Step(now, LnkAlloc);
    }

    private void SetAllocated(Instant now, bool allocated)
    {
        if (Allocated == allocated) return;
        Allocated = allocated;
        _node.Output.Tell(new AllocationChanged(now, this, allocated));
    }

    private void Step(Instant now, DataLinkEvent e)
    {
        var from = State;
        ActiveState = ActiveDataLinkFsm.Next(ActiveState, e) ?? ActiveState;
        PassiveState = PassiveDataLinkFsm.Next(PassiveState, e) ?? PassiveState;
        if (State == from) return;
        LastChange = now;
        _node.Output.Tell(new DataLinkStateChanged(now, this, from, State, Reason));
    }
}
