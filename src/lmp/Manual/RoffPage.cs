using System.Globalization;
using System.Text;

namespace OpenLmp.Cli.Manual;

/// <summary>A manual page in the making, in the macros of man(7). Texts are taken as they are: what roff would take for its own is escaped here.</summary>
internal sealed class RoffPage
{
    private readonly StringBuilder _text = new();
    private bool _isAtTitle;

    /// <summary>Begins a page.</summary>
    /// <param name="name">Its name, such as <c>lmp-show</c>.</param>
    /// <param name="section">The section of the manual, such as 1.</param>
    /// <param name="date">Of the page.</param>
    /// <param name="source">The product and its version.</param>
    public RoffPage(string name, int section, DateOnly date, string source)
    {
        (Name, Number) = (name, section);
        Line(".\\\" Made by lmp man; changes belong into the commands.");
        Line($".TH \"{Escape(name.ToUpperInvariant())}\" {section} {date:yyyy-MM-dd} \"{Escape(source)}\" \"OpenLMP manual\"");
        // What is typed is not to be hyphenated or stretched.
        Line(".nh");
        Line(".ad l");
    }

    /// <summary>The page's name.</summary>
    public string Name { get; }

    /// <summary>The section of the manual.</summary>
    public int Number { get; }

    /// <summary>What the page is called in a directory of pages.</summary>
    public string FileName => $"{Name}.{Number}";

    /// <summary>The line that <c>whatis</c> and <c>apropos</c> read.</summary>
    public void Purpose(string purpose)
    {
        Section("NAME");
        Line($"{Escape(Name)} \\- {Escape(purpose)}");
    }

    /// <summary>Begins a section.</summary>
    public void Section(string title) => Title("SH", title);

    /// <summary>Begins a part of a section.</summary>
    public void Part(string title) => Title("SS", title);

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text)
    {
        if (!_isAtTitle) Line(".PP"); // A title begins one by itself.
        TextLine(text);
    }

    /// <summary>A call: the words in bold, what stands for something in italics; longer ones hang.</summary>
    public void Call(string call)
    {
        var program = call.Split(' ')[0];
        Line($".SY {Escape(program)}");
        Line(Words(call[(program.Length + 1)..]));
        Line(".YS");
    }

    /// <summary>A term and what it means.</summary>
    public void Item(string term, string text)
    {
        Line(".TP");
        Line(Words(term));
        TextLine(text);
    }

    /// <summary>Lines as they are typed.</summary>
    public void Example(string text)
    {
        Line(".PP");
        Line(".RS 4");
        Line(".nf");
        foreach (var line in text.Split('\n')) TextLine(line);
        Line(".fi");
        Line(".RE");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    // NAME, [NAME] and NEIGHBOR/ID stand for something; --wait and show are typed.
    private static string Words(string text)
    {
        var result = new StringBuilder();
        foreach (var piece in Pieces(text))
            result.Append(!char.IsLetterOrDigit(piece[0]) && piece[0] != '-' ? Escape(piece)
                : piece.All(c => !char.IsLower(c)) && piece.Any(char.IsUpper) ? $"\\fI{Escape(piece)}\\fR"
                : $"\\fB{Escape(piece)}\\fR");
        return result.ToString();
    }

    private static IEnumerable<string> Pieces(string text)
    {
        for (int begin = 0, end; begin < text.Length; begin = end)
        {
            end = begin + 1;
            while (end < text.Length && IsWord(text[end]) == IsWord(text[begin])) end++;
            yield return text[begin..end];
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.Value switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '\'' => "\\(aq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '"' => "\\(dq",
                < 0x80 => ((char)rune.Value).ToString(),
                _ => $"\\[u{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}]",
            });
        }

        return result.ToString();
    }

    // A dot at the beginning would be a request.
    private void TextLine(string text) => Line(text.StartsWith('.') ? $"\\&{Escape(text)}" : Escape(text));

    private void Title(string macro, string title)
    {
        Line($".{macro} \"{Escape(title)}\"");
        _isAtTitle = true;
    }

    private void Line(string line)
    {
        _text.Append(line).Append('\n');
        _isAtTitle = false;
    }
}
