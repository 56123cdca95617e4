// RFC 4204 §3.2: a node whose channels only say Hello lets nothing grow.
namespace OpenLmp.Benchmarks;

/// <summary>
/// Two daemons, a thousand control channels, an hour in which nothing happens but Hellos: how often the garbage collector ran, and what the
/// memory did. It is told nothing and asked nothing meanwhile: an answer of the API is garbage of our own making. What a question costs, with what is
/// collected of it once all is quiet again, is measured before: that much is the questions' before and after the hour.
/// </summary>
internal sealed class IdleSection() : Section("idle", "An idle hour")
{
    private const int Questions = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly Pace Pace = new(150, 500);

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var (channels, time) = bench.Quick ? (100, TimeSpan.FromSeconds(5)) : (1_000, TimeSpan.FromHours(1));
        var table = new Table("channels", "time", "packets", "garbage collections", "a question costs", "RSS before, MB", "RSS after, MB", "flaps");
        await using var network = await Network.CreateAsync(bench.Stopping);
        await using var left = Lmpd.Start(Lmpd.Channels(bench, 1, channels, Pace), bench.Lmpd, network.Left);
        await using var right = Lmpd.Start(Lmpd.Channels(bench, 2, channels, Pace), bench.Lmpd, network.Right);
        await bench.UntilAsync(async () => await left.UpAsync("controlChannels", bench.Stopping) == channels, $"{channels} channels Up", 120);
        // Until the start is over, what it compiles included.
        await Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 1 : 60), bench.Stopping);
        var flaps = await FlapsAsync();
        var counts = new List<long>();
        for (var i = 0; i <= Questions; i++)
        {
            await Task.Delay(Quiet, bench.Stopping);
            counts.Add(await left.CollectionsAsync(bench.Stopping));
        }

        var costs = counts.Zip(counts.Skip(1), (a, b) => b - a).ToList();
        var from = Usage.Of(left.Process.Id);
        await Task.Delay(time, bench.Stopping);
        left.Process.MustRun();
        var to = Usage.Of(left.Process.Id);
        var collections = await left.CollectionsAsync(bench.Stopping) - counts[^1];
        table.Add(channels, $"{time}", to.Packets - from.Packets, collections, $"{costs.Min()} to {costs.Max()}", from.RssKb / 1024.0, to.RssKb / 1024.0, await FlapsAsync() - flaps);
        return [table];

        async Task<long> FlapsAsync() => await left.FlapsAsync(bench.Stopping) + await right.FlapsAsync(bench.Stopping);
    }
}
