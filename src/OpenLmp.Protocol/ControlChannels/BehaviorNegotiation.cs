// RFC 6898 §3, §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Which BehaviorConfig is acceptable, and which answers only a legacy node gives. Pure.</summary>
internal static class BehaviorNegotiation
{
    private static readonly (LmpBehaviors Bit, string Name)[] Named =
    [
        (LmpBehaviors.SonetSdhTrace, "SONET/SDH trace (RFC 4207)"),
        (LmpBehaviors.Dwdm, "DWDM (RFC 4209)"),
        (LmpBehaviors.ConsistencyCheck, "data channel consistency check (RFC 5818)"),
    ];

    /// <summary>
    /// Whether we can agree to proposed behaviours. §3.2: "the node compares the flags field against its capacities. Any bit set in the MBZ
    /// portion of the flags field MUST be interpreted as unacceptable."
    /// </summary>
    /// <param name="own">What we support.</param>
    /// <param name="proposed">What the neighbour proposes.</param>
    /// <param name="wasTold">
    /// Whether the neighbour proposes again although it was told what we support: an extension that it can do without is no reason to stay
    /// without a control channel.
    /// </param>
    public static bool Accepts(LmpBehaviors own, BehaviorConfig proposed, bool wasTold) =>
        !proposed.HasUnknownBits && (wasTold || (proposed.Behaviors & ~own) == 0);

    /// <summary>In words, what of proposed behaviours is not acceptable.</summary>
    public static string Difference(LmpBehaviors own, BehaviorConfig proposed, string neighbor) => proposed.HasUnknownBits
        ? $"{neighbor} proposes behaviours that no RFC known here defines, in the MBZ bits of its BehaviorConfig (RFC 6898 §3.2); is lmpd here too old for it?"
        : $"{neighbor} proposes {InWords(proposed.Behaviors & ~own)}, which is not in use here";

    /// <summary>Behaviours in words.</summary>
    public static string InWords(LmpBehaviors behaviors)
    {
        var names = Named.Where(n => (behaviors & n.Bit) != 0).Select(n => n.Name).ToList();
        return names.Count == 0 ? "no behaviours" : string.Join(", ", names);
    }

    /// <summary>How a ConfigNack shows that the neighbour does not know BehaviorConfig (§4 a, b); empty if it does not show that.</summary>
    public static string LegacyRefusal(ConfigProposal sent, ConfigNackMessage nack)
    {
        if (sent.Behaviors is not { } ours) return "";
        var refused = nack.Configs.DistinctBy(c => c.CType).ToList();
        // "Behaviors (a) and (b) result in ConfigNack messages with a BehaviorConfig type object whose contents are identical to what was sent".
        if (refused.OfType<BehaviorConfig>().FirstOrDefault() is { } theirs)
        {
            if (theirs.Words != ours.Words) return "";
            return refused.Count == 1
                ? "it refuses the BehaviorConfig object (RFC 6898 §4 a)"
                : "it refuses all CONFIG objects but one (RFC 6898 §4 b)";
        }

        // The one object that a node of kind (b) does not refuse may be the BehaviorConfig: then it returns what it was sent as an offer.
        return refused.Count == sent.Count - 1 && refused.TrueForAll(c => c.Equals(sent.Hello) || c.Equals(sent.Wdm))
            ? "it refuses all CONFIG objects but one (RFC 6898 §4 b)"
            : "";
    }
}
