// RFC 4204 §16: the way in.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Which datagrams are looked at, the most frequent ones first.</content>
public sealed partial class LmpNode
{
    /// <summary>
    /// Takes in a datagram: any bytes, from anywhere. What changes nothing is counted. What is turned away at the door, as a stranger's or as too
    /// much (<see cref="DropReason.UnknownSource"/>, <see cref="DropReason.Unprotected"/>, <see cref="DropReason.RateLimited"/>, <see cref="DropReason.HopLimit"/>), the <see cref="Observer"/>
    /// is not told of: it has no part in what the node does.
    /// </summary>
    public void Receive(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram)
    {
        _context.BeginReceive(datagram.Length);
        // By far the most messages: who sent it is looked for once, by what its channel is known by; only where there is none, why.
        if (IsHello(datagram) && Hello.TryDecode(datagram, out var hello, out _) && _context.Peers.ForHello(origin, hello.LocalCcid) is { } channel)
        {
            ReceiveHello(now, origin, datagram, channel, hello);
            return;
        }

        if (!_admission.Admits(now, origin, out var far))
        {
            if (far is not null) ExplainDistance(now, origin, datagram, far);
            return;
        }

        Observe(now, origin, datagram);
        if (IsHello(datagram)) ReceiveStrangeHello(origin, datagram);
        else if (LmpMessage.TryDecode(datagram, out var message, out var error)) Dispatch(now, origin, message);
        else ReceiveMalformed(origin, datagram, error);
    }

    /// <summary>
    /// Takes in a Hello of a control channel that is in use, and nothing else. A host that has many datagrams at hand calls this for each of them
    /// first: so the Hellos that keep channels up do not wait for the rest, however much of it somebody sends.
    /// </summary>
    /// <returns>False: it is something else, and still to be given to <see cref="Receive"/>.</returns>
    public bool ReceiveAhead(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram)
    {
        // On a channel that is still negotiated, Hello comes behind the ConfigAck that it follows from.
        if (!IsHello(datagram) || !Hello.TryDecode(datagram, out var hello, out _)
            || _context.Peers.ForHello(origin, hello.LocalCcid) is not { IsWatched: true } channel) return false;
        _context.BeginReceive(datagram.Length);
        ReceiveHello(now, origin, datagram, channel, hello);
        return true;
    }

    private static bool IsHello(ReadOnlySpan<byte> datagram) => datagram.Length >= CommonHeader.Size && datagram[3] == (byte)MessageType.Hello;

    private void ReceiveHello(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram, ControlChannel channel, in Hello hello)
    {
        if (!_admission.IsNear(channel, origin))
        {
            ExplainDistance(now, origin, datagram, channel);
            return;
        }

        Observe(now, origin, datagram);
        _context.Counters.CountReceived(MessageType.Hello);
        _context.CountReceived(channel, MessageType.Hello);
        channel.ReceiveHello(now, hello);
    }

    private void ReceiveStrangeHello(in DatagramOrigin origin, ReadOnlySpan<byte> datagram)
    {
        if (!Hello.TryDecode(datagram, out _, out var error))
        {
            DropMalformed(origin, error);
            return;
        }

        _context.Counters.CountReceived(MessageType.Hello);
        _context.Drop(null, DropReason.UnknownChannel);
    }

    private void ExplainDistance(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram, ControlChannel channel)
    {
        if (!_admission.MayExplain(now)) return;
        Observe(now, origin, datagram);
        channel.Misfit(now, $"a message from {origin.Source} came with TTL {origin.HopLimit}, gtsm: true asks for {DatagramOrigin.Undiminished} (RFC 5082): it came over a "
            + $"router, or {channel.Neighbor.Name} does not send with that TTL; remove gtsm, or correct what is between the two");
    }

    private void Observe(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram)
    {
        if (Observer is not { } observer) return;
        byte? hopLimit = origin.HopLimit == DatagramOrigin.Undiminished ? null : origin.HopLimit;
        observer.Takes(now, new DatagramInput(origin.Source, origin.Destination, ValueList.Create(datagram), origin.TransportSlot, hopLimit));
    }
}
