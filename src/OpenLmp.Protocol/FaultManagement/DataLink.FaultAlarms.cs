// RFC 4204 §6.2: "To avoid multiple alarms stemming from the same failure".
namespace OpenLmp.Protocol;

/// <content>Alarms about signals and faults.</content>
public sealed partial class DataLink
{
    private AlarmSeverity FailureSeverity => CarriesTraffic ? AlarmSeverity.Critical : AlarmSeverity.Major;

    /// <summary>Raises, suppresses or clears the alarm about the fault localized here, and those about the signal.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cause">The alarm about its TE link that this one is part of; null: none.</param>
    internal void TellFault(Instant now, string? cause)
    {
        if (Fault is { } fault)
        {
            var severity = fault.Signal == SignalState.Fail ? FailureSeverity : AlarmSeverity.Minor;
            _node.Alarms.Raise(now, AlarmKind.FaultLocalized, Name, severity, $"{Name}: {InWords(fault)}", FaultCauseBelow ?? cause);
        }
        else
        {
            _node.Alarms.Clear(now, AlarmKind.FaultLocalized, Name);
        }

        TellSignal(now);
    }

    /// <summary>Where to look for a fault that is localized to this link, or to all of its TE link.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="otherwise">What to check where it is not in a line system.</param>
    internal string WhereToLook(LinkFault fault, string otherwise) => BeyondLineSystem(fault.Receive, fault.Transmit, fault.Signal) ?? otherwise;

    private string NoSignalInWords =>
        BeyondLineSystem(receive: true, transmit: false, SignalState.Fail)
        ?? (_signalCause is { } cause ? $"no usable signal is received: {cause}" : null)
        ?? $"no usable signal is received; check the fibre and {(Through ?? this).TeLink.Neighbor.Name}'s transmitter";

    private string InWords(LinkFault fault)
    {
        var what = fault.Signal == SignalState.Fail ? "no usable signal" : "a degraded signal";
        var where = (fault.Receive, fault.Transmit) switch
        {
            (true, true) => "at either end",
            (true, false) => $"at {_node.Node.Name}",
            _ => $"at {TeLink.Neighbor.Name}",
        };
        var effect = CarriesTraffic ? "traffic is affected" : "it carries no traffic";
        var doubt = fault.Transmit && Allocated && ComesFrom is null && _node.Node.TeLinks.Count > 1
            ? "; no cross-connect of it is known here: where it carries traffic of another data link, lmp cross-connect add tells which" : "";
        var check = fault.Receive && _signalCause is { } known ? known : "check the fibre and the two ports";
        return $"fault between {fault.First} and {fault.Second}: {what} arrives {where}; {effect}; {WhereToLook(fault, check)}{doubt}";
    }

    private void TellSignal(Instant now)
    {
        var (signal, neighbor) = (WatchedSignal, TeLink.Neighbor.Name);
        var elsewhere = Carries is { Fault.Receive: true } other ? $"fault-localized {other.Name}" : $"a fault upstream of {neighbor}";
        var cause = CauseBelow(receive: true, transmit: false, signal)
            ?? (Fault is { Receive: true } ? $"fault-localized {Name}" : IsFaultElsewhere ? elsewhere : null);
        var more = Fault is { Receive: true } ? "" : IsFaultElsewhere ? $"; {neighbor} has none better to send, the fault is upstream of it" : "";
        var why = _signalCause is { } known ? $": {known}" : "";
        if (signal == SignalState.Fail)
            _node.Alarms.Raise(now, AlarmKind.SignalFail, Name, FailureSeverity, $"{Name}: no usable signal is received from {neighbor}{why}{more}", cause);
        else
            _node.Alarms.Clear(now, AlarmKind.SignalFail, Name);
        if (signal == SignalState.Degrade)
            _node.Alarms.Raise(now, AlarmKind.SignalDegrade, Name, AlarmSeverity.Minor, $"{Name}: the signal received from {neighbor} is degraded{more}", cause);
        else
            _node.Alarms.Clear(now, AlarmKind.SignalDegrade, Name);
        TellFlapping(now);
    }

    // The text tells the count whenever it has doubled: a fibre that comes and goes is no reason to flood those who watch alarms.
    private void TellFlapping(Instant now)
    {
        if (!IsWatched || !_damping.IsFlapping)
        {
            _node.Alarms.Clear(now, AlarmKind.SignalFlapping, Name);
            return;
        }

        var failures = _damping.Failures;
        if ((failures & (failures - 1)) != 0 && _node.Alarms.Find(AlarmKind.SignalFlapping, Name) is { State: not AlarmState.Cleared }) return;
        _node.Alarms.Raise(
            now, AlarmKind.SignalFlapping, Name, AlarmSeverity.Minor,
            $"{Name}: the signal received from {TeLink.Neighbor.Name} comes and goes: it failed {failures} times so far; check connectors and power levels");
    }
}
