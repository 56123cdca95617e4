using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenLmp.Hosting;

/// <summary>
/// Text to tree, over YamlDotNet's event parser: no reflection, and of YAML only what a configuration needs. Anchors, aliases, tags, merge keys
/// and further documents are refused: they make small files large, or say something other than what is seen.
/// </summary>
internal sealed class YamlTreeReader
{
    /// <summary>Deeper than any configuration (10 at most); the tree is read recursively, and the parser slows down with depth.</summary>
    public const int MaxDepth = 20;

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (char)i).Except(['\t', '\n', '\r']), '\x7F']);

    private readonly Findings _findings;
    private readonly Parser _parser;

    private YamlTreeReader(string text, Findings findings)
    {
        _findings = findings;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The tree, or null where there is none; then at least one error has been told.</summary>
    public static YamlNode? Read(string text, Findings findings)
    {
        if (!CheckCharacters(text, findings)) return null;
        var reader = new YamlTreeReader(text, findings);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            findings.Error(PositionOf(e.Start), YamlSyntax.Explain(e.Message));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser fails on some malformed texts with whatever came up, such as InvalidOperationException for a bracket left open.
            findings.Error(PositionOf(reader._parser.Current?.End ?? Mark.Empty), YamlSyntax.Explain(""));
        }

        return null;
    }

    private YamlNode? ReadDocument()
    {
        _parser.MoveNext(); // StreamStart
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            _findings.Error(Position.Start, "the file is empty; it needs at least node: and listen:");
            return null;
        }

        _parser.MoveNext();
        var root = ReadNode(0);
        _parser.MoveNext(); // DocumentEnd
        if (_parser.Current is DocumentStart second)
            _findings.Error(PositionOf(second.Start), "a second document begins here; a configuration is one document, without --- in between");
        return root;
    }

    /// <summary>Reads the node the parser stands at, and moves on behind it.</summary>
    private YamlNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        var at = PositionOf(current.Start);
        if (depth > MaxDepth) throw new YamlException(current.Start, current.End, YamlSyntax.TooDeep);
        if (current is NodeEvent node) RefuseDecorations(node, at);
        _parser.MoveNext();
        switch (current)
        {
            case Scalar scalar:
                return new YamlScalar(at, scalar.Value, scalar.Style == ScalarStyle.Plain, (int)scalar.Start.Index..(int)scalar.End.Index);
            case SequenceStart:
                List<YamlNode> items = [];
                while (_parser.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
                _parser.MoveNext();
                return new YamlSequence(at, items);
            case MappingStart:
                List<YamlEntry> entries = [];
                while (_parser.Current is not MappingEnd) ReadEntry(entries, depth + 1);
                _parser.MoveNext();
                return new YamlMapping(at, entries);
            default:
                _findings.Error(at, "aliases (*name) are not supported; write the value out");
                return new YamlRefused(at);
        }
    }

    private void ReadEntry(List<YamlEntry> entries, int depth)
    {
        var key = ReadNode(depth);
        var value = ReadNode(depth);
        if (key is YamlScalar { Text: "<<" }) _findings.Error(key.At, "merge keys (<<) are not supported; write the keys out");
        else if (key is YamlScalar scalar) entries.Add(new YamlEntry(scalar.Text, key.At, value));
        else if (key is not YamlRefused) _findings.Error(key.At, $"a key is a word followed by a colon, not {key.Kind}");
    }

    private void RefuseDecorations(NodeEvent node, Position at)
    {
        if (!node.Anchor.IsEmpty) _findings.Error(at, "anchors (&name) are not supported; remove it");
        if (!node.Tag.IsEmpty) _findings.Error(at, "tags (!name) are not supported; remove it, and put the value in quotes if it is a text");
    }

    /// <summary>
    /// The parser takes a NUL for the end of the text, lets other control characters through, and points at the line above where a line is
    /// indented by a tab.
    /// </summary>
    private static bool CheckCharacters(string text, Findings findings)
    {
        var fine = true;
        var line = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            line++;
            var end = rest.IndexOf('\n');
            var content = (end < 0 ? rest : rest[..end]).TrimEnd('\r');
            rest = end < 0 ? default : rest[(end + 1)..];
            var control = content.IndexOfAny(ControlCharacters);
            if (control >= 0)
            {
                findings.Error(new(line, control + 1), $"a control character (U+{(int)content[control]:X4}); the file has to be plain text");
                return false; // Probably no text at all: the rest would say the same.
            }

            var indentation = content[..^content.TrimStart(" \t").Length];
            var tab = indentation.IndexOf('\t');
            if (tab < 0 || indentation.Length == content.Length || content[indentation.Length] == '#') continue;
            findings.Error(new(line, tab + 1), "a tab in the indentation; YAML is indented with spaces");
            fine = false;
        }

        return fine;
    }

    private static Position PositionOf(in Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
