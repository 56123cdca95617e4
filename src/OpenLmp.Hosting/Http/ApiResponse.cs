using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>Ends a request with an error that its sender is told.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}

/// <summary>What an answer says in words; for the audit log.</summary>
internal sealed record AnswerText(string Text);

/// <summary>Writes answers.</summary>
internal static class ApiResponse
{
    private static readonly JsonWriterOptions AsTheSerializer = new() { Encoder = ApiJson.TypeInfo<ErrorAnswer>().Options.Encoder };

    /// <summary>Writes a value of the API.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        // Serialized first: the length is known, and nothing half-written goes out should it fail.
        using var json = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(json, AsTheSerializer)) JsonSerializer.Serialize(writer, value, ApiJson.TypeInfo<T>());
        if (value is CommandAnswer { Text: var done }) context.Features.Set(new AnswerText(done));
        else if (value is ErrorAnswer { Error: var error }) context.Features.Set(new AnswerText(error));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = json.Length;
        foreach (var piece in json.Pieces) await context.Response.Body.WriteAsync(piece, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes an error.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string error) => WriteAsync(context, new ErrorAnswer(error), status);

    /// <summary>Writes a text.</summary>
    public static async Task WriteTextAsync(HttpContext context, ReadOnlyMemory<byte> text, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Throws unless a command was carried out.</summary>
    public static CommandResult Require(CommandResult result) => result.Status switch
    {
        CommandStatus.Ok => result,
        CommandStatus.NotFound => throw new ApiException(StatusCodes.Status404NotFound, result.Text),
        _ => throw new ApiException(StatusCodes.Status409Conflict, result.Text),
    };
}
