using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// The fibres of the simulation, and what has been done to them. Receivers notice changes after a while, each node after its own; several disturbances
/// of one fibre add up, and each is taken back by itself.
/// </summary>
internal sealed class Lights
{
    private readonly World _world;
    private readonly OpticalPlane _plane = new();
    private readonly Dictionary<(int Node, string Name), OpticalPort> _ports = [];
    private readonly List<OpticalPort>[] _portsOf;
    private readonly Dictionary<OpticalPort, SignalState> _reported = [];
    private readonly Dictionary<int, (Fibre[] Fibres, FibreCondition Condition)> _conditions = [];
    private readonly Dictionary<int, Fibre[]> _silent = [];
    private readonly Dictionary<int, (OpticalPort A, OpticalPort B)> _swaps = [];

    public Lights(World world, Blueprint blueprint)
    {
        _world = world;
        _portsOf = [.. blueprint.Nodes.Select(_ => new List<OpticalPort>())];
        foreach (var link in blueprint.DataLinks) _plane.Patch(AddPort(link.A), AddPort(link.B));
    }

    public OpticalPort Port(int node, string name) => _ports[(node, name)];

    /// <summary>Whether Test messages are lost on the way from that port although its light arrives.</summary>
    public bool IsSilent(OpticalPort from) => from.Outgoing is { } fibre && _silent.Values.Any(s => s.Contains(fibre));

    /// <summary>Whether a fibre of that port is in another one's place.</summary>
    public bool IsSwapped(OpticalPort port) => _swaps.Values.Any(s => s.A == port || s.B == port || s.A.Outgoing?.To == port || s.B.Outgoing?.To == port);

    /// <summary>Whether anything at all is wrong between the two ends of a data link.</summary>
    public bool IsDisturbed(DataLinkPlan link)
    {
        foreach (var end in (ReadOnlySpan<LinkEnd>)[link.A, link.B])
        {
            var port = Port(end.Node, end.Name);
            if (port.Outgoing is not { Condition: FibreCondition.Sound } || IsSilent(port) || IsSwapped(port)) return true;
        }

        return false;
    }

    public void Cut(int number, FibreCondition condition, params Fibre[] fibres)
    {
        _conditions[number] = (fibres, condition);
        Apply(fibres);
    }

    public void Silence(int number, params Fibre[] fibres) => _silent[number] = fibres;

    /// <summary>Swaps the fibres of two ports; false where one of them is swapped already.</summary>
    public bool Swap(int number, OpticalPort a, OpticalPort b)
    {
        if (IsSwapped(a) || IsSwapped(b)) return false;
        _swaps[number] = (a, b);
        Notice(_plane.Swap(a, b));
        return true;
    }

    /// <summary>Takes back what one disturbance did.</summary>
    public void Repair(int number)
    {
        _silent.Remove(number);
        if (_conditions.Remove(number, out var condition)) Apply(condition.Fibres);
        if (_swaps.Remove(number, out var swap)) Notice(_plane.Swap(swap.A, swap.B));
    }

    public bool CrossConnect(OpticalPort a, OpticalPort b)
    {
        if (a.CrossConnect is not null || b.CrossConnect is not null) return false;
        Notice(_plane.CrossConnect(a, b));
        return true;
    }

    public void RemoveCrossConnect(OpticalPort port) => Notice(_plane.RemoveCrossConnect(port));

    public void SetTestMode(SimulatedNode node, string name, bool transmit, bool receive) =>
        Notice(_plane.SetTestMode(Port(node.Number, name), transmit, receive));

    /// <summary>A node's process has gone, and its tests with it.</summary>
    public void EndTests(SimulatedNode node)
    {
        foreach (var port in _portsOf[node.Number])
        {
            if (port.TransmitsTest || port.ReceivesTest) Notice(_plane.SetTestMode(port, false, false));
            _reported.Remove(port);
        }
    }

    public void SendTest(SimulatedNode node, string name, ReadOnlySpan<byte> test)
    {
        var from = Port(node.Number, name);
        if (!IsSilent(from) && _plane.EndOfLight(from) is { } end) _world[end.Node].ExpectTest(end.Name, test.ToArray());
    }

    /// <summary>A process has started, and knows nothing yet.</summary>
    public void ReportAll(SimulatedNode node)
    {
        foreach (var port in _portsOf[node.Number]) _reported.Remove(port);
        node.Notice();
    }

    /// <summary>A node's receivers say what has changed since they said it last, all at once.</summary>
    public void Report(SimulatedNode node)
    {
        var changes = new SortedDictionary<SignalState, List<string>>();
        foreach (var port in _portsOf[node.Number])
        {
            if (_reported.TryGetValue(port, out var told) && told == port.Received) continue;
            // A port whose data link is not configured has nobody to say it to.
            if (node.Lmp?.FindPort(port.Name) is null) continue;
            _reported[port] = port.Received;
            if (!changes.TryGetValue(port.Received, out var names)) changes.Add(port.Received, names = []);
            names.Add(port.Name);
        }

        foreach (var (signal, names) in changes) node.Report(names, signal);
    }

    private OpticalPort AddPort(LinkEnd end)
    {
        var port = _ports[(end.Node, end.Name)] = _plane.AddPort(end.Node.Name(), end.Name);
        _portsOf[end.Node].Add(port);
        return port;
    }

    private void Apply(Fibre[] fibres)
    {
        foreach (var fibre in fibres)
        {
            var worst = FibreCondition.Sound;
            foreach (var (others, condition) in _conditions.Values)
                if (others.Contains(fibre) && condition > worst) worst = condition;
            Notice(worst switch
            {
                FibreCondition.Cut => _plane.Cut(fibre),
                FibreCondition.Degraded => _plane.Degrade(fibre),
                _ => _plane.Repair(fibre),
            });
        }
    }

    private void Notice(IReadOnlyList<SignalChange> changes)
    {
        SimulatedNode? last = null;
        foreach (var change in changes)
        {
            var node = _world[change.Port.Node];
            if (node != last) node.Notice();
            last = node;
        }
    }
}
