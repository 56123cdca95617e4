using System.Text;
using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Top;

/// <summary>One line of a screen: never wider than that, and without control characters that a neighbour might have put into its texts.</summary>
/// <param name="width">Columns there are.</param>
/// <param name="colors">Whether to colour.</param>
internal sealed class FrameLine(int width, bool colors)
{
    private const string Plain = "\u001b[0m";
    private readonly StringBuilder _text = new();
    private int _used;

    /// <summary>Appends a text, as much of it as fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tone">How it is coloured.</param>
    /// <param name="reverse">Whether to have it stand out.</param>
    public FrameLine Add(string text, Tone tone = Tone.Plain, bool reverse = false)
    {
        var left = width - _used;
        if (left <= 0 || text.Length == 0) return this;
        if (text.Length > left) text = left == 1 ? "…" : text[..(left - 1)] + "…";
        _used += text.Length;
        var style = colors ? (reverse ? "\u001b[7m" : "") + Code(tone) : "";
        _text.Append(style);
        foreach (var c in text) _text.Append(char.IsControl(c) ? '?' : c);
        if (style.Length > 0) _text.Append(Plain);
        return this;
    }

    /// <summary>Appends blanks up to a column.</summary>
    public FrameLine To(int column) => Add(new string(' ', Math.Max(0, column - _used)));

    /// <summary>The line, with escape codes where it has colours.</summary>
    public override string ToString() => _text.ToString();

    private static string Code(Tone tone) => tone switch
    {
        Tone.Good => "\u001b[32m",
        Tone.Fair => "\u001b[33m",
        Tone.Bad => "\u001b[31m",
        _ => "",
    };
}
