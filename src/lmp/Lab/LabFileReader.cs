using OpenLmp.Hosting;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// Reads lab files: containerlab's shape (<c>name</c>, <c>topology</c> with <c>nodes</c> and <c>links</c>), and <c>lsps</c> and <c>faults</c> beside it.
/// Errors with their places.
/// </summary>
internal sealed class LabFileReader
{
    private const int MaxNodes = 250;
    private const float DefaultBandwidth = 1.25e9f;

    private readonly Findings _findings;
    private readonly Dictionary<string, LabNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(LabNode Node, string Port), Position> _ports = [];
    private readonly List<LabLink> _links = [];
    private readonly Dictionary<LabNode, HashSet<uint>> _interfaceIds = [];

    private LabFileReader(Findings findings) => _findings = findings;

    /// <summary>Reads a file; the topology is null if there are errors.</summary>
    public static (LabTopology? Topology, IReadOnlyList<ConfigurationError> Errors) Load(string path)
    {
        var findings = new Findings(path);
        return ConfigurationFile.Read(path, findings) is { } text ? Parse(text, findings) : (null, findings.ToResult(null).Errors);
    }

    /// <summary>Reads a text.</summary>
    public static (LabTopology? Topology, IReadOnlyList<ConfigurationError> Errors) Parse(string text, string fileName) => Parse(text, new Findings(fileName));

    private static (LabTopology?, IReadOnlyList<ConfigurationError>) Parse(string text, Findings findings)
    {
        LabTopology? topology = null;
        var tree = YamlTreeReader.Read(text, findings);
        if (tree is YamlMapping root) topology = new LabFileReader(findings).ReadRoot(root);
        else if (tree is not null and not YamlRefused) findings.Error(tree.At, $"a lab begins with name: and topology:, this is {tree.Kind}");
        return (findings.HasErrors ? null : topology, findings.ToResult(null).Errors);
    }

    private LabTopology? ReadRoot(YamlMapping mapping)
    {
        var root = new Section(mapping, "lab", _findings, "name", "topology", "lsps", "faults");
        var name = root.Required("name", Conversions.Name, "line-of-four");
        if (mapping.Entries.FirstOrDefault(e => e.Key == "topology").Value is not YamlMapping topology)
        {
            _findings.Error(root.KeyAt("topology"), "topology: nodes: and links: are expected below it");
            return null;
        }

        var section = new Section(topology, "topology", _findings, "nodes", "links");
        if (topology.Entries.FirstOrDefault(e => e.Key == "nodes").Value is YamlMapping nodes) ReadNodes(nodes);
        else _findings.Error(section.KeyAt("nodes"), "nodes: the nodes' names are expected below it, each followed by a colon");

        foreach (var link in section.Children("links", "link", "endpoints", "bandwidth"))
            if (ReadLink(link) is { } read) _links.Add(read);
        if (_links.Count == 0 && !_findings.HasErrors) _findings.Error(section.KeyAt("links"), "links: there are none; add one, such as - endpoints: [\"oxc1:1\", \"oxc2:1\"]");
        // What is wrong above would only be told again by what refers to it.
        if (_findings.HasErrors) return null;
        return new LabPlanReader(_findings, _links).Read(root, new LabTopology(name.Value, [.. _nodes.Values], _links));
    }

    private void ReadNodes(YamlMapping nodes)
    {
        foreach (var entry in nodes.Entries)
        {
            var (name, problem) = Conversions.Name(entry.Key);
            if (problem is not null) _findings.Error(entry.At, $"nodes: {problem}");
            else if (_nodes.ContainsKey(name)) _findings.Error(entry.At, $"nodes: {name} is there twice; remove one");
            else if (_nodes.Count == MaxNodes) _findings.Error(entry.At, $"nodes: a lab has at most {MaxNodes}");
            else ReadNode(entry, name);
        }
    }

    private void ReadNode(YamlEntry entry, string name)
    {
        var number = _nodes.Count + 1;
        var id = new NodeId(0x0A000000 + (uint)number);
        if (entry.Value is YamlMapping mapping)
        {
            // kind and image are containerlab's: every node of a lab is one of ours.
            id = new Section(mapping, "node", _findings, "node-id", "kind", "image").Optional("node-id", Addresses.NodeIdentifier, id).Value;
        }
        else if (entry.Value is not (YamlScalar { IsEmpty: true } or YamlRefused))
        {
            _findings.Error(entry.Value.At, $"{name}: keys such as node-id: are expected here, or nothing");
        }

        if (_nodes.Values.FirstOrDefault(n => n.NodeId == id) is { } other) _findings.Error(entry.At, $"{name}: Node_Id {id} is that of {other.Name}");
        var node = new LabNode(name, number, id);
        _nodes.Add(name, node);
        _interfaceIds.Add(node, []);
    }

    private LabLink? ReadLink(Section section)
    {
        var endpoints = section.Convert("endpoints", Endpoint).ToList();
        if (endpoints.Count != 2)
        {
            _findings.Error(section.KeyAt("endpoints"), "endpoints: a link has two, such as [\"oxc1:1\", \"oxc2:1\"]");
            return null;
        }

        // One bandwidth for the link, or one for each end: to plant a disagreement.
        var bandwidths = section.ItemCount("bandwidth") is > 0 and var count
            ? section.Convert("bandwidth", Conversions.Rate).Select(f => f.Value).ToList()
            : [section.Optional("bandwidth", Conversions.Rate, DefaultBandwidth).Value];
        if (bandwidths.Count > 2) _findings.Error(section.KeyAt("bandwidth"), "bandwidth: one value, or a list of two: one for each end");
        if (endpoints.Any(e => !e.IsValid)) return null;

        var (a, b) = (endpoints[0], endpoints[1]);
        if (a.Value.Node == b.Value.Node)
        {
            _findings.Error(b.At, $"endpoints: both are on {a.Value.Node.Name}; a link joins two nodes");
            return null;
        }

        return Claim(a) is { } idA && Claim(b) is { } idB
            ? new LabLink(new LabPort(a.Value.Node, a.Value.Port, idA, bandwidths[0]), new LabPort(b.Value.Node, b.Value.Port, idB, bandwidths[^1]))
            : null;
    }

    private Converted<(LabNode Node, string Port)> Endpoint(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1) return new Wrong($"{Findings.Quote(text)} is no endpoint; write node:port, such as \"oxc1:1\"");
        var (port, problem) = Conversions.Name(text[(colon + 1)..]);
        if (problem is not null) return new Wrong(problem);
        return _nodes.TryGetValue(text[..colon], out var node) ? (node, port) : new Wrong($"there is no node {Findings.Quote(text[..colon])} in nodes:");
    }

    // The Interface_Id is the port's number where the name ends in one ("3", "eth3"), otherwise the next free one.
    private uint? Claim(Field<(LabNode Node, string Port)> endpoint)
    {
        var (node, port) = endpoint.Value;
        if (!_ports.TryAdd((node, port), endpoint.At))
        {
            _findings.Error(endpoint.At, $"endpoints: port {port} of {node.Name} is in use already, at line {_ports[(node, port)].Line}");
            return null;
        }

        var digits = port.AsSpan(port.AsSpan().TrimEnd("0123456789").Length);
        var ids = _interfaceIds[node];
        if (!uint.TryParse(digits, out var id) || id == 0 || !ids.Add(id))
            for (id = 1; !ids.Add(id);) id++;
        return id;
    }
}
