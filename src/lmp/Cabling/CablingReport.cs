using System.Text.Encodings.Web;
using System.Text.Json;
using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Cabling;

/// <summary>The comparison for people: a table, and how it stands in a sentence.</summary>
internal static class CablingReport
{
    private static readonly Column<CablingRow>[] Columns =
    [
        new("EXPECTED", row => Cell.Of(row.Planned is { } ends ? string.Join(" - ", ends) : null)),
        new("FOUND", row => Cell.Of(Found(row))),
        new("VERDICT", row => new Cell(Words(row.Verdict), ToneOf(row.Verdict))),
        new("WHY", row => Cell.Of(row.Text), Wraps: true),
    ];

    /// <summary>The rows' JSON: texts as they are.</summary>
    public static CablingJson Json { get; } = new(new JsonSerializerOptions(CablingJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes all of it.</summary>
    public static void Write(IReadOnlyList<CablingRow> rows, IReadOnlyList<SilentNode> silent, Terminal terminal)
    {
        if (rows.Count > 0) TableWriter.Write(rows, Columns, terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Summary(rows));
        foreach (var node in silent) terminal.Out.WriteLine($"Node {node.Name} could not be asked: {node.Why}");
    }

    /// <summary>How it stands in a sentence.</summary>
    public static string Summary(IReadOnlyList<CablingRow> rows)
    {
        var planned = rows.Count(row => row.Planned is not null);
        var compared = rows.Count(row => row.Verdict is CablingVerdict.Ok or CablingVerdict.Wrong or CablingVerdict.Missing);
        var ok = Count(rows, CablingVerdict.Ok);
        if (rows.Count == 0) return "Nothing was compared: no link of the plan ends at a node that was asked, and nothing else was found.";
        if (ok == rows.Count) return ok == 1 ? "The link is as planned." : $"All {ok} links are as planned.";
        var verdicts = Enum.GetValues<CablingVerdict>().Where(v => v != CablingVerdict.Unplanned && Count(rows, v) > 0).Select(v => $"{Count(rows, v)} {Words(v)}");
        var unplanned = Count(rows, CablingVerdict.Unplanned) is > 0 and var more ? $"{more} found that {(more == 1 ? "is" : "are")} not in the plan" : "";
        var summary = planned == 0 ? "No planned link was compared" : $"{compared} of {planned} planned links compared: {string.Join(", ", verdicts)}";
        return unplanned.Length > 0 ? $"{summary}; {unplanned}." : $"{summary}.";
    }

    /// <summary>A verdict for people.</summary>
    public static string Words(CablingVerdict verdict) => verdict switch
    {
        CablingVerdict.Ok => "ok",
        CablingVerdict.Wrong => "wrong",
        CablingVerdict.Missing => "missing",
        CablingVerdict.Unplanned => "unplanned",
        CablingVerdict.NotVerified => "not verified",
        CablingVerdict.AllocatedNotVerified => "allocated, not verified",
        _ => "not compared",
    };

    // Both ends know of the same fibres; the one that knows more of them says it all.
    private static string? Found(CablingRow row) =>
        row.Found.OrderByDescending(f => (f.TransmitsTo is null ? 0 : 1) + (f.ReceivesFrom is null ? 0 : 1)).FirstOrDefault()?.ToString();

    private static int Count(IReadOnlyList<CablingRow> rows, CablingVerdict verdict) => rows.Count(row => row.Verdict == verdict);

    private static Tone ToneOf(CablingVerdict verdict) => verdict switch
    {
        CablingVerdict.Ok => Tone.Good,
        CablingVerdict.Wrong or CablingVerdict.Missing or CablingVerdict.Unplanned => Tone.Bad,
        _ => Tone.Fair,
    };
}
