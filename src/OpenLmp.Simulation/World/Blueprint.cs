using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>One end of something between two neighbours.</summary>
/// <param name="Node">The node's number.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Id">Its id there.</param>
internal sealed record LinkEnd(int Node, string Name, Identifier Id);

/// <summary>A control channel between two neighbours, as it is meant to be.</summary>
/// <param name="Number">Its number in the blueprint.</param>
/// <param name="A">One end's node, CC_Id and address.</param>
/// <param name="B">The other's.</param>
internal sealed record ChannelPlan(int Number, (int Node, uint Id, NetworkEndpoint At) A, (int Node, uint Id, NetworkEndpoint At) B);

/// <summary>A data link as it is meant to be: which port of which node it leads to.</summary>
internal sealed record DataLinkPlan(int Number, TeLinkPlan TeLink, LinkEnd A, LinkEnd B)
{
    public LinkEnd At(int node) => A.Node == node ? A : B;

    public LinkEnd Beyond(int node) => A.Node == node ? B : A;

    public override string ToString() => $"{A.Node.Name()}:{A.Name} - {B.Node.Name()}:{B.Name}";
}

/// <summary>A TE link as it is meant to be.</summary>
internal sealed record TeLinkPlan(int Number, LinkEnd A, LinkEnd B, bool IsVerified, bool IsFaultManaged)
{
    /// <summary>Whether each end has the other's Interface_Ids in its configuration; otherwise they are to be learned.</summary>
    public required (bool A, bool B) KnowsLinks { get; init; }

    public List<DataLinkPlan> DataLinks { get; } = [];

    public bool Knows(int node) => A.Node == node ? KnowsLinks.A : KnowsLinks.B;

    public LinkEnd At(int node) => A.Node == node ? A : B;

    public override string ToString() => $"{A.Node.Name()}:{A.Name} - {B.Node.Name()}:{B.Name}";
}

/// <summary>What the operators meant to build: the truth that everything is compared with.</summary>
internal sealed class Blueprint
{
    private readonly Dictionary<(int Node, string Name), DataLinkPlan> _byName = [];

    public required IReadOnlyList<(int A, int B)> Spans { get; init; }

    public List<ChannelPlan> Channels { get; } = [];

    public List<TeLinkPlan> TeLinks { get; } = [];

    public List<DataLinkPlan> DataLinks { get; } = [];

    /// <summary>What each node is configured with, if nobody makes a mistake.</summary>
    public List<NodeConfiguration> Nodes { get; } = [];

    public DataLinkPlan Find(int node, string name) => _byName[(node, name)];

    public void Add(DataLinkPlan link)
    {
        DataLinks.Add(link);
        link.TeLink.DataLinks.Add(link);
        foreach (var end in (ReadOnlySpan<LinkEnd>)[link.A, link.B]) _byName.Add((end.Node, end.Name), link);
    }
}

/// <summary>How nodes are called.</summary>
internal static class NodeNames
{
    /// <summary>n1, n2, ... of 0, 1, ...</summary>
    public static string Name(this int node) => $"n{node + 1}";
}
