using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>A node without sockets, all of its control channels Up: each call is one channel's Hello in and out.</summary>
internal sealed class HelloTurn : INodeOutput
{
    private const int HelloIntervalMs = 100;
    private readonly byte[] _hello = new byte[Hello.EncodedLength];
    private readonly List<ControlChannel> _channels = [];
    private readonly LmpNode _node;
    private readonly DatagramOrigin _origin = new(HubConfiguration.Endpoint(2), HubConfiguration.Endpoint(1).Address, 0);
    private Instant _now = new(1);
    private uint _seq;
    private int _next;

    public HelloTurn(int channels)
    {
        _node = new LmpNode(HubConfiguration.OneNeighbor(channels), new NodeOptions { StateLost = false }, this, _now);
        foreach (var channel in _channels) _node.TransportUp(_now, channel);
        // The neighbour's side of the negotiation, by hand: CC_Ids 1000001, 1000002, ...
        foreach (var channel in _channels)
            _node.Receive(_now, _origin, new ConfigMessage(Remote(channel), channel.Id, HubConfiguration.NeighborId, new HelloConfig(HelloIntervalMs, 60_000) { Negotiable = true }).Encode());
        for (var i = 0; i < channels; i++) Next();
    }

    public void Next()
    {
        if (_next == 0) _seq++;
        var channel = _channels[_next];
        _next = (_next + 1) % _channels.Count;
        // Each channel gets its turn within a HelloInterval of virtual time.
        _now = new Instant(_now.Nanoseconds + (HelloIntervalMs * 1_000_000L / _channels.Count));
        new Hello(HeaderFlags.None, Remote(channel), _seq, channel.TxSeqNum).Encode(_hello);
        _node.Receive(_now, _origin, _hello);
        _node.Advance(_now);
    }

    /// <exception cref="InvalidOperationException">Not what was meant was measured.</exception>
    public void Check()
    {
        if (_channels.Exists(c => c.State != ControlChannelState.Up)) throw new InvalidOperationException("a control channel is not Up: the figures mean nothing");
    }

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
    }

    void INodeOutput.Open(ControlChannel channel) => _channels.Add(channel);

    void INodeOutput.Close(ControlChannel channel) => _channels.Remove(channel);

    void INodeOutput.Tell(NodeEvent e)
    {
    }

    private static uint Remote(ControlChannel channel) => channel.Id + 1_000_000;
}
