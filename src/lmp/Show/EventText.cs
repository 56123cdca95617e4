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

    /// <summary>The event on one line.</summary>
    public static string Line(EventInfo e, Terminal terminal) =>
        $"{terminal.LocalTime(e.Time)}  {e.Type} {e.Object}: {Change(e)}{(e.Text.Length > 0 ? $": {e.Text}" : "")}";
}
