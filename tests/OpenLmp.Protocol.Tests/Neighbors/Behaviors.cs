using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>Behaviours beyond RFC 4204, agreed without their negotiation (RFC 6898), which has tests of its own.</summary>
public static class Behaviors
{
    /// <summary>The node and each of its neighbours have agreed to use trace monitoring and status confirmation.</summary>
    public static void AgreeOnExtensions(this LmpNode node, LmpBehaviors behaviors = LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck)
    {
        foreach (var neighbor in node.Neighbors) neighbor.AgreeBehaviors(behaviors);
    }
}
