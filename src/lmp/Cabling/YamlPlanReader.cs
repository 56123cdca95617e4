using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>
/// Reads the links of containerlab's topology files, and of lab files: <c>topology: {links: [{endpoints: ["oxc1:1", "oxc2:1"]}]}</c>, or <c>links:</c>
/// at the top. Other keys are for others: kinds, images, bandwidths.
/// </summary>
internal static class YamlPlanReader
{
    private const string Example = "endpoints: [\"oxc1:1\", \"oxc2:1\"]";

    public static void Read(string text, PlanBuilder builder, Findings findings)
    {
        var tree = YamlTreeReader.Read(text, findings);
        if (tree is null or YamlRefused) return;
        if (tree is not YamlMapping root)
        {
            findings.Error(tree.At, $"a plan has links: with endpoints:, or is a Graphviz graph {{ ... }}; this is {tree.Kind}");
            return;
        }

        var topology = Find(root, "topology", findings);
        if (topology is { } entry && entry.Value is not (YamlMapping or YamlRefused))
            findings.Error(entry.At, $"topology: links: is expected below it, not {entry.Value.Kind}");
        var below = topology?.Value is YamlMapping mapping ? Find(mapping, "links", findings) : null;
        var top = Find(root, "links", findings);
        if (below is null && top is null && !findings.HasErrors) findings.Error(topology?.At ?? root.At, $"links: is missing; add it, such as links: [ {{{Example}}} ]");
        foreach (var links in (YamlEntry?[])[top, below])
            if (links is { } given) ReadLinks(given, builder, findings);
    }

    private static void ReadLinks(YamlEntry links, PlanBuilder builder, Findings findings)
    {
        if (links.Value is YamlRefused or YamlScalar { IsEmpty: true }) return;
        if (links.Value is not YamlSequence list)
        {
            findings.Error(links.Value.At, $"links: a list is expected here, not {links.Value.Kind}; begin each link with - {Example}");
            return;
        }

        foreach (var item in list.Items) ReadLink(item, builder, findings);
    }

    private static void ReadLink(YamlNode item, PlanBuilder builder, Findings findings)
    {
        if (item is YamlRefused) return;
        if (item is not YamlMapping link || Find(link, "endpoints", findings) is not { } endpoints)
        {
            findings.Error(item.At, $"a link has two ends; write it as - {Example}");
            return;
        }

        if (endpoints.Value is not YamlSequence { Items.Count: 2 } pair)
        {
            findings.Error(endpoints.At, $"endpoints: a link has two; write {Example}");
            return;
        }

        if (ReadEnd(pair.Items[0], findings) is { } a && ReadEnd(pair.Items[1], findings) is { } b) builder.Add(a, b);
    }

    private static EndText? ReadEnd(YamlNode node, Findings findings)
    {
        switch (node)
        {
            case YamlRefused:
                return null;
            case YamlScalar scalar when EndText.Parse(scalar.Text, node.At) is { } end:
                return end;
            // containerlab's other form of an end.
            case YamlMapping mapping when Text(mapping, "node", findings) is { } name && Text(mapping, "interface", findings) is { } port:
                return new EndText(name, port, node.At);
            default:
                var what = node is YamlScalar { Text: var text } ? Findings.Quote(text) : node.Kind;
                findings.Error(node.At, $"endpoints: {what} is no end of a link; write node:port in quotes, such as \"oxc1:1\", or \"*:*\" for any");
                return null;
        }
    }

    private static string? Text(YamlMapping mapping, string key, Findings findings) =>
        Find(mapping, key, findings)?.Value is YamlScalar { IsEmpty: false } scalar ? scalar.Text : null;

    private static YamlEntry? Find(YamlMapping mapping, string key, Findings findings)
    {
        YamlEntry? found = null;
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key != key) continue;
            if (found is { } first) findings.Error(entry.At, $"{key}: already given at line {first.At.Line}; keep one of the two");
            else found = entry;
        }

        return found;
    }
}
