using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>POST and PUT: what an operator or a data plane can say.</summary>
internal static class CommandRoutes
{
    private const string SignalSummary = "Reports what an external data plane receives on data links or component links.";
    private const string SummarizeSummary = "Sends LinkSummary: compares a TE link's properties with the neighbour's (RFC 4204 §4).";
    private const string VerifySummary = "Verifies a TE link's free data links: Test messages show where each really ends (RFC 4204 §5).";

    private const string VerifyAllSummary =
        "Verifies data links of all TE links with a neighbour in one procedure that names none of them (RFC 4204 §5).";
    private const string ConfirmSummary = "Compares the statuses of a TE link's data channels with the neighbour's, to find stranded resources (RFC 5818).";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        Channel(
            api,
            "up",
            "Puts a control channel that was taken down back into service.",
            (node, now, neighbor, id) => node.ControlChannelUp(now, neighbor, id)),
        Channel(
            api,
            "down",
            "Takes a control channel down by the ControlChannelDown procedure (RFC 4204 §3.2.3).",
            (node, now, neighbor, id) => node.ControlChannelDown(now, neighbor, id)),
        Procedure(api, "summarize", SummarizeSummary, EventTypes.LinkSummary, (node, now, name) => node.Summarize(now, name)),
        Procedure(api, "verify", VerifySummary, EventTypes.Verification, (node, now, name) => node.Verify(now, name)),
        VerifyAll(api),
        Procedure(api, "confirm", ConfirmSummary, EventTypes.Confirmation, (node, now, name) => node.Confirm(now, name)),
        DataLinks(
            api,
            "allocate",
            "Allocates free data links: all of them or none. Names are separated by commas.",
            (node, now, names) => node.Allocate(now, names)),
        DataLinks(
            api,
            "release",
            "Releases allocated data links: all of them or none. Names are separated by commas.",
            (node, now, names) => node.Release(now, names)),
        Signal(api),
        CrossConnect(
            api,
            "PUT",
            "Tells that one data link continues on the other, for fault localization (RFC 4204 §6.2).",
            (node, now, a, b, oneWay) => node.AddCrossConnect(now, a, b, oneWay)) with
        {
            Query = [("one-way", "true: of what comes in on the first only, as in a unidirectional LSP; otherwise both ways.")],
        },
        CrossConnect(api, "DELETE", "Removes a cross-connect.", (node, now, a, b, _) => node.RemoveCrossConnect(now, a, b)),
        .. TraceRoutes.Of(api),
    ];

    private static ApiRoute CrossConnect(ApiContext api, string method, string summary, Func<LmpNode, Instant, string, string, bool, CommandResult> command) =>
        new(method, $"/v1/{Words.CrossConnects}/{{a}}/{{b}}", summary, typeof(CommandAnswer), context =>
        {
            var (a, b, oneWay) = (ApiContext.Route(context, "a"), ApiContext.Route(context, "b"), ApiContext.Flag(context, "one-way"));
            return RunAsync(api, context, (node, now) => command(node, now, a, b, oneWay));
        })
        {
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        };

    private static ApiRoute Channel(ApiContext api, string verb, string summary, Func<LmpNode, Instant, string, uint, CommandResult> command) =>
        new("POST", $"/v1/{Words.ControlChannels}/{{neighbor}}/{{id}}/{verb}", summary, typeof(CommandAnswer), async context =>
        {
            var neighbor = ApiContext.Route(context, "neighbor");
            if (!uint.TryParse(ApiContext.Route(context, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                throw new ApiException(StatusCodes.Status400BadRequest, $"'{ApiContext.Route(context, "id")}' is no CC_Id: a number from 1 to 4294967295");
            await RunAsync(api, context, (node, now) => command(node, now, neighbor, id)).ConfigureAwait(false);
        })
        {
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status507InsufficientStorage],
        };

    private static ApiRoute DataLinks(ApiContext api, string verb, string summary, Func<LmpNode, Instant, IReadOnlyList<string>, CommandResult> command) =>
        new("POST", $"/v1/{Words.DataLinks}/{{names}}/{verb}", summary, typeof(CommandAnswer), context =>
        {
            var names = Names(context);
            return RunAsync(api, context, (node, now) => command(node, now, names));
        })
        {
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status507InsufficientStorage],
        };

    private static ApiRoute Signal(ApiContext api) =>
        new("PUT", $"/v1/{Words.DataLinks}/{{names}}/signal", SignalSummary, typeof(CommandAnswer), async context =>
        {
            var names = Names(context);
            var report = await ReadSignalAsync(context).ConfigureAwait(false);
            await RunAsync(api, context, (node, now) => node.ReportSignal(now, names, ApiWords.Of(report))).ConfigureAwait(false);
        })
        {
            Body = typeof(SignalReport),
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        };

    private static ApiRoute Procedure(ApiContext api, string verb, string summary, string endEvent, Func<LmpNode, Instant, string, CommandResult> begin) =>
        new("POST", $"/v1/{Words.TeLinks}/{{name}}/{verb}", summary, typeof(CommandAnswer), context => BeginAsync(api, context, endEvent, begin))
        {
            Query = [WaitParameter],
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        };

    private static ApiRoute VerifyAll(ApiContext api) =>
        new("POST", $"/v1/{Words.Neighbors}/{{name}}/verify", VerifyAllSummary, typeof(CommandAnswer), context =>
        {
            var unassigned = ApiContext.Flag(context, "unassigned");
            return BeginAsync(api, context, EventTypes.Verification, (node, now, name) => node.VerifyAll(now, name, unassigned));
        })
        {
            Query = [WaitParameter, ("unassigned", "true: only data links whose mapping is not configured; otherwise all free ones.")],
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        };

    private static (string Name, string Description) WaitParameter =>
        ("wait", "Answer when the procedure has ended, or after this time at most: 500ms, 30s, 2min.");

    // A procedure takes time: the answer comes when it has begun, or when its end is told by an event.
    private static Task BeginAsync(ApiContext api, HttpContext context, string endEvent, Func<LmpNode, Instant, string, CommandResult> begin)
    {
        var name = ApiContext.Route(context, "name");
        var wait = Wait(context);
        return wait == TimeSpan.Zero
            ? RunAsync(api, context, (node, now) => begin(node, now, name), CommandOutcome.Started)
            : BeginAndWaitAsync(api, context, name, endEvent, begin, wait);
    }

    internal static async Task RunAsync(
        ApiContext api, HttpContext context, Func<LmpNode, Instant, CommandResult> command, CommandOutcome outcome = CommandOutcome.Done)
    {
        var result = ApiResponse.Require(await api.AskAsync(context, command).ConfigureAwait(false));
        await ApiResponse.WriteAsync(context, new CommandAnswer(outcome, result.Text)).ConfigureAwait(false);
    }

    private static async Task BeginAndWaitAsync(
        ApiContext api, HttpContext context, string name, string endEvent, Func<LmpNode, Instant, string, CommandResult> begin, TimeSpan wait)
    {
        using var subscription = api.Node.Events.Subscribe();
        // Taken on the node's thread: the end of an earlier procedure is not mistaken for the end of this one.
        var (before, result) = await api.AskAsync(context, (node, now) => (api.LastEvent, begin(node, now, name))).ConfigureAwait(false);
        ApiResponse.Require(result);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(wait);
        CommandAnswer answer;
        try
        {
            answer = await EndAsync(subscription, before, name, endEvent, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            answer = new CommandAnswer(CommandOutcome.Pending, $"{name}: no answer yet after {wait.TotalSeconds:0.###} s; lmp monitor shows how it goes on");
        }

        await ApiResponse.WriteAsync(context, answer).ConfigureAwait(false);
    }

    private static async Task<CommandAnswer> EndAsync(
        EventSubscription<EventInfo> subscription, long before, string name, string endEvent, CancellationToken cancellationToken)
    {
        await foreach (var (number, e) in subscription.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            if (number > before && e.Type == endEvent && e.Object == name)
                return new CommandAnswer(Enum.Parse<CommandOutcome>(e.To, ignoreCase: true), e.Text);
        throw new ApiException(StatusCodes.Status503ServiceUnavailable, "the daemon is stopping");
    }

    private static string[] Names(HttpContext context)
    {
        var names = ApiContext.Route(context, "names").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : throw new ApiException(StatusCodes.Status400BadRequest, "name at least one data link");
    }

    private static TimeSpan Wait(HttpContext context)
    {
        if (ApiContext.Query(context, "wait") is not { } text) return TimeSpan.Zero;
        return WaitTime.TryParse(text, out var wait) && wait <= LongestWait
            ? wait
            : throw new ApiException(
                StatusCodes.Status400BadRequest,
                $"'{text}' is no time to wait: write it as 500ms, 30s or 2min, up to {LongestWait.TotalMinutes:0}min");
    }

    private static async Task<Api.SignalState> ReadSignalAsync(HttpContext context)
    {
        const string Expected = """the body is {"signal": "ok"}, {"signal": "degrade"} or {"signal": "fail"}""";
        try
        {
            var type = ApiJson.TypeInfo<SignalReport>();
            var report = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false);
            return report is { Signal: not Api.SignalState.Unknown and var signal }
                ? signal
                : throw new ApiException(StatusCodes.Status400BadRequest, Expected);
        }
        catch (JsonException)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, Expected);
        }
    }
}
