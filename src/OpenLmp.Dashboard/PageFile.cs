using System.IO.Compression;
using System.Security.Cryptography;

namespace OpenLmp.Dashboard;

/// <summary>A file of the page, as it is embedded.</summary>
internal sealed class PageFile
{
    private const string Prefix = "page/";
    private const string Compressed = ".gz";

    private static readonly Lazy<Dictionary<string, PageFile>> Files = new(() => typeof(PageFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => new PageFile(name))
        .ToDictionary(file => file.Path, StringComparer.Ordinal));

    private PageFile(string resource)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(resource)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        Bytes = bytes;
        IsCompressed = resource.EndsWith(Compressed, StringComparison.Ordinal);
        Path = IsCompressed ? resource[Prefix.Length..^Compressed.Length] : resource[Prefix.Length..];
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";
    }

    /// <summary>Its path below the page's: <c>index.html</c>, <c>assets/index-Cx3f.js</c>.</summary>
    public string Path { get; }

    /// <summary>What it consists of.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether that is compressed with gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>Names this content.</summary>
    public string ETag { get; }

    /// <summary>Whether the file's name tells its content, so that it never has to be asked for again.</summary>
    public bool IsImmutable => Path.StartsWith("assets/", StringComparison.Ordinal);

    /// <summary>The media type.</summary>
    public string ContentType => System.IO.Path.GetExtension(Path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    /// <summary>The file of a path; null if there is none.</summary>
    public static PageFile? Find(string path) => Files.Value.GetValueOrDefault(path);

    /// <summary>What it consists of, for who does not understand gzip.</summary>
    public byte[] Decompress()
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Bytes.ToArray()), CompressionMode.Decompress)) gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
