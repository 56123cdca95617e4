using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Top;

/// <summary>A picture laid out for a screen.</summary>
/// <param name="Lines">The lines, from the top.</param>
/// <param name="Offsets">The first row shown of each section: what was asked for, as far as there are so many rows.</param>
/// <param name="Rows">How many rows of each section are shown.</param>
internal sealed record TopFrame(IReadOnlyList<string> Lines, IReadOnlyList<int> Offsets, IReadOnlyList<int> Rows)
{
    private const string Help = "q quit  Tab next section  Up/Down PgUp/PgDn rows  Enter fold alarms  / filter";
    private const int RowsAtOnce = 20;

    // After this it is no news any more that the daemon was gone.
    private static readonly TimeSpan NewsOfOutage = TimeSpan.FromMinutes(1);

    // A daemon that lives answers sooner.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    /// <summary>Lays a picture out: exactly as many lines as the screen has, none wider than it.</summary>
    public static TopFrame Of(TopPicture picture, TopView view, (int Width, int Height) size, Terminal terminal)
    {
        var sections = TopSection.Of(picture, view, terminal);
        var lines = Head(picture, size.Width, terminal).ToList();
        var titled = size.Height >= lines.Count + TopView.Sections + 3;
        var room = Math.Max(0, size.Height - lines.Count - 1 - (titled ? TopView.Sections : 1));
        var wanted = sections.Select((s, i) => !titled && i != view.Selected ? 0 : s.Count == 0 ? 0 : s.Count + 1).ToArray();
        var given = Share(wanted, view.Selected, room);
        var offsets = new int[TopView.Sections];
        for (var i = 0; i < sections.Count; i++)
        {
            var rows = Math.Max(0, given[i] - 1);
            offsets[i] = Math.Min(view.Offsets[i], Math.Max(0, sections[i].Count - rows));
            if (!titled && i != view.Selected) continue;
            lines.Add(TitleOf(sections[i], i == view.Selected, offsets[i], rows, size.Width, terminal.Colors));
            if (rows > 0) lines.AddRange(sections[i].Lines(offsets[i], rows, size.Width, terminal.Colors));
        }

        while (lines.Count < size.Height - 1) lines.Add("");
        var foot = view.IsTyping ? $"Filter: {view.Filter}_  Enter keeps it, Esc clears it" : view.Filter.Length > 0 ? $"Only rows with {view.Filter}; Esc shows all.  {Help}" : Help;
        lines.Add(new FrameLine(size.Width, terminal.Colors).Add(foot).ToString());
        // The last line first: on the smallest of screens the head is what matters.
        return new TopFrame([.. lines.Take(size.Height)], offsets, [.. given.Select(g => Math.Max(0, g - 1))]);
    }

    /// <summary>All of a picture as text, but of long sections no more than one reads at once.</summary>
    public static IEnumerable<string> Text(TopPicture picture, Terminal terminal)
    {
        foreach (var line in Head(picture, terminal.Width, terminal)) yield return line;
        foreach (var section in TopSection.Of(picture, new TopView { IsUnfolded = true }, terminal))
        {
            yield return "";
            yield return TitleOf(section, false, 0, Math.Min(section.Count, RowsAtOnce), terminal.Width, terminal.Colors);
            if (section.Count == 0) continue;
            foreach (var line in section.Lines(0, RowsAtOnce, terminal.Width, terminal.Colors)) yield return line.TrimEnd();
        }
    }

    private static IEnumerable<string> Head(TopPicture picture, int width, Terminal terminal)
    {
        var line = new FrameLine(width, terminal.Colors);
        if (picture.Node is { } node)
        {
            line.Add(node.Name).Add($"  Node_Id {node.NodeId}  up {terminal.Ago(node.Started)}");
            line.Add(picture.Rate is { } rate ? $"  packets/s {rate.Received:0.#} in, {rate.Sent:0.#} out" : $"  packets {node.Loop.DatagramsReceived} in, {node.Loop.DatagramsSent} out");
            line.Add($"  timers late {node.Loop.MeanLateness:0.#} us, {node.Loop.WorstLateness:0.#} us at worst");
        }

        yield return line.ToString();
        var (text, tone) = StatusOf(picture, terminal);
        yield return new FrameLine(width, terminal.Colors).Add(text, tone).ToString();
    }

    private static (string Text, Tone Tone) StatusOf(TopPicture picture, Terminal terminal)
    {
        var now = terminal.Time.GetUtcNow().UtcDateTime;
        return picture.Status switch
        {
            TopStatus.Reading => ("reading", Tone.Plain),
            TopStatus.Gone => ($"lmpd is gone since {TimeOf(picture.GoneSince!.Value)}, trying again; below is how it was. {picture.Problem}", Tone.Bad),
            _ when now - picture.Read > Silence => ($"lmpd has not answered since {TimeOf(picture.Read)}; below is how it was", Tone.Bad),
            TopStatus.Polling => ($"asking every two seconds, for events do not come: {picture.Problem}", Tone.Fair),
            _ when picture is { BackSince: { } back, GoneSince: { } gone } && now - back < NewsOfOutage => ($"live; lmpd was gone from {TimeOf(gone)} to {TimeOf(back)}, and is back", Tone.Fair),
            _ => ("live", Tone.Good),
        };

        string TimeOf(DateTime utc) => terminal.LocalTime(utc)["yyyy-MM-dd ".Length..^".fff".Length];
    }

    private static string TitleOf(TopSection section, bool selected, int offset, int rows, int width, bool colors)
    {
        var line = new FrameLine(width, colors).Add($"{(selected ? "> " : "")}{section.Title}", reverse: selected).Add($"  {section.Summary}", section.Tone);
        if (rows < section.Count) line.Add(rows == 0 ? $"  {section.Count} rows" : $"  rows {offset + 1} to {offset + rows} of {section.Count}");
        return line.ToString();
    }

    // The selected section gets what it wants up to half of the room, then the others in turn a line each; no table of a header alone.
    private static int[] Share(int[] wanted, int selected, int room)
    {
        var given = new int[wanted.Length];
        given[selected] = Math.Min(wanted[selected], Math.Max(room / 2, room - wanted.Where((_, i) => i != selected).Sum()));
        room -= given[selected];
        for (var any = true; any && room > 0;)
        {
            any = false;
            for (var i = 0; i < wanted.Length && room > 0; i++)
            {
                var step = given[i] == 0 ? 2 : 1; // The header and a row.
                if (wanted[i] < given[i] + step || room < step) continue;
                given[i] += step;
                room -= step;
                any = true;
            }
        }

        return [.. given.Select(g => g < 2 ? 0 : g)];
    }
}
