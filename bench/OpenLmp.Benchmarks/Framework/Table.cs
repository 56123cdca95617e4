using System.Globalization;
using System.Text;

namespace OpenLmp.Benchmarks;

/// <summary>A table in Markdown, readable as it stands. A first column for the subject, all others right-aligned.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, and shows it at once on standard error: some take minutes.</summary>
    /// <param name="cells">A string as it is; a number with three digits that count; null: no figure.</param>
    public void Add(params object?[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns", nameof(cells));
        string[] row = [.. cells.Select(Cell)];
        _rows.Add(row);
        Console.Error.WriteLine("  " + string.Join(", ", row.Zip(columns, (cell, column) => $"{column}: {cell}").Where(s => !s.EndsWith(": ", StringComparison.Ordinal))));
    }

    public string ToText()
    {
        int[] widths = [.. columns.Select((c, i) => Math.Max(c.Length, _rows.Select(r => r[i].Length).DefaultIfEmpty().Max()))];
        var text = new StringBuilder();
        Line(columns);
        text.Append('|').AppendJoin('|', widths.Select((w, i) => i == 0 ? new string('-', w + 2) : new string('-', w + 1) + ":")).Append("|\n");
        foreach (var row in _rows) Line(row);
        return text.ToString();

        void Line(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).Append(" |\n");
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => Digits(number),
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}"),
        _ => throw new ArgumentException($"no cell: {value.GetType().Name}", nameof(value)),
    };

    private static string Digits(double value)
    {
        if (!double.IsFinite(value)) return "";
        var digits = value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 4);
        return value.ToString("#,0." + new string(value >= 100 ? '#' : '0', digits), CultureInfo.InvariantCulture).TrimEnd('.');
    }
}
