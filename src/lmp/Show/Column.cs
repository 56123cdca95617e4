namespace OpenLmp.Cli.Show;

/// <summary>A table's column.</summary>
/// <typeparam name="T">What has a row.</typeparam>
/// <param name="Header">The header, in capitals.</param>
/// <param name="Value">The cell of a row.</param>
/// <param name="Dispensable">0: always shown. Where a terminal is too narrow, the column with the highest number goes first.</param>
/// <param name="Wraps">Whether the cells are sentences, which may take several lines.</param>
/// <param name="IsRare">Whether it is shown only where a row has something in it.</param>
/// <param name="Short">A shorter cell, for terminals that are too narrow; null: there is none.</param>
internal sealed record Column<T>(
    string Header, Func<T, Cell> Value, int Dispensable = 0, bool Wraps = false, bool IsRare = false, Func<T, Cell>? Short = null)
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    // Narrower than this, a sentence is no longer read.
    private const int MinWrapped = 30;

    /// <summary>The columns that fit into a width with these rows, those left out, and the width without which even the indispensable ones do not fit.</summary>
    public static (IReadOnlyList<Column<T>> Shown, IReadOnlyList<Column<T>> LeftOut, int Needed) Fit(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, int width)
    {
        columns = [.. columns.Where(column => !column.IsRare || rows.Any(row => column.Value(row) != Cell.Of((string?)null)))];
        if (Total(columns, rows) > width) columns = [.. columns.Select(column => column.Short is { } brief ? column with { Value = brief } : column)];
        var widths = columns.ToDictionary(column => column, column => column.WidthOf(rows));
        var shown = columns.ToList();
        while (shown.Sum(column => widths[column]) - Gap > width && shown.MaxBy(column => column.Dispensable) is { Dispensable: > 0 } next) shown.Remove(next);
        return (shown, [.. columns.Except(shown)], Total(shown, rows));
    }

    private static int Total(IEnumerable<Column<T>> columns, IReadOnlyList<T> rows) => columns.Sum(column => column.WidthOf(rows)) - Gap;

    /// <summary>The columns that the cells of these rows need, and the gap after them. A sentence needs no more than one can read.</summary>
    public int WidthOf(IReadOnlyList<T> rows)
    {
        var widest = Header.Length;
        foreach (var row in rows) widest = Math.Max(widest, Value(row).Text.Length);
        return Gap + (Wraps ? Math.Min(widest, MinWrapped) : widest);
    }
}
