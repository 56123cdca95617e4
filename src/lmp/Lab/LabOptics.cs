using OpenLmp.Hosting;
using OpenLmp.Protocol;
using OpenLmp.Simulation;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// The light of a lab: one <see cref="OpticalPlane"/> for all nodes, on any thread. What changes at a node's receivers is posted to that node, so no
/// node's thread waits for another's: it only ever waits for the lock, which nobody holds for longer than a walk along a light path.
/// </summary>
internal sealed class LabOptics
{
    private readonly Lock _gate = new();
    private readonly OpticalPlane _plane = new();
    private readonly Dictionary<string, LabDataPlane> _nodes = new(StringComparer.Ordinal);
    private readonly LabTopology _topology;
    private readonly LabTraces _traces;
    private readonly List<string> _problems = [];

    /// <summary>Lays the fibres and sets the line systems up as planned, then swaps what is planted.</summary>
    public LabOptics(LabTopology topology)
    {
        (_topology, _traces) = (topology, new LabTraces(_plane));
        foreach (var link in topology.Links.Where(l => l.Through is null))
        {
            var (a, b) = (_plane.AddPort(link.A.Node.Name, link.A.Port), _plane.AddPort(link.B.Node.Name, link.B.Port));
            _plane.Patch(a, b);
        }

        foreach (var port in _plane.Ports.Where(p => topology.Nodes.Any(n => n.IsLineSystem && n.Name == p.Node))) _plane.KeepLit(port, lit: true);
        foreach (var (a, b) in topology.LinePaths.SelectMany(p => p.CrossConnects)) _plane.CrossConnect(Port(a), Port(b));
        foreach (var swap in topology.Swaps) _plane.Swap(Port(swap.A), Port(swap.B));
    }

    /// <summary>What nodes could not digest.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate) return [.. _problems];
        }
    }

    /// <summary>The data plane of a node.</summary>
    /// <param name="loop">The node's loop.</param>
    /// <param name="node">The node.</param>
    /// <param name="ports">The ports of its data links, by the data links' names.</param>
    public LabDataPlane Attach(NodeLoop loop, LabNode node, IReadOnlyDictionary<string, LabPort> ports)
    {
        var dataPlane = new LabDataPlane(this, loop, node.Name, ports.ToDictionary(p => p.Key, p => Port(p.Value)));
        lock (_gate) _nodes.Add(node.Name, dataPlane);
        return dataPlane;
    }

    /// <summary>The node is gone: nothing is posted to it any more.</summary>
    public void Detach(LabDataPlane dataPlane)
    {
        lock (_gate) _nodes.Remove(dataPlane.Node);
    }

    /// <summary>What a port receives.</summary>
    public SignalState ReceivedAt(LabPort port)
    {
        lock (_gate) return Port(port).Received;
    }

    /// <inheritdoc cref="ReceivedAt(LabPort)"/>
    public SignalState ReceivedAt(OpticalPort port)
    {
        lock (_gate) return port.Received;
    }

    /// <summary>Takes a port into test mode or out of it.</summary>
    public void SetTestMode(OpticalPort port, bool transmit, bool receive) => Change(() => _plane.SetTestMode(port, transmit, receive));

    /// <summary>Sends a Test message from a port: it arrives where the light ends. False: nowhere.</summary>
    public bool SendTest(OpticalPort from, ReadOnlySpan<byte> test)
    {
        lock (_gate)
        {
            if (_plane.EndOfLight(from) is not { } end || !_nodes.TryGetValue(end.Node, out var receiver)) return false;
            receiver.PostTest(end, test.ToArray());
            return true;
        }
    }

    /// <summary>Cross-connects a light path at the nodes between its ends.</summary>
    public void CrossConnect(LabPath path)
    {
        foreach (var (@in, @out) in path.CrossConnects) Change(() => _plane.CrossConnect(Port(@in), Port(@out)));
    }

    /// <summary>Fibres are cut, become lossy, or are repaired, at the same instant.</summary>
    public void SetCondition(LabFibres fibres, FibreCondition condition) => Change(() =>
    {
        var outgoing = (fibres.OnlyFrom is { } from ? [from] : fibres.Links.SelectMany(l => l.Ends).Select(e => e.Here)).Select(p => Port(p).Outgoing!).ToArray();
        return condition switch
        {
            FibreCondition.Cut => _plane.Cut(outgoing),
            FibreCondition.Degraded => _plane.Degrade(outgoing),
            _ => _plane.Repair(outgoing),
        };
    });

    /// <summary>Lasers fail, or work again, at the same instant.</summary>
    public void SetLasers(IReadOnlyList<LabPort> ports, bool on) => Change(() => _plane.SetTransmitters(on, [.. ports.Select(Port)]));

    /// <summary>The trace that arrives at a port; null: none.</summary>
    public string? TraceAt(LabPort port, TraceType type)
    {
        lock (_gate) return _traces.ReceivedAt(Port(port)).Where(t => t.Type == type).Select(t => t.Text).FirstOrDefault();
    }

    /// <summary>The traces that arrive at a port.</summary>
    public IReadOnlyList<(TraceType Type, string Text)> TracesAt(OpticalPort port)
    {
        lock (_gate) return _traces.ReceivedAt(port);
    }

    /// <summary>A port sends another trace, whoever told it to.</summary>
    public void SetTrace(LabPort port, TraceType type, string text) => SetTrace(Port(port), type, text);

    /// <inheritdoc cref="SetTrace(LabPort, TraceType, string)"/>
    public void SetTrace(OpticalPort port, TraceType type, string text) => Change(() =>
    {
        _traces.Send(port, type, text);
        return [];
    });

    /// <summary>A node failed at an input from its data plane: a fault of ours, to be told.</summary>
    public void Report(string node, Exception e)
    {
        lock (_gate) _problems.Add($"{node}: {e.GetType().Name}: {e.Message}");
    }

    // Posting inside the lock keeps each node's inputs in the order of the changes.
    private void Change(Func<IReadOnlyList<SignalChange>> change)
    {
        lock (_gate)
        {
            // What changes for a node at once, it is told at once.
            foreach (var node in change().GroupBy(c => c.Port.Node))
                if (_nodes.TryGetValue(node.Key, out var dataPlane)) dataPlane.PostSignals([.. node]);
            foreach (var (port, type, text) in _traces.Settle())
                if (_nodes.TryGetValue(port.Node, out var dataPlane)) dataPlane.PostTrace(port, type, text);
        }
    }

    private OpticalPort Port(LabPort port) =>
        _topology.LightOf(port) is var light && _plane.TryFind(light.Node.Name, light.Port, out var found) ? found
        : throw new ArgumentException($"there is no port {port}", nameof(port));
}
