// RFC 4204 §6.2, §6.3: where the fault is.
using static OpenLmp.Protocol.DataLinkEvent;

namespace OpenLmp.Protocol;

/// <content>Localization: what we receive and have to send against what the neighbour receives and has to send.</content>
public sealed partial class DataLink
{
    // Far above the difference between two nodes that see the same light come back.
    private static readonly TimeSpan LeastRecheck = TimeSpan.FromSeconds(1);

    /// <summary>Looks where the fault is: event 13, or 14 for a free link, where it is here; 5b where it was.</summary>
    /// <returns>Whether a failure was localized just now.</returns>
    internal bool Judge(Instant now)
    {
        var (before, found) = (Fault, FindFault());
        if (found is null ? before is null : found.IsSameAs(before))
        {
            // It may have come in from upstream, and the link is all right.
            if (IsFaultElsewhere && State == DataLinkState.Down) BringUp(now);
            return false;
        }

        Fault = found;
        Counterpart?.Queue(now, FaultWork.Judge);
        if (found is null)
        {
            _node.Output.Tell(new FaultCleared(now, this, before!));
            BringUp(now);
            return false;
        }

        _node.Output.Tell(new FaultLocalized(now, this, found));
        if (found.Signal != SignalState.Fail)
        {
            BringUp(now);
            return false;
        }

        Step(now, LocalizeFail);
        Step(now, DcDown);
        return before is not { Signal: SignalState.Fail };
    }

    // What the neighbour receives on this link. It has to be told whether we have anything better to send.
    private void HearReceived(Instant now, SignalState signal)
    {
        var from = RemoteSignal;
        RemoteSignal = signal;
        if (signal != from) _node.Output.Tell(new RemoteSignalChanged(now, this, from, signal));
        if (!signal.IsBad())
        {
            _recheck.Cancel();
            if (from.IsBad()) Queue(now, FaultWork.Judge);
            TellSent(now);
            return;
        }

        if (!from.IsBad()) _remoteBadSince = now;
        if (_recheck.IsSet) Queue(now, FaultWork.Judge | FaultWork.Answer);
        else Correlate(now);
    }

    // What the neighbour has to send on this link.
    private void HearSent(Instant now, SignalState signal)
    {
        if (IsToLineSystem) HearLine(now, signal);
        if (!IsWatched || !SettledSignal.IsBad()) return;
        Upstream = signal;
        Queue(now, FaultWork.Judge);
        Carries?.Queue(now, FaultWork.Judge);
    }

    // What we receive of the LSP that goes out here has changed. Worse: that explains what the neighbour sees. Better: the neighbour sees it get
    // better, too, and has to be given the time to say so before the fault is said to be between us.
    private void InputChanged(Instant now)
    {
        Through?.InputChanged(now);
        TellSent(now);
        if (!RemoteSignal.IsBad()) return;
        var input = InputNow.Rank();
        if (input > _input.Rank()) Correlate(now);
        else if (input == _input.Rank()) _recheck.Cancel();
        else _node.Deadlines.Set(_recheck, now + Longer(TeLink.Configuration.Signal.HoldOn, LeastRecheck));
    }

    private void Correlate(Instant now)
    {
        _recheck.Cancel();
        _input = InputNow;
        Queue(now, FaultWork.Judge | FaultWork.Answer);
    }

    private bool IsFaultReceived => IsWatched && Localization.IsHere(SettledSignal, Upstream);

    private bool IsFaultSent => IsWatched && Localization.IsHere(RemoteSignal, _input);

    // What is known now; Fault is what was known at the end of the last turn.
    private bool IsFailureHere =>
        (IsFaultReceived && SettledSignal == SignalState.Fail) || (IsFaultSent && RemoteSignal == SignalState.Fail);

    private LinkFault? FindFault()
    {
        var (receive, transmit) = (IsFaultReceived, IsFaultSent);
        if (!receive && !transmit) return null;
        var since = !transmit ? _badSince : !receive ? _remoteBadSince : _badSince < _remoteBadSince ? _badSince : _remoteBadSince;
        var here = new FaultPort(_node.Node.Name, _node.Node.NodeId, LocalId);
        var there = new FaultPort(TeLink.Neighbor.Name, TeLink.Neighbor.NodeId, RemoteId);
        var (first, second) = here.NodeId < there.NodeId ? (here, there) : (there, here);
        return new LinkFault(first, second, IsFailureHere ? SignalState.Fail : SignalState.Degrade, receive, transmit, since);
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
