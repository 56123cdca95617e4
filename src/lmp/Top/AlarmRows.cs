using OpenLmp.Api;
using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Top;

/// <summary>A line about alarms: one that stands, or one that is suppressed below what causes it.</summary>
/// <param name="Severity">How bad; where it is suppressed, that.</param>
/// <param name="Kind">What kind of condition.</param>
/// <param name="Object">What it is about.</param>
/// <param name="Raised">Since when, UTC.</param>
/// <param name="Text">In words.</param>
internal sealed record AlarmRow(Cell Severity, string Kind, string Object, DateTime Raised, string Text)
{
    /// <summary>The alarms that stand, the worst first, each with those it explains: folded into their number, or a row each.</summary>
    public static IReadOnlyList<AlarmRow> Of(IReadOnlyList<AlarmInfo> alarms, bool unfolded)
    {
        var suppressed = alarms.Where(a => a.State == AlarmState.Suppressed).ToLookup(a => a.Cause ?? "");
        var rows = new List<AlarmRow>();
        var causes = new HashSet<string>();
        foreach (var alarm in alarms.Where(a => a.State == AlarmState.Raised))
        {
            var name = $"{alarm.Kind} {alarm.Object}";
            causes.Add(name);
            Add(alarm, Views.Severity(alarm.Severity), alarm.Text, suppressed[name].ToList());
        }

        // What another node's alarm explains: what can be said is where to look.
        foreach (var elsewhere in suppressed.Where(group => !causes.Contains(group.Key)))
            Add(elsewhere.First(), new Cell("elsewhere", Tone.Fair), elsewhere.Key.Length > 0 ? $"cause: {elsewhere.Key}" : elsewhere.First().Text, elsewhere.Skip(unfolded ? 0 : 1).ToList());
        return rows;

        void Add(AlarmInfo alarm, Cell severity, string text, List<AlarmInfo> explained)
        {
            if (text.StartsWith($"{alarm.Object}: ", StringComparison.Ordinal)) text = text[(alarm.Object.Length + 2)..];
            rows.Add(new AlarmRow(severity, alarm.Kind, alarm.Object, alarm.Raised, explained.Count > 0 && !unfolded ? $"(+{explained.Count} suppressed) {text}" : text));
            if (unfolded) rows.AddRange(explained.Select(a => new AlarmRow(new Cell(" suppressed"), $" {a.Kind}", $" {a.Object}", a.Raised, $" {a.Text}")));
        }
    }
}
