using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>Every fault is localized, to the span where it is and to no other; and every signal that is not as it should be has its alarm.</summary>
internal sealed class FaultChecker(World world) : Checker(world)
{
    public override string Name => "faults";

    public override void Check(Calm calm)
    {
        foreach (var truth in LinkTruth.All(World))
        {
            if (truth.Link is not { } link || truth.IsSwapped || !truth.IsMapped) continue;
            if (link.Allocated && !link.IsWatched) Violate(truth.Node, $"{link.Name} is allocated, and nobody watches it");
            CheckFault(truth, link);
            CheckSignal(truth, link, AlarmKind.SignalFail, SignalState.Fail);
            CheckSignal(truth, link, AlarmKind.SignalDegrade, SignalState.Degrade);
        }
    }

    private void CheckFault(LinkTruth truth, DataLink link)
    {
        var (fault, alarm) = (link.Fault, truth.Alarm(AlarmKind.FaultLocalized));
        if (truth.IsLocalized && (fault is null || alarm is null))
            Violate(truth.Node, $"a fault on {truth.Plan} is not localized; {truth.Port} receives {truth.Port.Received}, signal {link.Signal}, neighbour's {link.RemoteSignal}");
        else if (!truth.MayBeLocalized && (fault is not null || alarm is not null))
            Violate(truth.Node, $"a fault is localized on {truth.Plan}, where none is: {alarm?.Text}");
        if (fault is null || !truth.IsLocalized) return;
        if (truth.IsFaultSent == truth.MayFaultBeSent && (fault.Receive, fault.Transmit) != (truth.IsFaultReceived, truth.IsFaultSent))
            Violate(truth.Node, $"the fault on {truth.Plan} is localized in the wrong directions: {alarm?.Text}");
        if (truth.IsFaultSent == truth.MayFaultBeSent && (fault.Signal == SignalState.Fail) != truth.IsFailed) Violate(truth.Node, $"the fault on {truth.Plan} is {fault.Signal}, as localized");
        var far = truth.Plan.Beyond(truth.End.Node);
        (string, Wire.Identifier?)[] ports = [(truth.Node.Name, truth.End.Id), (truth.Far.Name, far.Id)];
        if (!ports.Contains((fault.First.Node, fault.First.InterfaceId)) || !ports.Contains((fault.Second.Node, fault.Second.InterfaceId)))
            Violate(truth.Node, $"the fault on {truth.Plan} is localized between {fault.First} and {fault.Second}");
    }

    private void CheckSignal(LinkTruth truth, DataLink link, AlarmKind kind, SignalState signal)
    {
        var alarm = truth.Alarm(kind);
        var isDue = link.IsWatched && truth.Port.Received == signal;
        if (isDue && alarm is null) Violate(truth.Node, $"{truth.Port} receives {signal}, and there is no {kind}");
        if (!isDue && alarm is not null) Violate(truth.Node, $"{kind} without a cause, {truth.Port} receives {truth.Port.Received}: {alarm.Text}");
        if (!isDue || alarm is null) return;
        // Told once: where the fault is, or at the node where it began. Without fault management nobody knows where that is.
        var isSuppressed = alarm.State == AlarmState.Suppressed;
        if (isSuppressed != truth.Plan.TeLink.IsFaultManaged) Violate(truth.Node, $"{kind} is {alarm.State} although the fault is {(isSuppressed ? "not " : "")}known: {alarm.Text}");
    }
}
