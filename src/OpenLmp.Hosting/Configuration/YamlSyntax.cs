namespace OpenLmp.Hosting;

/// <summary>The parser's complaints, in words that help to mend the file.</summary>
internal static class YamlSyntax
{
    public static readonly string TooDeep = $"nested more than {YamlTreeReader.MaxDepth} deep; no configuration is";

    private static readonly (string Complaint, string Explanation)[] Explanations =
    [
        (TooDeep, TooDeep),
        ("found invalid mapping", "a colon that begins a mapping where none can be; put a text with \": \" in quotes, and indent a key like its neighbours"),
        ("found invalid tab", "a tab where YAML wants spaces"),
        ("cannot start any token", "a text cannot begin with this character; put it in quotes"),
        ("unknown escape character", "a backslash in double quotes that escapes nothing known; write \\\\ for a backslash"),
        ("quoted scalar", "a quote that is not closed"),
        ("while parsing a flow mapping", "a { that is not closed, or a comma missing before this place"),
        ("while parsing a flow sequence", "a [ that is not closed, or a comma missing before this place"),
        ("did not find expected node content", "a value is missing here, or a bracket is not closed"),
        ("expected '-' indicator", "this is indented like the list above, but does not begin with \"- \""),
        ("did not find expected key", "this is not indented like the keys above, or follows a closed quote or bracket"),
        ("document end", "something follows the end of the text above; quote it, or check its indentation"),
        ("could not find expected ':'", "a key without a colon and a space behind it"),
    ];

    /// <summary>What to tell the user for a complaint of the parser.</summary>
    public static string Explain(string complaint)
    {
        foreach (var (part, explanation) in Explanations)
            if (complaint.Contains(part, StringComparison.OrdinalIgnoreCase)) return Prefix(explanation);
        return Prefix(complaint.Length == 0 ? "a bracket or quote is probably not closed, here or above" : complaint.TrimEnd('.'));
    }

    private static string Prefix(string explanation) => "not valid YAML: " + explanation;
}
