using System.Globalization;

namespace OpenLmp.Benchmarks;

/// <summary>What a process has used so far, and how many packets went through its namespace's eth0, both ways.</summary>
internal readonly record struct Usage(double CpuSeconds, long Packets, long RssKb, double At)
{
    private const double TicksPerSecond = 100; // USER_HZ

    /// <summary>CPU in use between two readings, in cores.</summary>
    public static double Cores(Usage from, Usage to) => (to.CpuSeconds - from.CpuSeconds) / (to.At - from.At);

    public static double PacketsPerSecond(Usage from, Usage to) => (to.Packets - from.Packets) / (to.At - from.At);

    public static double MicrosecondsPerPacket(Usage from, Usage to) => (to.CpuSeconds - from.CpuSeconds) * 1e6 / (to.Packets - from.Packets);

    /// <exception cref="IOException">It has ended.</exception>
    public static Usage Of(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var cpu = (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        var rss = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        var eth0 = File.ReadLines($"/proc/{process}/net/dev").First(l => l.TrimStart().StartsWith("eth0:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Usage(cpu, Number(eth0[2]) + Number(eth0[10]), Number(rss.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]), Environment.TickCount64 / 1e3);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
