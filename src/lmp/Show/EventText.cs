using OpenLmp.Api;

namespace OpenLmp.Cli.Show;

/// <summary>Events in words.</summary>
internal static class EventText
{
    /// <summary>What changed: <c>Active -> Up</c>, <c>raised major control-channel-down</c>.</summary>
    public static string Change(EventInfo e) => e switch
    {
        { From: { } from } => $"{from} -> {e.To}",
        { Kind: { } kind } => $"{e.To} {e.Severity?.ToString().ToLowerInvariant()} {kind}",
        _ => e.To,
    };

    /// <summary>How what changed is coloured: what ends in trouble, and what ends it.</summary>
    public static Tone ToneOf(EventInfo e) => (e.Type, e.To) switch
    {
        (EventTypes.Alarm, "cleared") or (_, "Up" or "UpFree" or "UpAlloc" or "ok" or "verified" or "acknowledged") => Tone.Good,
        (EventTypes.Alarm, "raised") or (_, "Down" or "fail" or "localized" or "failed" or "mismatch") => Tone.Bad,
        (_, "degrade" or "Degraded" or "refused" or "unanswered" or "abandoned" or "unwilling") => Tone.Fair,
        _ => Tone.Plain,
    };

    /// <summary>The event on one line.</summary>
    public static string Line(EventInfo e, Terminal terminal)
    {
        // Texts are made to stand alone and often begin with the object.
        var text = e.Text.StartsWith($"{e.Object}: ", StringComparison.Ordinal) ? e.Text[(e.Object.Length + 2)..] : e.Text;
        return $"{terminal.LocalTime(e.Time)}  {e.Type} {e.Object}: {Change(e)}{(text.Length > 0 ? $": {text}" : "")}";
    }
}
