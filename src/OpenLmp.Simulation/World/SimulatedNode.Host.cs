using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <content>What lmpd does around a node: transports, the data plane, and a state file that messages and commands wait for.</content>
internal sealed partial class SimulatedNode : INodeOutput
{
    private readonly List<ControlChannel> _opened = [];
    private readonly Dictionary<NodeId, long> _lastChangeOf = [];
    private readonly Queue<(long After, ControlChannel Channel, NetworkEndpoint Destination, byte[] Bytes)> _held = [];
    private readonly Queue<(long After, Action Confirmed)> _unconfirmed = [];

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        if (MustWait(channel, datagram)) _held.Enqueue((_lastChangeOf[channel.Neighbor.NodeId], channel, destination, datagram.ToArray()));
        else SendNow(channel, destination, datagram);
    }

    void INodeOutput.Open(ControlChannel channel)
    {
        channel.TransportSlot = _world.Network.From(channel.Local).Slot;
        _opened.Add(channel);
    }

    void INodeOutput.Close(ControlChannel channel) => _opened.Remove(channel);

    void INodeOutput.SendTest(DataLink link, ReadOnlySpan<byte> test) => _world.Lights.SendTest(this, link.Name, test);

    void INodeOutput.SetTestMode(DataLink link, bool transmit, bool receive) => _world.Lights.SetTestMode(this, link.Name, transmit, receive);

    void INodeOutput.Retain(RetainedChange change)
    {
        Disk.Write(change);
        if (change.Neighbor is { } neighbor) _lastChangeOf[neighbor] = Disk.Written;
        _world.Timeline.Schedule(_world.Timeline.Now + Disk.Delay, this, Saved, (Incarnation, Disk.Written));
    }

    void INodeOutput.Tell(NodeEvent e) => _world.Told(this, e);

    private void OpenTransports(LmpNode node)
    {
        ControlChannel[] opened = [.. _opened];
        _opened.Clear();
        foreach (var channel in opened) Guard("a transport", () => node.TransportUp(LocalNow, channel));
    }

    // RFC 4204 §8: what tells the neighbour of something that has to survive a restart waits until it would. Hello and Config wait for nothing.
    private bool MustWait(ControlChannel channel, ReadOnlySpan<byte> datagram) =>
        (MessageType)datagram[3] is not (MessageType.Hello or MessageType.Config or MessageType.ConfigAck or MessageType.ConfigNack)
        && _lastChangeOf.TryGetValue(channel.Neighbor.NodeId, out var last) && last > Disk.Durable;

    private void SendNow(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        var path = _world.Network.Paths[channel.TransportSlot];
        _world.Sent(this, channel, path, datagram);
        if (path.To == destination) path.Carry(_world.Timeline.Now, datagram, _world.Deliver);
    }

    private void WhenSaved(Action confirmed)
    {
        if (Disk.Durable >= Disk.Written) confirmed();
        else _unconfirmed.Enqueue((Disk.Written, confirmed));
    }

    private void SettleSaved(long number)
    {
        Disk.Settle(number);
        while (_unconfirmed.TryPeek(out var first) && first.After <= Disk.Durable) _unconfirmed.Dequeue().Confirmed();
        while (_held.TryPeek(out var held) && held.After <= Disk.Durable)
        {
            _held.Dequeue();
            SendNow(held.Channel, held.Destination, held.Bytes);
        }
    }

    private void ForgetHost()
    {
        _opened.Clear();
        _lastChangeOf.Clear();
        _held.Clear();
        _unconfirmed.Clear();
    }
}
