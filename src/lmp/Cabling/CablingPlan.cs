using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>A plan of the cabling, ranges written out.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Links">The links, in the order of the file.</param>
internal sealed record CablingPlan(string File, IReadOnlyList<PlannedLink> Links);

/// <summary>A cable of the plan: a pair of fibres. At most one of its ends has wildcards.</summary>
/// <param name="A">The end that is written first.</param>
/// <param name="B">The other end.</param>
internal sealed record PlannedLink(PlannedEnd A, PlannedEnd B)
{
    /// <summary>The line of the file it stands in.</summary>
    public int Line => A.At.Line;

    public override string ToString() => $"{A} - {B}";

    /// <summary>The end that is not this one.</summary>
    public PlannedEnd Opposite(PlannedEnd end) => end == A ? B : A;
}

/// <summary>An end of a planned cable.</summary>
/// <param name="Node">The node's name or Node_Id; or a pattern with <c>*</c>.</param>
/// <param name="Port">The port's name or Interface_Id; or a pattern with <c>*</c>.</param>
/// <param name="At">Where it stands.</param>
internal sealed record PlannedEnd(string Node, string Port, Position At)
{
    private const char Wildcard = '*';

    /// <summary>Whether the node is a pattern.</summary>
    public bool IsNodePattern => Node.Contains(Wildcard);

    /// <summary>Whether node or port are patterns.</summary>
    public bool IsPattern => IsNodePattern || IsAnyPort || Port.Contains(Wildcard);

    /// <summary>Whether every port will do.</summary>
    public bool IsAnyPort => Port is "*";

    public override string ToString() => $"{Node}:{Port}";

    /// <summary>Whether the node's pattern fits a name.</summary>
    public bool FitsNode(string name) => Fits(Node, name);

    /// <summary>Whether the port's pattern fits a name.</summary>
    public bool FitsPort(string name) => Fits(Port, name);

    // The usual walk with one step back to the last star: linear but for the worst patterns, and never exponential.
    private static bool Fits(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Wildcard) (star, mark) = (p++, t);
            else if (p < pattern.Length && pattern[p] == text[t]) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t) = (star + 1, ++mark);
            else return false;
        }

        return pattern.AsSpan(p).TrimStart(Wildcard).IsEmpty;
    }
}
