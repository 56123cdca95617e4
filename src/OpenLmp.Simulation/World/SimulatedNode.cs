using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>A whole node of the simulation: a real <see cref="LmpNode"/> while its process runs, and what it leaves behind when it does not.</summary>
internal sealed partial class SimulatedNode : IHappening
{
    // As a socket's buffer: what comes while a slow node has this much to do is lost.
    private const int MostWaiting = 512;

    // Some day, in milliseconds: what the clocks say, more or less, when a run starts.
    private const long Epoch = 1_700_000_000_000;

    private const int Wake = 0;
    private const int Arrival = 1;
    private const int Light = 2;
    private const int Saved = 3;
    private const int Test = 4;

    private readonly World _world;
    private readonly DriftingClock _clock;
    private readonly ulong _seed;
    private readonly long _detection;
    private readonly SortedDictionary<int, Func<NodeConfiguration, NodeConfiguration>> _edits = [];
    private readonly NodeConfiguration _meant;
    private LmpNode? _node;
    private long _wakeAt = long.MaxValue;
    private long _busyUntil;
    private int _waiting;

    public SimulatedNode(World world, int number, NodeConfiguration meant)
    {
        (_world, Number, _meant) = (world, number, meant);
        var chance = new Chance(world.Options.Seed, "node", number);
        _clock = new DriftingClock(chance.Between(1, 1000) * Timeline.Second, chance.Between(-2000, 2000));
        _seed = chance.Next();
        _detection = chance.Between(1, 20) * Timeline.Millisecond;
    }

    public int Number { get; }

    public string Name => _meant.Name;

    /// <summary>The process; null while none runs.</summary>
    public LmpNode? Lmp => _node;

    /// <summary>How often a process was started.</summary>
    public int Incarnation { get; private set; }

    public Disk Disk { get; } = new();

    /// <summary>How long each input takes, nanoseconds: 0, or a node that is slow.</summary>
    public long Slowness { get; set; }

    /// <summary>Whether it would do at once what it is asked for.</summary>
    public bool IsResponsive => _node is not null && _busyUntil <= _world.Timeline.Now && Slowness == 0;

    /// <summary>What the configuration file says now: what is meant, and who has changed what of it.</summary>
    private NodeConfiguration Configuration => _edits.Values.Aggregate(_meant, (configuration, edit) => edit(configuration));

    /// <summary>Where the Message_Ids of the process start.</summary>
    public uint FirstMessageId { get; private set; }

    /// <summary>The process does nothing for a while, as if it had been stopped.</summary>
    public void Freeze(long until) => _busyUntil = Math.Max(_busyUntil, until);

    /// <summary>Starts the process, if none runs: with what its disk has, if there is anything.</summary>
    public void Start()
    {
        if (_node is not null) return;
        Incarnation++;
        var state = Disk.State;
        // As lmpd does: never below what the clock says.
        var first = MessageIdStart.FromWallClock(Epoch + (LocalNow.Nanoseconds / Timeline.Millisecond));
        if (Disk.MessageIdMark is { } before && (int)(before - first) > 0) first = before;
        FirstMessageId = first;
        var mark = first + MessageIdStart.Reserved;
        Disk.Begin(mark);
        var options = new NodeOptions { Seed = Fingerprint.Mix(_seed, (ulong)Incarnation), FirstMessageId = first, MessageIdMark = mark, Retained = state };
        _busyUntil = _world.Timeline.Now;
        _world.Starting(this);
        Guard("the start", () => _node = new LmpNode(Configuration, options, this, LocalNow));
        if (_node is null) return;
        _world.Started(this, state is not null);
        Do("what the data plane can", node => node.ReportDataPlane(LocalNow, null));
        _world.Lights.ReportAll(this);
    }

    /// <summary>Ends the process without a word: what it had not written down is lost.</summary>
    public void Crash(bool losesState)
    {
        if (losesState) Disk.Wipe();
        if (_node is null) return;
        _world.Crashing(this, losesState);
        Disk.Crash();
        _node = null;
        (_wakeAt, _waiting) = (long.MaxValue, 0);
        ForgetHost();
        _world.Lights.EndTests(this);
    }

    /// <summary>Changes the configuration file, and has it read.</summary>
    /// <param name="number">Whose change it is; each has one.</param>
    /// <param name="edit">The change; null: it is taken back.</param>
    public void Edit(int number, Func<NodeConfiguration, NodeConfiguration>? edit)
    {
        if (edit is null) _edits.Remove(number);
        else _edits[number] = edit;
        Do("another configuration", node => node.Reconfigure(LocalNow, Configuration));
        // Data links that are new know nothing of their signals.
        _world.Lights.ReportAll(this);
    }

    /// <summary>An operator's command; a process that does not run, or is slow, does not answer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="confirmed">Told when what it changed would survive a restart.</param>
    public CommandResult Command(Func<LmpNode, Instant, CommandResult> command, Action? confirmed = null)
    {
        var result = CommandResult.Conflict($"{Name} does not answer");
        if (!IsResponsive) return result;
        Do("a command", node => result = command(node, LocalNow));
        if (result.Status == CommandStatus.Ok && confirmed is not null) WhenSaved(confirmed);
        return result;
    }

    /// <summary>What arrives at its ports has changed: it will notice.</summary>
    public void Notice() => _world.Timeline.Schedule(_world.Timeline.Now + _detection, this, Light, Incarnation);

    /// <summary>Its receivers say what they receive now.</summary>
    public void Report(List<string> ports, SignalState signal) => Do("a signal", node => node.ReportSignal(LocalNow, ports, signal));

    /// <summary>A Test message is on its way to one of its ports.</summary>
    public void ExpectTest(string port, byte[] bytes) => _world.Timeline.Schedule(_world.Timeline.Now + Timeline.Millisecond, this, Test, (port, bytes));

    /// <summary>A datagram will arrive.</summary>
    public void Expect(long at, Datagram datagram) => _world.Timeline.Schedule(at, this, Arrival, datagram);

    public void Happen(int what, object? with)
    {
        var now = _world.Timeline.Now;
        if (what == Wake && now != _wakeAt) return;
        if (_node is null) return;
        if (_busyUntil > now && what is not Saved)
        {
            Wait(what, with);
            return;
        }

        if (Slowness > 0) _busyUntil = now + Slowness;
        switch (what)
        {
            case Wake:
                _wakeAt = long.MaxValue;
                Advance();
                break;
            case Arrival:
                Receive((Datagram)with!);
                break;
            case Light when (int)with! == Incarnation:
                _world.Lights.Report(this);
                break;
            case Saved when with is ValueTuple<int, long> saved && saved.Item1 == Incarnation:
                SettleSaved(saved.Item2);
                break;
            case Test when with is ValueTuple<string, byte[]> test:
                Do("a Test message", node => ReceiveTest(node, test.Item1, test.Item2));
                break;
        }
    }

    /// <summary>Gives the process an input. Whatever it throws is a violation, and its end.</summary>
    public void Do(string what, Action<LmpNode> input)
    {
        if (_node is not { } node) return;
        Guard(what, () => input(node));
        Settle();
    }

    private Instant LocalNow => _clock.At(_world.Timeline.Now);

    // A process that was restarted since finds nothing of what waited in its sockets.
    private void Wait(int what, object? with)
    {
        if (what == Wake)
        {
            _world.Timeline.Schedule(_wakeAt = _busyUntil, this, Wake);
            return;
        }

        if (what == Arrival && _waiting >= MostWaiting) return;
        if (what == Arrival) _waiting++;
        _world.Timeline.Schedule(_busyUntil, this, what, with);
    }

    // These two are called for every Hello: no closures.
    private void Advance()
    {
        try
        {
            _node!.Advance(LocalNow);
        }
#pragma warning disable CA1031 // Whatever it is, it is what the simulation looks for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail("a deadline", e);
        }

        Settle();
    }

    private void Receive(Datagram datagram)
    {
        if (_waiting > 0) _waiting--;
        _world.Receiving(this, datagram);
        var path = datagram.Path;
        try
        {
            _node!.Receive(LocalNow, new DatagramOrigin(path.From, path.To.Address, path.Back.Slot), datagram.Bytes);
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail($"a datagram {Convert.ToHexString(datagram.Bytes)}", e);
        }

        Settle();
    }

    private void Guard(string what, Action input)
    {
        try
        {
            input();
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(what, e);
        }
    }

    private void Fail(string what, Exception e)
    {
        _world.Violate("exceptions", this, $"{what} made it throw {e}");
        _node = null;
    }

    // After each input: transports of new control channels, and when to wake up next.
    private void Settle()
    {
        if (_node is not { } node) return;
        if (_opened.Count > 0) OpenTransports(node);
        _world.Handled(this);
        var next = node.NextDeadline;
        if (next == Instant.Never) return;
        var at = Math.Max(_clock.When(next), _world.Timeline.Now);
        if (at < _wakeAt) _world.Timeline.Schedule(_wakeAt = at, this, Wake);
    }

    // A port of a data link that is not configured belongs to nobody.
    private void ReceiveTest(LmpNode node, string port, byte[] bytes)
    {
        if (node.FindPort(port) is { } link) node.ReceiveTest(LocalNow, link, bytes);
    }
}
