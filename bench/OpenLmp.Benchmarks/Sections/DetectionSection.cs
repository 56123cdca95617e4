using System.Globalization;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>
/// One of two daemons is frozen: how long after the dead interval does the other say so? Measured on the wire, for both protocols alike: from the last
/// packet of a channel that came in to the first that goes out as a consequence, a Config (RFC 4204 §11.1.3, event 14) or a BFD packet with state Down.
/// </summary>
internal sealed class DetectionSection() : Section("detection", "Failure detection")
{
    private const int BfdPort = 3784;
    private static readonly Pace Pace = new(150, 500);

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table("daemon", "channels", "failures", "beyond the dead interval, ms: p50", "p99", "worst", "worst of the first failure", "false detections", "a timer's lateness, ms: p50", "p99", "worst");
        if (Bench.Find("tcpdump", "tcpdump") is not { } tcpdump) return [table];
        var (loop, bfdd) = (await bench.LoopAsync(), Bench.Find("bfdd", "frr"));
        foreach (var channels in bench.Quick ? (int[])[10, 100] : [100, 1_000, 10_000])
        {
            // How the code came to be matters at the first failure only; native code is one extreme, the other is the usual.
            foreach (var (name, directory) in bench.Builds.Where(b => b.Name != "ReadyToRun")) await LmpdAsync(bench, table, tcpdump, loop, $"lmpd, {name}", Path.Combine(directory, "lmpd"), channels);
            if (bfdd is not null && channels <= 4_000) await BfddAsync(bench, table, tcpdump, loop, bfdd, channels);
        }

        return [table];
    }

    private static async Task LmpdAsync(Bench bench, Table table, string tcpdump, string? loop, string name, string lmpd, int channels)
    {
        await using var network = await Network.CreateAsync(bench.Stopping);
        await using var left = Lmpd.Start(Lmpd.Channels(bench, 1, channels, Pace), lmpd, network.Left);
        await using var right = Lmpd.Start(Lmpd.Channels(bench, 2, channels, Pace), lmpd, network.Right);
        var found = await FailAsync(
            bench, network, tcpdump, loop, right.Process, channels,
            async () => await left.UpAsync("controlChannels", bench.Stopping) == channels && await right.UpAsync("controlChannels", bench.Stopping) == channels,
            Pace.DeadMs, d => d.Payload.Length >= CommonHeader.Size && d.Payload[3] == (byte)MessageType.Config);
        Add(table, name, channels, found);
    }

    private static async Task BfddAsync(Bench bench, Table table, string tcpdump, string? loop, string bfdd, int channels)
    {
        const byte Down = 1;
        await using var network = await Network.CreateAsync(bench.Stopping);
        await using var left = await Bfdd.StartAsync(bench, bfdd, 1, command => Network.In(network.Left, command));
        await using var right = await Bfdd.StartAsync(bench, bfdd, 2, command => Network.In(network.Right, command));
        left.Add(1, channels, Pace.HelloMs);
        right.Add(2, channels, Pace.HelloMs);
        var found = await FailAsync(
            bench, network, tcpdump, loop, right.Process, channels, () => Task.FromResult(left.Up == channels && right.Up == channels),
            3 * Pace.HelloMs, d => d.DestinationPort == BfdPort && d.Payload.Length >= 24 && d.Payload[1] >> 6 == Down);
        Add(table, "bfdd", channels, found);
    }

    private static void Add(Table table, string daemon, int channels, Found found) => table.Add(
        daemon, channels, found.Beyond.Count, found.Beyond.Median(), found.Beyond.Percentile(99), found.Beyond.DefaultIfEmpty(double.NaN).Max(), found.Beyond.Take(channels).DefaultIfEmpty(double.NaN).Max(), found.False,
        found.Lateness[0], found.Lateness[1], found.Lateness[2]);

    private static async Task<Found> FailAsync(
        Bench bench, Network network, string tcpdump, string? loop, Child victim, int channels, Func<Task<bool>> areUp, int deadMs, Func<CapturedDatagram, bool> isVerdict)
    {
        var found = new Found();
        var runs = bench.Quick ? 2 : Math.Clamp(2_000 / channels, 5, 10);
        for (var run = 0; run < runs; run++)
        {
            await bench.UntilAsync(areUp, $"{channels} channels up", 300);
            await Task.Delay(TimeSpan.FromSeconds(2), bench.Stopping);
            await using var capture = await Capture.StartAsync(bench, tcpdump, network.Left, $"udp and (port {NetworkEndpoint.LmpPort} or port {BfdPort})");
            await Task.Delay(TimeSpan.FromSeconds(1), bench.Stopping);
            victim.Suspend(true);
            await Task.Delay(deadMs + 500, bench.Stopping);
            found.Take(await capture.EndAsync(bench.Stopping), deadMs, channels, isVerdict);
            victim.Suspend(false);
        }

        // While the daemons are at work, as they were.
        await bench.UntilAsync(areUp, $"{channels} channels up", 300);
        if (loop is null) return found;
        var late = await Child.RunAsync(loop, ["timer", bench.Quick ? "2" : "10"], bench.Stopping);
        found.Lateness = [.. late.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture) / 1e3)];
        return found;
    }

    private sealed class Found
    {
        /// <summary>Milliseconds; those of the first failure first, which finds the daemon unprepared.</summary>
        public List<double> Beyond { get; } = [];

        /// <summary>Neighbours declared dead that had said something within the dead interval, and those never declared dead.</summary>
        public int False { get; private set; }

        public double[] Lateness { get; set; } = [double.NaN, double.NaN, double.NaN];

        public void Take(List<CapturedDatagram> datagrams, int deadMs, int channels, Func<CapturedDatagram, bool> isVerdict)
        {
            var heard = new Dictionary<uint, long>();
            var declared = new HashSet<uint>();
            foreach (var d in datagrams)
            {
                if (d.IsFrom(2))
                {
                    heard[d.Source] = d.Nanoseconds;
                }
                else if (isVerdict(d) && heard.TryGetValue(d.Destination, out var last) && declared.Add(d.Destination))
                {
                    var beyond = ((d.Nanoseconds - last) / 1e6) - deadMs;
                    if (beyond > -1) Beyond.Add(beyond);
                    else False++;
                }
            }

            if (declared.Count != channels) throw new InvalidOperationException($"{declared.Count} of {channels} channels were found dead: the figures mean nothing");
        }
    }
}
