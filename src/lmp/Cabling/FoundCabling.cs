// RFC 4204 §5
using OpenLmp.Api;

namespace OpenLmp.Cli.Cabling;

/// <summary>
/// What the nodes that were asked know of the fibres: each fibre leads from the port that transmits into it to the port that receives from it. A data link
/// is a pair of them, and each can be wrong by itself.
/// </summary>
internal sealed class FoundCabling
{
    private readonly Dictionary<string, AskedNode> _asked = [];
    private readonly Dictionary<string, string> _nodeIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<Port, DataLinkInfo> _dataLinks = [];
    private readonly List<(Port From, Port To)> _fibres = [];
    private readonly ILookup<Port, Port> _to;
    private readonly ILookup<Port, Port> _from;

    public FoundCabling(IEnumerable<AskedNode> nodes)
    {
        foreach (var node in nodes) _asked.TryAdd(node.Node.NodeId, node);
        foreach (var node in _asked.Values)
        {
            Name(node.Node.Name, node.Node.NodeId);
            if (node.Alias is { } alias) Name(alias, node.Node.NodeId);
        }

        // What neighbours call a node counts where nobody is called that himself.
        foreach (var neighbor in _asked.Values.SelectMany(n => n.Neighbors)) Name(neighbor.Name, neighbor.NodeId);
        foreach (var nodeId in _nodeIds.Values.ToList()) _nodeIds.TryAdd(nodeId, nodeId);
        foreach (var node in _asked.Values)
            foreach (var link in node.DataLinks) Add(node, link);
        _to = _fibres.Distinct().ToLookup(f => f.From, f => f.To);
        _from = _fibres.Distinct().ToLookup(f => f.To, f => f.From);
    }

    /// <summary>The nodes that were asked and answered, each once.</summary>
    public IReadOnlyCollection<AskedNode> Nodes => _asked.Values;

    /// <summary>Every fibre found, once.</summary>
    public IEnumerable<(Port From, Port To)> Fibres => _fibres.Distinct();

    /// <summary>Where what a port transmits arrives: one place, unless nodes contradict one another.</summary>
    public IEnumerable<Port> To(Port port) => _to[port];

    /// <summary>Where what a port receives comes from.</summary>
    public IEnumerable<Port> From(Port port) => _from[port];

    /// <summary>The Node_Id of a node that a plan names; null where no node that answered knows it.</summary>
    public string? NodeIdOf(string name) => _nodeIds.GetValueOrDefault(name);

    /// <summary>The node, if it answered.</summary>
    public AskedNode? Asked(string nodeId) => _asked.GetValueOrDefault(nodeId);

    /// <summary>Every name of a node.</summary>
    public IEnumerable<string> NamesOf(string nodeId) => _nodeIds.Where(n => n.Value == nodeId).Select(n => n.Key).DefaultIfEmpty(nodeId);

    /// <summary>The node's name for people.</summary>
    public string NameOf(string nodeId) => _names.GetValueOrDefault(nodeId, nodeId);

    /// <summary>The data link at a port; null where its node was not asked, or has none.</summary>
    public DataLinkInfo? DataLinkAt(Port port) => _dataLinks.GetValueOrDefault(port);

    /// <summary>Every name of a port: its Interface_Id is all that is known of a node that was not asked.</summary>
    public IEnumerable<string> NamesOf(Port port)
    {
        yield return port.Id.ToString();
        if (DataLinkAt(port) is not { } link) yield break;
        yield return link.Name;
        if (link.Interface is { } name) yield return name;
    }

    /// <summary>
    /// The port of a node that was not asked, by a name: where both ends give a data link the same name, it is the one that ours is configured to end at.
    /// </summary>
    public Port? PortByNameOfOurs(string nodeId, string port)
    {
        foreach (var node in _asked.Values)
        {
            var link = node.DataLinks.FirstOrDefault(l => l.Name == port && node.NodeIdOf(l.Neighbor) == nodeId);
            if (link?.ConfiguredRemoteId is { } id) return new Port(nodeId, id);
        }

        return null;
    }

    private void Name(string name, string nodeId)
    {
        _nodeIds.TryAdd(name, nodeId);
        _names.TryAdd(nodeId, name);
    }

    private void Add(AskedNode node, DataLinkInfo link)
    {
        var here = new Port(node.Node.NodeId, link.LocalId);
        var neighbor = node.NodeIdOf(link.Neighbor);
        _dataLinks[here] = link;
        if (link.FoundTransmit is { } to) _fibres.Add((here, new Port(neighbor, to)));
        if (link.FoundReceive is { } from) _fibres.Add((new Port(neighbor, from), here));
    }
}
