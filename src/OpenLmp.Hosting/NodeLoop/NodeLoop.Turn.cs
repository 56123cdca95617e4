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
    private readonly List<QueuedCommand> _executed = [];
    private readonly InterfaceTable _interfaces = new();
    private TransportTable _transports = null!;
    private SendBatch _outgoing = null!;
    private ReceiveBatch _incoming = null!;
    private RouteSocket? _routes;
    private LinuxDataPlane? _linuxDataPlane;
    private IDataPlane? _dataPlane;
    private LmpNode _node = null!;
    private Instant _advanceNotBefore;
    private Instant _watchdogAt = Instant.Never;
    private Instant _faultLogged = new(long.MinValue / 2);
    private bool _moreCommands;

    private void Prepare()
    {
        _options.ThreadStarting?.Invoke();
        // By default the kernel lets a sleep of an ordinary thread last 50 µs longer, to wake several at once.
        _ = Libc.PrCtl(Linux.PrSetTimerSlack, 1, 0, 0, 0);
        if (_options.RealTime) Prioritize(realTime: true);
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
        _state?.Attach(_poller.Wake);
        Settle(now);
        HandOverChanges();
        TellAll();
        _options.Recording?.HandOver();
        if (_options.Watchdog is not null) _watchdogAt = now;
    }

    /// <summary>One wake-up: receive, do what is due, send, tell, carry out commands. The time is read at its beginning, and anew where receiving takes long.</summary>
    private void Turn()
    {
        var ready = _poller.Wait(TimeToSleep(), _ready);
        Statistics.CountTurn();
        var now = NodeClock.Now;
        SettleRetained(now);
        now = Receive(now, ready);
        Advance(now);
        TellAll();
        ExecuteCommands(now);
        SettleRetained(now);
        Settle(now);
        HandOverChanges();
        TellAll();
        _options.Recording?.HandOver();
        if (now >= _watchdogAt) FeedWatchdog(now);
    }

    // Here and nowhere else: a thread that has not come to the end of a turn is stuck.
    private void FeedWatchdog(Instant now)
    {
        var (interval, alive) = _options.Watchdog!.Value;
        _watchdogAt = now + interval;
        alive();
    }

    private long? TimeToSleep()
    {
        if (_moreCommands) return 0;
        var due = _node.NextDeadline;
        if (_watchdogAt < due) due = _watchdogAt;
        if (due < _advanceNotBefore) due = _advanceNotBefore;
        if (_transports.RetryAt < due) due = _transports.RetryAt;
        return due == Instant.Never ? null : due.Nanoseconds - NodeClock.Now.Nanoseconds;
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
        var (hello, actual) = (_node.NextHello, NodeClock.Now);
        Statistics.Lateness.Record(due, actual);
        if (hello <= now) Statistics.HelloLateness.Record(hello, actual);
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
            _moreCommands = _commands.TryTake(out var command);
            if (command is null) break;
            command.Execute(_node, now);
            _executed.Add(command);
            Statistics.CountCommand();
            SendHellos();
        }
        while (NodeClock.Now - start < MostTimeForCommands);
        // What they ask for is due at once: the neighbours hear of a fault before anybody reads of it.
        Advance(now);
        TellAll();
        foreach (var command in _executed) Answer(command);
        _executed.Clear();
    }

    private void Settle(Instant now)
    {
        while (_transports.Settle(now)) ReportTransports(now);
    }

    private void CloseAll()
    {
        if (_outgoing is not null) TellAll();
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

    private unsafe void Prioritize(bool realTime)
    {
        // The lowest real-time priority: before everything ordinary, behind what this machine has for more pressing matters. Threads that this
        // one starts, such as the thread pool's, do not inherit it.
        var priority = realTime ? 1 : 0;
        var policy = realTime ? Linux.SchedRoundRobin | Linux.SchedResetOnFork : Linux.SchedOther;
        if (Libc.SchedSetScheduler(0, policy, &priority) != 0 && realTime)
            _logger.NoRealTime(Libc.Describe(Marshal.GetLastPInvokeError()));
    }

    // What the old one told is not known to the new one: signals are told anew, and whether there can be Test messages.
    private void Replace(DataPlaneChange change, Instant now)
    {
        _dataPlane?.Dispose();
        _linuxDataPlane = change.External is null ? new LinuxDataPlane(_poller, _interfaces, _logger, FirstDataLinkTag) : null;
        _dataPlane = (IDataPlane?)_linuxDataPlane ?? change.External;
        _node.ReportDataPlane(now, "");
        string[] links = [.. _node.TeLinks.SelectMany(t => t.DataLinks).Select(l => l.Name)];
        if (links.Length > 0) _node.ReportSignal(now, links, SignalState.Unknown);
    }
}
