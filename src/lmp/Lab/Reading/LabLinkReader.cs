using OpenLmp.Hosting;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>Reads <c>links</c> of a lab file.</summary>
internal sealed class LabLinkReader(Findings findings, IReadOnlyDictionary<string, LabNode> nodes)
{
    private const float DefaultBandwidth = 1.25e9f;

    private static readonly string[] Keys = ["endpoints", "bandwidth", "switching-type", "encoding", "trace", "span", "through", .. DataLinkSection.PropertyKeys];

    private readonly Dictionary<(LabNode Node, string Port), Position> _ports = [];
    private readonly Dictionary<LabNode, HashSet<uint>> _interfaceIds = [];

    /// <summary>The links that can be used; what is wrong is told.</summary>
    public List<LabLink> ReadAll(Section topology)
    {
        var read = topology.Children("links", "link", Keys).Select(s => (Section: s, Link: Read(s))).Where(r => r.Link is not null).Select(r => (r.Section, Link: r.Link!)).ToList();
        if (!read.Exists(r => r.Section.Has("through"))) return [.. read.Select(r => r.Link)];

        // What a link can go through is known once all of them are.
        var known = new LabTopology("", [.. nodes.Values], [.. read.Where(r => !r.Section.Has("through")).Select(r => r.Link)]);
        var paths = new LabPathReader(findings, known, new LabNames(findings, known));
        var users = new Dictionary<LabLink, LabLink>();
        return [.. read.Select(r => r.Section.Has("through") ? r.Link with { Through = ReadThrough(r.Section, r.Link, paths, users) } : r.Link)];
    }

    // RFC 4209 §2.2: from the one end's port that leads to a line system to the other's.
    private LabPath? ReadThrough(Section section, LabLink link, LabPathReader paths, Dictionary<LabLink, LabLink> users)
    {
        foreach (var key in (string[])["span", "trace"])
            if (section.Has(key)) findings.Error(section.KeyAt(key), $"{key}: {link} goes through other links, and has no fibres; write it there");
        var path = paths.Read(section, "through", link.ToString(), part => users.TryAdd(part, link) ? null : $"{users[part]} goes through {part} already; it carries one wavelength");
        if (path is null) return null;
        var (first, last) = (path.Links[0], path.Links[^1]);
        if (path.CrossConnects.Count == 0 || path.CrossConnects.Any(c => !c.In.Node.IsLineSystem))
            findings.Error(section.KeyAt("through"), "through: it goes through line systems; add line-system: true to the nodes between the first port and the last");
        else if (!first.Ends.Any(e => e.Here.Node == link.A.Node) || !last.Ends.Any(e => e.Here.Node == link.B.Node) || link.A.Node.IsLineSystem || link.B.Node.IsLineSystem)
            findings.Error(section.KeyAt("through"), $"through: {link} begins at {link.A.Node.Name} and ends at {link.B.Node.Name}, which are no line systems; so has the way through them");
        else
            return path;
        return null;
    }

    private LabLink? Read(Section section)
    {
        var endpoints = section.Convert("endpoints", Endpoint).ToList();
        if (endpoints.Count != 2)
        {
            findings.Error(section.KeyAt("endpoints"), "endpoints: a link has two, such as [\"oxc1:1\", \"oxc2:1\"]");
            return null;
        }

        // One bandwidth for the link, or one for each end: to plant a disagreement.
        var bandwidths = section.ItemCount("bandwidth") is > 0 and var count
            ? section.Convert("bandwidth", Conversions.Rate).Select(f => f.Value).ToList()
            : [section.Optional("bandwidth", Conversions.Rate, DefaultBandwidth).Value];
        if (bandwidths.Count > 2) findings.Error(section.KeyAt("bandwidth"), "bandwidth: one value, or a list of two: one for each end");
        if (endpoints.Any(e => !e.IsValid)) return null;

        var (a, b) = (endpoints[0], endpoints[1]);
        if (a.Value.Node == b.Value.Node)
        {
            findings.Error(b.At, $"endpoints: both are on {a.Value.Node.Name}; a link joins two nodes");
            return null;
        }

        if (Claim(a) is not { } idA || Claim(b) is not { } idB) return null;
        var link = new LabLink(new LabPort(a.Value.Node, a.Value.Port, idA, bandwidths[0]), new LabPort(b.Value.Node, b.Value.Port, idB, bandwidths[^1]));
        link = link with
        {
            SwitchingType = section.Optional("switching-type", Conversions.Switching, link.SwitchingType).Value,
            Encoding = section.Optional("encoding", Conversions.EncodingName, link.Encoding).Value,
            Span = section.OptionalText("span", Conversions.Name).Value,
            Properties = DataLinkSection.WithProperties(link.Properties, section),
        };
        return link with { Traces = ReadTraces(section, link) };
    }

    // The texts that the two ends are to send, in the order of the endpoints.
    private List<LabTraceStep> ReadTraces(Section link, LabLink of)
    {
        if (link.Child("trace", "type", "send") is not { } section) return [];
        if (of.Encoding != EncodingType.Sdh)
            findings.Error(link.KeyAt("trace"), "trace: only SONET and SDH have trace messages (RFC 4207 §3); add encoding: sdh to the link");
        else if (LabNames.OldNodeOf(of) is { } old)
            findings.Error(link.KeyAt("trace"), $"trace: {old.Name} has behavior-negotiation: false, and knows nothing of traces; remove it");
        var type = section.Optional("type", LabConversions.Trace, TraceType.SonetJ0).Value;
        var texts = section.Convert("send", LabConversions.TraceMessage).ToList();
        if (texts.Count != 2) findings.Error(section.KeyAt("send"), "send: two texts are expected, one for each end, such as [\"oxc1-1\", \"oxc2-1\"]");
        return texts is [{ IsValid: true } a, { IsValid: true } b]
            ? [new(TimeSpan.Zero, of.A, type, a.Value, LabTraceOrder.Send), new(TimeSpan.Zero, of.B, type, b.Value, LabTraceOrder.Send)]
            : [];
    }

    private Converted<(LabNode Node, string Port)> Endpoint(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1) return new Wrong($"{Findings.Quote(text)} is no endpoint; write node:port, such as \"oxc1:1\"");
        var (port, problem) = Conversions.Name(text[(colon + 1)..]);
        if (problem is not null) return new Wrong(problem);
        return nodes.TryGetValue(text[..colon], out var node) ? (node, port) : new Wrong($"there is no node {Findings.Quote(text[..colon])} in nodes:");
    }

    // The Interface_Id is the port's number where the name ends in one ("3", "eth3"), otherwise the next free one.
    private uint? Claim(Field<(LabNode Node, string Port)> endpoint)
    {
        var (node, port) = endpoint.Value;
        if (!_ports.TryAdd((node, port), endpoint.At))
        {
            findings.Error(endpoint.At, $"endpoints: port {port} of {node.Name} is in use already, at line {_ports[(node, port)].Line}");
            return null;
        }

        var digits = port.AsSpan(port.AsSpan().TrimEnd("0123456789").Length);
        if (!_interfaceIds.TryGetValue(node, out var ids)) _interfaceIds.Add(node, ids = []);
        if (!uint.TryParse(digits, out var id) || id == 0 || !ids.Add(id))
            for (id = 1; !ids.Add(id);) id++;
        return id;
    }
}
