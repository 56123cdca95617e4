// RFC 4204 §5: what verification found against what is configured.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Compares where data links really end with where the configuration says, and tells a swap as one. Pure.</summary>
internal static class Wiring
{
    /// <summary>What is wrong with a data link's wiring, in words; empty if nothing is, as far as it was looked at.</summary>
    public static string Difference(DataLink link)
    {
        if (link.Configuration.RemoteId is not { } expected) return "";
        var found = link.FoundTransmit is { } transmit && transmit != expected ? transmit
            : link.FoundReceive is { } receive && receive != expected ? receive
            : (Identifier?)null;
        if (found is not { } end) return "";

        var neighbor = link.TeLink.Neighbor;
        var other = neighbor.TeLinks.SelectMany(t => t.DataLinks).FirstOrDefault(l => l != link && l.Configuration.RemoteId == end);
        if (other is null) return $"its far end is Interface_Id {end} of {neighbor.Name}, expected {expected}; no data link here should end there";
        if ((other.FoundTransmit ?? other.FoundReceive) == expected)
        {
            var (first, second) = string.CompareOrdinal(link.Name, other.Name) < 0 ? (link, other) : (other, link);
            return $"{first.Name} and {second.Name} are swapped: {first.Name} ends at Interface_Id {second.Configuration.RemoteId} of {neighbor.Name}, "
                + $"{second.Name} at {first.Configuration.RemoteId}; swap the two fibres at one end";
        }

        return $"its far end is Interface_Id {end} of {neighbor.Name}, where {other.Name} should end; expected {expected}";
    }
}
