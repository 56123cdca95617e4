// systemd.exec(5), JOURNAL_STREAM
using System.Globalization;

namespace OpenLmp.Hosting;

/// <summary>Whether standard error leads to the journal.</summary>
internal static unsafe class JournalStream
{
    private const int StandardError = 2;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxIno = 0x100;
    private const int StatxSize = 256;
    private const int InodeAt = 32;
    private const int DeviceMajorAt = 136;
    private const int DeviceMinorAt = 140;

    /// <summary>
    /// Whether it does. The variable alone says only that the service began so: it is inherited by what has its standard error elsewhere.
    /// </summary>
    /// <param name="stream">The environment's <c>JOURNAL_STREAM</c>: <c>DEVICE:INODE</c>.</param>
    public static bool IsStandardError(string? stream) => stream is { Length: > 0 } && stream == Identify(StandardError);

    /// <summary>A file descriptor's <c>DEVICE:INODE</c>; null if it cannot be told.</summary>
    internal static string? Identify(int fd)
    {
        var buffer = stackalloc byte[StatxSize];
        byte empty = 0;
        try
        {
            if (Libc.Statx(fd, &empty, AtEmptyPath, StatxIno, buffer) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library.
            return null;
        }

        var (major, minor) = ((ulong)*(uint*)(buffer + DeviceMajorAt), (ulong)*(uint*)(buffer + DeviceMinorAt));
        // gnu_dev_makedev(3)
        var device = ((major & 0xfffff000) << 32) | ((major & 0xfff) << 8) | ((minor & 0xffffff00) << 12) | (minor & 0xff);
        return string.Create(CultureInfo.InvariantCulture, $"{device}:{*(ulong*)(buffer + InodeAt)}");
    }
}
