namespace OpenLmp.Hosting.Http;

/// <summary>What the process uses, under the names that Prometheus clients of any language give it, and what its garbage collector does.</summary>
internal static class ProcessMetrics
{
    /// <summary>Writes them.</summary>
    public static void Write(PrometheusText text)
    {
        text.Family("process_cpu_seconds_total", "counter", "CPU time, user and system.").Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Family("process_resident_memory_bytes", "gauge", "Memory in use.").Sample(Environment.WorkingSet);
        text.Family("process_start_time_seconds", "gauge", "When the process started, seconds since 1970.").Sample(StartSeconds);
        text.Family("dotnet_gc_collections_total", "counter", "Garbage collections; one of a generation collects those below it, too.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++) text.Sample(GC.CollectionCount(generation), ("generation", $"{generation}"));
        text.Family("dotnet_gc_pause_seconds_total", "counter", "How long garbage collections stopped every thread.").Sample(GC.GetTotalPauseDuration().TotalSeconds);
        text.Family("dotnet_gc_heap_bytes", "gauge", "What the garbage collector's heap holds.").Sample(GC.GetTotalMemory(forceFullCollection: false));
    }

    private static double StartSeconds { get; } = Start();

    private static double Start()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }
}
