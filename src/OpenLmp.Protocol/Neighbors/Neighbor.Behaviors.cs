// RFC 6898 §3, §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What is known of a neighbour's support for behaviour negotiation (RFC 6898 §4).</summary>
public enum BehaviorSupport
{
    /// <summary>Not known yet, or not since the adjacency was lost: the neighbour may have been replaced meanwhile.</summary>
    Unknown,

    /// <summary>The neighbour takes part.</summary>
    Negotiated,

    /// <summary>The neighbour does not take part; <see cref="Neighbor.LegacyReason"/> tells how it showed.</summary>
    Legacy,
}

/// <content>Which behaviours beyond RFC 4204 are in use with the neighbour.</content>
public sealed partial class Neighbor
{
    private (BehaviorSupport Support, LmpBehaviors Behaviors, string Reason) _told;

    /// <summary>Whether the neighbour takes part in behaviour negotiation.</summary>
    public BehaviorSupport BehaviorSupport { get; private set; }

    /// <summary>
    /// The behaviours that both ends agreed to (RFC 6898 §3): an extension is used with this neighbour only if its bit is set. None while the
    /// neighbour's support is unknown, and while it is legacy.
    /// </summary>
    public LmpBehaviors Behaviors { get; private set; }

    /// <summary>How it showed that the neighbour does not take part in behaviour negotiation; empty unless it is <see cref="BehaviorSupport.Legacy"/>.</summary>
    public string LegacyReason { get; private set; } = "";

    /// <summary>Whether the two ends agreed that this is a session between a peer node and an optical line system (RFC 4209 §2.1).</summary>
    public bool IsWdm { get; private set; }

    /// <summary>The behaviours this end supports towards the neighbour.</summary>
    internal LmpBehaviors OwnBehaviors =>
        LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck | (Configuration.Wdm == WdmRole.None ? LmpBehaviors.None : LmpBehaviors.Dwdm);

    /// <summary>The neighbour sent a BehaviorConfig: it is no legacy node, whatever it seemed before. What it agrees to is still open.</summary>
    internal void HearBehaviors()
    {
        if (BehaviorSupport != BehaviorSupport.Negotiated) (BehaviorSupport, Behaviors, LegacyReason) = (BehaviorSupport.Negotiated, LmpBehaviors.None, "");
    }

    /// <summary>Both ends agreed to a Config: to the WDM session that is configured, too, or to none.</summary>
    internal void AgreeWdm() => IsWdm = Configuration.Wdm != WdmRole.None;

    /// <summary>Both ends agreed to these behaviours; true if that is news.</summary>
    internal bool AgreeBehaviors(LmpBehaviors behaviors) => Settle(BehaviorSupport.Negotiated, behaviors, "");

    /// <summary>The neighbour turned out not to take part; true if that is news.</summary>
    /// <param name="reason">How it showed.</param>
    internal bool BecomesLegacy(string reason) => Settle(BehaviorSupport.Legacy, LmpBehaviors.None, reason);

    /// <summary>The configuration of the neighbour is another one.</summary>
    internal void ForgetBehaviors() => (BehaviorSupport, Behaviors, LegacyReason, IsWdm) = (BehaviorSupport.Unknown, LmpBehaviors.None, "", false);

    /// <summary>A control channel is lost. If no other one is in service, what comes back may be another program.</summary>
    internal void DoubtBehaviors()
    {
        if (_inService == 0) ForgetBehaviors();
    }

    // News is what differs from what was told last: an adjacency that comes back as it was is none.
    private bool Settle(BehaviorSupport support, LmpBehaviors behaviors, string reason)
    {
        var settled = (support, behaviors, reason);
        (BehaviorSupport, Behaviors, LegacyReason) = settled;
        if (settled == _told) return false;
        _told = settled;
        return true;
    }
}
