using System.Globalization;

namespace OpenLmp.Benchmarks;

/// <summary>From exec to the first packet on the wire and to all control channels Up, memory and size, for each way our executables are built.</summary>
internal sealed class StartupSection() : Section("startup", "Start, memory and size")
{
    private static readonly Pace Pace = new(150, 500);

    // bfdd begins with a packet a second, up to a quarter later.
    private static readonly TimeSpan FirstPacket = TimeSpan.FromSeconds(2);

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var channels = bench.Quick ? 100 : 1_000;
        var table = new Table(
            "daemon", "1 channel: to first Config, ms", "to Up, ms", "RSS, MB", $"{channels:#,0} channels: to first Config, ms", "to all Up, ms", "RSS, MB", "executable, MB", "with libraries, MB");
        if (Bench.Find("tcpdump", "tcpdump") is not { } tcpdump || await bench.LoopAsync() is not { } loop) return [table];
        foreach (var (name, directory) in bench.Builds)
        {
            var lmpd = Path.Combine(directory, "lmpd");
            var (one, many) = (await LmpdAsync(bench, tcpdump, loop, lmpd, 1), await LmpdAsync(bench, tcpdump, loop, lmpd, channels));
            var libraries = Directory.GetFiles(directory, "*.so").Sum(f => new FileInfo(f).Length);
            var size = new FileInfo(lmpd).Length;
            table.Add($"lmpd, {name}", one.First, one.AllUp, one.RssMb, many.First, many.AllUp, many.RssMb, size / 1e6, (size + libraries) / 1e6);
        }

        if (Bench.Find("bfdd", "frr") is { } bfdd)
        {
            var (first, rss) = await BfddAsync(bench, tcpdump, loop, bfdd, channels);
            table.Add("bfdd", first, null, null, null, null, rss, new FileInfo(bfdd).Length / 1e6, null);
        }

        return [table];
    }

    private static async Task<Figures> LmpdAsync(Bench bench, string tcpdump, string loop, string lmpd, int channels)
    {
        var (firsts, ups, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < bench.Runs; run++)
        {
            await using var network = await Network.CreateAsync(bench.Stopping);
            var (leftFile, rightFile) = (Lmpd.Channels(bench, 1, channels, Pace), Lmpd.Channels(bench, 2, channels, Pace));
            // Alone, and asked nothing.
            await using (var capture = await Capture.StartAsync(bench, tcpdump, network.Left, "udp"))
            await using (var alone = Lmpd.Start(leftFile, lmpd, command => [loop, "exec", network.Left, .. command]))
            {
                await Task.Delay(FirstPacket, bench.Stopping);
                firsts.Add(First(await capture.EndAsync(bench.Stopping), Started(alone.Process)));
            }

            await using var left = Lmpd.Start(leftFile, lmpd, command => [loop, "exec", network.Left, .. command]);
            await using var right = Lmpd.Start(rightFile, lmpd, command => [loop, "exec", network.Right, .. command]);
            await bench.UntilAsync(async () => await left.UpAsync("controlChannels", bench.Stopping) == channels, $"{channels} channels Up", 120);
            var started = Started(left.Process);
            var lastUp = (await left.GetAsync("control-channels", bench.Stopping)).EnumerateArray().Max(c => c.GetProperty("lastChange").GetDateTime());
            ups.Add((lastUp - started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 1 : 10), bench.Stopping);
            memory.Add(Usage.Of(left.Process.Id).RssKb / 1024.0);
        }

        return new Figures(firsts.Median(), ups.Median(), memory.Median());
    }

    private static async Task<(double First, double RssMb)> BfddAsync(Bench bench, string tcpdump, string loop, string bfdd, int sessions)
    {
        var (firsts, memory) = (new List<double>(), new List<double>());
        var one = Path.Combine(bench.Scratch, "bfdd.conf");
        await File.WriteAllTextAsync(one, $"bfd\n peer {Network.Address(2, 0)} local-address {Network.Address(1, 0)}\n", bench.Stopping);
        for (var run = 0; run < bench.Runs; run++)
        {
            await using var network = await Network.CreateAsync(bench.Stopping);
            await using var capture = await Capture.StartAsync(bench, tcpdump, network.Left, "udp");
            await using var bfd = await Bfdd.StartAsync(bench, bfdd, 1, command => [loop, "exec", network.Left, .. command], one);
            await Task.Delay(FirstPacket, bench.Stopping);
            firsts.Add(First(await capture.EndAsync(bench.Stopping), Started(bfd.Process)));
        }

        for (var run = 0; run < bench.Runs; run++)
        {
            await using var network = await Network.CreateAsync(bench.Stopping);
            await using var left = await Bfdd.StartAsync(bench, bfdd, 1, command => [loop, "exec", network.Left, .. command]);
            await using var right = await Bfdd.StartAsync(bench, bfdd, 2, command => [loop, "exec", network.Right, .. command]);
            left.Add(1, sessions, Pace.HelloMs);
            right.Add(2, sessions, Pace.HelloMs);
            await bench.UntilAsync(() => Task.FromResult(left.Up == sessions), $"{sessions} sessions up", 120);
            memory.Add(Usage.Of(left.Process.Id).RssKb / 1024.0);
        }

        return (firsts.Median(), memory.Median());
    }

    // The launcher's word, at the top of the log, is the time of exec.
    private static DateTime Started(Child process) =>
        DateTime.UnixEpoch.AddTicks(long.Parse(File.ReadLines(process.Log).First(), CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);

    private static double First(List<CapturedDatagram> datagrams, DateTime started) =>
        (DateTime.UnixEpoch.AddTicks(datagrams.First(d => d.IsFrom(1)).Nanoseconds / TimeSpan.NanosecondsPerTick) - started).TotalMilliseconds;

    private readonly record struct Figures(double First, double AllUp, double RssMb);
}
