// RFC 4204 §3.2.2, §12.4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What a received Hello means.</summary>
internal enum HelloVerdict
{
    /// <summary>Event 11: expected sequence numbers.</summary>
    Expected,

    /// <summary>Event 13: unexpected sequence numbers.</summary>
    Unexpected,
}

/// <summary>The sequence numbers of one control channel (RFC 4204 §3.2.2). Pure.</summary>
/// <param name="previousTx">Our number before the current one; 0 at the start, when the current one is 1.</param>
/// <param name="tx">Our number.</param>
/// <param name="rcv">The neighbour's last valid number.</param>
internal struct HelloSequence(uint previousTx, uint tx, uint rcv)
{
    private uint _previousTx = previousTx;
    private bool _isSent = true;

    /// <summary>Our number, 0 while no Hello was sent since the (re)negotiation.</summary>
    public uint Tx { get; private set; } = tx;

    /// <summary>The neighbour's last valid number, 0 if none.</summary>
    public uint Rcv { get; private set; } = rcv;

    /// <summary>A (re)negotiation: we start at 1 and have no recollection of the neighbour's number.</summary>
    public void Restart() => (_previousTx, Tx, Rcv, _isSent) = (0, 1, 0, false);

    /// <summary>Our number goes out.</summary>
    public void Send() => _isSent = true;

    /// <summary>Judges a received Hello and, if it is expected, takes it in.</summary>
    public HelloVerdict Receive(uint tx, uint rcv, out bool reflectsOurs)
    {
        reflectsOurs = false;

        // "RcvSeqNum is our TxSeqNum or its predecessor, or 0 while the neighbour has just started": it then sends 1 and has nothing of ours.
        // A number that was not sent yet nobody can reflect: that Hello is of before the negotiation.
        var rcvExpected = (rcv == Tx && _isSent) || rcv == _previousTx || (rcv == 0 && tx == 1);

        // 1 tells of a start; after another number it needs a new Config first.
        var txExpected = tx switch { 0 => false, 1 => Rcv <= 1, _ => Rcv == 0 || (int)(Rcv - tx) <= 0 };
        if (!rcvExpected || !txExpected) return HelloVerdict.Unexpected;

        Rcv = tx;
        if (rcv == Tx && _isSent)
        {
            // §13.7: "incremented when the sequence number is reflected in the RcvSeqNum". After 2^32-1 comes 2: 0 and 1 have meanings.
            reflectsOurs = true;
            (_previousTx, _isSent) = (Tx, false);
            Tx = Tx == uint.MaxValue ? 2 : Tx + 1;
        }

        return HelloVerdict.Expected;
    }
}

/// <summary>Hello on one control channel: sends at the agreed interval and watches for silence (RFC 4204 §3.2). Allocates nothing once made.</summary>
internal sealed class HelloExchange
{
    private readonly NodeContext _node;
    private readonly ControlChannel _channel;
    private readonly Deadline _send;
    private readonly Deadline _hold;
    private TimeSpan _interval;
    private TimeSpan _deadInterval;
    private Instant _lateAt;
    private TimeSpan _late;
    private bool _isExtended;
    private HelloSequence _sequence;

    public HelloExchange(NodeContext node, ControlChannel channel)
    {
        (_node, _channel) = (node, channel);
        _send = new SendDeadline(this);
        _hold = new Deadline(HoldDue);
    }

    public uint TxSeqNum => _sequence.Tx;

    public uint RcvSeqNum => _sequence.Rcv;

    /// <summary>Whether the agreed parameters turn Hello off (RFC 4204 §3.2.1).</summary>
    public bool IsOff => _channel.HelloInterval == 0;

    /// <summary>The parameters are agreed: start over at TxSeqNum 1.</summary>
    public void Start(Instant now)
    {
        Reset();
        _sequence.Restart();
        if (IsOff) return;
        _interval = TimeSpan.FromMilliseconds(_channel.HelloInterval);
        _deadInterval = TimeSpan.FromMilliseconds(_channel.HelloDeadInterval);
        Hold(now);
        _late = TimeSpan.Zero;
        StartSending(now, FirstInterval);
    }

    /// <summary>Goes on sending, now with ControlChannelDown, and no longer watches (RFC 4204 §3.2.3).</summary>
    public void GoDown(Instant now)
    {
        _hold.Cancel();
        if (IsOff) _interval = TimeSpan.FromMilliseconds(IntervalRange.DefaultHello.Prefer);
        StartSending(now, _interval);
    }

    /// <summary>Neither sends nor watches, and forgets the numbers.</summary>
    public void Reset()
    {
        _send.Cancel();
        _hold.Cancel();
        _sequence = default;
    }

    /// <summary>Whether a Hello has the numbers that the neighbour's next one may have. One that was recorded earlier, or is made up, has not.</summary>
    public bool Expects(in Hello hello)
    {
        var trial = _sequence;
        return trial.Receive(hello.TxSeqNum, hello.RcvSeqNum, out _) == HelloVerdict.Expected;
    }

    /// <summary>Takes a Hello in.</summary>
    public HelloVerdict Receive(Instant now, in Hello hello, out bool reflectsOurs)
    {
        var verdict = _sequence.Receive(hello.TxSeqNum, hello.RcvSeqNum, out reflectsOurs);
        if (verdict == HelloVerdict.Expected && _hold.IsSet) Hold(now);
        return verdict;
    }

    /// <summary>Sends one Hello now.</summary>
    /// <param name="extraFlags">Flags beyond those the channel's state asks for.</param>
    public void SendNow(HeaderFlags extraFlags = HeaderFlags.None)
    {
        if (_channel.Remote is not { } remote) return;
        var tx = Math.Max(_sequence.Tx, 1);
        _sequence.Send();
        new Hello(HeaderFlags.None, _channel.Id, tx, _sequence.Rcv).Encode(_node.HelloBuffer);
        _node.Send(_channel, remote, MessageType.Hello, _node.HelloBuffer, extraFlags);
    }

    // Channels that come up together are not to send together ever after: so the first interval of each is another part of the interval
    // agreed. Multiples of the golden ratio lie evenly however many there are; the first channel of all gets all of it.
    private TimeSpan FirstInterval => _interval * (1 - ((_channel.Id - 1) * 0x9E37_79B9u / (double)(1L << 32)));

    private void StartSending(Instant now, TimeSpan firstInterval)
    {
        // BFD, too, sends up to a quarter of its interval early (RFC 5880 §6.8.7); so much less does.
        _send.Slack = _interval / 32;
        _node.Deadlines.Set(_send, now + firstInterval);
        SendNow();
    }

    private void SendDue(Instant now)
    {
        var due = _send.At;
        if (now - due > _interval) (_lateAt, _late) = (now, now - due);
        // From due time to due time, so that lateness does not add up. After a pause of the process, too, each channel goes on in its own step:
        // otherwise those that were late together would send together from then on.
        due += _interval;
        if (due <= now) due += _interval * (1 + ((now - due).Ticks / _interval.Ticks));
        _node.Deadlines.Set(_send, due);
        _channel.Step(now, ControlChannelEvent.HelloRet);
        SendNow();
    }

    private void Hold(Instant now)
    {
        _isExtended = false;
        _node.Deadlines.Set(_hold, now + _deadInterval);
    }

    // What stopped this node may have stopped the neighbour, too: one host, one busy minute. So the time that this node was late does not count
    // as the neighbour's silence; but once only, and for one HelloDeadInterval at most, so that no load hides a dead neighbour.
    private void HoldDue(Instant now)
    {
        var late = OwnLateness(now, _deadInterval);
        if (late > TimeSpan.Zero && !_isExtended)
        {
            _isExtended = true;
            _node.Deadlines.Set(_hold, now + (late < _deadInterval ? late : _deadInterval));
            return;
        }

        // Hellos that left late may be why the neighbour gave up, and is silent: that took it another HelloDeadInterval.
        _channel.HoldTimerExpired(now, OwnLateness(now, _deadInterval * 2));
    }

    private TimeSpan OwnLateness(Instant now, TimeSpan within)
    {
        var hold = now - _hold.At;
        var sent = now - _lateAt <= within ? _late : TimeSpan.Zero;
        var most = hold > sent ? hold : sent;
        return most > _interval ? most : TimeSpan.Zero;
    }

    // The one deadline that comes up all the time: without a delegate there is one object less to bring into the cache.
    private sealed class SendDeadline(HelloExchange hello) : Deadline
    {
        public override void Fire(Instant now) => hello.SendDue(now);
    }
}
