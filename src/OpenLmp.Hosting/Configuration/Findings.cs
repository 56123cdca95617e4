using System.Globalization;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>A place in the file; lines and columns count from 1.</summary>
internal readonly record struct Position(int Line, int Column) : IComparable<Position>
{
    public static readonly Position Start = new(1, 1);

    public int CompareTo(Position other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
}

/// <summary>Collects what is wrong or doubtful in one file.</summary>
internal sealed class Findings(string file)
{
    // A file that is not a configuration at all would otherwise fill the screen, and the memory.
    public const int MaxErrors = 100;
    private const int MaxWarnings = 100;
    private const int LongestQuote = 60;

    private readonly List<(Position At, string Text)> _errors = [];
    private readonly List<(Position At, string Text)> _warnings = [];
    private Position? _firstOmitted;

    public bool HasErrors => _errors.Count > 0;

    public void Error(Position at, string text)
    {
        if (_errors.Count < MaxErrors) _errors.Add((at, text));
        else _firstOmitted ??= at;
    }

    public void Warning(Position at, string text)
    {
        if (_warnings.Count < MaxWarnings) _warnings.Add((at, text));
    }

    public ConfigurationResult ToResult(DaemonConfiguration? configuration)
    {
        List<ConfigurationError> errors = [.. _errors.OrderBy(e => e.At).Select(e => new ConfigurationError(file, e.At.Line, e.At.Column, e.Text))];
        if (_firstOmitted is { } at) errors.Add(new(file, at.Line, at.Column, $"there are more errors; only {MaxErrors} are shown"));
        ConfigurationWarning[] warnings = [.. _warnings.OrderBy(w => w.At).Select(w => new ConfigurationWarning(file, w.At.Line, w.At.Column, w.Text))];
        return new ConfigurationResult(HasErrors ? null : configuration, errors, warnings);
    }

    /// <summary>What the file says, in quotes, fit for a message of one line on a terminal: cut where it is long, no control characters.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        quoted.Append(Printable(text.Length > LongestQuote ? text[..LongestQuote] : text));
        if (text.Length > LongestQuote) quoted.Append("...");
        return quoted.Append('"').ToString();
    }

    /// <summary>A text from elsewhere, fit for a line on a terminal: no control characters.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // Formats are left out with the controls: a right-to-left override in a name would turn the message around.
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                printable.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else printable.Append(c);
        }

        return printable.ToString();
    }
}
