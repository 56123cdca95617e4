using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>No alarm without a cause. Causes without their alarms are for those who know the causes.</summary>
internal sealed class AlarmChecker(World world) : Checker(world)
{
    public override string Name => "alarms";

    public override void Check(Calm calm)
    {
        var truths = LinkTruth.All(World).ToDictionary(t => (t.End.Node, t.End.Name));
        foreach (var node in World.Nodes)
        {
            if (node.Lmp is null) continue;
            foreach (var alarm in node.Lmp.Alarms.All)
            {
                if (alarm.State == AlarmState.Cleared) continue;
                if (calm == Calm.Clean || !HasCause(node, alarm, truths)) Violate(node, $"{alarm.Kind} without a cause: {alarm.Text}");
            }
        }
    }

    private static bool HasCause(SimulatedNode node, Alarm alarm, Dictionary<(int Node, string Name), LinkTruth> truths)
    {
        if (!truths.TryGetValue((node.Number, alarm.Object), out var truth))
        {
            var ofTeLink = truths.Values.Where(t => t.Node == node && t.Plan.TeLink.At(node.Number).Name == alarm.Object);
            return alarm.Kind switch
            {
                AlarmKind.FaultLocalized => ofTeLink.Any(t => t.MayBeLocalized),
                // Where one end expects what is planned and the other takes what it finds, they cannot agree about swapped fibres.
                AlarmKind.TeLinkMismatch => ofTeLink.Any(t => t.IsSwapped || !t.IsMapped),
                _ => false,
            };
        }

        return alarm.Kind switch
        {
            // The fault and wiring checkers know more of these.
            AlarmKind.FaultLocalized or AlarmKind.SignalFail or AlarmKind.SignalDegrade or AlarmKind.Miswired => true,
            AlarmKind.SignalFlapping => truth.Port.Received != SignalState.Ok,
            AlarmKind.VerificationFailed => !truth.IsSound,
            AlarmKind.DataLinkMismatch => truth.IsSwapped || !truth.IsMapped,
            AlarmKind.StatusMismatch => !truth.IsSound || !truth.IsMapped,
            _ => false,
        };
    }
}
