using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>Link verification finds every fibre in the wrong port, and every one that nothing comes through; and no other (RFC 4204 §5).</summary>
internal sealed class WiringChecker(World world) : Checker(world)
{
    public override string Name => "wiring";

    public override void Check(Calm calm)
    {
        foreach (var truth in LinkTruth.All(World))
        {
            if (truth.Link is not { } link) continue;
            var miswired = truth.Alarm(AlarmKind.Miswired);
            if (miswired is not null && !truth.IsSwapped) Violate(truth.Node, $"{truth.Port} is where it should be: {miswired.Text}");
            // What carries traffic cannot be tested, and what is not to be tested is not.
            if (!truth.IsFree || !truth.Plan.TeLink.IsVerified) continue;
            if (truth.IsSwapped) CheckSwapped(truth, link, miswired);
            if (truth.IsSilent && truth.Alarm(AlarmKind.VerificationFailed) is null) Violate(truth.Node, $"nothing gets through from {truth.Port}, and verification has not found that");
            if (truth.IsSound && calm == Calm.Clean && !link.Verified) Violate(truth.Node, $"{truth.Port} is not verified");
        }
    }

    // Where the far end is not configured, what is found there is what it is.
    private void CheckSwapped(LinkTruth truth, DataLink link, Alarm? miswired)
    {
        var actual = truth.Port.Outgoing!.To;
        var id = World.Blueprint.Find(World[actual.Node].Number, actual.Name).At(World[actual.Node].Number).Id;
        if (truth.Plan.TeLink.Knows(truth.End.Node))
        {
            if (miswired is null) Violate(truth.Node, $"{truth.Port} leads to {actual}, and verification has not found that");
        }
        else if (miswired is not null)
        {
            Violate(truth.Node, $"nothing says where {truth.Port} should lead to: {miswired.Text}");
        }

        if (link.FoundTransmit is { } found && found.InterfaceId != id) Violate(truth.Node, $"{truth.Port} leads to {actual}, {id}, and was found to lead to {found}");
    }
}
