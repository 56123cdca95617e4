using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>Reads plans of the cabling: containerlab's YAML, or Graphviz DOT as Cumulus PTM has it. Which of the two is seen from the content.</summary>
internal static class PlanReader
{
    /// <summary>Reads a file; the plan is null if there are errors.</summary>
    public static (CablingPlan? Plan, IReadOnlyList<ConfigurationError> Errors) Load(string path)
    {
        var findings = new Findings(path);
        return ConfigurationFile.Read(path, findings) is { } text ? Parse(text, path, findings) : (null, findings.ToResult(null).Errors);
    }

    /// <summary>Reads a text.</summary>
    public static (CablingPlan? Plan, IReadOnlyList<ConfigurationError> Errors) Parse(string text, string fileName) => Parse(text, fileName, new Findings(fileName));

    private static (CablingPlan?, IReadOnlyList<ConfigurationError>) Parse(string text, string file, Findings findings)
    {
        if (text.StartsWith('\uFEFF')) text = text[1..];
        var builder = new PlanBuilder(findings);
        var content = DotTokens.SkipBlank(text);
        if (content.IsEmpty) findings.Error(Position.Start, "the file is empty; a plan has links: with endpoints:, or is a Graphviz graph { ... }");
        else if (IsDot(content)) DotPlanReader.Read(text, builder, findings);
        else YamlPlanReader.Read(text, builder, findings);
        if (builder.Links.Count == 0 && !findings.HasErrors) findings.Error(Position.Start, "the plan has no link: nothing could be compared with it");
        return (findings.HasErrors ? null : new CablingPlan(file, builder.Links), findings.ToResult(null).Errors);
    }

    // "graph: ..." is a key of YAML, "graph {" and "strict graph G {" are not.
    private static bool IsDot(ReadOnlySpan<char> content)
    {
        foreach (var word in (string[])["strict", "graph", "digraph"])
        {
            if (!content.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = content[word.Length..];
            return rest.IsEmpty || rest[0] == '{' || (char.IsWhiteSpace(rest[0]) && !rest.TrimStart().StartsWith(":"));
        }

        return false;
    }
}
