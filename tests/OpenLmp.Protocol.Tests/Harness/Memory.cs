namespace OpenLmp.Protocol.Tests;

/// <summary>The memory of the process. Of all its tests: nothing else may run meanwhile.</summary>
public static class Memory
{
    /// <summary>
    /// What is still referred to, in bytes, as the collector counts it. <see cref="GC.GetTotalMemory"/> is content with five in a hundred, and goes up and
    /// down by megabytes with where what is pinned lies.
    /// </summary>
    public static long Retained()
    {
        // Twice: what only waited for its finalizer goes with the second.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).PromotedBytes;
    }
}
