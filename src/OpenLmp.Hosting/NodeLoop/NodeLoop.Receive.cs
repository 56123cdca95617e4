using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <content>From the sockets to the node.</content>
public sealed partial class NodeLoop
{
    // Strangers, in their millions, get one line between them.
    private static readonly TimeSpan BetweenTurnedAway = TimeSpan.FromMinutes(1);

    // Little against any HelloDeadInterval.
    private static readonly TimeSpan LongTime = TimeSpan.FromMilliseconds(1);

    private Instant _nextTurnedAway = new(long.MinValue);
    private (long Strangers, long Far, long Excess) _turnedAwayTold;

    private (long Strangers, long Far, long Excess) TurnedAway =>
        (_node.Counters.Dropped(DropReason.UnknownSource), _node.Counters.Dropped(DropReason.HopLimit), _node.Counters.Dropped(DropReason.RateLimited));

    /// <summary>
    /// Delivers what the sockets hold, and returns the time as of which they held nothing more.
    /// <para>
    /// Whenever a deadline has passed, we may be late: this process was suspended, or the machine busy, and Hellos that came in time are still
    /// waiting in the sockets. To let HelloDeadInterval end before they are read would be to declare the neighbours dead for our own absence.
    /// So everything that was waiting when this turn began is delivered before <see cref="Advance"/> looks at any deadline, and that looks at
    /// the deadlines as of the time the turn began: what comes due meanwhile is left to the next turn, which first receives again.
    /// </para>
    /// <para>
    /// Where that takes long, a thousand Configs after a suspension, the time goes on: the HelloDeadInterval of a channel that is agreed on late in the
    /// turn would otherwise begin when the turn did, and be over before its first Hello can come. What came meanwhile is then delivered, too, and deadlines
    /// are looked at as of the time that this began.
    /// </para>
    /// <para>
    /// A flood must not keep deadlines waiting for ever. A socket that still has datagrams after as many as its buffer can hold has been given
    /// new ones since, and those may wait: so a turn delivers at most that many of each socket (some ten thousand of the smallest: 10 to 20 ms).
    /// Our own Hellos do not wait even for that: they go out between the batches. Where nothing is due, there is one round of small batches, socket
    /// by socket.
    /// </para>
    /// </summary>
    private Instant Receive(Instant now, int ready)
    {
        var late = _node.NextDeadline <= now;
        // What was ready when the sleep ended is not all that may be by now.
        if (late) ready = _poller.Ready(_ready);
        while (true)
        {
            var full = ready == Poller.MostReady;
            var (any, took) = (false, false);
            for (var i = 0; i < ready; i++)
            {
                switch (_ready[i])
                {
                    case Poller.WakeTag:
                        _poller.ClearWake();
                        _moreCommands = true;
                        break;
                    case RouteTag:
                        _routes?.Read();
                        break;
                    case var tag when _transports.TryGetSocket(tag, out var socket):
                        if (NodeClock.Now is var time && time - now > LongTime) (now, took) = (time, true);
                        var received = ReceiveFrom(socket, now);
                        any |= received > 0;
                        if (received == ReceiveBatch.Slots)
                        {
                            full = true;
                            SendHellos();
                        }

                        break;
                    case var tag:
                        ReceiveTests(tag, now);
                        break;
                }
            }

            if (!any || !(took || (late && full))) break;
            ready = _poller.Ready(_ready);
        }

        if (!_interfaces.Changes.Any) return now;
        _transports.Apply(_interfaces.Changes);
        _linuxDataPlane?.Apply(_node, _interfaces.Changes, now);
        _interfaces.Changes.Clear();
        return now;
    }

    private int ReceiveFrom(SocketEntry socket, Instant now)
    {
        if (socket.Turn != Statistics.Turns) (socket.Turn, socket.ReceivedInTurn) = (Statistics.Turns, 0);
        if (socket.ReceivedInTurn >= socket.Open!.Capacity) return 0;
        var received = _incoming.Receive(socket.Open, out var errno);
        if (errno != 0)
        {
            _logger.SocketFailed(socket.Key, Libc.Describe(errno));
            _transports.Fail(socket, errno, now);
            return 0;
        }

        socket.ReceivedInTurn += received;
        Statistics.CountReceived(received);
        Deliver(socket, received, now);
        return received;
    }

    // The Hellos that keep channels up first, then the rest in its order: what a stranger sends does not stand in their way.
    private void Deliver(SocketEntry socket, int received, Instant now)
    {
        var ahead = 0u;
        if (received > 1)
        {
            for (var i = 0; i < received; i++)
                if (_incoming.IsHello(i) && Deliver(socket, i, now, ahead: true)) ahead |= 1u << i;
        }

        for (var i = 0; i < received; i++)
            if ((ahead & (1u << i)) == 0) Deliver(socket, i, now, ahead: false);
    }

    private bool Deliver(SocketEntry socket, int slot, Instant now, bool ahead)
    {
        var datagram = _incoming[slot];
        try
        {
            var origin = new DatagramOrigin(datagram.Source, datagram.Destination, socket.SlotOf(datagram), datagram.HopLimit);
            if (ahead) return _node.ReceiveAhead(now, origin, datagram.Bytes);
            var before = TurnedAway;
            _node.Receive(now, origin, datagram.Bytes);
            if (now >= _nextTurnedAway && TurnedAway != before) TellTurnedAway(now, datagram.Source);
        }
        catch (Exception e)
        {
            Fault(e, $"a datagram of {datagram.Bytes.Length} bytes from {datagram.Source}", now);
        }

        return true;
    }

    private void TellTurnedAway(Instant now, in NetworkEndpoint source)
    {
        var (told, all) = (_turnedAwayTold, TurnedAway);
        _logger.TurnedAway(source, all.Strangers - told.Strangers, all.Far - told.Far, all.Excess - told.Excess);
        (_turnedAwayTold, _nextTurnedAway) = (all, now + BetweenTurnedAway);
    }
}
