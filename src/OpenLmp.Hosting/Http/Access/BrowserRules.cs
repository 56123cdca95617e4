using System.Net;
using Microsoft.AspNetCore.Http;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// What a browser may do over TCP for the page that it shows. It adds Host, Origin and Sec-Fetch-Site by itself and lets no page forge them; it also
/// adds a client's certificate by itself, so that who asks is not who wants. No answer here allows another origin to read it (no CORS).
/// </summary>
internal static class BrowserRules
{
    // None of them is what a form can send, or a script without asking.
    private static readonly string[] Types = ["application/json", "application/yaml"];

    /// <summary>Ends the request if a page of another origin is behind it. A Unix socket is out of a browser's reach.</summary>
    /// <exception cref="ApiException">One is, or may be.</exception>
    public static void Demand(HttpContext context)
    {
        if (context.Connection.LocalIpAddress is null) return;
        var request = context.Request;
        // DNS rebinding: a page's own name is made to resolve to this address, so that the browser takes us for the page's server. Under TLS the
        // certificate's name would be another.
        if (!request.IsHttps && !IsLocalHost(request.Host.Host))
            throw Refuse($"the Host header says '{request.Host.Host}': without TLS this API answers to addresses and localhost only");
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (!RequestGuard.IsChange(request.Method))
        {
            // A link to the dashboard may stand anywhere; anything else that another page asks for it cannot read, but could hold streams open with.
            if (site is "cross-site" or "same-site" && request.Headers["Sec-Fetch-Mode"] != "navigate") throw Refuse("pages of another origin may link here, not read here");
            return;
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}") throw Refuse($"changes are not taken from pages of another origin ({origin})");
        if (site is not ("" or "same-origin")) throw Refuse($"changes are not taken from pages of another origin (Sec-Fetch-Site: {site})");
        // What a form can send; a script would have to ask first (CORS), and nothing here answers that.
        if (request.ContentType is { } type ? !Types.Contains(MediaTypeOf(type)) : HasBody(request))
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, $"over TCP a body comes with Content-Type: {string.Join(" or ", Types)}");
    }

    private static ApiException Refuse(string why) => new(StatusCodes.Status403Forbidden, why);

    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);

    private static string MediaTypeOf(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
}
