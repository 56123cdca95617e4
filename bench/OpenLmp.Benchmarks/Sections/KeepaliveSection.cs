using System.Globalization;

namespace OpenLmp.Benchmarks;

/// <summary>
/// Two daemons, N control channels (RFC 4204 §3) between addresses of their own: what one of the two uses. Beside it FRR's bfdd with N sessions at
/// the same interval, and a bare loop in C that only sends and receives as many datagrams.
/// </summary>
internal sealed class KeepaliveSection() : Section("keepalive", "Keep-alive")
{
    private static readonly Pace Default = new(150, 500), Fast = new(50, 150), Fastest = new(10, 30);

    // Beyond these bfdd loses sessions all the time; beside such a row nothing stands for comparison.
    private static readonly Dictionary<Pace, int> MostBfddSessions = new() { [Default] = 5_000, [Fast] = 1_500, [Fastest] = 300 };

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table(
            "Hello/dead interval", "channels", "packets/s", "CPU, cores", "CPU a packet, µs", "CPU a channel, µs/s", "RSS, MB", "flaps", "garbage collections",
            "bfdd: packets/s", "CPU a packet, µs", "RSS, MB", "flaps", "C loop: packets/s", "CPU a packet, µs", "lmpd / bfdd", "lmpd / loop");
        (Pace, int[])[] rows = bench.Hold ? [(Default, [10_000]), (Fastest, [1_000])]
            : bench.Quick ? [(Default, [10, 100, 1_000]), (Fast, [100]), (Fastest, [50])]
            : [(Default, [10, 100, 1_000, 4_000, 5_000, 10_000]), (Fast, [100, 1_000]), (Fastest, [10, 100, 1_000])];
        var bfddPath = Bench.Find("bfdd", "frr");
        var loopPath = await bench.LoopAsync();
        foreach (var (pace, sizes) in rows)
        {
            foreach (var channels in sizes)
            {
                var (lmpd, bfdd, loop) = (await LmpdAsync(bench, pace, channels), default(Figures?), default((double Rate, double Cost)?));
                if (bfddPath is not null && channels <= MostBfddSessions[pace] && !bench.Hold) bfdd = await BfddAsync(bench, bfddPath, pace, channels);
                if (loopPath is not null) loop = await LoopAsync(bench, loopPath, pace, channels);
                table.Add(
                    pace.ToString(), channels, Whole(lmpd.Rate), lmpd.Cores, lmpd.Cost, lmpd.Cores * 1e6 / channels, lmpd.RssMb, lmpd.Flaps, lmpd.Collections,
                    Whole(bfdd?.Rate), bfdd?.Cost, bfdd?.RssMb, bfdd?.Flaps, Whole(loop?.Rate), loop?.Cost, lmpd.Cost / bfdd?.Cost, lmpd.Cost / loop?.Cost);
                if (bench.Hold) Bench.Say($"{channels} channels at {pace}: meanwhile a timer of this machine was {lmpd.TimerMs:0.0} ms late at worst");
            }
        }

        return [table];
    }

    private static long? Whole(double? value) => value is { } v ? (long)Math.Round(v) : null;

    // Several windows one after the other; 10 minutes for what is to be held that long.
    private static (int Windows, int Seconds) Windows(Bench bench) => bench.Hold ? (20, 30) : bench.Quick ? (2, 3) : (5, 4);

    private static async Task<Figures> LmpdAsync(Bench bench, Pace pace, int channels)
    {
        await using var network = await Network.CreateAsync(bench.Stopping);
        await using var left = Lmpd.Start(Lmpd.Channels(bench, 1, channels, pace), bench.Lmpd, network.Left);
        await using var right = Lmpd.Start(Lmpd.Channels(bench, 2, channels, pace), bench.Lmpd, network.Right);
        await bench.UntilAsync(async () => await left.UpAsync("controlChannels", bench.Stopping) == channels, $"{channels} channels Up", 300);
        await SettleAsync(bench);
        var before = await FlapsAsync();
        if (before > 0) Bench.Say($"lmpd, {channels} channels at {pace}: {before} flaps while they started");
        // To ask is garbage, too: nothing else is asked in between.
        var collections = await left.CollectionsAsync(bench.Stopping);
        var figures = await MeasureAsync(bench, left.Process);
        collections = await left.CollectionsAsync(bench.Stopping) - collections;
        return figures with { Collections = collections, Flaps = await FlapsAsync() - before };

        async Task<long> FlapsAsync() => await left.FlapsAsync(bench.Stopping) + await right.FlapsAsync(bench.Stopping);
    }

    private static async Task<Figures> BfddAsync(Bench bench, string executable, Pace pace, int sessions)
    {
        await using var network = await Network.CreateAsync(bench.Stopping);
        await using var left = await Bfdd.StartAsync(bench, executable, 1, command => Network.In(network.Left, command));
        await using var right = await Bfdd.StartAsync(bench, executable, 2, command => Network.In(network.Right, command));
        left.Add(1, sessions, pace.HelloMs);
        right.Add(2, sessions, pace.HelloMs);
        try
        {
            await bench.UntilAsync(() => Task.FromResult(left.Up == sessions && right.Up == sessions), "sessions up", 60);
        }
        catch (TimeoutException)
        {
            Bench.Say($"bfdd, {sessions} sessions at {pace.HelloMs} ms: only {left.Up} and {right.Up} are up after a minute");
        }

        await SettleAsync(bench);
        var before = left.Downs + right.Downs;
        var figures = await MeasureAsync(bench, left.Process);
        return figures with { Flaps = left.Downs + right.Downs - before };
    }

    // Until the start is over, what it compiles included.
    private static Task SettleAsync(Bench bench) => Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 1 : 6), bench.Stopping);

    private static async Task<Figures> MeasureAsync(Bench bench, Child process)
    {
        var (rates, cores, costs) = (new List<double>(), new List<double>(), new List<double>());
        var (windows, seconds) = Windows(bench);
        // What stops this machine stops us, too.
        var timer = bench.Hold && await bench.LoopAsync() is { } loop ? Child.RunAsync(loop, ["timer", $"{windows * seconds}"], bench.Stopping) : null;
        var from = Usage.Of(process.Id);
        for (var i = 0; i < windows; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), bench.Stopping);
            process.MustRun();
            var to = Usage.Of(process.Id);
            rates.Add(Usage.PacketsPerSecond(from, to));
            cores.Add(Usage.Cores(from, to));
            costs.Add(Usage.MicrosecondsPerPacket(from, to));
            from = to;
        }

        var late = timer is null ? double.NaN : double.Parse((await timer).Split(' ')[2], CultureInfo.InvariantCulture) / 1e3;
        return new Figures(rates.Median(), cores.Median(), costs.Median(), from.RssKb / 1024.0, late);
    }

    private static async Task<(double Rate, double Cost)> LoopAsync(Bench bench, string loop, Pace pace, int channels)
    {
        await using var network = await Network.CreateAsync(bench.Stopping);
        var (rates, costs) = (new List<double>(), new List<double>());
        var seconds = bench.Quick ? 3 : 4;
        for (var run = 0; run < bench.Runs; run++)
        {
            await using var left = Start(network.Left, 1);
            await using var right = Start(network.Right, 2);
            await Task.WhenAll(left.WaitAsync(bench.Stopping), right.WaitAsync(bench.Stopping));
            double[] figures = [.. (await File.ReadAllTextAsync(left.Log, bench.Stopping)).Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
            rates.Add((figures[0] + figures[1]) / seconds);
            costs.Add(figures[2] * 1e6 / (figures[0] + figures[1]));
        }

        return (rates.Median(), costs.Median());

        Child Start(string networkNamespace, int side) =>
            Child.Start(Path.Combine(bench.Scratch, $"loop{side}.log"), Network.In(networkNamespace, loop, "packets", $"{side}", $"{channels}", $"{pace.HelloMs}", $"{seconds}"));
    }

    private readonly record struct Figures(double Rate, double Cores, double Cost, double RssMb, double TimerMs, long Flaps = 0, long Collections = 0);
}
