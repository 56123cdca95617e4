// RFC 4204 §15.2: "IKE pre-shared authentication key values SHOULD be protected in a manner similar to the user's account password."
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// Files with keys in them: only root or the daemon's user may own them, nobody else may read them. Read when they are needed, never kept.
/// </summary>
internal static unsafe class SecretFile
{
    private const int MaxBytes = 60_000; // what vici takes as one value, and more than any key
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // statx(2): the one call whose result has the same layout everywhere.
    private const int AtFdCwd = -100;
    private const uint StatxUid = 0x8;
    private const int StatxBytes = 256;
    private const int UidOffset = 20;

    /// <summary>What is wrong with a file as a place for secrets, and what would be right; null if nothing is, or if it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="daemonUser">The user that the daemon will go on as, where that is another than now.</param>
    public static string? ProblemWith(string path, uint? daemonUser = null)
    {
        try
        {
            if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
            var mode = File.GetUnixFileMode(path) & Others;
            if (mode != 0) return $"{path} can be {((mode & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0 ? "read" : "written")} by others than its owner; chmod 600 {path}";
            var owner = OwnerOf(path);
            return owner is null or 0 || owner == LeastPrivilege.GetEUid() || owner == daemonUser ? null
                : $"{path} belongs to user {owner}, neither root nor lmpd's own; chown root {path}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be looked at: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>What is in a file of secrets. Whoever takes it clears it.</summary>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] Read(string path) => ProblemWith(path) is { } problem ? throw new SecretFileException(problem) : ReadPublic(path);

    /// <summary>What is in a file that is no secret.</summary>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] ReadPublic(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > MaxBytes) throw new SecretFileException($"{path} is longer than {MaxBytes} bytes");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.Length > 0 ? bytes : throw new SecretFileException($"{path} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SecretFileException(e is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {path}" : $"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>A pre-shared key: the file's bytes without the end of the line that editors leave.</summary>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] ReadPsk(string path)
    {
        var bytes = Read(path);
        var key = bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
        Array.Clear(bytes);
        return key.Length > 0 ? key : throw new SecretFileException($"{path} is empty");
    }

    private static uint? OwnerOf(string path)
    {
        var found = stackalloc byte[StatxBytes];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return Libc.Statx(AtFdCwd, name, 0, StatxUid, found) == 0 ? *(uint*)(found + UidOffset) : null;
    }
}

/// <summary>A file with a key in it cannot be used. The message says why and what to do, and nothing of what is in it.</summary>
internal sealed class SecretFileException(string message) : Exception(message);
