using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>
/// Node A of two on a virtual network, with its API on a Unix socket of its own and on TCP. Virtual time stands still but for
/// <see cref="Run"/> and the moment after each command, so that nothing depends on how fast a test runs.
/// </summary>
public sealed class TestDaemon : INodeAccess, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ApiServer _server;
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-api-").FullName;

    private TestDaemon(bool up, NodeConfiguration? a, NodeConfiguration? b, TimeSpan heartbeat, Func<ApiConfiguration, ApiConfiguration>? api, ILoggerFactory? log)
    {
        if (!up) Network.Filter = _ => false; // B would bring it up.
        Events = new EventHub<EventInfo>(e => EventPicture.From(e, Clock), 10_000);
        A = Network.Add(a ?? Configurations.A(), start: false);
        A.Told = Events.Publish;
        B = Network.Add(b ?? Configurations.B());
        SocketPath = Path.Combine(_directory, "lmpd.sock");
        var loopback = NetworkAddress.From(System.Net.IPAddress.Loopback);
        var configuration = new ApiConfiguration { SocketPath = SocketPath, Http = new NetworkEndpoint(loopback, 0) };
        configuration = api?.Invoke(configuration) ?? configuration;
        Http = new HttpClient(new SocketsHttpHandler
        {
            Expect100ContinueTimeout = TimeSpan.FromSeconds(60),
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        var access = AccessLoader.Load(configuration, "lmpd.yaml");
        Assert.Empty(access.Errors);
        _server = new ApiServer(this, configuration, log ?? NullLoggerFactory.Instance, access.Rules!, heartbeat);
    }

    public VirtualNetwork Network { get; } = new();

    public VirtualNode A { get; }

    public VirtualNode B { get; }

    public string SocketPath { get; }

    public Uri Tcp => _server.HttpAddress!;

    public Uri Tls => _server.HttpsAddress!;

    internal AccessRules Rules
    {
        set => _server.Rules = value;
    }

    public HttpClient Http { get; }

    public EventHub<EventInfo> Events { get; }

    public NodeLoopStatistics Statistics { get; } = new();

    public NodeClock Clock { get; } = new();

    public DaemonLog Log { get; } = DaemonLog.Create(systemd: false, "");

    /// <summary>What the node's thread does before it answers; a test may make it fail.</summary>
    public Action BeforeEach { get; set; } = () => { };

    /// <summary>How much virtual time passes after each command.</summary>
    public TimeSpan After { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The IPsec tunnels there are.</summary>
    public IReadOnlyList<TunnelStatus> Tunnels { get; set; } = [];

    public IReadOnlyList<TunnelStatus> TunnelsTo(string neighbor) => Tunnels;

    internal IReadOnlyList<ApiRoute> Routes => _server.Routes;

    /// <summary>Starts the API; and the node, which comes up, unless <paramref name="up"/> is false.</summary>
    public static async Task<TestDaemon> StartAsync(
        bool up = true,
        NodeConfiguration? a = null,
        NodeConfiguration? b = null,
        TimeSpan? heartbeat = null,
        Func<ApiConfiguration, ApiConfiguration>? api = null,
        ILoggerFactory? log = null)
    {
        var daemon = new TestDaemon(up, a, b, heartbeat ?? TimeSpan.FromMinutes(10), api, log);
        await daemon._server.StartAsync(CancellationToken.None);
        if (!up) return daemon;
        daemon.A.TransportUp();
        daemon.Network.RunUntil(() => daemon.A.TeLink.State == Protocol.TeLinkState.Up && daemon.A.TeLink.DataLinks.All(l => l.State == Protocol.DataLinkState.UpFree));
        return daemon;
    }

    /// <summary>Lets virtual time pass.</summary>
    public void Run(TimeSpan time)
    {
        lock (_lock) Network.Run(time);
    }

    /// <summary>Waits, in real time, for something that another thread does.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(5, limit.Token);
    }

    public Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            BeforeEach();
            var answer = command(A.Node, Network.Now);
            Network.Run(After);
            return Task.FromResult(answer);
        }
    }

    /// <summary>GETs JSON.</summary>
    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Http.GetStringAsync(path)).RootElement;

    /// <summary>Sends a request; returns the status and the JSON of the answer.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null, HttpClient? client = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        // What is too much is refused before it is all there, and its connection closed: to go on writing would be to miss the answer.
        request.Headers.ExpectContinue = body?.Length > ushort.MaxValue;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await (client ?? Http).SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        Log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
