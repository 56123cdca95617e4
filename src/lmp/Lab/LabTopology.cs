using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>A lab: nodes and the links between their ports, with what is planted wrong.</summary>
/// <param name="Name">The lab's name.</param>
/// <param name="Nodes">The nodes, in the order of the file.</param>
/// <param name="Links">The links, in the order of the file.</param>
internal sealed record LabTopology(string Name, IReadOnlyList<LabNode> Nodes, IReadOnlyList<LabLink> Links)
{
    /// <summary>The pairs of nodes that have links, each once.</summary>
    public IEnumerable<(LabNode A, LabNode B)> Adjacencies => Links.Select(l => l.A.Node.Number < l.B.Node.Number ? (l.A.Node, l.B.Node) : (l.B.Node, l.A.Node)).Distinct();

    /// <summary>The links that are configured differently at their ends.</summary>
    public IEnumerable<LabLink> PlantedMismatches => Links.Where(l => !l.A.Bandwidth.Equals(l.B.Bandwidth));
}

/// <summary>A node of a lab.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="NodeId">Its Node_Id.</param>
internal sealed record LabNode(string Name, int Number, NodeId NodeId)
{
    /// <summary>The name of this node's TE link to a neighbour.</summary>
    public static string TeLinkTo(LabNode neighbor) => $"to-{neighbor.Name}";
}

/// <summary>One end of a link.</summary>
/// <param name="Node">The node.</param>
/// <param name="Port">The port, as the file names it.</param>
/// <param name="InterfaceId">The port's Interface_Id.</param>
/// <param name="Bandwidth">What this end is configured with, bytes per second.</param>
internal sealed record LabPort(LabNode Node, string Port, uint InterfaceId, float Bandwidth)
{
    public override string ToString() => $"{Node.Name}:{Port}";
}

/// <summary>A link between two ports: a data link.</summary>
internal sealed record LabLink(LabPort A, LabPort B)
{
    public override string ToString() => $"{A} - {B}";

    /// <summary>Whether the link joins these two nodes.</summary>
    public bool Joins(LabNode a, LabNode b) => (A.Node == a && B.Node == b) || (A.Node == b && B.Node == a);

    /// <summary>The data link's name at one of its ends.</summary>
    public static string DataLinkName(LabPort here, LabPort there) => $"to-{there.Node.Name}-{here.Port}";
}
