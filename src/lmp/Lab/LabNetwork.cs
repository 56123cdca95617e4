using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Hosting;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>The nodes of a lab, running in this process: the daemon's own code, real UDP between 127.x.y.z addresses.</summary>
internal sealed class LabNetwork : IAsyncDisposable
{
    /// <summary>The UDP port, unless told otherwise: no privilege needed.</summary>
    public const ushort DefaultPort = 7701;

    // As by default, but patient: in a lab a Test message is late because this machine is busy, and then a link must not count as failed.
    private static readonly VerificationConfiguration Verification = VerificationConfiguration.Default with
    {
        DeadInterval = TimeSpan.FromSeconds(10),
        Retry = TimeSpan.FromSeconds(1),
    };

    // Likewise a Hello.
    private static readonly IntervalRange HelloDead = IntervalRange.Around(5000);

    // In a lab only the story lets the ends compare: a busy machine that lets a control channel die for a moment does not.
    private static readonly StatusConfirmationConfiguration Confirmation = StatusConfirmationConfiguration.Default with { AfterOutage = TimeSpan.Zero };

    private readonly Dictionary<LabNode, DaemonHost> _hosts = [];

    private LabNetwork(LabTopology topology, ushort port, string directory)
    {
        (Topology, Port, Directory, Optics) = (topology, port, directory, new LabOptics(topology));
        // Several labs may run on one machine: each takes its addresses from its process id, 127.64.0.x to 127.127.255.x.
        _network = 0x7F400000 | ((uint)(Environment.ProcessId % 0x4000) << 8);
    }

    private readonly uint _network;

    public LabTopology Topology { get; }

    public ushort Port { get; }

    /// <summary>Where the nodes' API sockets are, one per node.</summary>
    public string Directory { get; }

    /// <summary>The light between the nodes.</summary>
    public LabOptics Optics { get; }

    public DaemonHost this[LabNode node] => _hosts[node];

    /// <summary>Starts all nodes.</summary>
    public static async Task<LabNetwork> StartAsync(LabTopology topology, ushort port, string directory, CancellationToken cancellation)
    {
        var network = new LabNetwork(topology, port, directory);
        try
        {
            foreach (var node in topology.Nodes)
                network._hosts.Add(node, await network.StartAsync(node, cancellation));

            // What a line system does is laid down once and for all.
            foreach (var path in topology.LinePaths)
                if (await network.CrossConnectAsync(path, cancellation) is { } why) throw new DaemonStartException(why);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public string SocketOf(LabNode node) => Path.Combine(Directory, node.Name + ".sock");

    public NetworkEndpoint EndpointOf(LabNode node) => new(new NetworkAddress(false, _network + (uint)node.Number), Port);

    /// <summary>Looks at a node on its own thread.</summary>
    public Task<T> LookAsync<T>(LabNode node, Func<LmpNode, T> look, CancellationToken cancellation) =>
        _hosts[node].Loop.InvokeAsync((n, _) => look(n), cancellation);

    /// <summary>Does on a node what an operator can.</summary>
    /// <returns>Null, or why the node would not.</returns>
    public async Task<string?> OperateAsync(LabNode node, Func<LmpNode, Instant, CommandResult> command, CancellationToken cancellation)
    {
        var answer = await _hosts[node].Loop.InvokeAsync(command, cancellation);
        return answer.Status == CommandStatus.Ok ? null : $"{node.Name}: {answer.Text}";
    }

    /// <summary>Sets up a light path: its data links are allocated at both ends of each, then light passes the nodes between.</summary>
    /// <returns>Null, or why a node would not.</returns>
    public async Task<string?> SetUpAsync(LabLsp lsp, CancellationToken cancellation)
    {
        foreach (var (here, _) in lsp.Links.SelectMany(l => l.Ends))
            if (await OperateAsync(here.Node, (n, now) => n.Allocate(now, [Topology.DataLinkNameOf(here)]), cancellation) is { } why) return why;

        if (await CrossConnectAsync(lsp, cancellation) is { } refused) return refused;
        Optics.CrossConnect(lsp);
        return null;
    }

    /// <summary>Stops a node's daemon and starts it again.</summary>
    public async Task RestartAsync(LabNode node, CancellationToken cancellation)
    {
        await _hosts[node].DisposeAsync();
        _hosts[node] = await StartAsync(node, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values) await host.DisposeAsync();
    }

    // What the nodes need to tell whose fault it is when the light is gone (RFC 4204 §6.2).
    private async Task<string?> CrossConnectAsync(LabPath path, CancellationToken cancellation)
    {
        foreach (var (@in, @out) in path.CrossConnects)
        {
            var (a, b) = (Topology.DataLinkNameOf(@in), Topology.DataLinkNameOf(@out));
            if (await OperateAsync(@in.Node, (n, now) => n.AddCrossConnect(now, a, b), cancellation) is { } why) return why;
        }

        return null;
    }

    private Task<DaemonHost> StartAsync(LabNode node, CancellationToken cancellation) => DaemonHost.StartAsync(
        new DaemonHostOptions
        {
            Configuration = ConfigurationOf(node),
            DataPlane = loop => Optics.Attach(loop, node, PortsOf(node)),
            LoggerFactory = NullLoggerFactory.Instance,
        },
        cancellation);

    private DaemonConfiguration ConfigurationOf(LabNode node)
    {
        var neighbors = Topology.Adjacencies.Where(p => p.A == node || p.B == node).Select(p => p.A == node ? p.B : p.A).Distinct().ToList();
        return new DaemonConfiguration
        {
            FilePath = $"{Topology.Name}/{node.Name}",
            Listen = [EndpointOf(node)],
            Api = new ApiConfiguration { SocketPath = SocketOf(node) },
            // Only who is restarted needs one.
            StatePath = Topology.Steps.OfType<LabRestartStep>().Any(s => s.Node == node) ? Path.Combine(Directory, node.Name + ".db") : null,
            Node = new NodeConfiguration
            {
                NodeId = node.NodeId,
                Name = node.Name,
                Neighbors = [.. neighbors.Select(n => NeighborOf(node, n))],
                TeLinks = [.. neighbors.Select(n => TeLinkOf(node, n))],
            },
        };
    }

    private NeighborConfiguration NeighborOf(LabNode node, LabNode neighbor) => new()
    {
        Name = neighbor.Name,
        NodeId = neighbor.NodeId,
        Wdm = node.IsLineSystem == neighbor.IsLineSystem ? WdmRole.None : node.IsLineSystem ? WdmRole.Peer : WdmRole.Ols,
        BehaviorNegotiation = !node.IsOld,
        ControlChannels =
        [
            new ControlChannelConfiguration { Id = (uint)neighbor.Number, Local = EndpointOf(node), Remote = EndpointOf(neighbor), HelloDeadInterval = HelloDead },
        ],
    };

    private TeLinkConfiguration TeLinkOf(LabNode node, LabNode neighbor) => new()
    {
        Name = LabNode.TeLinkTo(neighbor),
        Neighbor = neighbor.Name,
        LocalId = Identifier.Unnumbered((uint)neighbor.Number),
        RemoteId = Identifier.Unnumbered((uint)node.Number),
        LinkVerification = node.Verifies(neighbor),
        Verification = Verification,
        Confirmation = Confirmation,
        DataLinks = [.. Topology.Links.SelectMany(l => l.Ends.Where(e => e.Here.Node == node && e.There.Node == neighbor).Select(e => DataLinkOf(l, e.Here, e.There)))],
    };

    private Dictionary<string, LabPort> PortsOf(LabNode node) =>
        Topology.Links.OrderBy(l => l.Through is not null).SelectMany(l => l.Ends).Where(e => e.Here.Node == node).ToDictionary(e => LabLink.DataLinkName(e.Here, e.There), e => e.Here);

    private DataLinkConfiguration DataLinkOf(LabLink link, LabPort here, LabPort there)
    {
        var (name, localId, remoteId) = (LabLink.DataLinkName(here, there), Identifier.Unnumbered(here.InterfaceId), Identifier.Unnumbered(there.InterfaceId));
        var capability = new SwitchingCapability(link.SwitchingType, link.Encoding, here.Bandwidth, here.Bandwidth);
        var through = link.Through is null ? null : Topology.DataLinkNameOf(link.LightOf(here));
        return link.Properties with { Name = name, LocalId = localId, RemoteId = remoteId, Capabilities = [capability], Through = through };
    }
}
