using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary><c>/v1/data-plane</c>: where an agent connects, and what it reports. docs/operating/data-plane.md is its description.</summary>
internal static class DataPlaneRoutes
{
    /// <summary>The media type of the orders: JSON objects, one a line.</summary>
    public const string OrderLines = "application/x-ndjson";

    private const string Root = $"/v1/{Words.DataPlane}";
    private const int LongestName = 63;
    private const string ConnectSummary = "An agent takes the session of an external data plane; the answer streams its orders until the session ends.";

    private static readonly int[] ReportErrors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict];

    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        new("GET", Root, "What carries the data links, and the agent that speaks for it.", typeof(DataPlaneInfo), async context =>
            await ApiResponse.WriteAsync(context, await api.AskAsync(context, (node, _) => api.DataPlane(node)).ConfigureAwait(false)).ConfigureAwait(false)),
        // A POST: what takes over from an agent must not be within the reach of a web page.
        new("POST", $"{Root}/sessions", ConnectSummary, typeof(AgentOrder), context => ForAgentAsync(api, context, plane => ConnectAsync(api, plane, context)))
        {
            Body = typeof(AgentOffer),
            MediaType = OrderLines,
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict],
        },
        Report<AgentSignals>(api, "signals", "An agent reports signals: all of a report, or none.", ReadSignals),
        Report<AgentTests>(api, "tests", "An agent hands in Test messages that came in: all of a report, or none.", ReadTests),
        Report<AgentTraces>(api, "traces", "An agent reports the trace messages it receives (RFC 4207): all of a report, or none.", ReadTraces),
        Report<AgentTransports>(api, "transports", "An agent says how single data links can be tested (RFC 4207 §3.1): all of a report, or none.", ReadTransports),
        Report<AgentHeartbeat>(api, "heartbeat", "An agent says that it is there. Every other report says so too.", ReadHeartbeat),
    ];

    private delegate CommandResult Apply(LmpNode node, Instant now);

    private static ApiRoute Report<T>(ApiContext api, string word, string summary, Func<ExternalDataPlane, T, (long Session, Apply Apply)> read)
        where T : class =>
        new("POST", $"{Root}/{word}", summary, typeof(CommandAnswer), context => ForAgentAsync(api, context, async plane =>
        {
            var (session, apply) = read(plane, await ReadAsync<T>(context).ConfigureAwait(false));
            if (session == 0) throw Bad("session is missing: the number that hello told");
            plane.Heard(session);
            var result = ApiResponse.Require(await api.AskAsync(context, (node, now) => apply(node, now)).ConfigureAwait(false));
            await ApiResponse.WriteAsync(context, new CommandAnswer(CommandOutcome.Done, result.Text)).ConfigureAwait(false);
        }))
        {
            Body = typeof(T),
            IsReport = true,
            Errors = ReportErrors,
        };

    private static async Task ConnectAsync(ApiContext api, ExternalDataPlane plane, HttpContext context)
    {
        var offer = await ReadAsync<AgentOffer>(context).ConfigureAwait(false);
        if (offer.Version != ExternalDataPlane.Version)
            throw Bad($"version {offer.Version} of the exchange with agents is not supported; this daemon speaks version {ExternalDataPlane.Version}");
        if (offer.Agent is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
            throw Bad($"agent is the agent's name, 1 to {LongestName} characters");
        using var session = new AgentSession(name, offer.CanTest, offer.Transports is { } can ? TransportsOf(can) : VerifyTransport.Payload, plane.Heartbeat);
        await new AgentStream(api, plane, session).RunAsync(context).ConfigureAwait(false);
    }

    private static (long Session, Apply Apply) ReadSignals(ExternalDataPlane plane, AgentSignals report)
    {
        if (report.Signals is null) throw Bad("""signals is missing: an object such as {"te1-1": "ok", "te1-2": "fail"}""");
        return (report.Session, (node, now) => plane.ReportSignals(node, now, report));
    }

    private static (long Session, Apply Apply) ReadTests(ExternalDataPlane plane, AgentTests report)
    {
        if (report.Tests is null) throw Bad("""tests is missing: a list such as [{"dataLink": "te1-1", "message": "..."}]""");
        var tests = new List<(string, byte[])>(report.Tests.Count);
        foreach (var (index, test) in report.Tests.Index())
        {
            if (test?.DataLink is not { } link) throw Bad($"tests[{index}] has no dataLink");
            var buffer = new byte[test.Message?.Length ?? 0];
            if (!Convert.TryFromBase64String(test.Message ?? "", buffer, out var length) || length == 0)
                throw Bad($"tests[{index}], of {link}: message is not the bytes of a Test message in base64");
            tests.Add((link, buffer[..length]));
        }

        return (report.Session, (node, now) => plane.ReceiveTests(node, now, report.Session, tests));
    }

    private static (long Session, Apply Apply) ReadTraces(ExternalDataPlane plane, AgentTraces report)
    {
        if (report.Traces is null) throw Bad("""traces is missing: a list such as [{"dataLink": "te1-1", "type": "sonet-j0", "received": "PARIS"}]""");
        var traces = new List<(string, TraceType, string)>(report.Traces.Count);
        foreach (var (index, trace) in report.Traces.Index())
        {
            if (trace is not { DataLink: { } link, Received: { } received }) throw Bad($"traces[{index}] has no dataLink, or no received");
            if (!TraceText.CanBeReceived(received)) throw Bad($"traces[{index}], of {link}: a trace message has bytes for characters, {TraceText.LongestFrame} at most");
            traces.Add((link, TraceRoutes.TypeOf(trace.Type), received));
        }

        return (report.Session, (node, now) => plane.ReportTraces(node, now, report.Session, traces));
    }

    private static (long Session, Apply Apply) ReadTransports(ExternalDataPlane plane, AgentTransports report)
    {
        if (report.Transports is null) throw Bad("""transports is missing: an object such as {"te1-1": ["payload", "j0-trace"]}""");
        var transports = report.Transports.ToDictionary(t => t.Key, t => TransportsOf(t.Value ?? []), StringComparer.Ordinal);
        return (report.Session, (_, _) => plane.ReportTransports(report.Session, transports));
    }

    private static VerifyTransport TransportsOf(IReadOnlyList<string> names)
    {
        var all = VerifyTransport.None;
        foreach (var name in names)
        {
            var transport = VerifyTransports.All.FirstOrDefault(t => t.Name == name).Value;
            if (transport == VerifyTransport.None) throw Bad($"'{name}' is no transport mechanism: they are {string.Join(", ", VerifyTransports.All.Select(t => t.Name))}");
            all |= transport;
        }

        return all;
    }

    private static (long Session, Apply Apply) ReadHeartbeat(ExternalDataPlane plane, AgentHeartbeat report) => (report.Session, (_, _) => plane.Heed(report));

    private static async Task ForAgentAsync(ApiContext api, HttpContext context, Func<ExternalDataPlane, Task> handle)
    {
        if (api.Node.ExternalDataPlane is not { } plane)
            throw new ApiException(StatusCodes.Status409Conflict, $"this node's data plane is {api.Node.DataPlaneKind}; agents connect where it is external");
        try
        {
            await handle(plane).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or BadHttpRequestException)
        {
            plane.CountRefused();
            throw;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.TypeInfo<T>(), context.RequestAborted).ConfigureAwait(false)
                ?? throw Bad("the body is a JSON object, see /openapi/v1.json");
        }
        catch (JsonException e)
        {
            throw Bad($"the body is not the JSON object that belongs here, see /openapi/v1.json: wrong at {e.Path ?? "its beginning"}");
        }
    }

    private static ApiException Bad(string text) => new(StatusCodes.Status400BadRequest, text);
}
