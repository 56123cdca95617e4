// RFC 4207 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Trace messages of SONET and SDH data links.</content>
public sealed partial class LmpNode
{
    /// <summary>The data plane reports the trace message it receives on a data link (RFC 4207 §4).</summary>
    /// <param name="now">The time.</param>
    /// <param name="dataLink">The data link's name.</param>
    /// <param name="type">Which overhead byte.</param>
    /// <param name="received">The text without framing; empty: none is received.</param>
    public CommandResult ReportTrace(Instant now, string dataLink, TraceType type, string received)
    {
        ArgumentNullException.ThrowIfNull(received);
        if (Observed(now, new TraceCommand(TraceVerb.Received, dataLink, type, received)) is { } answer) return answer;
        if (FindTraced(dataLink, out var refusal) is not { } link) return refusal;
        if (!TraceText.CanBeReceived(received)) return CommandResult.Conflict($"{dataLink}: a trace message has bytes for characters, {TraceText.LongestFrame} at most");
        if (link.Trace(type).Receive(now, received))
        {
            // First of all: a trace that is part of a test is none that is wrong.
            _verifier.ReceiveTrace(now, type, received);
            _tracer.Judge(now, link);
        }

        return CommandResult.Ok($"{dataLink}: {TraceTypes.InWords(type)}: {TraceText.Quote(received)} is received");
    }

    /// <summary>Sends a trace message on a data link, and asks the neighbour to monitor for it (RFC 4207 §4.1.1).</summary>
    /// <param name="now">The time.</param>
    /// <param name="dataLink">The data link's name.</param>
    /// <param name="type">Which overhead byte.</param>
    /// <param name="text">1 to <see cref="TraceText.MaxLength"/> printable ASCII characters; empty: no longer.</param>
    public CommandResult SendTrace(Instant now, string dataLink, TraceType type, string text)
    {
        if (Observed(now, new TraceCommand(TraceVerb.Send, dataLink, type, text)) is { } answer) return answer;
        if (FindTraced(dataLink, out var refusal) is not { } link) return refusal;
        if (Unusable(dataLink, text) is { } unusable) return unusable;
        if (link.Configuration.FindTrace(type)?.Send is { } configured && configured != text) return Configured(dataLink, $"send {TraceText.Quote(configured)}");
        link.Trace(type).Send(now, text);
        return Asked(link, type, $"{TraceText.Quote(text)} is to be sent", text.Length == 0 ? "" : "to monitor for it");
    }

    /// <summary>Expects a trace message on a data link, and asks the neighbour to send it (RFC 4207 §4.1.9).</summary>
    /// <param name="now">The time.</param>
    /// <param name="dataLink">The data link's name.</param>
    /// <param name="type">Which overhead byte.</param>
    /// <param name="text">1 to <see cref="TraceText.MaxLength"/> printable ASCII characters; empty: no longer.</param>
    public CommandResult ExpectTrace(Instant now, string dataLink, TraceType type, string text)
    {
        if (Observed(now, new TraceCommand(TraceVerb.Expect, dataLink, type, text)) is { } answer) return answer;
        if (FindTraced(dataLink, out var refusal) is not { } link) return refusal;
        if (Unusable(dataLink, text) is { } unusable) return unusable;
        if (link.Configuration.FindTrace(type)?.Expect is { } configured && configured != text) return Configured(dataLink, $"expect {TraceText.Quote(configured)}");
        link.Trace(type).Expect(now, text);
        return Asked(link, type, $"{TraceText.Quote(text)} is expected", text.Length == 0 ? "" : "to send it");
    }

    /// <summary>Asks the neighbour which trace message it receives (RFC 4207 §4.1.6); <see cref="TraceRequestFinished"/> tells.</summary>
    /// <param name="now">The time.</param>
    /// <param name="dataLink">The data link's name.</param>
    /// <param name="type">Which overhead byte.</param>
    public CommandResult AskTrace(Instant now, string dataLink, TraceType type)
    {
        if (Observed(now, new TraceCommand(TraceVerb.Ask, dataLink, type)) is { } answer) return answer;
        if (FindTraced(dataLink, out var refusal) is not { } link) return refusal;
        var neighbor = link.TeLink.Neighbor;
        if (!neighbor.IsUp) return CommandResult.Conflict($"{dataLink}: no control channel to {neighbor.Name} is up");
        if (!neighbor.Traces) return CommandResult.Conflict($"{dataLink}: {NoTraces(neighbor)}");
        link.Trace(type).Ask(now);
        return CommandResult.Ok($"{dataLink}: {TraceTypes.InWords(type)}: {neighbor.Name} is asked what it receives");
    }

    /// <summary>A data link is in test no more: what it receives is judged as ever.</summary>
    internal void JudgeTraces(Instant now, DataLink link) => _tracer.Judge(now, link);

    private static CommandResult Configured(string dataLink, string what) =>
        CommandResult.Conflict($"{dataLink}: its configuration says to {what}; change trace there, and reload it (SIGHUP)");

    private static string NoTraces(Neighbor neighbor) => $"{neighbor.Name} does not support trace monitoring (RFC 4207), or has not said so (RFC 6898)";

    private static CommandResult Asked(DataLink link, TraceType type, string what, string request)
    {
        var neighbor = link.TeLink.Neighbor;
        var asked = request.Length == 0 ? ""
            : !neighbor.IsUp ? $"; {neighbor.Name} will be asked {request} when a control channel is up"
            : !neighbor.Traces ? $"; {neighbor.Name} is not asked {request}: {NoTraces(neighbor)}"
            : $"; {neighbor.Name} is asked {request}";
        return CommandResult.Retained($"{link.Name}: {TraceTypes.InWords(type)}: {what}{asked}");
    }

    private static CommandResult? Unusable(string dataLink, string text) => text.Length == 0 || TraceText.IsUsable(text) ? null
        : CommandResult.Conflict($"{dataLink}: {TraceText.Quote(text)} cannot be a trace message; use 1 to {TraceText.MaxLength} printable ASCII characters");

    private DataLink? FindTraced(string name, out CommandResult refusal)
    {
        refusal = default;
        if (_links.FindDataLink(name) is not { } link) refusal = CommandResult.NotFound($"there is no data link {name}");
        else if (!link.HasTraces) refusal = CommandResult.Conflict($"{name}: only SONET and SDH have trace messages; set encoding: sdh where the link is one");
        else return link;
        return null;
    }
}
