// RFC 4204 §10.2
namespace OpenLmp.Protocol;

/// <summary>
/// One message that wants an answer, sent again with exponential back-off until it is answered or Rl transmissions are made:
/// <code>
/// Rk = Ri and Rn = 0.
/// while (Rn++ &lt; Rl) { transmit the message; wake up after Rk milliseconds; Rk = Rk * (1 + Delta); }
/// </code>
/// Made once by its owner and reused for one message after another.
/// </summary>
internal sealed class Retransmission
{
    // RFC 4204 §10.1: the interval "increases exponentially until it reaches a threshold". Far above any use; it keeps arithmetic in range.
    private static readonly TimeSpan Threshold = TimeSpan.FromDays(1);

    private readonly DeadlineQueue _deadlines;
    private readonly Action<Instant> _transmit;
    private readonly Action<Instant> _giveUp;
    private readonly Deadline _wakeUp;
    private RetransmitConfiguration _parameters = RetransmitConfiguration.Default;
    private TimeSpan _interval;

    /// <param name="deadlines">Where to wait.</param>
    /// <param name="transmit">Sends the message; <see cref="Transmissions"/> says for which time.</param>
    /// <param name="giveUp">Called when the last transmission was not answered either.</param>
    public Retransmission(DeadlineQueue deadlines, Action<Instant> transmit, Action<Instant> giveUp)
    {
        _deadlines = deadlines;
        _transmit = transmit;
        _giveUp = giveUp;
        _wakeUp = new Deadline(WakeUp);
    }

    /// <summary>Whether a message is waiting for its answer.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The Message_Id of the message; a retransmission keeps it.</summary>
    public uint MessageId { get; private set; }

    /// <summary>How often the message was sent, the current transmission included.</summary>
    public int Transmissions { get; private set; }

    /// <summary>The time from the first transmission to giving up; a long time is cut off at a day.</summary>
    public static TimeSpan Duration(RetransmitConfiguration parameters)
    {
        var (total, interval) = (TimeSpan.Zero, parameters.Interval);
        for (var i = 0; i < parameters.Limit && total < Threshold; i++)
        {
            total += interval;
            interval = Next(interval, parameters);
        }

        return total < Threshold ? total : Threshold;
    }

    /// <summary>Sends a message; one that is still waiting is dropped.</summary>
    public void Start(Instant now, uint messageId, RetransmitConfiguration parameters)
    {
        (IsRunning, MessageId, Transmissions) = (true, messageId, 0);
        (_parameters, _interval) = (parameters, parameters.Interval);
        Transmit(now);
    }

    /// <summary>Whether <paramref name="messageIdAck"/> answers the waiting message.</summary>
    public bool IsAnsweredBy(uint? messageIdAck) => IsRunning && messageIdAck == MessageId;

    /// <summary>Ends the waiting: the message was answered, or is of no interest any more.</summary>
    public void Stop()
    {
        IsRunning = false;
        _wakeUp.Cancel();
    }

    private static TimeSpan Next(TimeSpan interval, RetransmitConfiguration parameters) =>
        interval.TotalDays * (1 + parameters.Delta) < Threshold.TotalDays ? interval * (1 + parameters.Delta) : Threshold;

    private void Transmit(Instant now)
    {
        Transmissions++;
        _deadlines.Set(_wakeUp, now + _interval);
        _interval = Next(_interval, _parameters);
        _transmit(now);
    }

    private void WakeUp(Instant now)
    {
        if (Transmissions < _parameters.Limit)
        {
            Transmit(now);
            return;
        }

        IsRunning = false;
        _giveUp(now);
    }
}
