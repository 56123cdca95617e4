namespace OpenLmp.Hosting.Http;

/// <summary>The OpenAPI document: made from the routes and types by a test, which also fails when it is stale; embedded.</summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<byte[]> Document = new(() =>
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The OpenAPI document is not embedded.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    });

    /// <summary>The document, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes => Document.Value;
}
