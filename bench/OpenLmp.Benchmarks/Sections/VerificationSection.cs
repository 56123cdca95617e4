using System.Diagnostics;

namespace OpenLmp.Benchmarks;

/// <summary>
/// Link verification (RFC 4204 §5): two daemons, N veth pairs between them as the data links of one TE link, Test messages over real interfaces, all N in
/// test at once. From the operator's order to the end of the procedure at both ends.
/// </summary>
internal sealed class VerificationSection() : Section("verification", "Link verification")
{
    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table("data links", "BeginVerify to EndVerifyAck, ms", "a link, ms", "times one link's");
        double? one = null;
        foreach (var dataLinks in bench.Quick ? (int[])[1, 16] : [1, 64, 512])
        {
            await using var network = await Network.CreateAsync(bench.Stopping, dataLinks);
            await using var left = Lmpd.Start(Lmpd.DataLinks(bench, 1, dataLinks), bench.Lmpd, network.Left);
            await using var right = Lmpd.Start(Lmpd.DataLinks(bench, 2, dataLinks), bench.Lmpd, network.Right);
            // Verified on establishment, correlated, and quiet.
            await bench.UntilAsync(async () => await left.UpAsync("dataLinks", bench.Stopping) == dataLinks, $"{dataLinks} data links Up", 120);
            await Task.Delay(TimeSpan.FromSeconds(3), bench.Stopping);
            var times = new List<double>();
            for (var run = 0; run < bench.Runs + 2; run++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await left.PostAsync("te-links/te1/verify?wait=60s", bench.Stopping);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!answer.Contains("\"outcome\":\"verified\"", StringComparison.Ordinal)) throw new InvalidOperationException(answer);
            }

            one ??= times.Median();
            table.Add($"{dataLinks}", times.Median(), times.Median() / dataLinks, times.Median() / one);
        }

        return [table];
    }
}
