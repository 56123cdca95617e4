using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>GET, PUT and DELETE <c>/v1/configuration</c> and below: the configuration in force, whole or in part, and changes of it.</summary>
internal static class ConfigurationRoutes
{
    /// <summary>The media type of YAML (RFC 9512).</summary>
    public const string Yaml = "application/yaml";

    private const string Whole = $"/v1/{Words.Configuration}";
    private const string Part = $"{Whole}/{{**path}}";

    private static readonly (string, string) Save = ("save", "With true: also writes it to the file the daemon was started with, at once or not at all.");

    private static readonly int[] ChangeErrors =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed,
    ];

    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        Read(api, Whole, "The configuration in force, as it was written; the ETag changes with it.", (configuration, _) => configuration.Current),
        Read(api, Part, "A part of the configuration in force: keys and names from the top, such as te-links/te1/confirm-interval.",
            (configuration, context) => configuration.Part(PathOf(context))),
        new("POST", $"{Whole}/diff", "What a configuration would change; changes nothing.", typeof(ConfigurationAnswer), async context =>
        {
            var configuration = Access(api);
            var text = await ReadAsync(context).ConfigureAwait(false);
            await AnswerAsync(context, () => ApiResponse.WriteAsync(context, configuration.Compare(text))).ConfigureAwait(false);
        })
        {
            BodyMediaType = Yaml,
            Errors = [StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict],
        },
        Change(api, "PUT", Whole, "Puts a configuration in force: all of it, or nothing. What is in both goes on undisturbed.", hasBody: true),
        Change(api, "PUT", Part, "Puts another part in force, and everything else as it is. A part that is not there is made; the comments of the text are lost.", hasBody: true),
        Change(api, "DELETE", Part, "Removes a part: what stands for nothing, or the default, counts.", hasBody: false),
    ];

    private static ApiRoute Read(ApiContext api, string pattern, string summary, Func<IConfigurationAccess, HttpContext, (string Text, string Tag)> read) =>
        new("GET", pattern, summary, null, async context =>
        {
            var configuration = Access(api);
            await AnswerAsync(context, async () =>
            {
                var (text, tag) = read(configuration, context);
                context.Response.Headers.ETag = tag;
                context.Response.Headers.CacheControl = "no-store";
                await ApiResponse.WriteTextAsync(context, Encoding.UTF8.GetBytes(text), $"{Yaml}; charset=utf-8").ConfigureAwait(false);
            }).ConfigureAwait(false);
        })
        {
            MediaType = Yaml,
            Errors = pattern == Whole ? [StatusCodes.Status409Conflict] : [StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
        };

    private static ApiRoute Change(ApiContext api, string method, string pattern, string summary, bool hasBody) =>
        new(method, pattern, summary, typeof(ConfigurationAnswer), async context =>
        {
            var configuration = Access(api);
            var change = new ConfigurationEditRequest(pattern == Whole ? null : PathOf(context), hasBody ? await ReadAsync(context).ConfigureAwait(false) : null);
            var expected = context.Request.Headers.IfMatch is [{ Length: > 0 } tag, ..] && tag != "*" ? tag : null;
            var save = ApiContext.Flag(context, Save.Item1);
            // What has begun is not given up because nobody waits for the answer: the daemon's end alone ends it.
            await AnswerAsync(context, async () =>
            {
                var answer = await configuration.ApplyAsync(change, expected, save, CancellationToken.None).ConfigureAwait(false);
                await ApiResponse.WriteAsync(context, answer).ConfigureAwait(false);
            }).ConfigureAwait(false);
        })
        {
            Query = [Save],
            BodyMediaType = hasBody ? Yaml : null,
            IfMatch = true,
            Errors = pattern == Whole ? [.. ChangeErrors.Except([StatusCodes.Status404NotFound])] : ChangeErrors,
        };

    private static IConfigurationAccess Access(ApiContext api) =>
        api.Node.Configuration ?? throw new ApiException(StatusCodes.Status409Conflict, "this node was not configured by a file: what made it, changes it");

    private static string PathOf(HttpContext context) => ApiContext.Route(context, "path");

    private static async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer().ConfigureAwait(false);
        }
        catch (ConfigurationRefusedException e)
        {
            var status = e.Reason switch
            {
                ConfigurationRefusal.Wrong => StatusCodes.Status400BadRequest,
                ConfigurationRefusal.Missing => StatusCodes.Status404NotFound,
                ConfigurationRefusal.Outdated => StatusCodes.Status412PreconditionFailed,
                _ => StatusCodes.Status409Conflict,
            };
            await ApiResponse.WriteAsync(context, new ErrorAnswer(e.Message, e.Findings.Count > 0 ? [.. e.Findings] : null), status).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "the daemon is stopping");
        }
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        // A configuration of thousands of data links is larger than anything else that is sent here.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = ConfigurationFile.MaxBytes;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.ToArray());
        }
        catch (DecoderFallbackException)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, "the body is not UTF-8");
        }
    }
}
