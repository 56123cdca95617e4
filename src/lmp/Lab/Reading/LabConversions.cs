using OpenLmp.Hosting;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>Texts of lab files to values.</summary>
internal static class LabConversions
{
    private static readonly AlarmKind[] AlarmKinds = Enum.GetValues<AlarmKind>();

    /// <summary>A trace type (RFC 4207 §4.1.1.1).</summary>
    public static Converted<TraceType> Trace(string text)
    {
        foreach (var (value, name, _) in TraceTypes.All)
            if (name == text) return value;
        return new Wrong($"{Findings.Quote(text)} is no trace type; {Suggestion.For(text, [.. TraceTypes.All.Select(t => t.Name)], "they are")}");
    }

    /// <summary>A trace message's text.</summary>
    public static Converted<string> TraceMessage(string text) => TraceText.IsUsable(text) ? text
        : new Wrong($"{Findings.Quote(text)} cannot be a trace message; use 1 to {TraceText.MaxLength} printable ASCII characters");

    /// <summary>The kinds of alarms, as <c>lmp show alarms</c> names them.</summary>
    public static string[] AlarmNames { get; } = [.. AlarmKinds.Select(ApiWords.Of)];

    /// <summary>The kind of alarm that has one of these names.</summary>
    public static AlarmKind Alarm(string name) => AlarmKinds[Array.IndexOf(AlarmNames, name)];
}
