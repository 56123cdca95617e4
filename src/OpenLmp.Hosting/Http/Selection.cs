using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>What a NAME selects.</summary>
internal static class Selection
{
    /// <summary>All where no name is given; what has the name; else what belongs to something of that name; else null.</summary>
    /// <param name="all">All there are.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="isNamed">Whether an object has the name.</param>
    /// <param name="belongs">Whether an object belongs to something of that name.</param>
    public static IEnumerable<T>? Of<T>(IEnumerable<T> all, string? name, Func<T, bool> isNamed, Func<T, bool>? belongs = null)
    {
        if (name is null) return all;
        var selected = all.Where(isNamed).ToArray();
        if (selected.Length == 0 && belongs is not null) selected = [.. all.Where(belongs)];
        return selected.Length > 0 ? selected : null;
    }

    /// <summary>Whether anything of the node has that name, so that "nothing to tell" differs from "no such thing".</summary>
    public static bool Knows(LmpNode node, string name) =>
        node.Name == name
        || node.Neighbors.Any(neighbor => neighbor.Name == name || neighbor.ControlChannels.Any(channel => channel.ToString() == name))
        || node.TeLinks.Any(link => link.Name == name || link.DataLinks.Any(dataLink => dataLink.Name == name || dataLink.Configuration.ComponentLink == name));
}
