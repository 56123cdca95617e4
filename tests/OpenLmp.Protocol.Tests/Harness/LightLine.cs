using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// Transparent nodes n1, n2, ... in a line, as in RFC 4204 Figure 2, and the light in their fibres: what does not come in at one side does not go
/// out at the other. Each has a TE link "east" to the next and "west" to the one before, with data links east-1, east-2, ... Data link k of a node
/// continues on data link k of its other side where a cross-connect says so; where none does, the node has light of its own.
/// </summary>
public sealed class LightLine
{
    private readonly int _links;
    private readonly Dictionary<(int Span, int Link, bool Eastward), SignalState> _fibres = [];
    private readonly HashSet<(int Node, int Link, bool Eastward)> _broken = [];
    private readonly Dictionary<(int Node, string Link), SignalState> _reported = [];
    private readonly HashSet<(int Node, int Link, bool Eastward)> _switched = [];

    public LightLine(
        int nodes, int links = 1, Func<TeLinkConfiguration, TeLinkConfiguration>? teLink = null, bool connect = true, bool allocate = true, int? seed = null)
    {
        _links = links;
        if (seed is { } s) Network.Weather = new Weather(s) { Loss = 0.25, Duplication = 0.1, MaxDelay = TimeSpan.FromMilliseconds(40) };
        for (var i = 1; i <= nodes; i++) Network.Add(Configure(i, nodes, teLink ?? (t => t)), new NodeOptions { FirstMessageId = (uint)(1000 * i) });
        Network.RunUntil(() => Network.Nodes.All(n => n.Node.TeLinks.All(t => t.State == TeLinkState.Up)), "all TE links up");
        Network.RunMs(100);
        if (connect)
            for (var i = 2; i < nodes; i++)
                for (var k = 1; k <= links; k++) CrossConnect(i, k);
        Refresh();
        if (!allocate) return;
        foreach (var node in Network.Nodes)
        {
            string[] names = [.. node.Node.TeLinks.SelectMany(t => t.DataLinks).Select(l => l.Name)];
            Network.RunUntil(() => node.Node.Allocate(Network.Now, names).Status == CommandStatus.Ok, $"{node.Node.Name} allocates");
        }

        Network.RunMs(100);
    }

    public VirtualNetwork Network { get; } = new();

    /// <summary>Which directions' receivers report anything: all, or those of eastward light only, as with unidirectional LSPs.</summary>
    public bool EastwardOnly { get; set; }

    /// <summary>Alarms about signals and faults that are raised, as <c>n2 FaultLocalized east-1</c>, in order.</summary>
    public IReadOnlyList<string> Raised => Alarms(AlarmState.Raised, a => "");

    /// <summary>Those that are suppressed, with their causes, as <c>n4 SignalFail west-1: a fault upstream of n3</c>.</summary>
    public IReadOnlyList<string> Suppressed => Alarms(AlarmState.Suppressed, a => $": {a.Cause}");

    public VirtualNode this[int node] => Network.Nodes[node - 1];

    public DataLink Link(int node, string name) => this[node].Node.TeLinks.SelectMany(t => t.DataLinks).First(l => l.Name == name);

    /// <summary>Light goes through a node both ways, or eastward only: what it sends westward is its own then.</summary>
    public void CrossConnect(int node, int link, bool eastwardOnly = false)
    {
        Assert.Equal(CommandStatus.Ok, this[node].Node.AddCrossConnect(Network.Now, $"west-{link}", $"east-{link}", eastwardOnly).Status);
        _switched.Add((node, link, true));
        if (!eastwardOnly) _switched.Add((node, link, false));
    }

    /// <summary>The light goes through a node that has not been told of a cross-connect.</summary>
    public void SwitchSilently(int node, int link)
    {
        _switched.Add((node, link, true));
        _switched.Add((node, link, false));
    }

    /// <summary>What becomes of light in the fibres of a data link between <paramref name="span"/> and the node after it.</summary>
    public void Set(int span, SignalState signal, int link = 1, bool eastward = true, bool westward = true)
    {
        if (eastward) _fibres[(span, link, true)] = signal;
        if (westward) _fibres[(span, link, false)] = signal;
    }

    /// <summary>Sets and reports.</summary>
    public void Cut(int span, int link = 1, bool eastward = true, bool westward = true)
    {
        Set(span, SignalState.Fail, link, eastward, westward);
        Refresh();
    }

    /// <summary>Sets and reports.</summary>
    public void Repair(int span, int link = 1)
    {
        Set(span, SignalState.Ok, link);
        Refresh();
    }

    /// <summary>A node's switch fails, or works again, in one direction.</summary>
    public void Break(int node, bool eastward, bool broken = true)
    {
        if (broken) _broken.Add((node, 1, eastward));
        else _broken.Remove((node, 1, eastward));
        Refresh();
    }

    /// <summary>A node's process ends and another one starts, which knows nothing of before; its switch stays as it is.</summary>
    public void Restart(int node)
    {
        var configuration = this[node].Node.Configuration;
        Network.Restart(this[node], configuration, new NodeOptions { FirstMessageId = 7 });
        foreach (var key in _reported.Keys.Where(k => k.Node == node).ToList()) _reported.Remove(key);
        foreach (var (n, link, _) in _switched.Where(s => s.Node == node && s.Eastward).ToList()) CrossConnect(n, link, !_switched.Contains((n, link, false)));
        Refresh();
    }

    /// <summary>The receivers of all nodes report what has changed, each node all at once.</summary>
    public void Refresh()
    {
        for (var i = 1; i <= Network.Nodes.Count; i++)
        {
            var changes = new Dictionary<SignalState, List<string>>();
            for (var k = 1; k <= _links; k++)
            {
                foreach (var eastward in (bool[])[true, false])
                {
                    if (EastwardOnly && !eastward) continue;
                    var (name, from) = (eastward ? $"west-{k}" : $"east-{k}", eastward ? i - 1 : i + 1);
                    if (from < 1 || from > Network.Nodes.Count) continue;
                    var signal = Arriving(i, k, eastward);
                    if (_reported.GetValueOrDefault((i, name)) == signal) continue;
                    _reported[(i, name)] = signal;
                    if (!changes.TryGetValue(signal, out var names)) changes.Add(signal, names = []);
                    names.Add(name);
                }
            }

            foreach (var (signal, names) in changes) this[i].Node.ReportSignal(Network.Now, names, signal);
        }
    }

    private SignalState Arriving(int node, int link, bool eastward)
    {
        var from = eastward ? node - 1 : node + 1;
        var fibre = _fibres.GetValueOrDefault((eastward ? node - 1 : node, link, eastward), SignalState.Ok);
        return Worse(fibre, Leaving(from, link, eastward));
    }

    private SignalState Leaving(int node, int link, bool eastward)
    {
        if (_broken.Contains((node, link, eastward))) return SignalState.Fail;
        return _switched.Contains((node, link, eastward)) ? Arriving(node, link, eastward) : SignalState.Ok;
    }

    private static SignalState Worse(SignalState a, SignalState b) => a > b ? a : b;

    private List<string> Alarms(AlarmState state, Func<Alarm, string> more) =>
    [
        .. Network.Nodes.SelectMany(n => n.Node.Alarms.All
            .Where(a => a.Kind is AlarmKind.SignalFail or AlarmKind.SignalDegrade or AlarmKind.FaultLocalized or AlarmKind.SignalFlapping)
            .Where(a => a.State == state)
            .Select(a => $"{n.Node.Name} {a.Kind} {a.Object}{more(a)}")).Order(StringComparer.Ordinal),
    ];

    private NodeConfiguration Configure(int i, int nodes, Func<TeLinkConfiguration, TeLinkConfiguration> teLink)
    {
        var (neighbors, teLinks) = (new List<NeighborConfiguration>(), new List<TeLinkConfiguration>());
        foreach (var (side, other) in ((string, int)[])[("east", i + 1), ("west", i - 1)])
        {
            if (other < 1 || other > nodes) continue;
            var (isEast, span) = (side == "east", Math.Min(i, other));
            neighbors.Add(new NeighborConfiguration
            {
                Name = $"n{other}",
                NodeId = Configurations.Id($"10.0.0.{other}"),
                ControlChannels = [Configurations.Channel(isEast ? 1u : 2u, $"10.{span}.0.{(isEast ? 1 : 2)}", $"10.{span}.0.{(isEast ? 2 : 1)}")],
            });
            var (mine, theirs) = (isEast ? 1u : 2u, isEast ? 2u : 1u);
            teLinks.Add(teLink(new TeLinkConfiguration
            {
                Name = side,
                Neighbor = $"n{other}",
                LocalId = Identifier.Unnumbered(mine),
                RemoteId = Identifier.Unnumbered(theirs),
                Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
                DataLinks = [.. Enumerable.Range(1, _links).Select(k => Configurations.Link($"{side}-{k}", (mine * 10_000) + (uint)k, (theirs * 10_000) + (uint)k))],
            }));
        }

        return new NodeConfiguration { Name = $"n{i}", NodeId = Configurations.Id($"10.0.0.{i}"), Neighbors = [.. neighbors], TeLinks = [.. teLinks] };
    }
}
