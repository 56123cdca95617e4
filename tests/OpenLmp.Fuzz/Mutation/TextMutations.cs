using System.Text;

namespace OpenLmp.Fuzz;

/// <summary>Changes to texts of lines and tokens: YAML, JSON, Graphviz, requests.</summary>
internal sealed class TextMutations(params string[] words)
{
    private static readonly string[] Common =
    [
        "", " ", "  ", "\t", "\n", "\r\n", "\0", "\u007f", "\u00e9", "\ud83d\ude00", "\u202e", "\ufeff", ":", ": ", "- ", "-", "?", "|", ">", "#", "&a ", "*a", "!x ", "<<: ", "%YAML 1.2\n", "---\n", "...\n",
        "[", "]", "{", "}", ",", "\"", "'", "\\", "`", "@", "=", "->", "--", ";", "/*", "*/", "//", "%", "%00", "%2f", "..", "/", "?name=", "null", "true", "~", "0", "-1", "1", "65535", "65536",
        "4294967295", "4294967296", "18446744073709551616", "1e999", ".nan", "1.5", "0x10", "0.0.0.0", "255.255.255.255", "10.255.0.1:701", "10.0.0.1", "[::1]:701", "fe80::1%eth0", "ff02::1", "224.0.0.1",
        "99999999999999999999h", "-5s", "1ms", "0s", "10 Gbps", "1e30 Gbps", "NaN", "Infinity",
    ];

    private readonly string[] _words = [.. Common, .. words];

    /// <summary>Some changes; <paramref name="other"/> gives another text.</summary>
    public void Mutate(Random random, Draft draft, Func<byte[]> other)
    {
        for (var n = 1 + random.Next(1 << random.Next(4)); n > 0; n--)
        {
            if (random.Next(8) == 0) ByteMutations.Mutate(random, draft, other);
            else Once(random, draft, other);
        }
    }

    private void Once(Random random, Draft draft, Func<byte[]> other)
    {
        var line = Line(random, draft.Span);
        switch (random.Next(8))
        {
            case 0:
                draft.Remove(line.Start.Value, line.End.Value - line.Start.Value);
                break;
            case 1:
                draft.Insert(Line(random, draft.Span).Start.Value, draft.Span[line].ToArray());
                break;
            case 2:
                var lines = other();
                draft.Insert(line.Start.Value, lines.AsSpan()[Line(random, lines)]);
                break;
            case 3:
                // Another indentation.
                if (random.Next(2) == 0) draft.Insert(line.Start.Value, "  "u8);
                else if (draft.Span[line].StartsWith("  "u8)) draft.Remove(line.Start.Value, 2);
                break;
            case 4:
                draft.Insert(random.Next(draft.Length + 1), Repeated(random, Word(random)));
                break;
            default:
                var token = Token(random, draft.Span);
                draft.Remove(token.Start.Value, token.End.Value - token.Start.Value);
                draft.Insert(token.Start.Value, Word(random));
                break;
        }
    }

    private byte[] Word(Random random) => Encoding.UTF8.GetBytes(_words[random.Next(_words.Length)]);

    // Rarely a great deal of it: depth and length are where readers give up.
    private static byte[] Repeated(Random random, byte[] word)
    {
        var times = random.Next(64) == 0 ? random.Next(1, 3000) : 1;
        return [.. Enumerable.Repeat(word, times).SelectMany(b => b)];
    }

    private static Range Line(Random random, ReadOnlySpan<byte> text)
    {
        var at = random.Next(text.Length + 1);
        var start = text[..at].LastIndexOf((byte)'\n') + 1;
        var end = text[at..].IndexOf((byte)'\n');
        return start..(end < 0 ? text.Length : at + end + 1);
    }

    private static Range Token(Random random, ReadOnlySpan<byte> text)
    {
        var at = random.Next(text.Length + 1);
        var (start, end) = (at, at);
        while (start > 0 && IsWord(text[start - 1])) start--;
        while (end < text.Length && IsWord(text[end])) end++;
        return start..end;
    }

    private static bool IsWord(byte b) => b is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'-' or (byte)'.';
}
