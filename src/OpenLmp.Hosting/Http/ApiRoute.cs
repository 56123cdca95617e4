using Microsoft.AspNetCore.Http;

namespace OpenLmp.Hosting.Http;

/// <summary>One endpoint of the API. The table of these is what is served, and what the OpenAPI document is made from and checked against.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path, with parameters in braces.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Answer">The type of the JSON answer; null where the answer is no JSON.</param>
/// <param name="Handler">Does it.</param>
internal sealed record ApiRoute(string Method, string Pattern, string Summary, Type? Answer, RequestDelegate Handler)
{
    /// <summary>Query parameters and what they are for.</summary>
    public IReadOnlyList<(string Name, string Description)> Query { get; init; } = [];

    /// <summary>The type of the JSON body; null where there is none.</summary>
    public Type? Body { get; init; }

    /// <summary>The media type of a body that is no JSON; null where it is JSON, or there is none.</summary>
    public string? BodyMediaType { get; init; }

    /// <summary>Whether the header If-Match is looked at.</summary>
    public bool IfMatch { get; init; }

    /// <summary>The media type of an answer that is not, or not only, JSON.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether it reports what is, by who has been let in for that, and is no change of somebody's: the audit log would be full of it.</summary>
    public bool IsReport { get; init; }

    /// <summary>What else than 200 it may answer, beyond what every endpoint may.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];
}
