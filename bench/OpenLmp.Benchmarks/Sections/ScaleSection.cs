using OpenLmp.Protocol;

namespace OpenLmp.Benchmarks;

/// <summary>How one node grows, without sockets and on virtual time: flat columns are what is wanted.</summary>
internal sealed class ScaleSection() : Section("scale", "Scale")
{
    public override Task<IReadOnlyList<Table>> RunAsync(Bench bench) => Task.FromResult<IReadOnlyList<Table>>([DataLinks(bench), Neighbors(bench)]);

    private static Table DataLinks(Bench bench)
    {
        var table = new Table("data links", "memory a link, B", "to Up, µs a link", "all fail, µs a link", "all recover, µs a link", "a Hello meanwhile, ns");
        foreach (var size in bench.Quick ? (int[])[100, 1_000] : [100, 1_000, 10_000, 100_000])
        {
            var runs = Several(bench, () =>
            {
                var hub = Hub.Create(() => HubConfiguration.DataLinks(size), out var bytes, out var up);
                string[] names = [.. hub.Node.TeLinks.SelectMany(t => t.DataLinks).Select(l => l.Name)];
                hub.Do(now => hub.Node.Allocate(now, names));
                hub.Do(now => hub.Node.ReportSignal(now, names, SignalState.Ok));
                var fail = hub.Do(now => hub.Node.ReportSignal(now, names, SignalState.Fail));
                var recover = hub.Do(now => hub.Node.ReportSignal(now, names, SignalState.Ok));
                return [bytes / size, up / size, fail / size, recover / size, hub.HelloNanoseconds(20_000)];
            });
            table.Add($"{size:#,0}", (long)runs[0], runs[1], runs[2], runs[3], runs[4]);
        }

        return table;
    }

    private static Table Neighbors(Bench bench)
    {
        var table = new Table("neighbours (a control channel, a TE link, a data link each)", "memory a neighbour, B", "to Up, µs a neighbour", "a Hello, ns");
        foreach (var size in bench.Quick ? (int[])[100, 1_000] : [10, 100, 1_000, 10_000])
        {
            var runs = Several(bench, () =>
            {
                var hub = Hub.Create(() => HubConfiguration.Neighbors(size), out var bytes, out var up);
                return [bytes / size, up / size, hub.HelloNanoseconds(Math.Max(20_000, 2 * size))];
            });
            table.Add($"{size:#,0}", (long)runs[0], runs[1], runs[2]);
        }

        return table;
    }

    // The first run, whose code is not compiled to the end yet, is not counted.
    private static double[] Several(Bench bench, Func<double[]> run)
    {
        run();
        var all = new List<double[]>();
        for (var i = 0; i < bench.Runs; i++)
        {
            bench.Stopping.ThrowIfCancellationRequested();
            all.Add(run());
        }

        return [.. all[0].Select((_, column) => all.Select(r => r[column]).Median())];
    }
}
