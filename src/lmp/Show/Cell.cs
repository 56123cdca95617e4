using Spectre.Console;

namespace OpenLmp.Cli.Show;

/// <summary>How a value is coloured where there are colours; the text says the same without.</summary>
internal enum Tone
{
    /// <summary>Nothing to see.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>On its way, or impaired.</summary>
    Fair,

    /// <summary>Not as it should be.</summary>
    Bad,
}

/// <summary>A table's cell.</summary>
/// <param name="Text">What it says; <c>-</c> where there is nothing.</param>
/// <param name="Tone">How.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    private const int MaxNames = 4;

    /// <summary>The cell of a value that may be missing.</summary>
    public static Cell Of(object? value) => new(value?.ToString() is { Length: > 0 } text ? text : "-");

    /// <summary>The cell of yes or no.</summary>
    public static Cell Of(bool value) => new(value ? "yes" : "no");

    /// <summary>The cell of several names: the first few, and how many more.</summary>
    public static Cell Of(IReadOnlyList<string> names) =>
        Of(names.Count <= MaxNames ? string.Join(' ', names) : $"{string.Join(' ', names.Take(MaxNames))} +{names.Count - MaxNames}");

    /// <summary>As Spectre.Console wants it.</summary>
    public Text Render() => new(Text, Tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Fair => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        _ => Style.Plain,
    });
}

/// <summary>Why something is not up.</summary>
/// <param name="Name">Which.</param>
/// <param name="State">What it is instead.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record Trouble(string Name, string State, string Reason);
