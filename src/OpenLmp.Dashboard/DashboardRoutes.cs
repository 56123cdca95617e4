using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenLmp.Dashboard;

/// <summary>
/// Serves the dashboard: a page that reads the API at <c>v1/</c> beside itself, or at the servers that its URL names. It is embedded in the assembly,
/// and asks no one else for anything.
/// </summary>
public static class DashboardRoutes
{
    // Scripts, styles and data come from here and nowhere else; nothing in the page's text is ever run.
    private const string Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Whether this build has the page; otherwise one that says how to get it is served.</summary>
    public static bool IsBuilt => PageFile.Find("index.html") is not null;

    /// <summary>Serves the page below a path.</summary>
    /// <param name="routes">The server's routes.</param>
    /// <param name="prefix">The path, with a slash at its end.</param>
    public static void MapDashboard(this IEndpointRouteBuilder routes, string prefix = "/")
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(prefix);
        routes.MapMethods(prefix, ["GET", "HEAD"], (RequestDelegate)(context => WriteAsync(context, PageFile.Find("index.html") ?? PageFile.Find("missing.html"))));
        routes.MapMethods(prefix + "assets/{file}", ["GET", "HEAD"], (RequestDelegate)(context => WriteAsync(context, PageFile.Find($"assets/{context.Request.RouteValues["file"]}"))));
    }

    private static async Task WriteAsync(HttpContext context, PageFile? file)
    {
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ETag = file.ETag;
        headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.IsCompressed) headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(file.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var takesGzip = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (file.IsCompressed && takesGzip) headers.ContentEncoding = "gzip";
        var bytes = file.IsCompressed && !takesGzip ? file.Decompress() : file.Bytes;
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
