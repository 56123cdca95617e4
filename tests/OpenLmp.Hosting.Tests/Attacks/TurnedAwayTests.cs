using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>What the loop does with many datagrams at once, and what it says of strangers.</summary>
public sealed class TurnedAwayTests : ILogger, INodeObserver, IDisposable
{
    private readonly List<string> _lines = [];
    private readonly List<MessageType> _taken = [];
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _goOn = new();

    [Fact]
    public async Task Strangers_get_one_line_between_them()
    {
        var (left, _) = TestNode.Pair();
        await using var node = new TestNode(left, logger: this);
        await node.Loop.Started;
        var at = left.Neighbors[0].ControlChannels[0].Local;
        for (var i = 1; i <= 20; i++)
        {
            using var stranger = new UdpClient(new IPEndPoint(IPAddress.Parse(SocketRig.FreshLoopback()), 0));
            await stranger.SendAsync(new byte[] { 1, 2, 3 }, new IPEndPoint(at.Address.ToIPAddress(), at.Port));
            await Eventually.TrueAsync(async () => await node.Loop.InvokeAsync((n, _) => n.Counters.Dropped(DropReason.UnknownSource)) == i, () => "the stranger's datagram");
        }

        Assert.Matches(@"^turned away, the last from 127\.\S+: 1 datagrams from sources that are no neighbours, 0 that came over a router \(gtsm\), 0 beyond the limits;", Assert.Single(Lines));
    }

    [Fact]
    public async Task Of_what_waits_the_Hellos_of_channels_in_use_are_taken_first_and_the_rest_in_its_order()
    {
        // No Hello but the test's own comes in its time.
        var (left, right) = TestNode.Pair(hello: 5_000);
        var channel = right.Neighbors[0].ControlChannels[0];
        var ccId = channel.Id;
        await using var node = new TestNode(left);
        await node.Loop.Started;
        // The neighbour is this test: a Config and a Hello bring the channel up.
        using var neighbor = new UdpClient(new IPEndPoint(channel.Local.Address.ToIPAddress(), channel.Local.Port));
        var to = new IPEndPoint(channel.Remote.Address.ToIPAddress(), channel.Remote.Port);
        await Send(new ConfigMessage(ccId, 1, right.NodeId, new HelloConfig(5_000, 50_000)));
        await node.StateAsync(ControlChannelState.Active);
        await Send(new HelloMessage(ccId, 1, 0));
        await node.StateAsync(ControlChannelState.Up);

        // While the node is busy, other messages come, and then a Hello.
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = node.Loop.InvokeAsync((n, _) =>
        {
            n.Observer = this;
            entered.SetResult();
            return gate.Wait(TimeSpan.FromSeconds(60));
        });
        await entered.Task;
        await Send(new LinkSummaryAckMessage(7));
        await Send(new ChannelStatusAckMessage(8));
        await Send(new HelloMessage(ccId, 1, 0));
        await Send(new EndVerifyAckMessage(9, 9));
        gate.Set();
        Assert.True(await busy);
        await Eventually.TrueAsync(() => Taken.Count >= 4, () => "four messages");
        Assert.Equal([MessageType.Hello, MessageType.LinkSummaryAck, MessageType.ChannelStatusAck, MessageType.EndVerifyAck], Taken.Take(4));

        async Task Send(LmpMessage message) => await neighbor.SendAsync(message.Encode(), to);
    }

    [Fact]
    public async Task Hellos_leave_between_the_batches_of_a_flood()
    {
        const int Flood = 5 * ReceiveBatch.Slots;
        const int HelloInterval = 150;
        var (left, right) = TestNode.Pair(HelloInterval);
        var neighbors = left.Neighbors;
        // The neighbour is this test, and says no Hello but one.
        var here = neighbors[0].ControlChannels[0] with { HelloDeadInterval = IntervalRange.Exactly(60_000) };
        var link = new DataLinkConfiguration { Name = "te1-1", LocalId = Identifier.Unnumbered(1_001), Capabilities = [new SwitchingCapability(SwitchingType.Fsc, EncodingType.Ethernet, 1e9f, 1e9f)] };
        left = left with
        {
            Neighbors = [neighbors[0] with { ControlChannels = [here] }],
            TeLinks = [new TeLinkConfiguration { Name = "te1", Neighbor = "peer", LocalId = Identifier.Unnumbered(1), RemoteId = Identifier.Unnumbered(2), DataLinks = [link] }],
        };
        IsHeldUp = true;
        await using var node = new TestNode(left, logger: this);
        await node.Loop.Started;
        using var neighbor = new UdpClient(new IPEndPoint(here.Remote.Address.ToIPAddress(), here.Remote.Port));
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Parse(SocketRig.FreshLoopback()), 0));
        var to = new IPEndPoint(here.Local.Address.ToIPAddress(), here.Local.Port);
        await neighbor.SendAsync(new ConfigMessage(here.Id, 1, right.NodeId, new HelloConfig(HelloInterval, 60_000)).Encode(), to);
        await node.StateAsync(ControlChannelState.Active);
        await neighbor.SendAsync(new HelloMessage(here.Id, 1, 0).Encode(), to);
        await node.StateAsync(ControlChannelState.Up);

        // While it tells of a stranger, a flood comes of what it answers, and its next Hello becomes due. Not in a command: it looks for Hellos after each.
        await stranger.SendAsync(new byte[] { 1 }, to);
        await _entered.Task;
        var entered = NodeClock.Now;
        for (var i = 0; i < Flood; i++) await neighbor.SendAsync(new ChannelStatusRequestMessage(Identifier.Unnumbered(2), 7).Encode(), to);
        await Eventually.TrueAsync(() => NodeClock.Now - entered > TimeSpan.FromMilliseconds(2 * HelloInterval), () => "a Hello that is due");
        _goOn.Set();

        var (said, answers) = (new List<MessageType>(), 0);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (answers < Flood)
        {
            var type = (MessageType)(await neighbor.ReceiveAsync(limit.Token)).Buffer[3];
            if (type == MessageType.ChannelStatusResponse) answers++;
            if (answers > 0) said.Add(type);
        }

        Assert.InRange(said.IndexOf(MessageType.Hello), 1, 2 * ReceiveBatch.Slots);
    }

    /// <summary>Whether the loop waits where it tells of strangers.</summary>
    private bool IsHeldUp { get; set; }

    private List<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines.Where(l => l.StartsWith("turned away", StringComparison.Ordinal))];
        }
    }

    private List<MessageType> Taken
    {
        get
        {
            lock (_taken) return [.. _taken];
        }
    }

    public void Dispose() => _goOn.Dispose();

    void INodeObserver.Takes(Instant now, NodeInput input)
    {
        if (input is not DatagramInput datagram) return;
        lock (_taken) _taken.Add((MessageType)datagram.Bytes[3]);
    }

    void INodeObserver.Answers(CommandResult answer)
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        lock (_lines) _lines.Add(line);
        if (!IsHeldUp || !line.StartsWith("turned away", StringComparison.Ordinal)) return;
        _entered.TrySetResult();
        _goOn.Wait(TimeSpan.FromSeconds(60));
    }
}
