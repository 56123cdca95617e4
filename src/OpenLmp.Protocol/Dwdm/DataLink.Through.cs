// RFC 4209 §2.2: a data link between peer nodes is a concatenation, and they have "to understand the mappings between the data links".
namespace OpenLmp.Protocol;

/// <content>A data link to a peer node that goes through a line system, and the data link to that line system which it begins with.</content>
public sealed partial class DataLink
{
    // What our data plane said last of this link itself, and why, where the signal is bad and it knows.
    private SignalState _own;
    private string? _signalCause;

    /// <summary>The data link to a line system that this data link begins with; null: it goes through none that is known.</summary>
    public DataLink? Through { get; private set; }

    /// <summary>The peer node's data link that begins with this data link to a line system; null if there is none.</summary>
    public DataLink? Carries { get; private set; }

    /// <summary>What the line system at the other end last said that it sends on this link (RFC 4209 §2.4); unknown where it has not said, or is none.</summary>
    public SignalState LineSignal { get; private set; }

    /// <summary>The other data link on the same fibre.</summary>
    internal DataLink? Counterpart => Through ?? Carries;

    /// <summary>Whether user traffic is on the fibre: that of this link, or of the other one.</summary>
    internal bool CarriesTraffic => Allocated || Counterpart is { Allocated: true };

    /// <summary>What explains the fault localized here: the alarm about the link to the line system; null: it does not.</summary>
    internal string? FaultCauseBelow => Fault is { } fault ? CauseBelow(fault.Receive, fault.Transmit, fault.Signal) : null;

    /// <summary>What arrives: the worst of what is said of this link, of the link it begins with, and by the line system behind that.</summary>
    private SignalState Arriving => Through is { } below ? Worse(Worse(_own, below._own), below.LineSignal) : _own;

    /// <summary>After a reconfiguration: the data link begins with that one from now on.</summary>
    internal void GoThrough(Instant now, DataLink? below)
    {
        if (Through == below) return;
        var before = Through;
        LeaveThrough();
        Through = below;
        if (below is not null) below.Carries = this;
        ArrivingChanged(now);
        Queue(now, FaultWork.Judge);
        // It may be gone with the configuration that it was in.
        if (before is not null && _node.Node.FindDataLink(before.Name) == before) before.Queue(now, FaultWork.Judge);
        below?.Queue(now, FaultWork.Judge);
        Transparency.Resume(now, TeLink, before?.TeLink);
    }

    /// <summary>The last word of a line system is too old to be believed.</summary>
    internal void ForgetLineSignal(Instant now) => HearLine(now, SignalState.Unknown);

    // A link that takes its place may go through the same one.
    private void LeaveThrough()
    {
        if (Through is { } before && before.Carries == this) before.Carries = null;
    }

    // As the line system: what we send may be something else than the peer node was told.
    private void TellSent(Instant now)
    {
        if (HasNewsOfSent) Queue(now, FaultWork.Sent);
    }

    private bool IsToLineSystem => TeLink.Neighbor is { IsWdm: true, Configuration.Wdm: WdmRole.Ols };

    // "To inform the adjacent peer node of failures it has detected, in order to initiate the LMP fault localization procedures between peer
    // nodes" (§2.4): it is as if the other link's own receiver had seen it.
    private void HearLine(Instant now, SignalState signal)
    {
        var from = LineSignal;
        if (signal == from) return;
        LineSignal = signal;
        _node.Output.Tell(new LineSignalChanged(now, this, from, signal));
        Carries?.ArrivingChanged(now);
        Carries?.Queue(now, FaultWork.Judge);
    }

    private void ArrivingChanged(Instant now)
    {
        if (Arriving == Signal) return;
        TakeSignal(now, Arriving);
        _node.Node.StatusChanged(now, this);
    }

    private string? CauseBelow(bool receive, bool transmit, SignalState signal)
    {
        if (Through is not { } below) return null;
        if (Explains(below.FindFault()))
            return _node.Alarms.Find(AlarmKind.FaultLocalized, below.Name) is { State: AlarmState.Suppressed, Cause: { } root } ? root : $"fault-localized {below.Name}";
        // What the line system will answer decides which of the two links it is.
        if (!receive || !below.IsAwaitingAnswer || !below.TeLink.Faults.CanSpeak || below.SettledSignal.Rank() < signal.Rank()) return null;
        return $"{(below.SettledSignal == SignalState.Fail ? "signal-fail" : "signal-degrade")} {below.Name}";

        bool Explains(LinkFault? fault) =>
            fault is not null && fault.Signal.Rank() >= signal.Rank() && (fault.Receive || !receive) && (fault.Transmit || !transmit);
    }

    // Beyond the line system's near end lies what no test of ours reaches: the span, and the patch cord at the far end.
    private string? BeyondLineSystem(bool receive, bool transmit, SignalState signal)
    {
        if (Through is not { } below || (!receive && !transmit)) return null;
        var said = below.LineSignal.Rank() >= signal.Rank();
        if (receive && !said) return null;
        // What the line system receives of ours is all right.
        if (transmit && (!below.TeLink.Faults.CanSpeak || below.RemoteSignal.IsBad())) return null;
        var system = below.TeLink.Neighbor.Name;
        var what = below.LineSignal == SignalState.Fail ? "has failed" : "is degraded";
        return (receive ? $"{system} says that what it sends on {below.Name} {what}: " : "")
            + $"it lies in the line system beyond {system}, or at its far end; ask who runs the line system";
    }

    private static SignalState Worse(SignalState a, SignalState b) => b.Rank() > a.Rank() || a == SignalState.Unknown ? b : a;
}
