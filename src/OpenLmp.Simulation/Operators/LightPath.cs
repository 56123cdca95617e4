namespace OpenLmp.Simulation;

/// <summary>A light path over several spans, as operators want it: a data link of each span, joined in the nodes between.</summary>
/// <param name="Nodes">The nodes, one more than data links.</param>
/// <param name="Links">The data links.</param>
internal sealed record LightPath(IReadOnlyList<int> Nodes, IReadOnlyList<DataLinkPlan> Links)
{
    /// <summary>Whether it is to carry traffic; otherwise it is to be taken down, and is forgotten once it is.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>Both ends of each data link.</summary>
    public IEnumerable<LinkEnd> Ends => Links.SelectMany(l => (LinkEnd[])[l.A, l.B]);

    /// <summary>What is joined in the nodes between.</summary>
    public IEnumerable<(int Node, string In, string Out)> Joints =>
        Enumerable.Range(1, Links.Count - 1).Select(i => (Nodes[i], Links[i - 1].At(Nodes[i]).Name, Links[i].At(Nodes[i]).Name));

    public override string ToString() => string.Join(" - ", Nodes.Select(n => n.Name())) + " over " + string.Join(", ", Links.Select(l => l.A.Name + "/" + l.B.Name));
}
