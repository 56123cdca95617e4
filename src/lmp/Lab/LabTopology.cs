using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>A lab: nodes, the links planned between their ports, what they carry, what is planted wrong, and what happens.</summary>
/// <param name="Name">The lab's name.</param>
/// <param name="Nodes">The nodes, in the order of the file.</param>
/// <param name="Links">The links as planned, in the order of the file: both ends are configured so.</param>
internal sealed record LabTopology(string Name, IReadOnlyList<LabNode> Nodes, IReadOnlyList<LabLink> Links)
{
    private readonly Dictionary<LabPort, LabLink> _linkOf = Links.SelectMany(l => l.Ends.Select(e => (e.Here, Link: l))).ToDictionary(p => p.Here, p => p.Link);

    /// <summary>The light paths to be set up, in the order of the file.</summary>
    public IReadOnlyList<LabLsp> Lsps { get; init; } = [];

    /// <summary>Pairs of links whose fibres are swapped from the beginning, in the order of the file.</summary>
    public IReadOnlyList<LabSwap> Swaps { get; init; } = [];

    /// <summary>The traces that the nodes are told to send once the links are in service.</summary>
    public IReadOnlyList<LabStep> Traces { get; init; } = [];

    /// <summary>What happens once everything runs, in time.</summary>
    public IReadOnlyList<LabStep> Steps { get; init; } = [];

    /// <summary>The pairs of nodes that have links, each once.</summary>
    public IEnumerable<(LabNode A, LabNode B)> Adjacencies => Links.Select(AdjacencyOf).Distinct();

    /// <summary>The links that are configured differently at their ends.</summary>
    public IEnumerable<LabLink> Mismatches => Links.Where(l => !l.A.Bandwidth.Equals(l.B.Bandwidth));

    /// <summary>The ways through line systems.</summary>
    public IEnumerable<LabPath> LinePaths => Links.Select(l => l.Through).OfType<LabPath>();

    /// <summary>All that LMP has to find, in words.</summary>
    public IEnumerable<string> Planted =>
    [
        .. Nodes.Where(n => n.IsOld).Select(n => $"{n.Name} knows nothing of RFC 6898 and the extensions that it negotiates"),
        .. Mismatches.Select(l => $"{l}: the two ends are configured with different bandwidths"),
        .. Swaps.Select(s => s.ToString()),
        .. Steps.Where(s => s.IsPlanted).Select(InTime),
    ];

    /// <summary>The link a port belongs to.</summary>
    public LabLink LinkOf(LabPort port) => _linkOf[port];

    /// <summary>The port at which a port's light comes and goes: another one where its link goes through line systems.</summary>
    public LabPort LightOf(LabPort port) => _linkOf[port].LightOf(port);

    /// <summary>The other end of a port's link.</summary>
    public LabPort Other(LabPort port) => _linkOf[port].Other(port);

    /// <summary>The name of a port's data link at its node.</summary>
    public string DataLinkNameOf(LabPort port) => LabLink.DataLinkName(port, Other(port));

    /// <summary>The two nodes that a link joins, the one that comes first in the file first.</summary>
    public static (LabNode A, LabNode B) AdjacencyOf(LabLink link) => AdjacencyOf(link.A.Node, link.B.Node);

    /// <summary>Two nodes, the one that comes first in the file first.</summary>
    public static (LabNode A, LabNode B) AdjacencyOf(LabNode a, LabNode b) => a.Number < b.Number ? (a, b) : (b, a);

    private string InTime(LabStep step) => $"{step.Plan} after {LabStep.Seconds(step.At)}"
        + (Steps.FirstOrDefault(s => ReferenceEquals(s.Undoes, step)) is { } undo ? $", {step.Undone} {LabStep.Seconds(undo.At - step.At)} later" : "");
}

/// <summary>A node of a lab.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="NodeId">Its Node_Id.</param>
internal sealed record LabNode(string Name, int Number, NodeId NodeId)
{
    /// <summary>Whether it is a node of RFC 4204 alone to all its neighbours: <c>behavior-negotiation: false</c>.</summary>
    public bool IsOld { get; init; }

    /// <summary>Whether it is an optical line system: its sessions with nodes that are none are WDM sessions (RFC 4209).</summary>
    public bool IsLineSystem { get; init; }

    /// <summary>
    /// Whether the data links to a neighbour are verified by Test messages. Those between line systems are not: what passes them is others', and
    /// verifies itself.
    /// </summary>
    public bool Verifies(LabNode neighbor) => !(IsLineSystem && neighbor.IsLineSystem);

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
    /// <summary>The switching type of both ends.</summary>
    public SwitchingType SwitchingType { get; init; } = SwitchingType.Lsc;

    /// <summary>The encoding of both ends.</summary>
    public EncodingType Encoding { get; init; } = EncodingType.Lambda;

    /// <summary>What else both ends are configured with: all but names, ids and capabilities, which each end has its own.</summary>
    public DataLinkConfiguration Properties { get; init; } = new() { Name = "", LocalId = default };

    /// <summary>The traces that its ends are told to send.</summary>
    public IReadOnlyList<LabTraceStep> Traces { get; init; } = [];

    /// <summary>The span that carries it as one of its wavelengths; null: it has fibres of its own.</summary>
    public string? Span { get; init; }

    /// <summary>
    /// The way through line systems that this link of two peer nodes is (RFC 4209 §2.2), from A to B: it has no fibres of its own, and its ends' light is
    /// that of the ports the way begins and ends with. Null: it goes through none.
    /// </summary>
    public LabPath? Through { get; init; }

    public override string ToString() => $"{A} - {B}";

    /// <summary>The port at which the light of an end comes and goes.</summary>
    public LabPort LightOf(LabPort end) => Through is null ? end : (end == A ? Through.Links[0] : Through.Links[^1]).At(end.Node);

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

/// <summary>A way over links, both ways: at the nodes between its ends the two ports are cross-connected.</summary>
/// <param name="Links">The links it takes, from one end to the other.</param>
/// <param name="CrossConnects">The pairs of ports at the nodes between, in the same order.</param>
internal record LabPath(IReadOnlyList<LabLink> Links, IReadOnlyList<(LabPort In, LabPort Out)> CrossConnects);

/// <summary>A light path.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Way">The links it takes.</param>
internal sealed record LabLsp(string Name, LabPath Way) : LabPath(Way.Links, Way.CrossConnects);

/// <summary>What is plugged into two ports of a node is exchanged. LMP cannot tell at which end: it is the pair of links that is swapped.</summary>
/// <param name="A">One of the ports.</param>
/// <param name="B">The other one.</param>
/// <param name="First">The link that should end at the one that comes first in the file.</param>
/// <param name="Second">The link that should end at the other.</param>
internal sealed record LabSwap(LabPort A, LabPort B, LabLink First, LabLink Second)
{
    public override string ToString() => $"at {A.Node.Name}, the fibres of ports {A.Port} and {B.Port} are swapped";
}
