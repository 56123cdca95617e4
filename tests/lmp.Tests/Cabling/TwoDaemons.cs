using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Api;
using OpenLmp.Hosting;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;

namespace OpenLmp.Cli.Tests.Cabling;

/// <summary>Nodes a and b on virtual time with four pairs of fibres between them, each with its API on a socket of its own.</summary>
internal sealed class TwoDaemons : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly VirtualNetwork _network = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-cabling-").FullName;
    private readonly List<ApiServer> _servers = [];

    public VirtualNode A { get; private set; } = null!;

    public VirtualNode B { get; private set; } = null!;

    public string SocketA => Path.Combine(_directory, "a.sock");

    public string SocketB => Path.Combine(_directory, "b.sock");

    /// <summary>Starts them, and lets them verify their links.</summary>
    /// <param name="fibre">The number of the port of b at which the fibres of each port of a end.</param>
    /// <param name="learn">Whether the Link_Ids and Interface_Ids of the other node are to be learned.</param>
    /// <param name="configureA">Changes the TE link of a.</param>
    public static async Task<TwoDaemons> StartAsync(Func<int, int> fibre, bool learn = false, Func<TeLinkConfiguration, TeLinkConfiguration>? configureA = null)
    {
        var daemons = new TwoDaemons();
        var network = daemons._network;
        daemons.A = network.Add(Configurations.A(teLink: t => (configureA ?? (x => x))(Four(t, 100, 200, learn))), start: false);
        daemons.B = network.Add(Configurations.B(teLink: t => Four(t, 200, 100, learn: false)), start: false);
        network.FibreAll(daemons.A, daemons.B);
        for (var i = 1; i <= daemons.A.TeLink.DataLinks.Count; i++) network.Fibre(daemons.A, $"te1-{i}", daemons.B, $"te1-{fibre(i)}");
        daemons.A.TransportUp();
        daemons.B.TransportUp();
        network.Run(TimeSpan.FromSeconds(20));
        await daemons.ServeAsync(daemons.A, daemons.SocketA);
        await daemons.ServeAsync(daemons.B, daemons.SocketB);
        return daemons;
    }

    /// <summary>A file beside the sockets.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static TeLinkConfiguration Four(TeLinkConfiguration te, uint here, uint there, bool learn) => te with
    {
        RemoteId = learn ? null : te.RemoteId,
        DataLinks = [.. Enumerable.Range(1, 4).Select(i => Configurations.Link($"te1-{i}", here + (uint)i, learn ? null : there + (uint)i))],
    };

    private async Task ServeAsync(VirtualNode node, string socket)
    {
        var server = new ApiServer(new Access(node, this), new ApiConfiguration { SocketPath = socket }, NullLoggerFactory.Instance);
        _servers.Add(server);
        await server.StartAsync(CancellationToken.None);
    }

    private sealed class Access : INodeAccess
    {
        private readonly VirtualNode _node;
        private readonly TwoDaemons _daemons;

        public Access(VirtualNode node, TwoDaemons daemons)
        {
            (_node, _daemons) = (node, daemons);
            Events = new EventHub<EventInfo>(e => EventPicture.From(e, Clock), 100);
        }

        public EventHub<EventInfo> Events { get; }

        public NodeLoopStatistics Statistics { get; } = new();

        public NodeClock Clock { get; } = new();

        public Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellationToken = default)
        {
            lock (_daemons._lock) return Task.FromResult(command(_node.Node, _daemons._network.Now));
        }
    }
}
