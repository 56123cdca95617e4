using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>Looking at nodes from outside.</summary>
internal static class NodeViews
{
    /// <summary>The data link of that name, which is what ports are called here; null if none is configured.</summary>
    public static DataLink? FindPort(this LmpNode node, string name)
    {
        foreach (var teLink in node.TeLinks)
        {
            if (!name.StartsWith(teLink.Name, StringComparison.Ordinal)) continue;
            foreach (var link in teLink.DataLinks)
                if (link.Name == name) return link;
        }

        return null;
    }

    /// <summary>The TE link of that name; null if none is configured.</summary>
    public static TeLink? FindTeLink(this LmpNode node, string name)
    {
        foreach (var teLink in node.TeLinks)
            if (teLink.Name == name) return teLink;
        return null;
    }

    /// <summary>The control channel of that CC_Id; null if none is configured.</summary>
    public static ControlChannel? FindChannel(this LmpNode node, uint id)
    {
        foreach (var neighbor in node.Neighbors)
            foreach (var channel in neighbor.ControlChannels)
                if (channel.Id == id) return channel;
        return null;
    }
}
