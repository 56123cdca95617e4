using OpenLmp.Hosting;

namespace OpenLmp.Cli.Lab;

/// <summary>What a lab file's plan may refer to by name.</summary>
internal sealed class LabNames(Findings findings, LabTopology topology)
{
    private readonly Dictionary<string, LabPort> _ports = topology.Links.SelectMany(l => l.Ends).ToDictionary(e => e.Here.ToString(), e => e.Here);

    /// <summary>A port of a link.</summary>
    public Converted<LabPort> Port(string text) => _ports.TryGetValue(text, out var port) ? port
        : new Wrong($"{Findings.Quote(text)} is no port of a link in links:; write node:port, such as \"{_ports.Keys.FirstOrDefault("oxc1:1")}\"");

    /// <summary>A node.</summary>
    public Converted<LabNode> Node(string text) => topology.Nodes.FirstOrDefault(n => n.Name == text) is { } node ? node
        : new Wrong($"there is no node {Findings.Quote(text)} in nodes:; {Suggestion.For(text, [.. topology.Nodes.Select(n => n.Name)], "the nodes are")}");

    /// <summary>The name of a span that carries links.</summary>
    public Converted<string> Span(string text)
    {
        string[] spans = [.. topology.Links.Select(l => l.Span).OfType<string>().Distinct()];
        return spans.Contains(text) ? text
            : new Wrong($"no link in links: has span: {Findings.Quote(text)}; {Suggestion.For(text, spans, "the spans are")}; or write the two ports of a link");
    }

    /// <summary>Two ports; null if they are not two (told).</summary>
    public (Field<LabPort> A, Field<LabPort> B)? TwoPorts(Section section, string key, string example)
    {
        var ports = section.Convert(key, Port).ToList();
        if (ports.Count != 2) findings.Error(section.KeyAt(key), $"{key}: two ports are expected, such as {example}");
        return ports is [{ IsValid: true } a, { IsValid: true } b] ? (a, b) : null;
    }

    /// <summary>In words: why nothing can happen to the fibres of a link; null: it has some.</summary>
    public static string? NoFibres(LabLink link) => link.Through is null ? null : $"{link} goes through line systems, and has no fibres; name a link on its way";

    /// <summary>The end of a link that knows nothing of extensions, if there is one.</summary>
    public static LabNode? OldNodeOf(LabLink link) => link.A.Node.IsOld ? link.A.Node : link.B.Node.IsOld ? link.B.Node : null;

    /// <summary>In words: two ports are not the ends of one link.</summary>
    public string NoLink(LabPort a, LabPort b) => $"there is no link {a} - {b}; {a} is joined to {topology.Other(a)}";
}
