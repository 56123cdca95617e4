using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>The memory of the whole process.</summary>
internal static class ProcessMemory
{
    /// <summary>When a start is over: the control channels of thousands of neighbours that are there have come up.</summary>
    public static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Keeps in memory what is there and what comes to be there, so that no Hello waits for a disk. What the runtime only reserves, hundreds of
    /// gigabytes of addresses, is not brought in; but it counts against the limit of who lacks CAP_IPC_LOCK, so that the kernel refuses him at
    /// once instead of when memory is needed.
    /// </summary>
    /// <param name="locked">Whether to; or to let it go again.</param>
    /// <param name="logger">Where it is told.</param>
    public static void Lock(bool locked, ILogger logger)
    {
        if (!locked) _ = Libc.UnlockAllMemory();
        else if (Libc.LockAllMemory(Linux.LockCurrent | Linux.LockFuture | Linux.LockOnFault) == 0) logger.MemoryLocked();
        else logger.MemoryNotLocked(Libc.Describe(Marshal.GetLastPInvokeError()));
    }

    /// <summary>
    /// Lets go of the pages of the executable's code and tables: most of them only the start needed, the reader of the configuration and the like. What
    /// is needed again comes back at a touch, from the kernel's cache of the file.
    /// </summary>
    public static void ReleaseStart()
    {
        if (Environment.ProcessPath is not { } executable) return;
        try
        {
            // Refused where memory is locked: then it is to stay.
            foreach (var mapping in FileMapping.Unchanged(File.ReadLines("/proc/self/smaps"), executable)) _ = Libc.MAdvise(mapping.Start, mapping.Length, Linux.MadvDontNeed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc it stays in memory; nothing else is different.
        }
    }
}
