using System.Security;
using System.Text;

namespace OpenLmp.Hosting.Http;

/// <summary>Small files beside the configuration: tokens, keys, certificates.</summary>
internal static class SecretFile
{
    private const int MaxBytes = 1 << 20;

    private const UnixFileMode TooOpen =
        UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads a text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isSecret">Whether others must not be able to read it, nor its group to write it.</param>
    /// <returns>The text, or what is wrong with the file and what would be right.</returns>
    public static Converted<string> Read(string path, bool isSecret)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxBytes) return new Wrong($"{path} is larger than {MaxBytes >> 20} MiB");
            // Of the file that is open: nobody puts another in its place meanwhile.
            if (isSecret && !OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle) is var mode && (mode & TooOpen) != 0)
                return new Wrong($"{path} is a secret, and others may get at it (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}); chmod 0600 it, or 0640 for the daemon's group");
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException)
        {
            return new Wrong(e switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"there is no file {path}",
                UnauthorizedAccessException or SecurityException => $"{path} cannot be read: permission denied",
                _ => $"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}",
            });
        }
    }
}
