using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// One connection of an agent: the orders that wait for it, and whether it still speaks. It ends once, for one reason, on whichever thread finds
/// one first; the node is told by whoever carries the stream, on the node's thread.
/// </summary>
internal sealed class AgentSession : IDisposable
{
    /// <summary>How many orders may wait. More than one for each of a thousand data links, several times over: who lets that many wait is not reading.</summary>
    public const int Capacity = 8_192;

    // For the last line to reach an agent that does read.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Channel<AgentOrder> _orders = Channel.CreateBounded<AgentOrder>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _cut = new();
    private AgentOrder? _last;
    private int _heard = 1;

    /// <summary>A session of an agent.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="canTest">Whether it can send and receive Test messages.</param>
    /// <param name="transports">How, on data links of which it says nothing else.</param>
    /// <param name="heartbeat">How often it has to be heard of.</param>
    public AgentSession(string agent, bool canTest, VerifyTransport transports, TimeSpan heartbeat)
    {
        (Agent, CanTest, Transports, Heartbeat) = (agent, canTest, transports, heartbeat);
        // Kept: a token can be asked for only before its source is disposed.
        (Over, Cut) = (_over.Token, _cut.Token);
    }

    /// <summary>The agent's name.</summary>
    public string Agent { get; }

    /// <summary>Whether the agent can send and receive Test messages.</summary>
    public bool CanTest { get; }

    /// <summary>How it can, on data links that <see cref="LinkTransports"/> does not name.</summary>
    public VerifyTransport Transports { get; }

    /// <summary>How it can on single data links. Belongs to the node's thread.</summary>
    public Dictionary<string, VerifyTransport> LinkTransports { get; } = new(StringComparer.Ordinal);

    /// <summary>How often it has to be heard of.</summary>
    public TimeSpan Heartbeat { get; }

    /// <summary>Its number; 0 until it has begun.</summary>
    public long Number { get; set; }

    /// <summary>When it began.</summary>
    public Instant Since { get; set; }

    /// <summary>The data links whose signal it has told; null once it has told all. Belongs to the node's thread.</summary>
    public HashSet<string>? Told { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Over { get; }

    /// <summary>Cancelled a moment after the session ended: what has not been written by then is not waited for.</summary>
    public CancellationToken Cut { get; }

    /// <summary>The last order, which says why the session is over; null while it is not.</summary>
    public AgentOrder? Last => Volatile.Read(ref _last);

    /// <summary>Gives an order. A session with too many waiting ends.</summary>
    public bool TryOrder(AgentOrder order)
    {
        if (Last is not null) return false;
        if (_orders.Writer.TryWrite(order)) return true;
        End($"it does not keep up: {Capacity} orders wait for it");
        return false;
    }

    /// <summary>Takes the next order; none once the session is over, whatever waits.</summary>
    public bool TryTake([NotNullWhen(true)] out AgentOrder? order)
    {
        order = null;
        return Last is null && _orders.Reader.TryRead(out order);
    }

    /// <summary>Waits for an order; false when the session is over.</summary>
    public async Task<bool> WaitAsync() => await _orders.Reader.WaitToReadAsync().ConfigureAwait(false) && Last is null;

    /// <summary>The agent was heard of.</summary>
    public void Heard() => Volatile.Write(ref _heard, 1);

    /// <summary>Whether the agent was heard of since this was asked last.</summary>
    public bool TakeHeard() => Interlocked.Exchange(ref _heard, 0) != 0;

    /// <summary>Ends the session, unless it has ended before.</summary>
    /// <param name="why">Why, for both sides.</param>
    /// <param name="reconnect">Whether the agent is to connect again.</param>
    public void End(string why, bool reconnect = true)
    {
        if (Interlocked.CompareExchange(ref _last, new AgentOrder(AgentOrderKind.End, Reason: why, Reconnect: reconnect), null) is not null) return;
        _orders.Writer.TryComplete();
        _cut.CancelAfter(Farewell);
        // Not on this thread, which may be the node's: what waits for the end goes on elsewhere.
        _ = _over.CancelAsync();
    }

    /// <summary>Ends it, if nothing else has.</summary>
    public void Dispose()
    {
        End("its connection was closed");
        _over.Dispose();
        _cut.Dispose();
    }
}
