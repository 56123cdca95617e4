// RFC 4209 §2.4.1: "used to reduce the control traffic by providing channel status information for a group of data links".
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What of a TE link's channel states can be said of link groups instead of data links. Pure.</summary>
/// <param name="Groups">The groups' states: as few as cover most.</param>
/// <param name="IsCovered">For each entry, whether they say it.</param>
internal sealed record LinkGroupBundle(ValueList<LinkGroupStatusEntry> Groups, bool[] IsCovered)
{
    /// <summary>Finds the groups all of whose members in the TE link have the same news, the largest first.</summary>
    /// <param name="teLink">The TE link's data links.</param>
    /// <param name="entries">The news.</param>
    /// <param name="linkOf">Whose news each entry is.</param>
    /// <returns>Null: no group says more than one data link's news.</returns>
    public static LinkGroupBundle? Of(IReadOnlyList<DataLink> teLink, IReadOnlyList<ChannelStatusEntry> entries, Func<int, DataLink> linkOf)
    {
        if (entries.Count < 2) return null;
        var (groups, covered) = (new List<LinkGroupStatusEntry>(), new bool[entries.Count]);
        foreach (var news in Enumerable.Range(0, entries.Count).GroupBy(i => entries[i].State))
        {
            var indices = news.ToDictionary(linkOf);
            foreach (var (group, members) in Candidates(teLink, indices))
            {
                // One data link alone is said as well by its Interface_Id.
                if (members.Count(i => !covered[i]) < 2) continue;
                groups.Add(new LinkGroupStatusEntry(group, news.Key));
                foreach (var i in members) covered[i] = true;
            }
        }

        if (groups.Count == 0) return null;
        // The rest goes in another message. A data link that is in both would lose what the one says that arrives second (RFC 4204 §7).
        var (here, there) = (new HashSet<DataLink>(), new HashSet<DataLink>());
        for (var i = 0; i < covered.Length; i++) (covered[i] ? here : there).Add(linkOf(i));
        return here.Overlaps(there) ? null : new LinkGroupBundle([.. groups], covered);
    }

    // §2.3.1: "All data links are members of Link Group 0xFFFFFFFF by default."
    private static IEnumerable<(uint Group, List<int> Members)> Candidates(IReadOnlyList<DataLink> teLink, Dictionary<DataLink, int> indices)
    {
        if (indices.Count < 2) return [];
        if (indices.Count == teLink.Count) return [(LinkGroupId.AllDataLinks, [.. indices.Values])];
        var (members, others) = (new Dictionary<uint, List<int>>(), new HashSet<uint>());
        foreach (var link in teLink)
        {
            var hasNews = indices.TryGetValue(link, out var index);
            foreach (var (group, isCertain) in link.GroupsThere)
            {
                if (!hasNews) others.Add(group);
                else if (!isCertain) continue;
                else if (!members.TryGetValue(group, out var list)) members.Add(group, [index]);
                else if (list[^1] != index) list.Add(index);
            }
        }

        return members.Where(m => !others.Contains(m.Key)).OrderByDescending(m => m.Value.Count).ThenBy(m => m.Key).Select(m => (m.Key, m.Value));
    }
}
