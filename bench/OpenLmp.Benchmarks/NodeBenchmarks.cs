using BenchmarkDotNet.Attributes;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>The node's Hello turn-around: one Hello received, one sent, on one of N control channels that are up.</summary>
public class NodeBenchmarks
{
    private static readonly NetworkEndpoint Remote = Endpoint("10.255.0.2");
    private readonly byte[] _hello = new byte[Hello.EncodedLength];
    private Sink _sink = new();
    private LmpNode _node = null!;
    private DatagramOrigin _origin;
    private Instant _now = new(1);
    private int _next;
    private uint _seq;

    [Params(1, 1000)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _origin = new DatagramOrigin(Remote, Endpoint("10.255.0.1").Address, 0);
        _sink = new Sink();
        _node = new LmpNode(Configuration(Channels), new NodeOptions { StateLost = false }, _sink, _now);
        foreach (var channel in _sink.Channels) _node.TransportUp(_now, channel);
        // The neighbour's side of the negotiation, by hand: CC_Ids 1001, 1002, ...
        foreach (var channel in _sink.Channels)
            _node.Receive(_now, _origin, new ConfigMessage(channel.Id + 1000, channel.Id, new NodeId(0x0A000002), new HelloConfig(100, 60000) { Negotiable = true }).Encode());
        for (var i = 0; i < Channels; i++) HelloTurnaround();
    }

    [Benchmark]
    public long HelloTurnaround()
    {
        if (_next == 0) _seq++;
        var channel = _sink.Channels[_next];
        _next = (_next + 1) % Channels;
        // Each channel gets its turn within a virtual HelloInterval of 100 ms.
        _now += TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond * 100 / Channels);
        new Hello(HeaderFlags.None, channel.Id + 1000, _seq, channel.TxSeqNum).Encode(_hello);
        _node.Receive(_now, _origin, _hello);
        _node.Advance(_now);
        return _sink.Sent;
    }

    [GlobalCleanup]
    public void Check()
    {
        if (_sink.Channels.Any(c => c.State != ControlChannelState.Up)) throw new InvalidOperationException("a control channel went down: the figures mean nothing");
    }

    private static NetworkEndpoint Endpoint(string text) => NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out var e) ? e : throw new ArgumentException(text);

    private static NodeConfiguration Configuration(int channels) => new()
    {
        NodeId = new NodeId(0x0A000001),
        Name = "bench",
        Neighbors =
        [
            new NeighborConfiguration
            {
                Name = "peer",
                NodeId = new NodeId(0x0A000002),
                ControlChannels =
                [
                    .. Enumerable.Range(1, channels).Select(i => new ControlChannelConfiguration
                    {
                        Id = (uint)i,
                        Local = Endpoint("10.255.0.1"),
                        Remote = Remote,
                        RemoteId = (uint)i + 1000,
                        Role = ControlChannelRole.Passive,
                    }),
                ],
            },
        ],
    };

    private sealed class Sink : INodeOutput
    {
        public List<ControlChannel> Channels { get; } = [];

        public long Sent { get; private set; }

        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram) => Sent++;

        public void Open(ControlChannel channel) => Channels.Add(channel);

        public void Close(ControlChannel channel) => Channels.Remove(channel);

        public void Tell(NodeEvent e)
        {
        }
    }
}
