using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class NodeLoopTests
{
    [Fact]
    public async Task Two_nodes_bring_their_control_channel_up()
    {
        var (left, right) = TestNode.Pair();
        await using var a = new TestNode(left);
        await using var b = new TestNode(right);
        using var events = a.Events.Subscribe(after: 0);

        await a.StateAsync(ControlChannelState.Up);
        await b.StateAsync(ControlChannelState.Up);

        // Told as well as shown, in order.
        var adjacency = 0L;
        while (adjacency == 0)
        {
            var told = await events.Reader.ReadAsync();
            if (told.Event is AdjacencyChanged { Up: true }) adjacency = told.Number;
        }

        Assert.Contains(a.Events.Recent(), e => e.Number < adjacency && e.Event is ControlChannelStateChanged { To: ControlChannelState.Up });
        Assert.True(a.Loop.Statistics.DatagramsReceived > 0);
        await Eventually.TrueAsync(() => a.Loop.Statistics.HelloLateness.Total > 1, () => "a Hello");
        Assert.True(a.Loop.Statistics.Lateness.Total >= a.Loop.Statistics.HelloLateness.Total);
        Assert.Equal(0, a.Loop.Statistics.Faults);
    }

    [Fact]
    public async Task What_a_neighbour_is_sent_leaves_before_anybody_is_told_why()
    {
        var configuration = TestNode.Pair().Left;
        var remote = configuration.Neighbors[0].ControlChannels[0].Remote;
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(remote.Address.ToIPAddress(), remote.Port));
        var logger = new FirstEntry("ConfSnd", () => peer.Available > 0);
        await using var node = new TestNode(configuration, logger: logger);
        Assert.True(await logger.Seen.WaitAsync(TimeSpan.FromMinutes(1)), "the Config was still waiting when the log said that it was sent");
    }

    [Fact]
    public async Task Commands_answer_throw_and_are_refused_after_the_stop()
    {
        await using var node = new TestNode(TestNode.Pair().Left);
        Assert.Equal("lmp-node", await node.Loop.InvokeAsync((_, _) => Thread.CurrentThread.Name));
        await Assert.ThrowsAsync<FormatException>(() => node.Loop.InvokeAsync<int>((_, _) => throw new FormatException()));
        var many = Enumerable.Range(0, 2_000).Select(i => node.Loop.InvokeAsync((_, _) => i)).ToArray();
        Assert.Equal(Enumerable.Range(0, 2_000), await Task.WhenAll(many));

        await node.Loop.StopAsync();
        await node.Loop.StopAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => node.Loop.InvokeAsync((_, _) => 1));
        Assert.True(node.Loop.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Commands_waiting_at_the_stop_are_refused()
    {
        await using var node = new TestNode(TestNode.Pair().Left);
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = node.Loop.InvokeAsync((_, _) =>
        {
            entered.SetResult();
            return gate.Wait(TimeSpan.FromSeconds(60));
        });
        await entered.Task;
        var waiting = Enumerable.Range(0, 500).Select(_ => node.Loop.InvokeAsync((_, _) => 1)).ToArray();
        var stop = node.Loop.StopAsync();
        gate.Set();
        await stop;
        Assert.True(await busy);
        foreach (var task in waiting)
        {
            // Those that were in the same turn were still answered.
            if (await Record.ExceptionAsync(() => task) is { } refused) Assert.IsType<ObjectDisposedException>(refused);
        }
    }

    [Fact]
    public async Task A_loop_that_was_never_started_stops()
    {
        var loop = new NodeLoop(new NodeLoopOptions { Configuration = TestNode.Pair().Left }, new EventHub<int>(_ => 0), NullLogger.Instance);
        await loop.StopAsync();
        Assert.Throws<InvalidOperationException>(loop.Start);
    }

    [Fact]
    public async Task Another_configuration_opens_and_closes_transports()
    {
        var (left, right) = TestNode.Pair();
        var (elsewhere, _) = TestNode.Pair();
        await using var a = new TestNode(left);
        await using var b = new TestNode(right);
        await a.StateAsync(ControlChannelState.Up);

        // To another address, where the neighbour does not look for us; and back.
        var moved = left with { Neighbors = [left.Neighbors[0] with { ControlChannels = [Channel(left) with { Local = Channel(elsewhere).Local }] }] };
        await a.Loop.ReconfigureAsync(moved, []);
        await b.StateAsync(ControlChannelState.ConfSnd);
        await using (var free = new TestNode(left with { Name = "squatter" }))
        {
            // The old address is free again.
            await free.StateAsync(ControlChannelState.Up);
        }

        await a.Loop.ReconfigureAsync(left, []);
        await a.StateAsync(ControlChannelState.Up);
        static ControlChannelConfiguration Channel(NodeConfiguration c) => c.Neighbors[0].ControlChannels[0];
    }

    [Fact]
    public async Task Any_bytes_from_anywhere_are_survived()
    {
        var (left, right) = TestNode.Pair();
        await using var a = new TestNode(left);
        await using var b = new TestNode(right);
        await a.StateAsync(ControlChannelState.Up);

        var target = left.Neighbors[0].ControlChannels[0].Local;
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var random = new Random(4204);
        var bytes = new byte[200];
        var before = a.Loop.Statistics.DatagramsReceived;
        for (var i = 0; i < 1_000; i++)
        {
            random.NextBytes(bytes);
            await socket.SendAsync(bytes.AsMemory(0, random.Next(bytes.Length)), new IPEndPoint(target.Address.ToIPAddress(), target.Port));
        }

        await Eventually.TrueAsync(() => a.Loop.Statistics.DatagramsReceived - before >= 1_000, () => "the rubbish to arrive");
        Assert.Equal(ControlChannelState.Up, await a.ChannelAsync(c => c.State));
        Assert.Equal(0, a.Loop.Statistics.Faults);
    }

    [Fact]
    public async Task Hellos_allocate_nothing_from_socket_to_socket()
    {
        const int Hellos = 100;
        var (left, right) = TestNode.Pair(hello: 10);
        await using var a = new TestNode(left);
        await using var b = new TestNode(right);
        await a.StateAsync(ControlChannelState.Up);
        await b.StateAsync(ControlChannelState.Up);

        // What is compiled and made but once shows in the first turns alone, and what a busy machine adds (a dead interval that
        // expires, and the Config after it) in some. What a Hello allocates, at least 24 bytes each, shows in every one.
        var least = long.MaxValue;
        for (var turn = 0; turn < 20 && least >= Hellos * 24; turn++) least = Math.Min(least, await AllocatedWhileReceivingAsync(Hellos));
        Assert.True(least < Hellos * 24, $"{least} bytes for {Hellos} Hellos in and as many out");

        async Task<long> AllocatedWhileReceivingAsync(int count)
        {
            var start = await a.Loop.InvokeAsync((_, _) => (GC.GetAllocatedBytesForCurrentThread(), a.Loop.Statistics.DatagramsReceived));
            await Eventually.TrueAsync(() => a.Loop.Statistics.DatagramsReceived - start.DatagramsReceived >= count, () => $"{count} Hellos");
            return await a.Loop.InvokeAsync((_, _) => GC.GetAllocatedBytesForCurrentThread()) - start.Item1;
        }
    }

    // What is so when an entry is logged for the first time.
    private sealed class FirstEntry(string text, Func<bool> look) : ILogger
    {
        private readonly TaskCompletionSource<bool> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Seen => _seen.Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!_seen.Task.IsCompleted && formatter(state, exception).Contains(text, StringComparison.Ordinal)) _seen.SetResult(look());
        }
    }
}
