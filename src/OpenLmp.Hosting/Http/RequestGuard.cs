using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// What stands around every request: nothing a web page makes a browser send over TCP reaches the node, and every failure becomes a sentence in JSON.
/// </summary>
internal sealed partial class RequestGuard(ILogger<RequestGuard> logger)
{
    /// <summary>Runs a request.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (Refusal(context) is { } refusal)
            {
                await ApiResponse.WriteErrorAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
                return;
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
    }

    private static async Task FailAsync(HttpContext context, int status, string error)
    {
        if (context.Response.HasStarted) context.Abort();
        else await ApiResponse.WriteErrorAsync(context, status, error).ConfigureAwait(false);
    }

    // A browser adds Host and Origin by itself and lets no page forge them. A Unix socket is out of its reach.
    private static string? Refusal(HttpContext context)
    {
        if (context.Connection.LocalIpAddress is not { } local) return null;
        var request = context.Request;
        // DNS rebinding: a page's own name is made to resolve to this address, so that the browser takes us for the page's server.
        if (IPAddress.IsLoopback(local) && !IsLocalHost(request.Host.Host))
            return $"the Host header says '{request.Host.Host}': over the loopback address this API answers to addresses and localhost only";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}" ? null : $"changes are not taken from pages of another origin ({origin})";
    }

    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);

    private static string Text(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"there is no {context.Request.Path}; see /openapi/v1.json",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}, but {context.Response.Headers.Allow}",
        _ => $"the request was refused with status {status}",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The API failed at {Method} {Path}")]
    private partial void LogFailure(string method, string path, Exception exception);
}
