// RFC 4204 §5: what verification found against what is configured.
namespace OpenLmp.Protocol;

/// <summary>Compares where data links really end with where the configuration says, and tells a swap or a rotation as one. Pure.</summary>
internal static class Wiring
{
    // Longer ones are told link by link.
    private const int LongestRotation = 8;

    /// <summary>What is wrong with a data link's wiring, in words; empty if nothing is, as far as it was looked at.</summary>
    public static string Difference(DataLink link)
    {
        if (Found(link) is not { } found) return "";
        var expected = link.Configuration.RemoteId is { } id ? $"expected {(found.Neighbor == link.TeLink.Neighbor ? $"{id}" : new FarEnd(link.TeLink.Neighbor, id))}"
            : found.Neighbor != link.TeLink.Neighbor ? $"expected one of {link.TeLink.Neighbor.Name}"
            : "";
        if (expected.Length == 0 && link is { FoundTransmit: { } to, FoundReceive: { } from } && to.InterfaceId != from.InterfaceId && OwnerOf(link) is null)
            return $"it transmits to {to}, and receives from {from}; connect both directions to the same port";

        if (expected.Length == 0 && !IsOfOneForm(link, found))
        {
            return $"its far end is {found}, which is {found.InterfaceId.Type}, {link.LocalId} here is {link.LocalId.Type}; "
                + "give both ends Interface_Ids of one form";
        }

        if (OwnerOf(link) is not { } owner)
        {
            var inTeLink = found.LinkId is { } linkId && linkId != link.TeLink.RemoteId ? $" in its TE link {linkId}" : "";
            return $"its far end is {found}{inTeLink}, {expected}; no data link here should end there";
        }

        if (Rotation(link) is { Count: > 1 } rotation) return InWords(rotation);
        return $"its far end is {found}, where {owner.Name} should end" + (expected.Length > 0 ? $"; {expected}" : "; correct remote-id, or the fibre");
    }

    /// <summary>The data link, other than that one, that is configured to end at a far end; null if there is none.</summary>
    public static DataLink? OwnerOf(DataLink link, FarEnd found) =>
        found.Neighbor.TeLinks.SelectMany(t => t.DataLinks).FirstOrDefault(l => l != link && l.Configuration.RemoteId == found.InterfaceId);

    /// <summary>Whether one DATA_LINK can name both ends: it has both ids in one form (RFC 4204 §13.12).</summary>
    public static bool IsOfOneForm(DataLink link, FarEnd found) => link.LocalId.Type == found.InterfaceId.Type;

    // Where a data link ends that should end elsewhere; null if all that is known of it is right.
    private static FarEnd? Found(DataLink link)
    {
        if (IsWrong(link, link.FoundTransmit)) return link.FoundTransmit;
        if (IsWrong(link, link.FoundReceive)) return link.FoundReceive;
        // Nothing is expected: but both directions lead to the same port.
        return link.Configuration.RemoteId is null && link is { FoundTransmit: { } to, FoundReceive: { } from } && to.InterfaceId != from.InterfaceId ? to : null;
    }

    private static bool IsWrong(DataLink link, FarEnd? found) =>
        found is { } end && (end.Neighbor != link.TeLink.Neighbor || (link.Configuration.RemoteId is { } expected ? end.InterfaceId != expected : OwnerOf(link, end) is not null || !IsOfOneForm(link, end)));

    private static DataLink? OwnerOf(DataLink link) => Found(link) is { } found ? OwnerOf(link, found) : null;

    // Data links each of which ends where the next should, and the last where the first should.
    private static List<DataLink> Rotation(DataLink start)
    {
        var links = new List<DataLink> { start };
        for (var next = OwnerOf(start); next is not null && links.Count <= LongestRotation; next = OwnerOf(next))
        {
            if (next == start) return links;
            if (links.Contains(next)) break;
            links.Add(next);
        }

        return [];
    }

    // From each of them the same words, so that one mistake is told as one.
    private static string InWords(List<DataLink> links)
    {
        var first = links.MinBy(l => l.Name, StringComparer.Ordinal)!;
        var at = links.IndexOf(first);
        List<DataLink> ordered = [.. links[at..], .. links[..at]];
        if (ordered is [var one, var other])
        {
            return $"{one.Name} and {other.Name} are swapped: {one.Name} ends at {End(other)}, {other.Name} at {End(one)}; "
                + "swap the two fibres at one end";
        }

        var each = ordered.Select((l, i) => (Link: l, Next: ordered[(i + 1) % ordered.Count]));
        return $"{string.Join(", ", ordered.Select(l => l.Name))} are rotated: "
            + string.Join(", ", each.Select(e => $"{e.Link.Name} ends where {e.Next.Name} should, at {End(e.Next)}")) + "; move the fibres at one end";

        static FarEnd End(DataLink l) => new(l.TeLink.Neighbor, l.Configuration.RemoteId!.Value);
    }
}
