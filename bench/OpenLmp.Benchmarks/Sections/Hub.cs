using System.Diagnostics;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>
/// One node on virtual time whose neighbours agree with everything, at once: Config, LinkSummary and ChannelStatus are acknowledged, Hellos come. They are
/// no nodes, so that time and memory are the one node's; the time they take is not counted.
/// </summary>
internal sealed class Hub : INodeOutput
{
    private readonly List<ControlChannel> _channels = [];
    private readonly Queue<(ControlChannel Channel, byte[] Answer)> _answers = new();
    private readonly byte[] _hello = new byte[Hello.EncodedLength];
    private readonly Stopwatch _inNode = new();
    private Instant _now = new(1_000_000_000);
    private uint _messageId;
    private uint _seq;

    public LmpNode Node { get; private set; } = null!;

    /// <summary>Makes a node and brings everything up.</summary>
    /// <param name="configuration">Makes the configuration; it is part of what the node holds in memory.</param>
    /// <param name="bytes">What it takes on the heap.</param>
    /// <param name="microseconds">What it took to make and to bring up.</param>
    public static Hub Create(Func<NodeConfiguration> configuration, out double bytes, out double microseconds)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var hub = new Hub();
        var made = configuration();
        hub._inNode.Start();
        hub.Node = new LmpNode(made, new NodeOptions { StateLost = false }, hub, hub._now);
        hub._inNode.Stop();
        foreach (var channel in hub._channels)
        {
            hub._inNode.Start();
            hub.Node.TransportUp(hub._now, channel);
            hub._inNode.Stop();
            hub.Receive(channel, new ConfigMessage(channel.Id, ++hub._messageId, channel.Neighbor.NodeId, new HelloConfig(150, 60_000) { Negotiable = true }).Encode());
        }

        for (var round = 0; round < 3; round++)
        {
            hub.HelloNanoseconds(hub._channels.Count);
            hub.Answer();
        }

        if (hub.Node.TeLinks.Any(t => t.State != TeLinkState.Up || t.DataLinks.Any(l => l.State != DataLinkState.UpFree)))
            throw new InvalidOperationException($"not everything is Up: {hub.Node.TeLinks.First().State} {hub.Node.TeLinks.First().Reason}");
        microseconds = hub._inNode.Elapsed.TotalMicroseconds;
        bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        return hub;
    }

    /// <summary>Gives the node an order; the time, microseconds, that it takes until everything that follows from it is done.</summary>
    public double Do(Func<Instant, CommandResult> order)
    {
        _inNode.Restart();
        var result = order(_now);
        _inNode.Stop();
        if (result.Status != CommandStatus.Ok) throw new InvalidOperationException(result.Text);
        Answer();
        return _inNode.Elapsed.TotalMicroseconds;
    }

    /// <summary>As many Hellos, the channels in turn; the time of one in the node, receiving it and sending its own when due.</summary>
    public double HelloNanoseconds(int count)
    {
        var (start, inHellos) = (0L, 0L);
        for (var i = 0; i < count; i++)
        {
            var channel = _channels[i % _channels.Count];
            if (i % _channels.Count == 0) _seq++;
            _now = new Instant(_now.Nanoseconds + (150_000_000 / _channels.Count));
            new Hello(HeaderFlags.None, channel.Id, _seq, channel.TxSeqNum).Encode(_hello);
            start = Stopwatch.GetTimestamp();
            _inNode.Start();
            Node.Receive(_now, Origin(channel), _hello);
            Node.Advance(_now);
            _inNode.Stop();
            inHellos += Stopwatch.GetTimestamp() - start;
            Answer();
        }

        return TimeSpan.FromSeconds(inHellos / (double)Stopwatch.Frequency).TotalNanoseconds / count;
    }

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        // The neighbours' work is not the node's, though it happens in the midst of it.
        var running = _inNode.IsRunning;
        _inNode.Stop();
        if (datagram[3] != (byte)MessageType.Hello && LmpMessage.TryDecode(datagram, out var message, out _)) Answer(channel, message);
        if (running) _inNode.Start();
    }

    void INodeOutput.Open(ControlChannel channel) => _channels.Add(channel);

    void INodeOutput.Close(ControlChannel channel) => _channels.Remove(channel);

    void INodeOutput.Tell(NodeEvent e)
    {
    }

    private static DatagramOrigin Origin(ControlChannel channel) => new(channel.Remote!.Value, channel.Local.Address, channel.TransportSlot);

    private void Answer(ControlChannel channel, LmpMessage message)
    {
        LmpMessage? answer = message switch
        {
            LinkSummaryMessage m => new LinkSummaryAckMessage(m.MessageId!.Value),
            ChannelStatusMessage m => new ChannelStatusAckMessage(m.MessageId!.Value),
            _ => null,
        };
        if (answer is not null) _answers.Enqueue((channel, answer.Encode()));
    }

    private void Answer()
    {
        while (_answers.TryDequeue(out var next)) Receive(next.Channel, next.Answer);
    }

    private void Receive(ControlChannel channel, byte[] datagram)
    {
        _inNode.Start();
        Node.Receive(_now, Origin(channel), datagram);
        Node.Advance(_now);
        _inNode.Stop();
    }
}
