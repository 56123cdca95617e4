// https://graphviz.org/doc/info/lang.html
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>What a token of DOT is.</summary>
internal enum DotKind
{
    /// <summary>A name or a number without quotes.</summary>
    Word,

    /// <summary>A text in double quotes, or HTML in angle brackets.</summary>
    Quoted,

    /// <summary><c>{ } [ ] ; , : = -- -&gt;</c>.</summary>
    Sign,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A token with its place.</summary>
internal readonly record struct DotToken(DotKind Kind, string Text, Position At)
{
    public bool IsName => Kind is DotKind.Word or DotKind.Quoted;

    public bool Is(string sign) => Kind == DotKind.Sign && Text == sign;

    /// <summary>Whether it is a keyword: case does not matter, and quotes make a name of it.</summary>
    public bool IsKeyword(string word) => Kind == DotKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == DotKind.End ? "the end of the file" : Findings.Quote(Text);
}

/// <summary>Something that is not DOT; nothing sensible follows it.</summary>
internal sealed class DotSyntaxException(Position at, string message) : Exception(message)
{
    public Position At { get; } = at;
}

/// <summary>Takes DOT apart.</summary>
internal sealed class DotTokens(string text)
{
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    private Position Here => new(_line, _offset - _lineStart + 1);

    /// <summary>What follows blanks and comments, which are those of C and lines that begin with #.</summary>
    public static ReadOnlySpan<char> SkipBlank(string text)
    {
        var tokens = new DotTokens(text);
        try
        {
            tokens.Skip();
        }
        catch (DotSyntaxException)
        {
            // A comment that is not closed: its reader will tell.
        }

        return text.AsSpan(tokens._offset);
    }

    /// <summary>The next token.</summary>
    /// <exception cref="DotSyntaxException">There is none.</exception>
    public DotToken Next()
    {
        Skip();
        var at = Here;
        if (_offset == text.Length) return new DotToken(DotKind.End, "", at);
        var c = text[_offset];
        if (c == '"') return new DotToken(DotKind.Quoted, ReadQuoted(), at);
        if (c == '<') return new DotToken(DotKind.Quoted, ReadHtml(), at);
        foreach (var edge in (string[])["--", "->"])
            if (text.AsSpan(_offset).StartsWith(edge)) return new DotToken(DotKind.Sign, Take(2), at);
        if ("{}[];,:=".Contains(c)) return new DotToken(DotKind.Sign, Take(1), at);

        var length = c == '-' ? 1 : 0; // A negative number, in attributes.
        while (_offset + length < text.Length && (char.IsLetterOrDigit(text[_offset + length]) || text[_offset + length] is '_' or '.')) length++;
        if (length > (c == '-' ? 1 : 0))
        {
            var word = Take(length);
            if (_offset + 1 < text.Length && text[_offset] == '-' && char.IsLetterOrDigit(text[_offset + 1]))
                throw new DotSyntaxException(at, $"{Findings.Quote(word + "-...")}: put names with - in quotes");
            return new DotToken(DotKind.Word, word, at);
        }

        throw new DotSyntaxException(at, $"{Findings.Quote(text[_offset..(_offset + 1)])} cannot stand here; put names with other characters than letters, digits and _ in quotes");
    }

    private void Skip()
    {
        while (_offset < text.Length)
        {
            var rest = text.AsSpan(_offset);
            if (char.IsWhiteSpace(rest[0]))
            {
                Advance(1);
            }
            else if (rest.StartsWith("//") || (rest[0] == '#' && text.AsSpan(_lineStart, _offset - _lineStart).IsWhiteSpace()))
            {
                Advance(rest.IndexOf('\n') is var end and >= 0 ? end : rest.Length);
            }
            else if (rest.StartsWith("/*"))
            {
                var end = rest.IndexOf("*/");
                if (end < 0) throw new DotSyntaxException(Here, "a comment that is not closed: */ is missing");
                Advance(end + 2);
            }
            else
            {
                return;
            }
        }
    }

    private string ReadQuoted()
    {
        var start = Here;
        Advance(1);
        var from = _offset;
        while (_offset < text.Length && text[_offset] != '"') Advance(text[_offset] == '\\' && _offset + 1 < text.Length ? 2 : 1);
        if (_offset == text.Length) throw new DotSyntaxException(start, "a quote that is not closed");
        var content = text[from.._offset];
        Advance(1);
        // The only escape that DOT itself knows, and a line that goes on.
        return content.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal);
    }

    private string ReadHtml()
    {
        var (start, from, depth) = (Here, _offset, 0);
        while (_offset < text.Length)
        {
            depth += text[_offset] switch { '<' => 1, '>' => -1, _ => 0 };
            Advance(1);
            if (depth == 0) return text[from.._offset];
        }

        throw new DotSyntaxException(start, "a < that is not closed");
    }

    private string Take(int length)
    {
        var taken = text.Substring(_offset, length);
        Advance(length);
        return taken;
    }

    private void Advance(int length)
    {
        for (var end = _offset + length; _offset < end; _offset++)
            if (text[_offset] == '\n') (_line, _lineStart) = (_line + 1, _offset + 1);
    }
}
