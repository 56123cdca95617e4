// RFC 4207 §4
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary>PUT and POST <c>/v1/data-links/NAME/trace</c>: trace messages of SONET and SDH data links.</summary>
internal static class TraceRoutes
{
    private const string Pattern = $"/v1/{Words.DataLinks}/{{name}}/trace";
    private const string PutSummary = "Says what is sent, expected or received as a trace message of a data link (RFC 4207 §4); the neighbour is asked to do its part.";
    private const string PostSummary = "Asks the neighbour which trace message it receives (RFC 4207 §4.1.6); an event tells.";

    private static readonly string Types = string.Join(", ", TraceTypes.All.Select(t => t.Name));

    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        new("PUT", Pattern, PutSummary, typeof(CommandAnswer), async context =>
        {
            var name = ApiContext.Route(context, "name");
            var (type, report) = await ReadAsync(context).ConfigureAwait(false);
            await CommandRoutes.RunAsync(api, context, (node, now) => Apply(node, now, name, type, report)).ConfigureAwait(false);
        })
        {
            Body = typeof(TraceReport),
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        },
        new("POST", Pattern, PostSummary, typeof(CommandAnswer), context =>
        {
            var name = ApiContext.Route(context, "name");
            var type = TypeOf(ApiContext.Query(context, "type"));
            return CommandRoutes.RunAsync(api, context, (node, now) => node.AskTrace(now, name, type), CommandOutcome.Started);
        })
        {
            Query = [("type", $"Which overhead byte: {Types}.")],
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        },
    ];

    private static CommandResult Apply(LmpNode node, Instant now, string name, TraceType type, TraceReport report)
    {
        var done = new List<string>();
        var isRetained = false;
        foreach (var (text, apply) in (ReadOnlySpan<(string?, Func<Instant, string, TraceType, string, CommandResult>)>)
            [(report.Send, node.SendTrace), (report.Expect, node.ExpectTrace), (report.Received, node.ReportTrace)])
        {
            if (text is null) continue;
            var result = apply(now, name, type, text);
            if (result.Status != CommandStatus.Ok) return result;
            isRetained |= result.ConfirmsRetained;
            done.Add(result.Text);
        }

        return CommandResult.Ok(string.Join("; ", done)) with { ConfirmsRetained = isRetained };
    }

    private static async Task<(TraceType Type, TraceReport Report)> ReadAsync(HttpContext context)
    {
        const string Expected = """the body is {"type": "sonet-j0", "send": TEXT}, with expect or received in place of send or beside it""";
        try
        {
            var report = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.TypeInfo<TraceReport>(), context.RequestAborted).ConfigureAwait(false);
            return report is { Type: not null } and not { Send: null, Expect: null, Received: null }
                ? (TypeOf(report.Type), report)
                : throw new ApiException(StatusCodes.Status400BadRequest, Expected);
        }
        catch (JsonException)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, Expected);
        }
    }

    /// <summary>The trace type of that name.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    internal static TraceType TypeOf(string? name)
    {
        foreach (var type in TraceTypes.All)
            if (type.Name == name) return type.Value;
        throw new ApiException(StatusCodes.Status400BadRequest, $"'{name}' is no trace type: they are {Types}");
    }
}
