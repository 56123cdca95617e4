using System.Runtime.InteropServices;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <content>What the thread does. Everything here runs on it.</content>
public sealed partial class NodeLoop
{
    private const int RouteTag = 1;
    private const int FirstDataLinkTag = 1 << 24;

    // What is left of the commands waits for the next turn, which first receives.
    private static readonly TimeSpan MostTimeForCommands = TimeSpan.FromMilliseconds(1);

    // After a failed attempt to do what is due: so that what fails again and again does not do so without a pause.
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly int[] _ready = new int[Poller.MostReady];
    private readonly InterfaceTable _interfaces = new();
    private TransportTable _transports = null!;
    private SendBatch _outgoing = null!;
    private ReceiveBatch _incoming = null!;
    private RouteSocket? _routes;
    private LinuxDataPlane? _linuxDataPlane;
    private IDataPlane? _dataPlane;
    private LmpNode _node = null!;
    private Instant _advanceNotBefore;
    private Instant _faultLogged = new(long.MinValue / 2);
    private bool _moreCommands;

    private void Prepare()
    {
        _options.ThreadStarting?.Invoke();
        Prioritize();
        _incoming = new ReceiveBatch();
        _outgoing = new SendBatch(Statistics, Unsent);
        if (RouteSocket.TryOpen(_interfaces, out _routes, out var why))
        {
            _poller.Add(_routes.Fd, RouteTag);
            _routes.Read();
            _interfaces.Changes.Clear();
        }
        else
        {
            _logger.InterfacesUnwatched(why);
        }

        var configuration = LinkLocalScopes.Resolve(_options.Configuration);
        _logger.NodeStarts(configuration.Name, configuration.NodeId, configuration.Neighbors.Count, configuration.TeLinks.Count);
        _transports = new TransportTable(_poller, _interfaces, _logger, _outgoing.Flush);
        _transports.Listen(_options.Listen);
        var now = NodeClock.Now;
        var output = new Output(this);
        _node = _options.Recording?.Start(configuration, _options.Node, output, now) ?? new LmpNode(configuration, _options.Node, output, now);
        if (_options.LinuxDataPlane) _linuxDataPlane = new LinuxDataPlane(_poller, _interfaces, _logger, FirstDataLinkTag);
        _dataPlane = _linuxDataPlane ?? _options.DataPlane?.Invoke(this);
        _dataPlane?.Apply(_node, now);
        State?.Attach(_poller.Wake);
        Settle(now);
        HandOverChanges();
        _outgoing.Flush();
        _options.Recording?.HandOver();
    }

    /// <summary>
    /// One wake-up: receive, do what is due, carry out commands, send. The time is read once, at its beginning.
    /// </summary>
    private void Turn()
    {
        var ready = _poller.Wait(TimeToSleep(), _ready);
        Statistics.CountTurn();
        var now = NodeClock.Now;
        SettleRetained(now);
        Receive(now, ready);
        Advance(now);
        ExecuteCommands(now);
        SettleRetained(now);
        Settle(now);
        HandOverChanges();
        _outgoing.Flush();
        _options.Recording?.HandOver();
    }

    private long? TimeToSleep()
    {
        if (_moreCommands) return 0;
        var due = _node.NextDeadline;
        if (due < _advanceNotBefore) due = _advanceNotBefore;
        if (_transports.RetryAt < due) due = _transports.RetryAt;
        return due == Instant.Never ? null : due.Nanoseconds - NodeClock.Now.Nanoseconds;
    }

    /// <summary>
    /// Delivers what the sockets hold.
    /// <para>
    /// Whenever a deadline has passed, we may be late: this process was suspended, or the machine busy, and Hellos that came in time are still
    /// waiting in the sockets. To let HelloDeadInterval end before they are read would be to declare the neighbours dead for our own absence.
    /// So everything that was waiting when this turn began is delivered before <see cref="Advance"/> looks at any deadline, and that looks at
    /// the deadlines as of the time the turn began: what comes due meanwhile is left to the next turn, which first receives again.
    /// </para>
    /// <para>
    /// A flood must not keep deadlines waiting for ever. A socket that still has datagrams after as many as its buffer can hold has been given
    /// new ones since, and those may wait: so a turn delivers at most that many of each socket (some ten thousand of the smallest: 10 to 20 ms).
    /// Where nothing is due, there is one round of small batches, socket by socket, and the time is read anew.
    /// </para>
    /// </summary>
    private void Receive(Instant now, int ready)
    {
        var late = _node.NextDeadline <= now;
        // What was ready when the sleep ended is not all that may be by now.
        if (late) ready = _poller.Ready(_ready);
        while (true)
        {
            var full = ready == Poller.MostReady;
            var any = false;
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
                        var received = ReceiveFrom(socket, now);
                        any |= received > 0;
                        full |= received == ReceiveBatch.Slots;
                        break;
                    case var tag:
                        ReceiveTests(tag, now);
                        break;
                }
            }

            if (!late || !any || !full) break;
            ready = _poller.Ready(_ready);
        }

        if (!_interfaces.Changes.Any) return;
        _transports.Apply(_interfaces.Changes);
        _linuxDataPlane?.Apply(_node, _interfaces.Changes, now);
        _interfaces.Changes.Clear();
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
        for (var i = 0; i < received; i++)
        {
            var datagram = _incoming[i];
            try
            {
                _node.Receive(now, new DatagramOrigin(datagram.Source, datagram.Destination, socket.SlotOf(datagram)), datagram.Bytes);
            }
            catch (Exception e)
            {
                Fault(e, $"a datagram of {datagram.Bytes.Length} bytes from {datagram.Source}", now);
            }
        }

        return received;
    }

    private void ReceiveTests(int tag, Instant now)
    {
        try
        {
            _linuxDataPlane?.Receive(_node, tag, now);
        }
        catch (Exception e)
        {
            Fault(e, "a Test message", now);
        }
    }

    private void Advance(Instant now)
    {
        var due = _node.NextDeadline;
        if (due > now || now < _advanceNotBefore) return;
        Statistics.Lateness.Record(due, NodeClock.Now);
        try
        {
            _node.Advance(now);
        }
        catch (Exception e)
        {
            _advanceNotBefore = now + PauseAfterFault;
            Fault(e, "a deadline", now);
        }
    }

    private void ExecuteCommands(Instant now)
    {
        if (!_moreCommands) return;
        var start = NodeClock.Now;
        do
        {
            if (!_commands.TryTake(out var command))
            {
                _moreCommands = false;
                return;
            }

            command.Execute(_node, now);
            Answer(command);
            Statistics.CountCommand();
            SendHellos();
        }
        while (NodeClock.Now - start < MostTimeForCommands);
    }

    private void Settle(Instant now)
    {
        while (_transports.Settle(now)) ReportTransports(now);
    }

    private void CloseAll()
    {
        if (_node is not null) _logger.NodeStopped(_node.Name);
        _options.Recording?.End(NodeClock.Now);
        _transports?.Dispose();
        _dataPlane?.Dispose();
        _routes?.Dispose();
        _outgoing?.Dispose();
        _incoming?.Dispose();
    }

    // Not a counter of it goes without a word, but a flood of bad datagrams must not become a flood of words.
    private void Fault(Exception e, string input, Instant now)
    {
        Statistics.CountFault();
        _options.Recording?.Failed(e);
        if (now - _faultLogged < TimeSpan.FromSeconds(1)) return;
        _faultLogged = now;
        _logger.Fault(e, input, Statistics.Faults);
    }

    private void Unsent(UdpSocket socket, int errno)
    {
        var now = NodeClock.Now;
        if (errno == socket.UnsentErrno && now - socket.UnsentLogged < TimeSpan.FromMinutes(1)) return;
        (socket.UnsentErrno, socket.UnsentLogged) = (errno, now);
        _logger.Unsent(socket, Libc.Describe(errno));
    }

    private unsafe void Prioritize()
    {
        // By default the kernel lets a sleep of an ordinary thread last 50 µs longer, to wake several at once.
        _ = Libc.PrCtl(Linux.PrSetTimerSlack, 1, 0, 0, 0);
        if (!_options.RealTime) return;
        // The lowest real-time priority: before everything ordinary, behind what this machine has for more pressing matters. Threads that this
        // one starts, such as the thread pool's, do not inherit it.
        var priority = 1;
        if (Libc.SchedSetScheduler(0, Linux.SchedRoundRobin | Linux.SchedResetOnFork, &priority) != 0)
            _logger.NoRealTime(Libc.Describe(Marshal.GetLastPInvokeError()));
    }
}
