using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>A lab: nodes, the links planned between their ports, what they carry, and what is planted wrong.</summary>
/// <param name="Name">The lab's name.</param>
/// <param name="Nodes">The nodes, in the order of the file.</param>
/// <param name="Links">The links as planned, in the order of the file: both ends are configured so.</param>
internal sealed record LabTopology(string Name, IReadOnlyList<LabNode> Nodes, IReadOnlyList<LabLink> Links)
{
    /// <summary>The light paths to be set up, in the order of the file.</summary>
    public IReadOnlyList<LabLsp> Lsps { get; init; } = [];

    /// <summary>Pairs of links whose fibres are swapped from the beginning, in the order of the file.</summary>
    public IReadOnlyList<LabSwap> Swaps { get; init; } = [];

    /// <summary>What happens to fibres once everything runs, in the order of the file.</summary>
    public IReadOnlyList<LabFibreFault> FibreFaults { get; init; } = [];

    /// <summary>The pairs of nodes that have links, each once.</summary>
    public IEnumerable<(LabNode A, LabNode B)> Adjacencies =>
        Links.Select(l => l.A.Node.Number < l.B.Node.Number ? (l.A.Node, l.B.Node) : (l.B.Node, l.A.Node)).Distinct();

    /// <summary>The links that are configured differently at their ends.</summary>
    public IEnumerable<LabLink> Mismatches => Links.Where(l => !l.A.Bandwidth.Equals(l.B.Bandwidth));

    /// <summary>All that LMP has to find.</summary>
    public int PlantedCount => Mismatches.Count() + Swaps.Count + FibreFaults.Count;
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

    /// <summary>Both ends, each with the other.</summary>
    public IReadOnlyList<(LabPort Here, LabPort There)> Ends => [(A, B), (B, A)];

    /// <summary>Whether the link joins these two nodes.</summary>
    public bool Joins(LabNode a, LabNode b) => (A.Node == a && B.Node == b) || (A.Node == b && B.Node == a);

    /// <summary>Whether the port is one of its ends.</summary>
    public bool Has(LabPort port) => A == port || B == port;

    /// <summary>The end that is not this one.</summary>
    public LabPort Other(LabPort end) => A == end ? B : A;

    /// <summary>The link's end at a node.</summary>
    public LabPort At(LabNode node) => A.Node == node ? A : B;

    /// <summary>The data link's name at one of its ends.</summary>
    public static string DataLinkName(LabPort here, LabPort there) => $"to-{there.Node.Name}-{here.Port}";
}

/// <summary>A light path, both ways: at the nodes between its ends the two ports are cross-connected.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Links">The links it takes, from one end to the other.</param>
/// <param name="CrossConnects">The pairs of ports at the nodes between, in the same order.</param>
internal sealed record LabLsp(string Name, IReadOnlyList<LabLink> Links, IReadOnlyList<(LabPort In, LabPort Out)> CrossConnects);

/// <summary>What is plugged into two ports of a node is exchanged. LMP cannot tell at which end: it is the pair of links that is swapped.</summary>
/// <param name="A">One of the ports.</param>
/// <param name="B">The other one.</param>
/// <param name="First">The link that should end at the one that comes first in the file.</param>
/// <param name="Second">The link that should end at the other.</param>
internal sealed record LabSwap(LabPort A, LabPort B, LabLink First, LabLink Second)
{
    public override string ToString() => $"at {A.Node.Name}, the fibres of ports {A.Port} and {B.Port} are swapped";
}

/// <summary>Something happens to the fibres of a link.</summary>
/// <param name="Link">The link.</param>
/// <param name="Degrade">Whether they become lossy; otherwise they are cut.</param>
/// <param name="OnlyFrom">Null: both fibres; otherwise only the one that this end sends on.</param>
/// <param name="After">When, from the moment all runs.</param>
/// <param name="RepairAfter">How long it lasts; null: for good.</param>
internal sealed record LabFibreFault(LabLink Link, bool Degrade, LabPort? OnlyFrom, TimeSpan After, TimeSpan? RepairAfter)
{
    /// <summary>The fibres it is about.</summary>
    public string Fibres => OnlyFrom is { } from ? $"the fibre {from} > {Link.Other(from)}" : $"both fibres {Link}";

    /// <summary>What happens to them.</summary>
    public string What => Degrade ? "degraded" : "cut";

    public override string ToString() =>
        $"{Fibres} {What} after {After.TotalSeconds:0.###} s" + (RepairAfter is { } repair ? $", repaired {repair.TotalSeconds:0.###} s later" : "");
}
