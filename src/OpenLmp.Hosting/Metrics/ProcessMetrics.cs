namespace OpenLmp.Hosting.Metrics;

/// <summary>What the process uses, under the names that Prometheus clients of any language give it, and what its garbage collector does.</summary>
internal static class ProcessMetrics
{
    private static readonly double StartSeconds = Start();

    /// <summary>Writes them.</summary>
    public static void Write(IMetricWriter writer)
    {
        writer.Family("process_cpu_seconds_total", MetricKind.Counter, "CPU time, user and system.").Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        writer.Family("process_resident_memory_bytes", MetricKind.Gauge, "Memory in use.").Sample(Environment.WorkingSet);
        writer.Family("process_start_time_seconds", MetricKind.Gauge, "When the process started, seconds since 1970.").Sample(StartSeconds);
        writer.Family("process_open_fds", MetricKind.Gauge, "Open file descriptors.").Sample(OpenDescriptors());
        writer.Family("dotnet_gc_collections_total", MetricKind.Counter, "Garbage collections; one of a generation collects those below it, too.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++) writer.Sample(GC.CollectionCount(generation), ("generation", $"{generation}"));
        writer.Family("dotnet_gc_pause_seconds_total", MetricKind.Counter, "How long garbage collections stopped every thread.").Sample(GC.GetTotalPauseDuration().TotalSeconds);
        writer.Family("dotnet_gc_heap_bytes", MetricKind.Gauge, "What the garbage collector's heap holds.").Sample(GC.GetTotalMemory(forceFullCollection: false));
    }

    private static int OpenDescriptors()
    {
        try
        {
            return Directory.GetFileSystemEntries("/proc/self/fd").Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Start()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }
}
