using OpenLmp.Api;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>An end of a planned cable, and what is known of it.</summary>
/// <param name="End">The end.</param>
/// <param name="NodeId">The node's Node_Id; what the plan calls it where nobody knows it; null where it is a pattern.</param>
/// <param name="Asked">The node, if it answered.</param>
/// <param name="DataLink">The data link there, if its node answered and has it.</param>
/// <param name="Port">The port; null where it is a pattern, or cannot be told.</param>
/// <param name="Note">How the port was told where that is a guess.</param>
internal sealed record ResolvedEnd(PlannedEnd End, string? NodeId, AskedNode? Asked, DataLinkInfo? DataLink, Port? Port, string Note = "")
{
    /// <summary>Whether the plan names a port that the node does not have.</summary>
    public bool IsMissing => Asked is not null && !End.IsPattern && DataLink is null;
}

/// <summary>A planned cable, and what is known of its ends.</summary>
internal sealed record ResolvedLink(PlannedLink Link, ResolvedEnd A, ResolvedEnd B)
{
    /// <summary>The end that is not this one.</summary>
    public ResolvedEnd Opposite(ResolvedEnd end) => ReferenceEquals(end, A) ? B : A;
}

/// <summary>A plan laid over the ports that the nodes have.</summary>
internal sealed class ResolvedPlan
{
    private readonly FoundCabling _found;
    private readonly Dictionary<Port, ResolvedLink> _byPort = [];

    public ResolvedPlan(CablingPlan plan, FoundCabling found)
    {
        _found = found;
        var findings = new Findings(plan.File);
        Links = [.. plan.Links.Select(link => new ResolvedLink(link, Resolve(link.A), Resolve(link.B)))];
        foreach (var link in Links)
        {
            foreach (var end in (ResolvedEnd[])[link.A, link.B])
            {
                if (end.Port is not { } port || _byPort.TryAdd(port, link)) continue;
                var other = _byPort[port];
                var same = other.A.Port == port ? other.A : other.B;
                findings.Error(end.End.At,
                    $"{end.End} is the port that line {same.End.At.Line} calls {same.End}; a port takes one cable, remove one of lines {same.End.At.Line} and {end.End.At.Line}");
            }
        }

        Errors = findings.ToResult(null).Errors;
    }

    /// <summary>The links, in the order of the plan.</summary>
    public IReadOnlyList<ResolvedLink> Links { get; }

    /// <summary>Ports that the plan uses twice, under two names.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }

    /// <summary>The planned cable that ends at a port.</summary>
    public ResolvedLink? At(Port port) => _byPort.GetValueOrDefault(port);

    /// <summary>The port as the plan calls it; otherwise as its node does.</summary>
    public string NameOf(Port port) =>
        At(port) is { } link ? (link.A.Port == port ? link.A : link.B).End.ToString()
        : $"{_found.NameOf(port.NodeId)}:{_found.DataLinkAt(port)?.Name ?? port.Id.ToString()}";

    private ResolvedEnd Resolve(PlannedEnd end)
    {
        if (end.IsNodePattern) return new ResolvedEnd(end, null, null, null, null);
        var nodeId = _found.NodeIdOf(end.Node) ?? end.Node;
        var asked = _found.Asked(nodeId);
        if (end.IsPattern) return new ResolvedEnd(end, nodeId, asked, null, null);
        if (asked is not null)
        {
            var link = asked.Find(end.Port);
            return new ResolvedEnd(end, nodeId, asked, link, link is null ? null : new Port(nodeId, link.LocalId));
        }

        if (_found.PortByNameOfOurs(nodeId, end.Port) is { } named)
            return new ResolvedEnd(end, nodeId, null, null, named, $"{end.Node} was not asked: its {end.Port} is taken for Interface_Id {named.Id}, the remote-id of the data link of that name");
        return new ResolvedEnd(end, nodeId, null, null, Number(end.Port) is { } id ? new Port(nodeId, id) : null);
    }

    private static LinkIdentifier? Number(string port) =>
        Addresses.LinkIdentifier(port) is { Problem: null, Value: var id } ? Hosting.Http.ApiWords.Of(id) : null;
}
