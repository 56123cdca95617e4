using OpenLmp.Api;

namespace OpenLmp.Cli.Cabling;

/// <summary>What a node answered.</summary>
/// <param name="Node">The node.</param>
/// <param name="Neighbors">Its neighbours.</param>
/// <param name="DataLinks">Its data links, with the ends that verification found.</param>
/// <param name="Alias">What the command line calls it; null if it does not.</param>
internal sealed record AskedNode(NodeInfo Node, IReadOnlyList<NeighborInfo> Neighbors, IReadOnlyList<DataLinkInfo> DataLinks, string? Alias = null)
{
    /// <summary>The neighbour's Node_Id; its name where it has gone in the meantime.</summary>
    public string NodeIdOf(string neighbor) => Neighbors.FirstOrDefault(n => n.Name == neighbor)?.NodeId ?? neighbor;

    /// <summary>The data link that a plan's port names: by its name, its network interface, or its Interface_Id, in this order.</summary>
    public DataLinkInfo? Find(string port) =>
        DataLinks.FirstOrDefault(l => l.Name == port)
        ?? DataLinks.FirstOrDefault(l => l.Interface == port)
        ?? DataLinks.FirstOrDefault(l => l.LocalId.ToString() == port);
}

/// <summary>A node that did not answer.</summary>
/// <param name="Name">What the command line calls it: a name, or where it was to be asked.</param>
/// <param name="Why">Why not, in words.</param>
internal sealed record SilentNode(string Name, string Why);

/// <summary>A port: where a fibre ends.</summary>
/// <param name="NodeId">The node's Node_Id; what the plan calls it where that is not known.</param>
/// <param name="Id">The Interface_Id.</param>
internal readonly record struct Port(string NodeId, LinkIdentifier Id);
