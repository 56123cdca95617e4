using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>A whole simulated network: the nodes, what is between them, those who operate it, what goes wrong, and those who watch.</summary>
internal sealed class World
{
    private readonly Dictionary<string, SimulatedNode> _byName = new(StringComparer.Ordinal);
    private readonly List<Checker> _checkers;
    private readonly AgreementChecker _agreement;
    private readonly Action<long, Datagram> _deliver;

    public World(SimulationOptions options)
    {
        Options = options;
        Blueprint = BlueprintBuilder.Build(options.Seed, options.Nodes, options.Topology);
        Network = new ControlNetwork(options.Seed, Blueprint);
        Story = new Story(this);
        Lights = new Lights(this, Blueprint);
        Nodes = [.. Blueprint.Nodes.Select((configuration, number) => new SimulatedNode(this, number, configuration))];
        foreach (var node in Nodes) _byName.Add(node.Name, node);
        Allocations = new AllocationChecker(this);
        _agreement = new AgreementChecker(this);
        _checkers = [Allocations, _agreement, new FaultChecker(this), new WiringChecker(this), new AlarmChecker(this), new SequenceChecker(this), new BoundsChecker(this)];
        Operators = new NetworkOperators(this);
        Weather = new WeatherMaker(this);
        _deliver = (at, datagram) => Nodes[datagram.Path.ToNode].Expect(at, datagram);
    }

    public SimulationOptions Options { get; }

    public Timeline Timeline { get; } = new();

    public Blueprint Blueprint { get; }

    public ControlNetwork Network { get; }

    public Lights Lights { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    public AllocationChecker Allocations { get; }

    public NetworkOperators Operators { get; }

    public WeatherMaker Weather { get; }

    public Story Story { get; }

    /// <summary>Everything that happened, summed up.</summary>
    public Fingerprint Fingerprint { get; } = new();

    public Violation? Violation { get; private set; }

    /// <summary>Takes datagrams that paths hand on.</summary>
    public Action<long, Datagram> Deliver => _deliver;

    /// <summary>How many datagrams nodes sent.</summary>
    public long Datagrams { get; private set; }

    public SimulatedNode this[int number] => Nodes[number];

    public SimulatedNode this[string name] => _byName[name];

    /// <summary>Lets a round pass. The run ends with the first violation.</summary>
    public void Run(IReadOnlyList<Disturbance> disturbances)
    {
        var start = Timeline.Now;
        Weather.Plan(disturbances);
        Timeline.RunUntil(start + Calendar.Weather);
        Operators.GiveUpUnfinished();
        Timeline.RunUntil(start + Calendar.VerifyStanding);
        // What was begun before the calm, and could not be finished in it either.
        Operators.GiveUpUnfinished();
        VerifyAll();
        Timeline.RunUntil(start + Calendar.CheckStanding - 1);
        Check(Calm.Standing);
        Timeline.RunUntil(start + Calendar.CheckStanding);
        Operators.GiveUpUnfinished();
        Timeline.RunUntil(start + Calendar.VerifyClean);
        VerifyAll();
        Timeline.RunUntil(start + Calendar.CheckClean);
        Check(Calm.Clean);
    }

    /// <summary>Starts all processes, within a few seconds.</summary>
    public void Start()
    {
        var chance = new Chance(Options.Seed, "start");
        foreach (var node in Nodes)
        {
            Timeline.RunUntil(Timeline.Now + (chance.Between(0, 2000) * Timeline.Millisecond / Nodes.Count));
            node.Start();
        }
    }

    /// <summary>Something is not as it has to be: the run ends here.</summary>
    public void Violate(string checker, SimulatedNode? node, string what)
    {
        if (Violation is not null) return;
        Timeline.IsStopped = true;
        Violation = new Violation(Timeline.Now, checker, node?.Name, what, Story.Recent(node, what));
    }

    public void Starting(SimulatedNode node)
    {
        foreach (var checker in _checkers) checker.Starting(node);
    }

    public void Started(SimulatedNode node, bool withState)
    {
        Fingerprint.Add((ulong)Timeline.Now);
        foreach (var checker in _checkers) checker.Started(node, withState);
    }

    public void Crashing(SimulatedNode node, bool losesState)
    {
        foreach (var checker in _checkers) checker.Crashing(node, losesState);
    }

    public void Sent(SimulatedNode node, ControlChannel channel, NetworkPath path, ReadOnlySpan<byte> bytes)
    {
        Datagrams++;
        Fingerprint.Add((ulong)Timeline.Now);
        Fingerprint.Add((ulong)path.Slot);
        Fingerprint.Add(bytes);
        Story.Sent(node, path, bytes);
        foreach (var checker in _checkers) checker.Sent(node, channel, bytes);
    }

    public void Receiving(SimulatedNode node, Datagram datagram)
    {
        foreach (var checker in _checkers) checker.Receiving(node, datagram);
    }

    public void Told(SimulatedNode node, NodeEvent e)
    {
        Fingerprint.Add((ulong)Timeline.Now);
        Fingerprint.Add(Story.Told(node, e));
        foreach (var checker in _checkers) checker.Told(node, e);
    }

    public void Handled(SimulatedNode node)
    {
        foreach (var checker in _checkers) checker.Handled(node);
    }

    private void Check(Calm calm)
    {
        if (Violation is not null) return;
        foreach (var checker in _checkers)
        {
            checker.Check(calm);
            if (Violation is not null) return;
        }

        Story.Checked(calm);
    }

    private void VerifyAll()
    {
        if (Violation is not null) return;
        foreach (var teLink in Blueprint.TeLinks)
            foreach (var end in (ReadOnlySpan<LinkEnd>)[teLink.A, teLink.B])
                if (teLink.IsVerified) this[end.Node].Command((node, now) => node.Verify(now, end.Name));
    }
}
