using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;
using static OpenLmp.Fuzz.FuzzTarget;

namespace OpenLmp.Fuzz;

/// <summary>A node under test and what is around it, step by step.</summary>
internal sealed partial class NodeWorld
{
    // How long a step of time may be: Hellos come every 150 ms.
    private static readonly int[] Durations = [1, 5, 20, 100, 300, 600, 1500, 4000];
    private static readonly string[] DataLinks = ["te1-1", "te1-2", "te1-3", "te2-1", "te3-1", "te3-2", "te9-1"];
    private static readonly string[] TeLinks = ["te1", "te2", "te3", "te9"];

    private readonly VirtualNetwork _network = new() { Recording = false };
    private readonly List<Datagram> _arrived = [];
    private readonly Queue<Step> _changes = [];
    private readonly Draft _draft = new(MessageMutations.MaxLength);
    private readonly NodeInvariants _invariants = new();
    private readonly Conversation _conversation = new();
    private VirtualNode _a;
    private VirtualNode _b;
    private VirtualNode _c;
    private NodeConfiguration _configuration;
    private int _losing;
    private int _sent;

    public NodeWorld(int variant)
    {
        var (a, b, c) = Configure(variant);
        _configuration = a;
        _network.Filter = Pass;
        // Nothing is lost before the beginning: allocations must not come from neighbours.
        _a = _network.Add(a, new NodeOptions { FirstMessageId = 1000, Seed = 1, StateLost = false });
        _b = _network.Add(b, new NodeOptions { FirstMessageId = 5000, Seed = 2, StateLost = false });
        _c = _network.Add(c, new NodeOptions { FirstMessageId = uint.MaxValue - 2, Seed = 3, StateLost = false });
        LayFibres();
    }

    private Instant Now => _network.Now;

    /// <summary>What the node under test was given: datagrams, whoever sent them, and steps.</summary>
    public int Inputs { get; private set; }

    /// <summary>What the node told since the last step began, a line each, and how it is now.</summary>
    public string Told => string.Concat(_a.Events.Select(e => $"  {e}\n")) + $"  {_a.Summary}\n";

    /// <summary>Does a step, and looks whether all is as it has to be.</summary>
    public void Take(in Step step)
    {
        _sent = 0;
        Inputs++;
        _a.Events.Clear();
        _b.Events.Clear();
        _c.Events.Clear();
        var before = NodeInvariants.Allocations(_a.Node);
        var random = new Random(step.Seed);
        Do(step, random);
        _a.Node.Advance(Now);
        Require(_a.Node.NextDeadline > Now, "a deadline stays in the past");
        // Two channels with a Hello every 10 ms, each with its answers, is the most that time alone brings.
        Require(_sent <= (step.Kind == StepKind.Run ? 4000 : 200), $"too much is sent: {_sent} datagrams in one step");
        Require(_a.Events.Count <= (step.Kind == StepKind.Run ? 4000 : 400), $"too much is told: {_a.Events.Count} events in one step");
        _invariants.Check(_a.Node, step, before);
    }

    private void Do(in Step step, Random random)
    {
        switch (step.Kind)
        {
            case StepKind.Run:
                _network.RunMs(Durations[step.A % Durations.Length]);
                break;
            case StepKind.Change:
                if (_changes.Count < 16) _changes.Enqueue(step);
                break;
            case StepKind.Vector:
                Vector(step, random);
                break;
            case StepKind.Replay when _arrived.Count > 0:
                var old = _arrived[(int)((uint)step.Seed % (uint)_arrived.Count)];
                _draft.Load(old.Bytes);
                if ((step.A & 1) != 0) MessageMutations.Mutate(random, _draft, () => Any(random));
                var channel = (step.A & 2) != 0 ? ChannelAt(step.B) : null;
                Receive(channel?.Remote ?? old.Source, channel?.Local.Address ?? old.Destination.Address);
                break;
            case StepKind.Stranger:
                _draft.Load(Any(random));
                Receive(Configurations.At((step.A & 1) != 0 ? "10.9.9.9" : "10.255.0.2:9999"), Configurations.At((step.A & 2) != 0 ? "224.0.0.1" : "10.255.0.1").Address);
                break;
            case StepKind.Lose:
                _losing = 1 + (step.A % 16);
                break;
            case StepKind.Signal:
                _a.Node.ReportSignal(Now, [DataLinks[step.A % DataLinks.Length]], (SignalState)(step.B % 4));
                break;
            case StepKind.Transport when ChannelAt(step.A) is { } transported:
                if ((step.B & 1) != 0) _a.Node.TransportUp(Now, transported);
                else _a.Node.TransportDown(Now, transported, "the cable is out");
                break;
            case StepKind.Command:
                Command(_a.Node, step, random);
                break;
            case StepKind.NeighborCommand:
                Command((step.C & 1) != 0 ? _b.Node : _c.Node, step, random);
                break;
            case StepKind.Reconfigure:
                _configuration = Configure(step.Seed).A;
                _a.Node.Reconfigure(Now, _configuration);
                if ((step.A & 1) == 0) _a.TransportUp();
                break;
            case StepKind.Test when LinkAt(step.A) is { } tested:
                _draft.Load(Any(random, MessageType.Test));
                if ((step.B & 1) != 0) MessageMutations.Mutate(random, _draft, () => Any(random));
                if ((step.B & 2) != 0) _conversation.Fit(_draft.Span, random, null);
                _a.Node.ReceiveTest(Now, tested, _draft.Span);
                break;
            case StepKind.Host:
                if ((step.A & 1) != 0) _a.Node.ReportDataPlane(Now, (step.B % 3) switch { 0 => null, 1 => "", _ => "it is gone" });
                else _a.Node.ReportStateFile(Now, (step.B & 1) != 0 ? null : "the disk is full");
                break;
            case StepKind.NeighborRestart:
                if ((step.A & 1) != 0) _b = Restart(_b, _b.Node.Configuration, step);
                else _c = Restart(_c, _c.Node.Configuration, step);
                LayFibres();
                break;
            case StepKind.Restart:
                _a = Restart(_a, _configuration, step);
                _invariants.Restarted();
                LayFibres();
                break;
        }
    }

    private VirtualNode Restart(VirtualNode node, NodeConfiguration configuration, in Step step)
    {
        var lost = (step.B & 1) != 0;
        return _network.Restart(node, configuration, new NodeOptions
        {
            Seed = (ulong)step.Seed,
            FirstMessageId = lost ? (uint)step.Seed : node.StateFile.Mark,
            Retained = lost ? null : node.StateFile.State,
            StateLost = lost,
            StateLostBecause = lost && (step.B & 2) != 0 ? "the file is damaged" : null,
        });
    }

    // All as planned; which ids are configured wrongly is up to the configurations.
    private void LayFibres()
    {
        foreach (var link in DataLinks[..4]) _network.Fibre(_a, link, _b, link);
        foreach (var link in DataLinks[4..6]) _network.Fibre(_a, link, _c, link);
        foreach (var node in (VirtualNode[])[_a, _b, _c]) node.Node.ReportDataPlane(Now, null);
    }

    private void Vector(in Step step, Random random)
    {
        var channel = ChannelAt(step.C);
        _draft.Load(MessageSeeds.Messages[step.A % MessageSeeds.Messages.Count]);
        if ((step.B & 1) != 0) _conversation.Fit(_draft.Span, random, channel);
        if ((step.B & 2) != 0) MessageMutations.Mutate(random, _draft, () => Any(random));
        Receive(channel?.Remote ?? Configurations.At("10.255.0.2"), channel?.Local.Address ?? Configurations.At("10.255.0.1").Address);
    }

    private void Receive(in NetworkEndpoint source, in NetworkAddress destination)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _a.Node.Receive(Now, new DatagramOrigin(source, destination, 0), _draft.Span);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Require(allocated < (256 << 10) + (1000L * _draft.Length), $"too much is allocated: {allocated} bytes for {_draft.Length}");
    }

    // What is on its way: to the node under test perhaps changed, anywhere perhaps lost.
    private bool Pass(Datagram datagram)
    {
        var isFromA = _a is not null && _a.IsAt(datagram.Source);
        if (isFromA) _sent++;
        _conversation.Hear(datagram.Bytes, isFromA);
        if (_losing > 0)
        {
            _losing--;
            return false;
        }

        if (isFromA || _a is null) return true;
        Inputs++;
        if (_arrived.Count < 256) _arrived.Add(datagram);
        if (!_changes.TryDequeue(out var change)) return true;
        _draft.Load(datagram.Bytes);
        var random = new Random(change.Seed);
        MessageMutations.Mutate(random, _draft, () => Any(random));
        _network.Inject(datagram with { Bytes = _draft.Span.ToArray() });
        return (change.A & 1) != 0;
    }

    private byte[] Any(Random random, MessageType? type = null)
    {
        if (type is null && _arrived.Count > 0 && random.Next(2) == 0) return _arrived[random.Next(_arrived.Count)].Bytes;
        while (true)
        {
            var vector = MessageSeeds.Messages[random.Next(MessageSeeds.Messages.Count)];
            if (type is null || vector[3] == (byte)type) return vector;
        }
    }

    private ControlChannel? ChannelAt(int index)
    {
        var channels = _a.Open;
        return channels.Count == 0 ? null : channels[index % channels.Count];
    }

    private DataLink? LinkAt(int index) => _a.Node.TeLinks.SelectMany(t => t.DataLinks).FirstOrDefault(l => l.Name == DataLinks[index % DataLinks.Length]);

    private void Command(LmpNode node, in Step step, Random random)
    {
        var (link, other, teLink) = (DataLinks[step.B % DataLinks.Length], DataLinks[random.Next(DataLinks.Length)], TeLinks[step.B % TeLinks.Length]);
        var neighbor = node == _a.Node ? (step.B & 1) != 0 ? "b" : "c" : "a";
        var type = TraceTypes.All[random.Next(TraceTypes.All.Count)].Value;
        string[] texts = ["", "from a", "from b", "\u00e9", new('x', 64), new('x', 65)];
        var text = texts[random.Next(texts.Length)];
        _ = (step.A % 15) switch
        {
            0 => node.Allocate(Now, [link]),
            1 => node.Allocate(Now, [link, other]),
            2 => node.Release(Now, [link]),
            3 => node.Summarize(Now, teLink),
            4 => node.Verify(Now, teLink),
            5 => node.VerifyAll(Now, neighbor, random.Next(2) == 0),
            6 => node.Confirm(Now, teLink),
            7 => node.ControlChannelDown(Now, neighbor, (uint)(step.B % 4)),
            8 => node.ControlChannelUp(Now, neighbor, (uint)(step.B % 4)),
            9 => node.AddCrossConnect(Now, link, other, oneWay: random.Next(2) == 0),
            10 => node.RemoveCrossConnect(Now, link, other),
            11 => node.SendTrace(Now, link, type, text),
            12 => node.ExpectTrace(Now, link, type, text),
            13 => node.AskTrace(Now, link, type),
            _ => node.ReportTrace(Now, link, type, text),
        };
    }
}
