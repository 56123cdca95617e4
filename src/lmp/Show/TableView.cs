namespace OpenLmp.Cli.Show;

/// <summary>What <c>show</c> does with a word of the API: rows in a table, then a line for each object that is not up.</summary>
internal interface IView
{
    /// <summary>The word.</summary>
    string Word { get; }

    /// <summary>What it shows, for the help.</summary>
    string Description { get; }

    /// <summary>What NAME selects, for the help.</summary>
    string NameHelp { get; }

    /// <summary>Writes the API's answer for people.</summary>
    void Write(Client.ApiClient client, string json, Terminal terminal);
}

/// <summary>A view that is one table.</summary>
/// <typeparam name="T">What has a row.</typeparam>
internal sealed class TableView<T> : IView
{
    /// <inheritdoc/>
    public required string Word { get; init; }

    /// <inheritdoc/>
    public required string Description { get; init; }

    /// <inheritdoc/>
    public required string NameHelp { get; init; }

    /// <summary>The columns; some tell ages and times, which the terminal knows.</summary>
    public required Func<Terminal, IReadOnlyList<Column<T>>> Columns { get; init; }

    /// <summary>Why an object is not up, or null if it is.</summary>
    public Func<T, Trouble?> Trouble { get; init; } = _ => null;

    /// <summary>What else there is to say of an object, a line each.</summary>
    public Func<T, IEnumerable<string>> Notes { get; init; } = _ => [];

    /// <summary>Which rows are shown; of the others a last line tells how many there are.</summary>
    public Func<T, bool> Shown { get; init; } = _ => true;

    /// <summary>What those not shown are, such as <c>cleared</c>.</summary>
    public string HiddenAre { get; init; } = "";

    /// <summary>What is told where there is nothing to show; empty: just that.</summary>
    public string Nothing { get; init; } = "";

    /// <inheritdoc/>
    public void Write(Client.ApiClient client, string json, Terminal terminal)
    {
        var all = client.Parse<T[]>(json);
        var rows = all.Where(Shown).ToArray();
        if (rows.Length == 0) terminal.WriteText(Nothing.Length > 0 ? Nothing : $"No {Word}.");
        else TableWriter.Write(rows, Columns(terminal), terminal);
        if (all.Length > rows.Length) terminal.Out.WriteLine($"{all.Length - rows.Length} {HiddenAre} not shown; -j shows them.");

        var notes = rows.SelectMany(Notes).ToArray();
        if (notes.Length > 0) terminal.Out.WriteLine();
        foreach (var note in notes) terminal.WriteText(note);

        var troubles = rows.Select(Trouble).OfType<Trouble>().ToArray();
        if (troubles.Length > 0) terminal.Out.WriteLine();
        foreach (var trouble in troubles)
            terminal.WriteText($"{trouble.Name} is {trouble.State}: {(trouble.Reason.Length > 0 ? trouble.Reason : "no reason known")}");
    }
}
