namespace OpenLmp.Hosting;

/// <summary>What a node's loop has done since its start. Written by the node's thread, read on any; never reset.</summary>
public sealed class NodeLoopStatistics
{
    private long _turns;
    private long _commands;
    private long _received;
    private long _sent;
    private long _unsent;
    private long _faults;
    private long _told;

    /// <summary>How often the loop woke.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Commands of other threads carried out.</summary>
    public long Commands => Volatile.Read(ref _commands);

    /// <summary>Datagrams received.</summary>
    public long DatagramsReceived => Volatile.Read(ref _received);

    /// <summary>Datagrams the kernel took.</summary>
    public long DatagramsSent => Volatile.Read(ref _sent);

    /// <summary>Datagrams that could not be sent: no route, no address, a full queue, a filter. LMP's retransmission makes up for them.</summary>
    public long DatagramsUnsent => Volatile.Read(ref _unsent);

    /// <summary>Exceptions that one input caused and the loop survived. Each is a defect worth reporting.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Events that the node has told.</summary>
    public long EventsTold => Volatile.Read(ref _told);

    /// <summary>How late deadlines fired, of whatever kind: the first one due of each time that the node looks.</summary>
    public LatenessHistogram Lateness { get; } = new();

    /// <summary>How late Hellos left, the first one due of each time: they do not wait for other work, as other deadlines do.</summary>
    public LatenessHistogram HelloLateness { get; } = new();

    // One writer: the node's thread.
    internal void CountTurn() => Volatile.Write(ref _turns, _turns + 1);

    internal void CountCommand() => Volatile.Write(ref _commands, _commands + 1);

    internal void CountReceived(int datagrams) => Volatile.Write(ref _received, _received + datagrams);

    internal void CountSent(int datagrams) => Volatile.Write(ref _sent, _sent + datagrams);

    internal void CountUnsent(int datagrams) => Volatile.Write(ref _unsent, _unsent + datagrams);

    internal void CountTold() => Volatile.Write(ref _told, _told + 1);

    internal void CountFault() => Volatile.Write(ref _faults, _faults + 1);
}
