using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenLmp.Protocol;
using Xunit.Abstractions;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>Clients of the API that are slow, many, greedy or endless: the node and the other clients have nothing to do with it.</summary>
[Collection(AttackCollection.Name)]
public class ApiClientTests(ITestOutputHelper output)
{
    // More than the server takes on one address.
    private const int Clients = 600;

    [Theory]
    [InlineData("slow headers", "GET /v1/node HTTP/1.1\r\nHost: localhost\r\nX: ")]
    [InlineData("slow body", "PUT /v1/data-links/te1-1/signal HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n{")]
    [InlineData("events that nobody reads", "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")]
    public async Task Clients_that_hold_every_connection_hold_up_neither_the_node_nor_its_operator(string what, string request)
    {
        await using var pair = await Pair.StartAsync();
        var clients = new List<Socket>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                clients.Add(client);
                await client.ConnectAsync(pair.Http);
                try
                {
                    await client.SendAsync(Encoding.ASCII.GetBytes(request));
                }
                catch (SocketException)
                {
                    // One of those beyond the limit: it may be closed before it has said anything.
                }
            }

            // The operator's socket is another place.
            for (var i = 0; i < 20; i++) Assert.StartsWith("HTTP/1.1 200", await pair.AskAsync("GET /v1/node HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            await pair.IsUndisturbedAsync(output, $"{Clients} API clients, {what}");
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    [Theory]
    [InlineData("PUT /v1/data-links/te1-1/signal HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", "413")]
    [InlineData("POST /v1/te-links/te1/summarize HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: ", "431")]
    [InlineData("GET /", "414")]
    public async Task What_has_no_end_is_cut_off(string beginning, string status)
    {
        await using var pair = await Pair.StartAsync();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(pair.SocketPath));
        await client.SendAsync(Encoding.ASCII.GetBytes(beginning));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var more = Encoding.ASCII.GetBytes(new string('a', 4_096));
        var sending = Task.Run(async () =>
        {
            try
            {
                for (var i = 0; i < 10_000; i++) await client.SendAsync(more, limit.Token);
                Assert.Fail("40 MB were taken");
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The server, or the test, has had enough.
            }
        });
        var answer = new byte[1_000];
        var length = await client.ReceiveAsync(answer, limit.Token);
        Assert.StartsWith($"HTTP/1.1 {status}", Encoding.ASCII.GetString(answer, 0, length));
        if (status != "400") await sending;
        client.Dispose();
        await sending;
        await pair.IsUndisturbedAsync(output, $"an API request without end, answered {status}");
    }

    /// <summary>Two daemons in this process, neighbours of each other; the first one's API is on TCP, too.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly DaemonFiles _left;
        private readonly DaemonFiles _right;
        private DaemonHost _a = null!;
        private DaemonHost _b = null!;

        private Pair() => (_left, _right) = DaemonFiles.Pair();

        public string SocketPath => _left.Socket;

        public IPEndPoint Http { get; } = new(IPAddress.Loopback, FreeTcpPort());

        public static async Task<Pair> StartAsync()
        {
            var pair = new Pair();
            pair._left.Write(pair._left.Read().Replace("api: {socket:", $"api: {{http: \"{pair.Http}\", socket:", StringComparison.Ordinal));
            pair._a = await StartAsync(pair._left);
            pair._b = await StartAsync(pair._right);
            await Eventually.TrueAsync(() => pair._a.InvokeAsync((n, _) => n.Neighbors.Single().IsUp), () => "the adjacency");
            return pair;
        }

        public async Task<string> AskAsync(string request)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            using var reader = new StreamReader(new NetworkStream(socket));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await reader.ReadToEndAsync(limit.Token);
        }

        public async Task IsUndisturbedAsync(ITestOutputHelper output, string attack)
        {
            // Over sooner than the next Hello is due, it could not have disturbed any.
            var sent = await HellosAsync();
            await Eventually.TrueAsync(async () => await HellosAsync() >= sent + 3, () => "Hellos after the attack");
            var (state, flaps) = await _a.InvokeAsync((n, _) => n.Neighbors.Single().ControlChannels.Select(c => (c.State, c.Flaps)).Single());
            Assert.Equal((ControlChannelState.Up, 0), (state, flaps));
            output.WriteLine($"| {attack} | none | {flaps} | {_a.Statistics.HelloLateness.Worst.TotalMilliseconds:0.00} ms since the start |");
        }

        private Task<long> HellosAsync() => _a.InvokeAsync((n, _) => n.Counters.Sent(Wire.MessageType.Hello));

        public async ValueTask DisposeAsync()
        {
            await _a.DisposeAsync();
            await _b.DisposeAsync();
            _left.Dispose();
            _right.Dispose();
        }

        private static Task<DaemonHost> StartAsync(DaemonFiles files)
        {
            var result = ConfigurationReader.Load(files.Configuration);
            Assert.True(result.IsValid, string.Join('\n', result.Errors));
            return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = files.Configuration });
        }

        private static int FreeTcpPort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
