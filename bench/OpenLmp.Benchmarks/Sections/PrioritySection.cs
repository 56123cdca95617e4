// RFC 4204 §3.2: do Hellos leave in time while everything else is busy?
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using OpenLmp.Hosting;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>
/// Two whole daemons, ten control channels, more than ten thousand data links, and one kind of work after the other without a pause, then all of
/// them at once. How late Hellos leave meanwhile, by the daemons' own histogram, and how many control channels are lost.
/// </summary>
internal sealed class PrioritySection() : Section("priority", "Hello under other work")
{
    private const int StormLinks = 10_000;
    private const int VerifiedLinks = 512;
    private const string VerifiedTeLink = "verified";
    private static readonly MessageType[] SaidBesideHello = [.. Enum.GetValues<MessageType>().Where(t => t != MessageType.Hello)];
    private static readonly Pace Pace = new(50, 150);

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        await using var pair = await Pair.StartAsync(bench);
        (string, Func<Pair, CancellationToken, Task>)[] works =
        [
            ("nothing", (_, stopping) => Task.Delay(Timeout.Infinite, stopping)),
            ("LinkSummary of 1,000 data links", (p, stopping) => p.RepeatAsync(n => n.Summarize, "te0", stopping)),
            ("10,000 data links fail and recover", (p, stopping) => p.StormAsync(stopping)),
            ("512 data links verified", (p, stopping) => p.RepeatAsync(n => n.Verify, VerifiedTeLink, stopping)),
            ("4 API clients ask for 10,000 data links, 4 do not read their events", (p, stopping) => p.AskAsync(stopping)),
            ("the state file stands still for 2 s at a time", (p, stopping) => p.StandStillAsync(stopping)),
        ];
        var table = new Table("work", "times Hellos were due", "late by at most, ms: p50", "p99", "p99.9", "worst", "control channels lost", "garbage collections", "all threads stopped for, ms");
        foreach (var (name, work) in works) await MeasureAsync(name, [work]);
        await MeasureAsync("all of it", [.. works.Skip(1).Select(w => w.Item2)]);
        return [table];

        async Task MeasureAsync(string name, Func<Pair, CancellationToken, Task>[] work)
        {
            await pair.SettleAsync(bench.Stopping);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(bench.Stopping);
            var working = work.Select(w => w(pair, stopping.Token)).ToArray();
            // The first round is compiled as it runs.
            await Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 1 : 5), bench.Stopping);
            var (before, flaps) = (pair.Lateness(), await pair.FlapsAsync());
            var (pause, collections) = (GC.GetTotalPauseDuration(), GC.CollectionCount(0));
            await Task.WhenAny([Task.Delay(TimeSpan.FromSeconds(bench.Quick ? 3 : 20), bench.Stopping), .. working]);
            var (after, lost) = (pair.Lateness(), await pair.FlapsAsync() - flaps);
            (pause, collections) = (GC.GetTotalPauseDuration() - pause, GC.CollectionCount(0) - collections);
            await stopping.CancelAsync();
            foreach (var w in working)
            {
                try
                {
                    await w;
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                }
            }

            long[] counts = [.. after.Zip(before, (a, b) => a - b)];
            table.Add(name, counts.Sum(), AtMost(counts, 50), AtMost(counts, 99), AtMost(counts, 99.9), AtMost(counts, 100), lost, collections, pause.TotalMilliseconds);
        }
    }

    // The upper bound of the bucket in which the percentile lies.
    private static string AtMost(long[] counts, double percent)
    {
        var wanted = (long)Math.Ceiling(counts.Sum() * percent / 100);
        var bucket = 0;
        for (var seen = counts[0]; seen < wanted; seen += counts[bucket]) bucket++;
        var bounds = LatenessHistogram.UpperBoundsMicroseconds;
        return bucket < bounds.Length ? (bounds[bucket] / 1e3).ToString(CultureInfo.InvariantCulture) : "more";
    }

    private sealed class Pair : IAsyncDisposable
    {
        private readonly DaemonHost[] _hosts = new DaemonHost[2];
        private readonly string[] _sockets;
        private readonly string _state;
        private readonly string[] _storm = [.. Enumerable.Range(1, StormLinks).Select(i => $"d{i}")];

        private Pair(Bench bench)
        {
            _sockets = [.. Enumerable.Range(1, 2).Select(side => Path.Combine(bench.Scratch, $"priority{side}.sock"))];
            _state = Path.Combine(bench.Scratch, "priority.db");
        }

        public static async Task<Pair> StartAsync(Bench bench)
        {
            var pair = new Pair(bench);
            var planes = new Patch[2];
            for (var i = 0; i < 2; i++)
            {
                var side = i;
                pair._hosts[i] = await DaemonHost.StartAsync(
                    new DaemonHostOptions
                    {
                        Configuration = new DaemonConfiguration
                        {
                            FilePath = "benchmark",
                            Node = Node(side + 1),
                            Listen = [At(side + 1)],
                            Api = new ApiConfiguration { SocketPath = pair._sockets[i] },
                            StatePath = side == 0 ? pair._state : null,
                        },
                        DataPlane = loop => planes[side] = new Patch(loop, () => planes[1 - side]),
                        IsProcess = true,
                        Seed = (ulong)i,
                    },
                    bench.Stopping);
            }

            await pair.SettleAsync(bench.Stopping);
            return pair;
        }

        public long[] Lateness() => [.. Enumerable.Range(0, LatenessHistogram.Buckets).Select(bucket => _hosts.Sum(h => h.Statistics.HelloLateness.Count(bucket)))];

        public async Task<long> FlapsAsync()
        {
            long flaps = 0;
            foreach (var host in _hosts) flaps += await host.InvokeAsync((n, _) => n.Neighbors.Sum(x => x.ControlChannels.Sum(c => c.Flaps)));
            return flaps;
        }

        // All is well, and for a while nothing has been said but Hellos: what the work before has left to do is not the next one's.
        public async Task SettleAsync(CancellationToken stopping)
        {
            var quiet = Stopwatch.StartNew();
            for (var (said, before) = (0L, -1L); quiet.Elapsed < TimeSpan.FromSeconds(2); before = said)
            {
                await Task.Delay(50, stopping);
                said = 0;
                var allUp = true;
                foreach (var host in _hosts)
                {
                    allUp &= await host.InvokeAsync((n, _) => n.TeLinks.All(t => t.DataLinks.All(l => l.State == DataLinkState.UpFree)), stopping);
                    said += await host.InvokeAsync((n, _) => SaidBesideHello.Sum(n.Counters.Sent), stopping);
                }

                if (!allUp || said != before) quiet.Restart();
            }
        }

        public async Task RepeatAsync(Func<LmpNode, Func<Instant, string, CommandResult>> command, string teLink, CancellationToken stopping)
        {
            while (true)
            {
                // Refused while the one before is under way.
                await _hosts[0].InvokeAsync((n, now) => command(n)(now, teLink), stopping);
                await Task.Delay(10, stopping);
            }
        }

        public async Task StormAsync(CancellationToken stopping)
        {
            while (!stopping.IsCancellationRequested)
            {
                foreach (var signal in (SignalState[])[SignalState.Fail, SignalState.Ok])
                {
                    await _hosts[1].InvokeAsync((n, now) => n.ReportSignal(now, _storm, signal), CancellationToken.None);
                    await Task.Delay(200, CancellationToken.None);
                }
            }
        }

        public Task AskAsync(CancellationToken stopping) => Task.WhenAll(Enumerable.Range(0, 8).Select(i => i < 4 ? ReadAsync(stopping) : NotReadAsync(stopping)));

        // A disk that does not answer: somebody else has the file for himself.
        public async Task StandStillAsync(CancellationToken stopping)
        {
            await using var file = new SqliteConnection($"Data Source={_state}");
            await file.OpenAsync(stopping);
            var allocating = AllocateAsync(stopping);
            while (!stopping.IsCancellationRequested)
            {
                await ExecuteAsync("BEGIN EXCLUSIVE");
                await Task.Delay(2_000, CancellationToken.None);
                await ExecuteAsync("COMMIT");
                await Task.Delay(100, CancellationToken.None);
            }

            await allocating;

            async Task ExecuteAsync(string sql)
            {
                await using var command = file.CreateCommand();
                command.CommandText = sql;
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var host in _hosts)
                if (host is not null) await host.DisposeAsync();
        }

        private async Task AllocateAsync(CancellationToken stopping)
        {
            string[] link = ["v1"];
            // What has been begun is ended, so that the link is free afterwards.
            while (!stopping.IsCancellationRequested)
            {
                foreach (var command in (Func<LmpNode, Instant, CommandResult>[])[(n, now) => n.Allocate(now, link), (n, now) => n.Release(now, link)])
                {
                    try
                    {
                        await _hosts[0].InvokeAsync(command, CancellationToken.None);
                    }
                    catch (StateNotSavedException)
                    {
                        // Done, and it says honestly that the disk does not have it yet.
                    }
                }

                await Task.Delay(5, CancellationToken.None);
            }
        }

        // By hand, and into one buffer: the garbage of a client would be collected at the daemons' cost, which share this process.
        private async Task ReadAsync(CancellationToken stopping)
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                using var connection = await RequestAsync("/v1/data-links", stopping);
                while (await connection.ReceiveAsync(buffer, stopping) > 0)
                {
                }
            }
        }

        private async Task NotReadAsync(CancellationToken stopping)
        {
            using var connection = await RequestAsync("/v1/events", stopping);
            await Task.Delay(Timeout.Infinite, stopping);
        }

        private async Task<Socket> RequestAsync(string path, CancellationToken stopping)
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(_sockets[0]), stopping);
            await connection.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: lmpd\r\nConnection: close\r\n\r\n"), stopping);
            return connection;
        }

        private static NodeConfiguration Node(int side)
        {
            var other = 3 - side;
            var storm = Enumerable.Range(1, StormLinks).Chunk(HubConfiguration.DataLinksInTeLink).Select((numbers, i) => TeLink($"te{i}", i + 1, false, numbers.Select(n => ($"d{n}", n))));
            var verified = TeLink(VerifiedTeLink, 1_000, true, Enumerable.Range(1, VerifiedLinks).Select(n => ($"v{n}", 100_000 + n)));
            return new NodeConfiguration
            {
                NodeId = new NodeId(0x0A000000u + (uint)side),
                Name = $"n{side}",
                Neighbors = [new NeighborConfiguration { Name = "peer", NodeId = new NodeId(0x0A000000u + (uint)other), ControlChannels = [.. Enumerable.Range(1, 10).Select(i => Channel(side, i))] }],
                TeLinks = [.. storm, verified],
            };
        }

        private static ControlChannelConfiguration Channel(int side, int id) => new()
        {
            Id = (uint)id,
            RemoteId = (uint)id,
            Local = At(side),
            Remote = At(3 - side),
            HelloInterval = IntervalRange.Exactly((ushort)Pace.HelloMs),
            HelloDeadInterval = IntervalRange.Exactly((ushort)Pace.DeadMs),
        };

        private static TeLinkConfiguration TeLink(string name, int id, bool verified, IEnumerable<(string Name, int Id)> dataLinks) => new()
        {
            Name = name,
            Neighbor = "peer",
            LocalId = Identifier.Unnumbered((uint)id),
            RemoteId = Identifier.Unnumbered((uint)id),
            LinkVerification = verified,
            Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
            DataLinks =
            [
                .. dataLinks.Select(d => new DataLinkConfiguration
                {
                    Name = d.Name,
                    LocalId = Identifier.Unnumbered((uint)d.Id),
                    RemoteId = Identifier.Unnumbered((uint)d.Id),
                    Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)],
                }),
            ],
        };

        private static NetworkEndpoint At(int side) =>
            NetworkEndpoint.TryParse(string.Create(CultureInfo.InvariantCulture, $"127.14.{Environment.ProcessId % 200}.{side}:7014"), NetworkEndpoint.LmpPort, out var endpoint)
                ? endpoint
                : throw new InvalidOperationException("unreachable");
    }

    /// <summary>Every port of one is patched to the port of the same name of the other.</summary>
    private sealed class Patch(NodeLoop loop, Func<Patch?> other) : IDataPlane
    {
        private Dictionary<string, DataLink> _links = [];

        public void Apply(LmpNode node, Instant now)
        {
            _links = node.TeLinks.SelectMany(t => t.DataLinks).ToDictionary(l => l.Name);
            node.ReportDataPlane(now, null);
        }

        public bool SendTest(DataLink link, uint source, ReadOnlySpan<byte> test)
        {
            if (other() is not { } far) return false;
            var (name, bytes) = (link.Name, test.ToArray());
            _ = far.Receive(name, bytes);
            return true;
        }

        public void SetTestMode(DataLink link, bool transmit, bool receive)
        {
        }

        public void Dispose()
        {
        }

        private Task<bool> Receive(string name, byte[] test) => loop.InvokeAsync((n, now) =>
        {
            n.ReceiveTest(now, _links[name], test);
            return true;
        });
    }
}
