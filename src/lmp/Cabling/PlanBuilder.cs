using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>An end as a plan writes it: ranges not yet written out.</summary>
/// <param name="Node">The node.</param>
/// <param name="Port">The port.</param>
/// <param name="At">Where it stands.</param>
internal readonly record struct EndText(string Node, string Port, Position At)
{
    public override string ToString() => $"{Node}:{Port}";

    /// <summary>Takes <c>node:port</c> apart at the first colon: Interface_Ids may be IPv6 addresses.</summary>
    public static EndText? Parse(string text, Position at)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && colon < text.Length - 1 ? new EndText(text[..colon].Trim(), text[(colon + 1)..].Trim(), at) : null;
    }
}

/// <summary>Puts a plan's links together, whatever it is written in: writes ranges out, and tells what is there twice.</summary>
internal sealed class PlanBuilder(Findings findings)
{
    private const int MaxLinks = 100_000;

    private readonly List<PlannedLink> _links = [];
    private readonly Dictionary<(string Node, string Port), PlannedLink> _taken = [];

    public IReadOnlyList<PlannedLink> Links => _links;

    /// <summary>Adds a link, or as many as its ranges have elements.</summary>
    public void Add(EndText a, EndText b)
    {
        if (PortRange.Expand(a, findings) is not { } endsA || PortRange.Expand(b, findings) is not { } endsB) return;
        if (endsA[0].IsPattern && endsB[0].IsPattern)
        {
            findings.Error(b.At, $"{a} - {b}: both ends have wildcards; only one can have them, write the ports of the other out, such as \"oxc1:[1-8]\"");
            return;
        }

        // A wildcard takes as many ports as there are.
        if (endsA.Count == 1 && endsA[0].IsPattern) endsA = [.. Enumerable.Repeat(endsA[0], endsB.Count)];
        else if (endsB.Count == 1 && endsB[0].IsPattern) endsB = [.. Enumerable.Repeat(endsB[0], endsA.Count)];
        if (endsA.Count != endsB.Count)
        {
            findings.Error(b.At, $"{a} is {Count(endsA)}, {b} {Count(endsB)}; ranges are paired element by element, so both need the same length");
            return;
        }

        if (_links.Count + endsA.Count > MaxLinks)
        {
            findings.Error(a.At, $"a plan has at most {MaxLinks} links");
            return;
        }

        // One error is enough for a range: the others would say the same.
        foreach (var (endA, endB) in endsA.Zip(endsB))
            if (!Add(new PlannedLink(endA, endB))) return;
    }

    private bool Add(PlannedLink link)
    {
        var (a, b) = (link.A, link.B);
        if (a.Node == b.Node)
        {
            findings.Error(b.At, $"{link}: both ends are on {a.Node}; a link joins two nodes");
            return false;
        }

        foreach (var end in (PlannedEnd[])[a, b])
        {
            if (end.IsPattern || !_taken.TryGetValue((end.Node, end.Port), out var other)) continue;
            var same = (Same(other.A, a) && Same(other.B, b)) || (Same(other.A, b) && Same(other.B, a));
            findings.Error(end.At, same
                ? $"{link}: this link is at line {other.Line} already; remove one of the two, lines {other.Line} and {end.At.Line}"
                : $"{end} is used at line {other.Line} already ({other}), and here at line {end.At.Line}; a port takes one cable");
            return false;
        }

        foreach (var end in (PlannedEnd[])[a, b])
            if (!end.IsPattern) _taken.Add((end.Node, end.Port), link);
        _links.Add(link);
        return true;
    }

    private static bool Same(PlannedEnd x, PlannedEnd y) => x.Node == y.Node && x.Port == y.Port;

    private static string Count(List<PlannedEnd> ends) => ends.Count == 1 ? "1 port" : $"{ends.Count} ports";
}
