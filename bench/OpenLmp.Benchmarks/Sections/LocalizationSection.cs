// RFC 4204 §6.2: from the loss of light to the fault localized at the upstream neighbour.
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Hosting;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>
/// Whole nodes on threads of their own, real UDP over the loopback interface: a line of nodes whose every data link continues on the next span. The
/// first span is cut, all nodes downstream are told by their data planes at once; how long until the node upstream of the cut has localized every
/// link of it, and until the last node has suppressed every alarm; and how many messages and alarms that takes.
/// </summary>
internal sealed class LocalizationSection() : Section("localization", "Fault localization")
{
    // Until the code is compiled to the end.
    private const int WarmUps = 5;
    private const ushort DeadMs = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table("nodes", "data links", "cuts", "localized upstream, ms: p50", "p99", "line quiet, ms: p50", "p99");
        var costs = new Table(
            "nodes", "data links", "TE links at each span", "signals that fail", "ChannelStatus messages: median",
            "most", "retransmitted", "alarms raised: most", "elsewhere than at the cut", "alarms suppressed");
        (int, int, int)[] sizes = bench.Quick ? [(2, 1, 50), (2, 100, 20), (10, 1, 20)]
            : [(2, 1, 500), (2, 100, 200), (2, 1_000, 60), (2, 10_000, 20), (10, 1, 200), (10, 100, 60), (10, 1_000, 20), (10, 10_000, 5)];
        foreach (var (nodes, links, cuts) in sizes)
        {
            await using var line = new Line(nodes, links);
            await line.UpAsync();
            var (localized, quiet, outlays) = (new List<double>(), new List<double>(), new List<Outlay>());
            for (var i = 0; i < cuts + WarmUps; i++)
            {
                bench.Stopping.ThrowIfCancellationRequested();
                var before = await line.CountAsync();
                var (first, last) = await line.CutAsync();
                var outlay = await line.SettledAsync() - before;
                await line.RepairAsync();
                if (i < WarmUps) continue;
                outlays.Add(outlay);
                localized.Add(first);
                quiet.Add(last);
            }

            table.Add($"{nodes}", links, cuts, localized.Median(), localized.Percentile(99), quiet.Median(), quiet.Percentile(99));
            costs.Add(
                $"{nodes}", links, (links + HubConfiguration.DataLinksInTeLink - 1) / HubConfiguration.DataLinksInTeLink, (nodes - 1) * links,
                (long)outlays.Select(o => (double)o.Messages).Median(), outlays.Max(o => o.Messages), outlays.Sum(o => o.Retransmitted),
                outlays.Max(o => o.Raised), outlays.Max(o => o.RaisedElsewhere), outlays.Max(o => o.Suppressed));
        }

        return [table, costs];
    }

    /// <summary>What a whole line has said and shows.</summary>
    private readonly record struct Outlay(long Messages, long Retransmitted, int Raised, int RaisedElsewhere, int Suppressed)
    {
        public static Outlay operator -(Outlay now, Outlay before) => now with { Messages = now.Messages - before.Messages, Retransmitted = now.Retransmitted - before.Retransmitted };
    }

    private sealed class Line : IAsyncDisposable
    {
        private readonly Node[] _nodes;

        public Line(int nodes, int links)
        {
            _nodes = [.. Enumerable.Range(1, nodes).Select(i => new Node(i, nodes, links))];
            foreach (var node in _nodes) node.Loop.Start();
        }

        public async Task UpAsync()
        {
            foreach (var node in _nodes) await node.UntilAsync(n => n.TeLinks.All(t => t.DataLinks.All(l => l.State == DataLinkState.UpFree)));
            foreach (var node in _nodes)
            {
                await node.Loop.InvokeAsync((n, now) =>
                {
                    if (n.Allocate(now, [.. node.West, .. node.East]) is { Status: not CommandStatus.Ok } refused) throw new InvalidOperationException(refused.Text);
                    if (node is { West.Length: > 0, East.Length: > 0 })
                        foreach (var (a, b) in node.West.Zip(node.East)) n.AddCrossConnect(now, a, b);
                    n.ReportSignal(now, [.. node.West, .. node.East], SignalState.Ok);
                    return true;
                });
            }

            foreach (var node in _nodes) await node.UntilAsync(n => n.TeLinks.All(t => t.DataLinks.All(l => l.IsActiveThere && l.RemoteSignal == SignalState.Ok)));
        }

        /// <summary>Milliseconds until the first node has localized every link, and until the last has suppressed every alarm.</summary>
        public async Task<(double Localized, double Quiet)> CutAsync()
        {
            var (first, last) = (_nodes[0].Expect(_nodes[0].East.Length), _nodes[^1].Expect(_nodes[^1].West.Length));
            var start = Stopwatch.GetTimestamp();
            var told = _nodes[1..].Select(node => node.Loop.InvokeAsync((n, now) => n.ReportSignal(now, node.West, SignalState.Fail))).ToList();
            var (localized, quiet) = (await first.WaitAsync(Patience), await last.WaitAsync(Patience));
            await Task.WhenAll(told);
            return (Stopwatch.GetElapsedTime(start, localized).TotalMilliseconds, Stopwatch.GetElapsedTime(start, quiet).TotalMilliseconds);
        }

        /// <summary>Until every node knows where the cut is, and all that was said of it is acknowledged; what it took.</summary>
        public async Task<Outlay> SettledAsync()
        {
            await _nodes[0].UntilAsync(n => n.TeLinks.All(t => t.DataLinks.All(l => l.Fault is { Transmit: true })));
            for (var i = 1; i < _nodes.Length; i++)
            {
                var (west, isAtCut) = (_nodes[i].West.ToHashSet(), i == 1);
                await _nodes[i].UntilAsync(n => n.TeLinks.All(t => t.DataLinks.All(l => !west.Contains(l.Name) || (isAtCut ? l.Fault is { Receive: true } : l.IsFaultElsewhere))));
            }

            foreach (var node in _nodes) await node.UntilAsync(n => n.Counters.Received(MessageType.ChannelStatusAck) >= n.Counters.Sent(MessageType.ChannelStatus) - n.Counters.Retransmitted(MessageType.ChannelStatus));
            return await CountAsync();
        }

        public async Task<Outlay> CountAsync()
        {
            var all = new Outlay();
            for (var i = 0; i < _nodes.Length; i++)
            {
                var at = await _nodes[i].Loop.InvokeAsync((n, _) => new Outlay(
                    n.Counters.Sent(MessageType.ChannelStatus), n.Counters.Retransmitted(MessageType.ChannelStatus),
                    n.Alarms.All.Count(a => a.State == AlarmState.Raised), 0, n.Alarms.All.Count(a => a.State == AlarmState.Suppressed)));
                all = new Outlay(
                    all.Messages + at.Messages, all.Retransmitted + at.Retransmitted, all.Raised + at.Raised, all.RaisedElsewhere + (i > 1 ? at.Raised : 0), all.Suppressed + at.Suppressed);
            }

            return all;
        }

        public async Task RepairAsync()
        {
            foreach (var node in _nodes[1..]) await node.Loop.InvokeAsync((n, now) => n.ReportSignal(now, node.West, SignalState.Ok));
            foreach (var node in _nodes)
                await node.UntilAsync(n => n.Alarms.All.All(a => a.State == AlarmState.Cleared) && n.TeLinks.All(t => t.DataLinks.All(l => l.State == DataLinkState.UpAlloc && l.RemoteSignal == SignalState.Ok)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in _nodes) await node.Loop.DisposeAsync();
        }
    }

    private sealed class Node : IEventSink
    {
        private readonly bool _isFirst;
        private TaskCompletionSource<long> _done = new();
        private int _missing;

        public Node(int number, int nodes, int links)
        {
            _isFirst = number == 1;
            (West, East) = (Names("w", number > 1 ? links : 0), Names("e", number < nodes ? links : 0));
            var neighbors = new List<(string Side, int Number)>();
            if (number > 1) neighbors.Add(("w", number - 1));
            if (number < nodes) neighbors.Add(("e", number + 1));
            var configuration = new NodeConfiguration
            {
                NodeId = new NodeId(0x0A000000u + (uint)number),
                Name = $"n{number}",
                Neighbors = [.. neighbors.Select(n => Neighbor(number, n.Number))],
                TeLinks = [.. neighbors.SelectMany(n => TeLinks(number, n.Side, n.Number, links))],
            };
            Loop = new NodeLoop(new NodeLoopOptions { Configuration = configuration, Node = new NodeOptions { Seed = (ulong)number, FirstMessageId = 1, StateLost = false } }, this, NullLogger.Instance);
        }

        public NodeLoop Loop { get; }

        public string[] West { get; }

        public string[] East { get; }

        public void Publish(NodeEvent e)
        {
            var isIt = _isFirst ? e is FaultLocalized : e is AlarmChanged { Alarm.Kind: AlarmKind.SignalFail, State: AlarmState.Suppressed };
            if (isIt && Interlocked.Decrement(ref _missing) == 0) _done.TrySetResult(Stopwatch.GetTimestamp());
        }

        public Task<long> Expect(int count)
        {
            _done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _missing, count);
            return _done.Task;
        }

        public async Task UntilAsync(Func<LmpNode, bool> condition)
        {
            var start = Stopwatch.GetTimestamp();
            while (!await Loop.InvokeAsync((n, _) => condition(n)))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience) throw new TimeoutException($"not within {Patience.TotalSeconds} s: {await Loop.InvokeAsync((n, _) => Describe(n))}");
                await Task.Delay(5);
            }
        }

        private static string Describe(LmpNode node) =>
            $"{node.Name}: {string.Join("; ", node.TeLinks.Select(t => $"{t.Name} {t.State} {t.Reason}"))}: "
            + string.Join(", ", node.TeLinks.SelectMany(t => t.DataLinks).CountBy(l => $"{l.State}, remote signal {l.RemoteSignal}, active there {l.IsActiveThere}").Select(c => $"{c.Value} {c.Key}"));

        private static string[] Names(string side, int count) => [.. Enumerable.Range(1, count).Select(i => $"{side}{i}")];

        private static NeighborConfiguration Neighbor(int here, int there) => new()
        {
            Name = $"n{there}",
            NodeId = new NodeId(0x0A000000u + (uint)there),
            // The threads are ordinary ones: what a busy machine does to them is not to be taken for a dead neighbour.
            ControlChannels = [new ControlChannelConfiguration { Id = (uint)there, Local = At(here), Remote = At(there), HelloDeadInterval = IntervalRange.Around(DeadMs) }],
        };

        // As many TE links as it takes for each LinkSummary to fit a datagram (RFC 4204 §12.6.1).
        private static IEnumerable<TeLinkConfiguration> TeLinks(int here, string side, int there, int links) =>
            Enumerable.Range(1, links).Chunk(HubConfiguration.DataLinksInTeLink).Select((numbers, index) => new TeLinkConfiguration
            {
                Name = $"{side}-te{index}",
                Neighbor = $"n{there}",
                LocalId = Identifier.Unnumbered((uint)((there * 1_000) + index)),
                RemoteId = Identifier.Unnumbered((uint)((here * 1_000) + index)),
                LinkVerification = false,
                Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
                DataLinks =
                [
                    .. numbers.Select(i => new DataLinkConfiguration
                    {
                        Name = $"{side}{i}",
                        LocalId = Identifier.Unnumbered((uint)((there * 100_000) + i)),
                        RemoteId = Identifier.Unnumbered((uint)((here * 100_000) + i)),
                        Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)],
                    }),
                ],
            });

        private static NetworkEndpoint At(int number) =>
            NetworkEndpoint.TryParse($"127.13.{Environment.ProcessId % 200}.{number}:7013", NetworkEndpoint.LmpPort, out var endpoint) ? endpoint : throw new InvalidOperationException("unreachable");
    }
}
