// RFC 4204 §12.3.1, as updated by RFC 6898 §2.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What a Config of ours proposes: one object of a C-Type at most (RFC 6898 §2.2).</summary>
/// <param name="Hello">The Hello parameters.</param>
/// <param name="Wdm">LMP-WDM (RFC 4209 §2.1); null outside a WDM session.</param>
/// <param name="Behaviors">Our behaviours; null towards a legacy node.</param>
internal sealed record ConfigProposal(HelloConfig Hello, LmpWdmConfig? Wdm, BehaviorConfig? Behaviors)
{
    /// <summary>How many CONFIG objects it has.</summary>
    public int Count => 1 + (Wdm is null ? 0 : 1) + (Behaviors is null ? 0 : 1);

    /// <summary>The Config message.</summary>
    public ConfigMessage ToMessage(uint ccId, uint messageId, NodeId nodeId)
    {
        var configs = new List<LmpObject>(3) { Hello };
        if (Wdm is not null) configs.Add(Wdm);
        if (Behaviors is not null) configs.Add(Behaviors);
        return new ConfigMessage(ccId, messageId, nodeId, [.. configs]);
    }
}
