// https://graphviz.org/doc/info/lang.html, and of it what topology.dot of Cumulus PTM has
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>
/// Reads a graph whose edges join ports: <c>"leaf1":"swp1" -- "spine1":"swp1";</c>. Attributes and nodes without edges say nothing about the cabling and
/// are passed over; subgraphs are groups for drawing.
/// </summary>
internal sealed class DotPlanReader
{
    private const int MaxDepth = 20;
    private const string Example = "write \"leaf1\":\"swp1\" -- \"spine1\":\"swp1\"";

    private readonly DotTokens _tokens;
    private readonly PlanBuilder _builder;
    private readonly Findings _findings;
    private DotToken _token;

    private DotPlanReader(string text, PlanBuilder builder, Findings findings)
    {
        (_tokens, _builder, _findings) = (new DotTokens(text), builder, findings);
        Move();
    }

    public static void Read(string text, PlanBuilder builder, Findings findings)
    {
        try
        {
            new DotPlanReader(text, builder, findings).ReadGraph();
        }
        catch (DotSyntaxException e)
        {
            findings.Error(e.At, $"not valid DOT: {e.Message}");
        }
    }

    private void ReadGraph()
    {
        if (_token.IsKeyword("strict")) Move();
        if (_token.IsKeyword("digraph")) throw Refuse("a cable has no direction; write graph in place of digraph, and -- in place of ->");
        if (!_token.IsKeyword("graph")) throw Refuse($"graph is expected here, not {_token}");
        Move();
        if (_token.IsName) Move();
        ReadStatements(0);
        if (_token.Kind != DotKind.End) throw Refuse($"{_token} follows the end of the graph; a plan is one graph");
    }

    private void ReadStatements(int depth)
    {
        if (depth > MaxDepth) throw Refuse($"groups nested more than {MaxDepth} deep");
        Expect("{");
        while (!_token.Is("}"))
        {
            if (_token.Kind == DotKind.End) throw Refuse("a { that is not closed: } is missing");
            if (_token.Is(";")) Move();
            else ReadStatement(depth);
        }

        Move();
    }

    private void ReadStatement(int depth)
    {
        if (_token.IsKeyword("subgraph") || _token.Is("{"))
        {
            if (!_token.Is("{")) Move();
            if (_token.IsName) Move();
            ReadStatements(depth + 1);
            if (IsEdge) throw Refuse($"an edge between groups names no ports; {Example}");
            return;
        }

        var isDefaults = _token.IsKeyword("graph") || _token.IsKeyword("node") || _token.IsKeyword("edge");
        var first = ReadNode();
        if (!isDefaults && _token.Is("="))
        {
            // An attribute of the graph, such as PTM's BFD="...".
            Move();
            if (!_token.IsName) throw Refuse($"a value is expected here, not {_token}");
            Move();
            return;
        }

        if (IsEdge) ReadEdge(first);
        while (_token.Is("[")) SkipAttributes();
    }

    private bool IsEdge => _token.Is("--") || _token.Is("->");

    private void ReadEdge((DotToken Name, DotToken? Port) first)
    {
        if (_token.Is("->")) throw Refuse("a cable has no direction; write --");
        Move();
        if (_token.IsKeyword("subgraph") || _token.Is("{")) throw Refuse($"an edge between groups names no ports; {Example}");
        var second = ReadNode();
        if (IsEdge) throw Refuse("a cable has two ends; write a statement for each");
        if (ToEnd(first) is { } a && ToEnd(second) is { } b) _builder.Add(a, b);
    }

    private (DotToken Name, DotToken? Port) ReadNode()
    {
        var name = _token;
        if (!name.IsName) throw Refuse($"a node is expected here, not {_token}");
        Move();
        if (!_token.Is(":")) return (name, null);
        Move();
        var port = _token;
        if (!port.IsName) throw Refuse($"a port is expected here, not {_token}");
        Move();
        if (!_token.Is(":")) return (name, port);
        // The side of the port that a drawing's line goes to.
        Move();
        if (!_token.IsName || _token.Text is not ("n" or "ne" or "e" or "se" or "s" or "sw" or "w" or "nw" or "c" or "_"))
            throw Refuse($"a port and no more is expected behind the node, not {_token}; put a port with a colon in quotes");
        Move();
        return (name, port);
    }

    // Node and port each in quotes, or both in the same ones.
    private EndText? ToEnd((DotToken Name, DotToken? Port) node)
    {
        var (name, at) = (node.Name.Text, node.Name.At);
        if (node.Port is { } port && name.Length > 0 && port.Text.Length > 0) return new EndText(name, port.Text, at);
        if (node.Port is null && EndText.Parse(name, at) is { } end) return end;
        _findings.Error(at, $"{node.Name} has no port; {Example}");
        return null;
    }

    private void SkipAttributes()
    {
        var open = _token.At;
        Move();
        while (!_token.Is("]"))
        {
            if (_token.Kind == DotKind.End || _token.Is("{") || _token.Is("}") || _token.Is("[") || IsEdge)
                throw new DotSyntaxException(open, "a [ that is not closed: ] is missing");
            Move();
        }

        Move();
    }

    private void Expect(string sign)
    {
        if (!_token.Is(sign)) throw Refuse($"{sign} is expected here, not {_token}");
        Move();
    }

    private void Move() => _token = _tokens.Next();

    private DotSyntaxException Refuse(string why) => new(_token.At, why);
}
