using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// OXC1 - OLS1 = OLS2 - OXC2 (RFC 4209 Figure 2), and the light in between. TE links: "line" of an OXC and "client" of its OLS, "span" between the
/// OLSes, "peer" between the OXCs, whose data link peer-k goes through line-k. Segments 1 to 3 are OXC1-OLS1, the span, OLS2-OXC2; sessions 1 to 3
/// are those along them, 4 is that of the OXCs.
/// </summary>
public sealed class LineSystem
{
    private readonly int _links;
    private readonly Dictionary<(int Segment, int Link, bool Eastward), SignalState> _fibres = [];
    private readonly Dictionary<(VirtualNode Node, string Link), SignalState> _reported = [];
    private readonly HashSet<int> _blocked = [];

    /// <param name="links">Data links of each TE link.</param>
    /// <param name="darkens">Whether an OLS sends no light where it receives none; otherwise its laser stays on, and only it knows.</param>
    /// <param name="teLink">Changes the TE links.</param>
    /// <param name="linkGroups">The link groups that the OLSes announce of their client-k.</param>
    /// <param name="sessions">The sessions that can come up at once.</param>
    public LineSystem(
        int links = 1, bool darkens = false, Func<TeLinkConfiguration, TeLinkConfiguration>? teLink = null, Func<int, uint[]>? linkGroups = null, params int[] sessions)
    {
        (_links, Darkens) = (links, darkens);
        if (sessions.Length > 0) _blocked.UnionWith(Enumerable.Range(1, 4).Except(sessions));
        Network.Filter = d => !_blocked.Any(s => d.Source.ToString().StartsWith($"10.{s}.", StringComparison.Ordinal));
        for (var i = 1; i <= 4; i++) Network.Add(Configure(i, teLink ?? (t => t), linkGroups ?? (_ => [])), new NodeOptions { FirstMessageId = (uint)(1000 * i) });
        foreach (var ols in (VirtualNode[])[Ols1, Ols2])
            for (var k = 1; k <= links; k++) Assert.Equal(CommandStatus.Ok, ols.Node.AddCrossConnect(Network.Now, $"client-{k}", $"span-{k}").Status);
        if (sessions.Length == 0) WaitForAll();
        Refresh();
        Network.RunMs(100);
    }

    public VirtualNetwork Network { get; } = new();

    public bool Darkens { get; }

    public VirtualNode Oxc1 => Network.Nodes[0];

    public VirtualNode Ols1 => Network.Nodes[1];

    public VirtualNode Ols2 => Network.Nodes[2];

    public VirtualNode Oxc2 => Network.Nodes[3];

    /// <summary>Alarms about signals and faults that are raised, as <c>oxc1 FaultLocalized peer-1</c>, in order.</summary>
    public IReadOnlyList<string> Raised => Alarms(AlarmState.Raised, _ => "");

    /// <summary>Those that are suppressed, with their causes.</summary>
    public IReadOnlyList<string> Suppressed => Alarms(AlarmState.Suppressed, a => $": {a.Cause}");

    public static DataLink Link(VirtualNode node, string name) => node.Node.TeLinks.SelectMany(t => t.DataLinks).First(l => l.Name == name);

    public void WaitForAll() => Network.RunUntil(() => Network.Nodes.All(n => n.Node.TeLinks.All(t => t.State == TeLinkState.Up)), "all TE links up");

    /// <summary>All control channels of a session are lost, or can come back.</summary>
    public void Block(int session) => _blocked.Add(session);

    /// <inheritdoc cref="Block"/>
    public void Unblock(int session) => _blocked.Remove(session);

    public void Cut(int segment, int link = 1, bool eastward = true, bool westward = true) => Set(segment, SignalState.Fail, link, eastward, westward);

    public void Repair(int segment, int link = 1) => Set(segment, SignalState.Ok, link, eastward: true, westward: true);

    /// <summary>What becomes of light in fibres; the receivers report.</summary>
    public void Set(int segment, SignalState signal, int link, bool eastward, bool westward)
    {
        if (eastward) _fibres[(segment, link, true)] = signal;
        if (westward) _fibres[(segment, link, false)] = signal;
        Refresh();
    }

    /// <summary>Several fibres of one segment at the same instant.</summary>
    public void SetAll(int segment, SignalState signal, IEnumerable<int> links, bool eastward = true, bool westward = true)
    {
        foreach (var link in links)
        {
            if (eastward) _fibres[(segment, link, true)] = signal;
            if (westward) _fibres[(segment, link, false)] = signal;
        }

        Refresh();
    }

    /// <summary>Fibres for Test messages: between the OXCs and their OLSes, and through the OLSes, which make themselves transparent.</summary>
    public void AllowTests()
    {
        for (var k = 1; k <= _links; k++)
        {
            Network.Fibre(Oxc1, $"line-{k}", Ols1, $"client-{k}");
            Network.Fibre(Oxc2, $"line-{k}", Ols2, $"client-{k}");
            Network.Fibre(Oxc1, $"peer-{k}", Oxc2, $"peer-{k}");
        }

        foreach (var node in Network.Nodes) node.Node.ReportDataPlane(Network.Now, null);
    }

    private void Refresh()
    {
        var changes = new Dictionary<(VirtualNode Node, SignalState Signal), List<string>>();
        for (var k = 1; k <= _links; k++)
        {
            Report(Ols1, $"client-{k}", Fibre(1, k, true));
            Report(Ols2, $"span-{k}", Worse(Fibre(1, k, true), Fibre(2, k, true)));
            Report(Oxc2, $"line-{k}", Worse(Fibre(3, k, true), Darkens ? Worse(Fibre(1, k, true), Fibre(2, k, true)) : SignalState.Ok));
            Report(Ols2, $"client-{k}", Fibre(3, k, false));
            Report(Ols1, $"span-{k}", Worse(Fibre(3, k, false), Fibre(2, k, false)));
            Report(Oxc1, $"line-{k}", Worse(Fibre(1, k, false), Darkens ? Worse(Fibre(3, k, false), Fibre(2, k, false)) : SignalState.Ok));
        }

        foreach (var ((node, signal), names) in changes) node.Node.ReportSignal(Network.Now, names, signal);

        void Report(VirtualNode node, string link, SignalState signal)
        {
            if (_reported.GetValueOrDefault((node, link)) == signal) return;
            _reported[(node, link)] = signal;
            if (!changes.TryGetValue((node, signal), out var names)) changes.Add((node, signal), names = []);
            names.Add(link);
        }
    }

    private SignalState Fibre(int segment, int link, bool eastward) => _fibres.GetValueOrDefault((segment, link, eastward), SignalState.Ok);

    private static SignalState Worse(SignalState a, SignalState b) => a > b ? a : b;

    private List<string> Alarms(AlarmState state, Func<Alarm, string> more) =>
    [
        .. Network.Nodes.SelectMany(n => n.Node.Alarms.All
            .Where(a => a.Kind is AlarmKind.SignalFail or AlarmKind.SignalDegrade or AlarmKind.FaultLocalized)
            .Where(a => a.State == state)
            .Select(a => $"{n.Node.Name} {a.Kind} {a.Object}{more(a)}")).Order(StringComparer.Ordinal),
    ];

    private NodeConfiguration Configure(int i, Func<TeLinkConfiguration, TeLinkConfiguration> teLink, Func<int, uint[]> linkGroups)
    {
        string[] names = ["", "oxc1", "ols1", "ols2", "oxc2"];
        // Each end's TE links: the session, the neighbour, what it is to us, and where the Interface_Ids begin here and there.
        (int Session, int To, string Name, WdmRole Wdm, uint Local, uint Remote)[] ends = i switch
        {
            1 => [(1, 2, "line", WdmRole.Ols, 1000, 2000), (4, 4, "peer", WdmRole.None, 5000, 5000)],
            2 => [(1, 1, "client", WdmRole.Peer, 2000, 1000), (2, 3, "span", WdmRole.None, 3000, 4000)],
            3 => [(2, 2, "span", WdmRole.None, 4000, 3000), (3, 4, "client", WdmRole.Peer, 2000, 1000)],
            _ => [(3, 3, "line", WdmRole.Ols, 1000, 2000), (4, 1, "peer", WdmRole.None, 5000, 5000)],
        };
        return new NodeConfiguration
        {
            Name = names[i],
            NodeId = Configurations.Id($"10.0.0.{i}"),
            Neighbors =
            [
                .. ends.Select(e => new NeighborConfiguration
                {
                    Name = names[e.To],
                    NodeId = Configurations.Id($"10.0.0.{e.To}"),
                    Wdm = e.Wdm,
                    ControlChannels = [Configurations.Channel((uint)e.Session, $"10.{e.Session}.0.{i}", $"10.{e.Session}.0.{e.To}")],
                }),
            ],
            TeLinks =
            [
                .. ends.Select(e => teLink(new TeLinkConfiguration
                {
                    Name = e.Name,
                    Neighbor = names[e.To],
                    LocalId = Identifier.Unnumbered((uint)e.Session),
                    RemoteId = Identifier.Unnumbered((uint)e.Session),
                    Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
                    DataLinks =
                    [
                        .. Enumerable.Range(1, _links).Select(k => Configurations.Link($"{e.Name}-{k}", e.Local + (uint)k, e.Remote + (uint)k) with
                        {
                            Through = e.Name == "peer" ? $"line-{k}" : null,
                            LinkGroups = e.Name == "client" ? [.. linkGroups(k)] : [],
                        }),
                    ],
                })),
            ],
        };
    }
}
