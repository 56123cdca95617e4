using OpenLmp.Api;
using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Top;

/// <summary>A part of the screen: a title, and a table of rows.</summary>
/// <param name="Title">The title.</param>
/// <param name="Summary">What it comes to, behind the title.</param>
/// <param name="Tone">How the summary is coloured.</param>
/// <param name="Count">How many rows there are.</param>
internal abstract record TopSection(string Title, string Summary, Tone Tone, int Count)
{
    /// <summary>The header, and some of the rows.</summary>
    public abstract IEnumerable<string> Lines(int from, int count, int width, bool colors);

    /// <summary>All sections, in the order they stand in; of their rows those that fit the filter.</summary>
    public static IReadOnlyList<TopSection> Of(TopPicture picture, TopView view, Terminal terminal)
    {
        var standing = picture.Alarms.Where(a => a.State != AlarmState.Cleared).ToArray();
        return
        [
            Counted("CONTROL CHANNELS", picture.ControlChannels, c => c.State == ControlChannelState.Up, WithReason(Views.ControlChannels, c => c.Reason)),
            Counted("TE LINKS", picture.TeLinks, t => t.State == TeLinkState.Up, WithReason(Views.TeLinks, t => t.Reason)),
            Counted("DATA LINKS", [.. picture.DataLinks.OrderBy(Rank)], Views.IsUp, WithReason(Views.DataLinks, d => d.Reason)),
            Section(
                "ALARMS",
                standing.Length == 0 ? "none stands" : $"{standing.Count(a => a.State == AlarmState.Raised)} raised, {standing.Count(a => a.State == AlarmState.Suppressed)} suppressed",
                standing.Length == 0 ? Tone.Good : Tone.Bad,
                AlarmRow.Of(standing, view.IsUnfolded),
                [
                    new("SEVERITY", a => a.Severity),
                    new("KIND", a => Cell.Of(a.Kind)),
                    new("OBJECT", a => Cell.Of(a.Object)),
                    new("AGE", a => Cell.Of(terminal.Ago(a.Raised)), Dispensable: 1),
                    new("TEXT", a => Cell.Of(a.Text), Wraps: true),
                ]),
            Section("EVENTS", "newest first", Tone.Plain, [.. picture.Events.Reverse()], Views.Events.Columns(terminal)),
        ];

        TopSection Counted<T>(string title, IReadOnlyList<T> all, Func<T, bool> isUp, IReadOnlyList<Column<T>> columns)
        {
            var up = all.Count(isUp);
            return Section(title, $"{up} of {all.Count} up", up == all.Count ? Tone.Good : Tone.Bad, all, columns);
        }

        TopSection Section<T>(string title, string summary, Tone tone, IReadOnlyList<T> all, IReadOnlyList<Column<T>> columns)
        {
            var rows = view.Filter.Length == 0
                ? all
                : [.. all.Where(row => columns.Any(column => column.Value(row).Text.Contains(view.Filter, StringComparison.OrdinalIgnoreCase)))];
            return new TopSection<T>(title, rows.Count < all.Count ? $"{summary}, {rows.Count} with {view.Filter}" : summary, tone, rows, columns);
        }

        IReadOnlyList<Column<T>> WithReason<T>(TableView<T> table, Func<T, string> reason) =>
            [.. table.Columns(terminal), new("REASON", o => Cell.Of(reason(o)), Wraps: true, IsRare: true)];
    }

    // What needs somebody first; the rest stays in the daemon's order.
    private static int Rank(DataLinkInfo link) => link switch
    {
        { Fault: not null } => 0,
        _ when IsElsewhere(link) => 1,
        { SettledSignal: SignalState.Fail } => 2,
        { State: DataLinkState.Down } => 3,
        { SettledSignal: SignalState.Degrade } => 4,
        _ when !Views.IsUp(link) => 5,
        _ => 6,
    };

    // By the Test messages the fibre ends at another port than planned.
    private static bool IsElsewhere(DataLinkInfo link) =>
        (link.ConfiguredRemoteId ?? link.RemoteId) is { } planned && (link.FoundTransmit ?? link.FoundReceive) is { } found && found != planned;
}

/// <inheritdoc/>
/// <typeparam name="T">What has a row.</typeparam>
internal sealed record TopSection<T>(string Title, string Summary, Tone Tone, IReadOnlyList<T> Rows, IReadOnlyList<Column<T>> Columns)
    : TopSection(Title, Summary, Tone, Rows.Count)
{
    /// <inheritdoc/>
    public override IEnumerable<string> Lines(int from, int count, int width, bool colors)
    {
        var rows = Rows.Skip(from).Take(count).ToArray();
        var (shown, _, _) = Column<T>.Fit(Columns, rows, width);
        var widths = shown.Select(column => column.Wraps ? width : column.WidthOf(rows)).ToArray();
        yield return Line(column => new Cell(column.Header));
        foreach (var row in rows) yield return Line(column => column.Value(row));

        string Line(Func<Column<T>, Cell> cell)
        {
            var line = new FrameLine(width, colors);
            var at = 0;
            for (var i = 0; i < shown.Count; i++)
            {
                var (text, tone) = cell(shown[i]);
                line.To(at).Add(text, tone);
                at += widths[i];
            }

            return line.ToString();
        }
    }
}
