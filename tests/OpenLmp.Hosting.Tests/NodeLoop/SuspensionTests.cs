using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>RFC 4204 §3.2.2: HelloDeadInterval is about the neighbour's silence, not about our own absence.</summary>
public class SuspensionTests
{
    [Fact]
    public async Task A_node_that_slept_reads_what_was_sent_to_it_before_it_calls_its_neighbour_dead()
    {
        var (left, right) = TestNode.Pair();
        using var peer = new ManualPeer(right);
        await using var node = new TestNode(left);
        await peer.UntilAsync(() => peer.Channel.State == ControlChannelState.Up && node.Events.Recent().Any(e => e.Event is AdjacencyChanged { Up: true }));

        await SleepAsync(node, peer, helloMeanwhile: true);
        Assert.Equal((ControlChannelState.Up, 0), await node.ChannelAsync(c => (c.State, c.Flaps)));

        // And that it was no matter of luck: without a Hello in the socket the same sleep ends the adjacency.
        await SleepAsync(node, peer, helloMeanwhile: false);
        await Eventually.TrueAsync(async () => await node.ChannelAsync(c => c.Flaps) == 1, () => "the loss of the silent neighbour");
    }

    [Fact]
    public async Task Channels_that_are_agreed_on_late_in_a_long_turn_do_not_begin_their_dead_interval_when_it_began()
    {
        const int Channels = 2_000;
        var (left, right) = TestNode.Pair();
        var (neighbor, channel) = (left.Neighbors[0], left.Neighbors[0].ControlChannels[0]);
        left = left with
        {
            Neighbors =
            [
                // The first has a deadline that passes meanwhile: the time at which its Config is to be sent again.
                neighbor with { ControlChannels = [.. Enumerable.Range(1, Channels).Select(i => channel with { Id = (uint)i, RemoteId = (uint)i, Role = i == 1 ? ControlChannelRole.Active : ControlChannelRole.Passive })] },
            ],
        };
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(channel.Remote.Address.ToIPAddress(), channel.Remote.Port));
        await using var node = new TestNode(left);
        await Eventually.TrueAsync(() => node.Loop.InvokeAsync((n, _) => n.Neighbors.Single().ControlChannels.All(c => c.State != ControlChannelState.Down)), () => "the channels to wait");

        var to = new IPEndPoint(channel.Local.Address.ToIPAddress(), channel.Local.Port);
        await SleepAsync(node, TimeSpan.FromSeconds(1), () =>
        {
            for (var i = 2u; i <= Channels; i++)
                peer.SendTo(new ConfigMessage(i, i, right.NodeId, new HelloConfig(150, 1_500) { Negotiable = true }).Encode(), to);
        });

        var changes = await node.Loop.InvokeAsync((n, _) => n.Neighbors.Single().ControlChannels.Where(c => c.State == ControlChannelState.Active).Select(c => c.LastChange).ToList());
        Assert.NotEmpty(changes);
        Assert.True(changes.Distinct().Count() > 1, $"{changes.Count} channels at one moment");
    }

    private static Task SleepAsync(TestNode node, ManualPeer peer, bool helloMeanwhile) => SleepAsync(
        node, TimeSpan.FromMilliseconds(2 * 1_500), () =>
        {
            if (helloMeanwhile) peer.SendHello();
        });

    // Keeps the node's thread from its work until its deadlines are long over.
    private static async Task SleepAsync(TestNode node, TimeSpan time, Action meanwhile)
    {
        using var asleep = new ManualResetEventSlim();
        using var awake = new ManualResetEventSlim();
        var sleep = node.Loop.InvokeAsync((n, _) =>
        {
            asleep.Set();
            Assert.True(awake.Wait(TimeSpan.FromSeconds(60)));
            return true;
        });
        Assert.True(asleep.Wait(TimeSpan.FromSeconds(60)));
        var until = NodeClock.Now + time;
        await Eventually.TrueAsync(() => NodeClock.Now > until, () => "the time to pass");
        meanwhile();
        awake.Set();
        await sleep;
    }

    /// <summary>A neighbour whose time is the test's: it never misses anything, and says something only when told to.</summary>
    private sealed class ManualPeer : INodeOutput, IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        private readonly LmpNode _node;
        private Instant _now = new(1);

        public ManualPeer(NodeConfiguration configuration)
        {
            _node = new LmpNode(configuration, new NodeOptions { FirstMessageId = 1 }, this, _now);
            Channel = _node.Neighbors.Single().ControlChannels.Single();
            _socket.Bind(new IPEndPoint(Channel.Local.Address.ToIPAddress(), Channel.Local.Port));
            _node.TransportUp(_now, Channel);
        }

        public ControlChannel Channel { get; }

        public Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(
            () =>
            {
                Read();
                if (condition()) return true;
                _node.Advance(_now += TimeSpan.FromMilliseconds(5));
                return false;
            },
            () => $"the neighbour; {Channel.State} {Channel.Reason}");

        public void SendHello()
        {
            Read();
            var before = _node.Counters.Sent(MessageType.Hello);
            while (_node.Counters.Sent(MessageType.Hello) == before) _node.Advance(_now += TimeSpan.FromMilliseconds(5));
        }

        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram) =>
            _socket.SendTo(datagram, new IPEndPoint(destination.Address.ToIPAddress(), destination.Port));

        public void Open(ControlChannel channel)
        {
        }

        public void Close(ControlChannel channel)
        {
        }

        public void Tell(NodeEvent e)
        {
        }

        public void Dispose() => _socket.Dispose();

        private void Read()
        {
            var bytes = new byte[1_500];
            while (_socket.Available > 0)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                var length = _socket.ReceiveFrom(bytes, ref from);
                var source = new NetworkEndpoint(NetworkAddress.From(((IPEndPoint)from).Address), (ushort)((IPEndPoint)from).Port);
                _node.Receive(_now, new DatagramOrigin(source, Channel.Local.Address, Channel.TransportSlot), bytes.AsSpan(0, length));
            }
        }
    }
}
