using OpenLmp.Hosting;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// Reads lab files: containerlab's shape (<c>name</c>, <c>topology</c> with <c>nodes</c> and <c>links</c>), and <c>lsps</c>, <c>faults</c> and
/// <c>story</c> beside it. Errors with their places.
/// </summary>
internal sealed class LabFileReader
{
    private const int MaxNodes = 250;

    private readonly Findings _findings;
    private readonly Dictionary<string, LabNode> _nodes = new(StringComparer.Ordinal);

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
        var root = new Section(mapping, "lab", _findings, "name", "topology", "lsps", "faults", "story");
        var name = root.Required("name", Conversions.Name, "line-of-four");
        if (mapping.Entries.FirstOrDefault(e => e.Key == "topology").Value is not YamlMapping topology)
        {
            _findings.Error(root.KeyAt("topology"), "topology: nodes: and links: are expected below it");
            return null;
        }

        var section = new Section(topology, "topology", _findings, "nodes", "links");
        if (topology.Entries.FirstOrDefault(e => e.Key == "nodes").Value is YamlMapping nodes) ReadNodes(nodes);
        else _findings.Error(section.KeyAt("nodes"), "nodes: the nodes' names are expected below it, each followed by a colon");

        var links = new LabLinkReader(_findings, _nodes).ReadAll(section);
        if (links.Count == 0 && !_findings.HasErrors) _findings.Error(section.KeyAt("links"), "links: there are none; add one, such as - endpoints: [\"oxc1:1\", \"oxc2:1\"]");
        // What is wrong above would only be told again by what refers to it.
        if (_findings.HasErrors) return null;
        return LabPlanReader.Read(root, new LabTopology(name.Value, [.. _nodes.Values], links), _findings);
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
        var (isOld, isLineSystem) = (false, false);
        if (entry.Value is YamlMapping mapping)
        {
            // kind and image are containerlab's: every node of a lab is one of ours.
            var section = new Section(mapping, "node", _findings, "node-id", "kind", "image", "behavior-negotiation", "line-system");
            id = section.Optional("node-id", Addresses.NodeIdentifier, id).Value;
            isOld = !section.Optional("behavior-negotiation", Conversions.Boolean, true).Value;
            isLineSystem = section.Optional("line-system", Conversions.Boolean, false).Value;
        }
        else if (entry.Value is not (YamlScalar { IsEmpty: true } or YamlRefused))
        {
            _findings.Error(entry.Value.At, $"{name}: keys such as node-id: are expected here, or nothing");
        }

        if (_nodes.Values.FirstOrDefault(n => n.NodeId == id) is { } other) _findings.Error(entry.At, $"{name}: Node_Id {id} is that of {other.Name}");
        _nodes.Add(name, new LabNode(name, number, id) { IsOld = isOld, IsLineSystem = isLineSystem });
    }
}
