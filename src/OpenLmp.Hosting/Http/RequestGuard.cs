using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// What stands around every request: nothing a web page makes a browser send over TCP reaches the node, nobody does what is not theirs to do, every
/// change is told, and every failure becomes a sentence in JSON.
/// </summary>
/// <param name="logger">Where failures go.</param>
/// <param name="rules">Who may do what, as it is now; null where everyone may do everything that there is.</param>
/// <param name="audit">Where changes are told; null: nowhere.</param>
internal sealed partial class RequestGuard(ILogger logger, Func<AccessRules>? rules, AuditLog? audit)
{
    /// <summary>Whether a method may change something.</summary>
    public static bool IsChange(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    /// <summary>Runs a request.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var caller = Caller.Anonymous(ApiRole.None);
        var isTold = audit is null || !IsChange(context.Request.Method);
        // Before the answer: it may be a stream that goes on for months.
        if (!isTold) context.Response.OnStarting(TellAsync);
        try
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            BrowserRules.Demand(context);
            if (rules?.Invoke() is { } access)
            {
                var shown = ShownCredentials.Of(context);
                caller = access.Identify(shown);
                access.Demand(caller, context);
                context.Features.Set(new AccessGrant(rules, access, shown, AccessRules.Needed(context)));
            }

            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 and var status, ContentLength: null })
                await ApiResponse.WriteErrorAsync(context, status, Text(context, status)).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            await FailAsync(context, e.Status, e.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await FailAsync(context, e.StatusCode, e.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody to answer.
        }
        catch (Exception e)
        {
            LogFailure(context.Request.Method, context.Request.Path, e);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "an internal error; the daemon's log has its details").ConfigureAwait(false);
        }

        await TellAsync().ConfigureAwait(false);

        Task TellAsync()
        {
            if (!isTold) Tell(context, caller);
            isTold = true;
            return Task.CompletedTask;
        }
    }

    private void Tell(HttpContext context, Caller caller)
    {
        var from = context.Features.Get<ConnectionPeer>()?.From ?? "";
        var action = $"{context.Request.Method} {context.Request.Path.ToUriComponent()}{context.Request.QueryString}";
        var text = context.Features.Get<AnswerText>()?.Text ?? "";
        if (context.Response.StatusCode is (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden) and var refused) audit!.Refused(caller, from, action, refused, text);
        else if (context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>()?.IsReport != true)
            audit!.Changed(caller, from, action, context.Response.StatusCode, context.RequestAborted.IsCancellationRequested && text.Length == 0 ? "the client went before the answer" : text);
    }

    private static async Task FailAsync(HttpContext context, int status, string error)
    {
        if (context.Response.HasStarted) context.Abort();
        else await ApiResponse.WriteErrorAsync(context, status, error).ConfigureAwait(false);
    }

    private static string Text(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"there is no {context.Request.Path}; see /openapi/v1.json",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}, but {context.Response.Headers.Allow}",
        _ => $"the request was refused with status {status}",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The API failed at {Method} {Path}")]
    private partial void LogFailure(string method, string path, Exception exception);
}
