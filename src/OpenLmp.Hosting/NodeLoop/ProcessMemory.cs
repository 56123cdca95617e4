using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>The memory of the whole process.</summary>
internal static class ProcessMemory
{
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
}
