// RFC 4204 §15.2: "IKE pre-shared authentication key values SHOULD be protected in a manner similar to the user's account password."
using System.Globalization;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// Files with secrets in them, and those beside them. One rule for all secrets: a regular file that belongs to root or to the daemon's user, and that nobody
/// else gets at. Read when they are needed; who reads them keeps nothing it need not.
/// </summary>
internal static unsafe class SecretFile
{
    /// <summary>The most of a file that charon is told of: less than vici takes as one value.</summary>
    public const int LongestForCharon = 60_000;

    private const int Longest = 1 << 20;
    private const uint Others = 0b111_111; // group and others: read, write, execute
    private const uint TypeMask = 0xF000; // S_IFMT
    private const uint Regular = 0x8000; // S_IFREG

    // statx(2): the one call whose result has the same layout everywhere.
    private const int AtFdCwd = -100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxTypeModeUid = 0x1 | 0x2 | 0x8;
    private const int StatxBytes = 256;
    private const int UidOffset = 20;
    private const int ModeOffset = 28;

    /// <summary>What is wrong with a file as a place for secrets, and what would be right; null if nothing is, or if it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="daemonUser">The user that the daemon will go on as, where that is another than now.</param>
    public static string? ProblemWith(string path, uint? daemonUser = null) => ProblemWith(StatusOf(AtFdCwd, path), path, isSecret: true, daemonUser);

    /// <summary>What is in a file of secrets. Whoever takes it clears it, if it can.</summary>
    /// <param name="path">The file.</param>
    /// <param name="daemonUser">As of <see cref="ProblemWith(string, uint?)"/>.</param>
    /// <param name="atMost">How many bytes it may have.</param>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] Read(string path, uint? daemonUser = null, int atMost = Longest) => Read(path, isSecret: true, daemonUser, atMost);

    /// <summary>What is in a file that is no secret.</summary>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] ReadPublic(string path, int atMost = Longest) => Read(path, isSecret: false, null, atMost);

    /// <summary>A pre-shared key: the file's bytes without the end of the line that editors leave.</summary>
    /// <exception cref="SecretFileException">It cannot be used, says why.</exception>
    public static byte[] ReadPsk(string path)
    {
        var bytes = Read(path, atMost: LongestForCharon);
        var key = bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
        Array.Clear(bytes);
        return key.Length > 0 ? key : throw new SecretFileException($"{path} is empty");
    }

    private static byte[] Read(string path, bool isSecret, uint? daemonUser, int atMost)
    {
        try
        {
            // Before it is opened: to open a pipe waits for whoever writes into it.
            Demand(ProblemWith(StatusOf(AtFdCwd, path), path, isSecret, daemonUser));
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // And of what is open: somebody may have put another in its place meanwhile.
            Demand(ProblemWith(StatusOf((int)file.SafeFileHandle.DangerousGetHandle(), ""), path, isSecret, daemonUser));
            if (file.Length > atMost) throw new SecretFileException($"{path} is longer than {atMost} bytes");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SecretFileException(e switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"there is no file {path}",
                UnauthorizedAccessException => $"{path} cannot be read: permission denied",
                _ => $"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}",
            });
        }
    }

    private static void Demand(string? problem)
    {
        if (problem is not null) throw new SecretFileException(problem);
    }

    private static string? ProblemWith(Status? found, string path, bool isSecret, uint? daemonUser)
    {
        // What cannot be looked at cannot be opened either, which then says why.
        if (found is not { } status) return null;
        if ((status.Mode & TypeMask) != Regular) return $"{path} is not a regular file; name one";
        if (!isSecret) return null;
        if ((status.Mode & Others) != 0)
            return $"{path} has mode {Convert.ToString(status.Mode & 0xFFF, 8).PadLeft(4, '0')}: others than its owner get at the secret in it; chmod 600 {path}";
        return status.User == 0 || status.User == LeastPrivilege.GetEUid() || status.User == daemonUser ? null
            : string.Create(CultureInfo.InvariantCulture, $"{path} belongs to user {status.User}, neither root nor lmpd's own; chown root {path}, or to lmpd's user");
    }

    private static Status? StatusOf(int directory, string path)
    {
        var found = stackalloc byte[StatxBytes];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return Libc.Statx(directory, name, path.Length == 0 ? AtEmptyPath : 0, StatxTypeModeUid, found) == 0
                ? new Status(*(ushort*)(found + ModeOffset), *(uint*)(found + UidOffset)) : null;
    }

    private readonly record struct Status(ushort Mode, uint User);
}

/// <summary>A file cannot be used. The message says why and what to do, and nothing of what is in it.</summary>
internal sealed class SecretFileException(string message) : Exception(message);
