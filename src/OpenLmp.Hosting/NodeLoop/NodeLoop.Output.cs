using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <content>What comes out of the node, and the transports of its control channels.</content>
public sealed partial class NodeLoop
{
    private const int Few = 8;

    // A storm must not be remembered for as long as it lasts.
    private const int MostUntold = 1_000;

    private readonly Dictionary<ControlChannel, ChannelTransport> _channels = [];
    private readonly Queue<NodeEvent> _untold = [];
    private bool _sendingHellos;

    // The node calls this while it handles an input: transports are made afterwards, when the turn settles.
    private void Open(ControlChannel channel)
    {
        var multicast = channel.Configuration.IsMulticast;
        TunnelKey? tunnel = channel.IsProtected ? TunnelKey.Of(channel.Configuration) : null;
        var transport = _transports.Acquire(new TransportKey(channel.Local, channel.Configuration.Interface, tunnel), multicast);
        _channels.Add(channel, new ChannelTransport(transport, multicast));
        channel.TransportSlot = transport.Slot;
    }

    private void Close(ControlChannel channel)
    {
        if (_channels.Remove(channel, out var used)) _transports.Release(used.Transport, used.Multicast);
    }

    private void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        if (MustWait(channel, datagram)) Hold(channel, destination, datagram);
        else SendNow(channel, destination, datagram);
    }

    private void SendNow(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        var transport = _transports[channel.TransportSlot];
        if (transport.Problem is not null || (transport.Sender ?? transport.Unicast?.Open) is not { } socket)
        {
            Statistics.CountUnsent(1);
            channel.Counters.CountUnsent();
            return;
        }

        NetworkAddress? source = transport.MustSaySource ? transport.Key.Local.Address : null;
        _outgoing.Add(socket, source, (int)transport.InterfaceIndex, destination, datagram);
    }

    private void SendTest(DataLink link, ReadOnlySpan<byte> test)
    {
        if (_dataPlane?.SendTest(link, _node.NodeId.Value, test) != true) Statistics.CountUnsent(1);
    }

    // Messages first, words later: a neighbour waits for the one, people for the other, and to log takes longer than to send.
    private void Tell(NodeEvent e)
    {
        Statistics.CountTold();
        _untold.Enqueue(e);
        // What many channels send for one reason leaves a few at a time: the first need not wait until the last is thought of.
        if (_outgoing.Count >= Few) _outgoing.Flush();
        SendHellos();
        if (_untold.Count >= MostUntold) TellAll();
    }

    /// <summary>Sends what waits to be sent, then logs and publishes what the node has told since the last time.</summary>
    private void TellAll()
    {
        _outgoing.Flush();
        while (_untold.TryDequeue(out var e))
        {
            _logger.Event(_node, e);
            _events.Publish(e);
            SendHellos();
        }
    }

    /// <summary>Sends the Hellos that are due while the node is at work on something else. On the node's thread only.</summary>
    internal void SendHellos()
    {
        // Not while the node is being made, and not from within itself.
        if (_node is null || _sendingHellos) return;
        var (due, now) = (_node.NextHello, NodeClock.Now);
        if (due > now) return;
        _sendingHellos = true;
        try
        {
            Statistics.Lateness.Record(due, now);
            Statistics.HelloLateness.Record(due, now);
            _node.SendHellos(now);
            _outgoing.Flush();
        }
        finally
        {
            _sendingHellos = false;
        }
    }

    private void ReportTransports(Instant now)
    {
        foreach (var (channel, used) in _channels.ToArray())
        {
            var problem = used.Transport.Problem;
            if (used.IsReported ? problem == used.ReportedProblem : problem is not null && used.Transport.IsPending) continue;
            (used.IsReported, used.ReportedProblem) = (true, problem);
            try
            {
                if (problem is null)
                {
                    _logger.TransportUp(channel, used.Transport.Key);
                    _node.TransportUp(now, channel);
                }
                else
                {
                    _logger.TransportDown(channel, problem);
                    _node.TransportDown(now, channel, problem);
                }
            }
            catch (Exception e)
            {
                Fault(e, $"the transport of control channel {channel}", now);
            }
        }
    }

    /// <summary>A control channel's transport, and what the node has been told of it.</summary>
    private sealed class ChannelTransport(Transport transport, bool multicast)
    {
        public Transport Transport { get; } = transport;

        public bool Multicast { get; } = multicast;

        public bool IsReported { get; set; }

        public string? ReportedProblem { get; set; }
    }

    private sealed class Output(NodeLoop loop) : INodeOutput
    {
        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram) => loop.Send(channel, destination, datagram);

        public void SendTest(DataLink link, ReadOnlySpan<byte> test) => loop.SendTest(link, test);

        public VerifyTransport GetTestTransports(DataLink link) => loop._dataPlane?.GetTestTransports(link) ?? VerifyTransport.Payload;

        public void SetTestMode(DataLink link, bool transmit, bool receive) => loop._dataPlane?.SetTestMode(link, transmit, receive);

        public void SetTrace(DataLink link, TraceType type, string text) => loop._dataPlane?.SetTrace(link, type, text);

        public void Open(ControlChannel channel) => loop.Open(channel);

        public void Close(ControlChannel channel) => loop.Close(channel);

        public void Retain(RetainedChange change) => loop.Retain(change);

        public void AtWork() => loop.SendHellos();

        public void Tell(NodeEvent e) => loop.Tell(e);
    }
}
