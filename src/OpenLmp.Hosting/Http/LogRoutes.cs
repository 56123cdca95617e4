using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>What the daemon logs, looked at and changed while it runs.</summary>
internal static class LogRoutes
{
    private static readonly string Expected =
        $$"""the body is {"level": "debug"}, or {"level": "debug", "category": "protocol"}; levels are trace, debug, info, warning, error, critical and none, categories {{string.Join(", ", LogCategories.All)}}""";

    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        new("GET", $"/v1/{Words.Log}", "What is logged.", typeof(LogInfo), context => ApiResponse.WriteAsync(context, Info(Levels(api).Current)))
        {
            Errors = [StatusCodes.Status404NotFound],
        },
        new("PUT", $"/v1/{Words.Log}", "Changes what is logged, until the configuration is read again.", typeof(CommandAnswer), async context =>
        {
            var levels = Levels(api);
            var change = await ReadAsync(context).ConfigureAwait(false);
            // Both enums list the same levels in the same order; a test compares the names.
            levels.Set((LogLevel)change.Level, change.Category);
            var text = $"{change.Category ?? "log"}: from {LogSection.WordOf((LogLevel)change.Level)}, until the configuration is read again";
            await ApiResponse.WriteAsync(context, new CommandAnswer(CommandOutcome.Done, text)).ConfigureAwait(false);
        })
        {
            Body = typeof(LogChange),
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound],
        },
    ];

    private static LogLevels Levels(ApiContext api) =>
        api.Node.Log?.Levels ?? throw new ApiException(StatusCodes.Status404NotFound, "this node has no log of its own");

    private static LogInfo Info(LogConfiguration log) =>
        new((LogSeverity)log.Level, [.. LogCategories.All.Select(category => new LogCategoryInfo(category, (LogSeverity)log.Of(category)))]);

    private static async Task<LogChange> ReadAsync(HttpContext context)
    {
        try
        {
            var change = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.TypeInfo<LogChange>(), context.RequestAborted).ConfigureAwait(false);
            if (change is not null && (change.Category is null || LogCategories.All.Contains(change.Category))) return change;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new ApiException(StatusCodes.Status400BadRequest, Expected);
    }
}
