using Spectre.Console;

namespace OpenLmp.Cli.Show;

/// <summary>Writes rows as a table that fits the terminal, and names the columns that did not.</summary>
internal static class TableWriter
{
    /// <summary>Writes it.</summary>
    public static void Write<T>(IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, Terminal terminal)
    {
        var (shown, leftOut, needed) = Column<T>.Fit(columns, rows, terminal.Width);
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var column in shown)
            table.AddColumn(new TableColumn(new Text(column.Header)) { Padding = new Padding(0, 0, column == shown[^1] ? 0 : Column<T>.Gap, 0), NoWrap = !column.Wraps });
        foreach (var row in rows) table.AddRow(shown.Select(column => column.Value(row).Render()));
        terminal.Write(table, needed);
        if (leftOut.Count > 0) terminal.WriteText($"Too wide for this terminal: {string.Join(", ", leftOut.Select(column => column.Header))}.");
    }
}
