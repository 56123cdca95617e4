// RFC 4209 §2.2: "The coordination of verification of OXC1-OLS1 and OXC2-OLS2 data links to ensure this transparency is the responsibility of
// the peer nodes".
namespace OpenLmp.Protocol;

/// <summary>A data link that goes through a line system and the link it begins with are never verified at the same time.</summary>
internal static class Transparency
{
    /// <summary>A verification is over: begins what had to wait for it in the TE links that have data links on the same fibres.</summary>
    public static void Resume(Instant now, params IEnumerable<TeLink?> waiting)
    {
        foreach (var teLink in waiting.Distinct().ToList())
        {
            teLink?.Initiator.BeginAgain(now);
            teLink?.Neighbor.Initiator.BeginAgain(now);
        }
    }
}
