using System.Security;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>The file's bytes to text.</summary>
internal static class ConfigurationFile
{
    /// <summary>Ten times a configuration with ten thousand data links; more is another file, or a device that never ends.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>The text; null where there is none, then an error has been told.</summary>
    public static string? Read(string path, Findings findings)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path)) return Refuse(findings, "it is a directory");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var memory = new MemoryStream();
            var buffer = new byte[65536];
            for (int count; (count = file.Read(buffer)) > 0;)
            {
                memory.Write(buffer, 0, count);
                if (memory.Length > MaxBytes) return Refuse(findings, $"it is larger than {MaxBytes >> 20} MiB, too large for a configuration");
            }

            bytes = memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return Refuse(findings, e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException or SecurityException => "permission denied",
                ArgumentException => "this is no file name",
                _ => e.Message.ReplaceLineEndings(" "),
            });
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length));
            var start = before.LastIndexOf((byte)'\n') + 1;
            var at = new Position(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
            findings.Error(at, "this byte is not UTF-8; save the file as UTF-8 text");
            return null;
        }
    }

    private static string? Refuse(Findings findings, string why)
    {
        findings.Error(Position.Start, $"the file cannot be read: {why}");
        return null;
    }
}
