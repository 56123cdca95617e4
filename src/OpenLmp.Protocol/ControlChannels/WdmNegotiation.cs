// RFC 4209 §2.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>LMP-WDM_CONFIG: a WDM session needs a peer node at one end and an optical line system at the other, and both must want it. Pure.</summary>
internal static class WdmNegotiation
{
    /// <summary>The object our Config carries; none without a WDM session. Who is what is a fact, and not negotiable.</summary>
    public static LmpWdmConfig? Ours(WdmRole neighbor) => neighbor == WdmRole.None ? null : new LmpWdmConfig(Wdm: true, Ols: neighbor == WdmRole.Peer);

    /// <summary>Whether the neighbour's Config fits: the object it carries, or that it carries none.</summary>
    public static bool Accepts(WdmRole neighbor, LmpWdmConfig? theirs) => neighbor == WdmRole.None
        ? theirs is not { Wdm: true }
        : theirs is { Wdm: true } && theirs.Ols == (neighbor == WdmRole.Ols);

    /// <summary>What goes into the ConfigNack: the value that would be acceptable, a copy of one that is not negotiable.</summary>
    public static LmpWdmConfig Answer(WdmRole neighbor, LmpWdmConfig? theirs) => theirs is { Negotiable: false }
        ? theirs
        : new LmpWdmConfig(Wdm: neighbor != WdmRole.None, Ols: neighbor == WdmRole.Ols) { Negotiable = theirs is not null };

    /// <summary>In words, why the neighbour's Config does not fit, and what would.</summary>
    public static string Difference(WdmRole role, LmpWdmConfig? theirs, string neighbor) => role switch
    {
        WdmRole.None => Unwanted(theirs!.Ols, neighbor),
        _ when theirs is not { Wdm: true } => $"wdm: {Key(role)} here, {neighbor} runs no LMP-WDM (RFC 4209); set wdm: {Key(Other(role))} at {neighbor}, or wdm: none here",
        WdmRole.Ols => $"both ends are peer nodes: wdm: ols here says that {neighbor} is an optical line system, and {neighbor} says that it is none; "
            + $"correct wdm at one end (RFC 4209 §2.1)",
        _ => $"both ends are optical line systems: wdm: peer here says that {neighbor} is a peer node, and {neighbor} says that it is none; "
            + $"correct wdm at one end (RFC 4209 §2.1)",
    };

    /// <summary>In words, what the neighbour's refusal of our Config because of LMP-WDM means.</summary>
    public static string Refusal(WdmRole role, LmpWdmConfig answer, string neighbor) => role == WdmRole.None
        ? Unwanted(answer.Negotiable ? answer.Ols : null, neighbor)
        : $"{neighbor} refuses LMP-WDM with this node as {(role == WdmRole.Peer ? "an optical line system" : "a peer node")} (wdm: {Key(role)}); "
            + $"set wdm: {Key(Other(role))} at {neighbor}, or correct wdm here (RFC 4209 §2.1)";

    private static string Unwanted(bool? isOls, string neighbor) =>
        $"{neighbor} runs LMP-WDM (RFC 4209), wdm: none here; set wdm: {isOls switch { true => "ols", false => "peer", null => "ols or peer" }} here, or none at {neighbor}";

    private static string Key(WdmRole role) => role == WdmRole.Ols ? "ols" : "peer";

    private static WdmRole Other(WdmRole role) => role == WdmRole.Ols ? WdmRole.Peer : WdmRole.Ols;
}
