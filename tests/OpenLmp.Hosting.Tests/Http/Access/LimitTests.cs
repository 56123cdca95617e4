using System.Net.Sockets;
using System.Text;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Slow, huge and many clients are cut off, and everyone else is served.</summary>
public sealed class LimitTests : IDisposable
{
    private const string Ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private readonly AccessFiles _files = new();

    [Fact]
    public async Task Headers_that_drip_are_not_waited_for()
    {
        await using var daemon = await StartAsync(new ApiLimits { HeadersTimeout = TimeSpan.FromSeconds(1) });
        using var client = await RawClient.ConnectAsync(daemon.Tcp);
        await client.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ");
        Assert.StartsWith("HTTP/1.1 408 ", await client.DripAsync("x", count: 300, "\r\n\r\n"), StringComparison.Ordinal);
        await IsWellAsync(daemon);
    }

    [Fact]
    public async Task A_body_that_drips_is_not_waited_for()
    {
        await using var daemon = await StartAsync(new ApiLimits { BodyRate = 1e6, BodyGrace = TimeSpan.FromSeconds(2) });
        using var client = await RawClient.ConnectAsync(daemon.Tcp);
        await client.SendAsync($"PUT /v1/data-links/te1-1/signal HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AccessFiles.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 408 ", await client.DripAsync(new string(' ', 200), count: 300, ""), StringComparison.Ordinal);
        await IsWellAsync(daemon);
    }

    [Fact]
    public async Task Silence_is_not_listened_to()
    {
        await using var daemon = await StartAsync(new ApiLimits { IdleTimeout = TimeSpan.FromSeconds(1) });
        using var client = await RawClient.ConnectAsync(daemon.Tcp);
        Assert.Equal("", await client.ReadAsync());
        using var later = await RawClient.ConnectAsync(daemon.Tcp);
        await later.SendAsync(Ask);
        Assert.StartsWith("HTTP/1.1 200 ", await later.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 70_000, 414)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", 40_000, 431)]
    [InlineData("PUT /v1/data-links/te1-1/signal HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + AccessFiles.AdminToken + "\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{0}", 100, 413)]
    [InlineData("PUT /v1/data-links/te1-1/signal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{0}", 100, 401)]
    public async Task What_is_huge_is_refused(string request, int length, int status)
    {
        await using var daemon = await StartAsync(new ApiLimits());
        using var client = await RawClient.ConnectAsync(daemon.Tcp);
        await client.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, new string('x', length)));
        Assert.StartsWith($"HTTP/1.1 {status} ", await client.ReadAsync(), StringComparison.Ordinal);
        await IsWellAsync(daemon);
    }

    [Theory]
    [InlineData(10, 3, "3 connections from here are open already; close some")]
    [InlineData(3, 10, "3 connections are open already; try again later")]
    public async Task Connections_are_limited_in_number_and_make_room_when_closed(int all, int perPeer, string refusal)
    {
        await using var daemon = await StartAsync(new ApiLimits { Connections = all, ConnectionsPerPeer = perPeer });
        var clients = new List<RawClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(await RawClient.ConnectAsync(daemon.Tcp));
            await clients[i].SendAsync(Ask);
            Assert.StartsWith("HTTP/1.1 200 ", await clients[i].ReadSomeAsync(), StringComparison.Ordinal);
        }

        using (var late = await RawClient.ConnectAsync(daemon.Tcp))
        {
            var answer = await late.ReadAsync();
            Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
            Assert.EndsWith($"{{\"error\":\"{refusal}\"}}", answer, StringComparison.Ordinal);
        }

        // Whoever holds the network's connections does not lock out the operator.
        await IsWellAsync(daemon);
        clients[0].Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var again = await RawClient.ConnectAsync(daemon.Tcp);
                await again.SendAsync(Ask);
                return (await again.ReadSomeAsync()).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
            },
            () => "room for another");
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task Under_TLS_one_too_many_hears_nothing_and_a_handshake_is_not_waited_for()
    {
        using var authority = new TestAuthority();
        await using var daemon = await StartAsync(
            new ApiLimits { ConnectionsPerPeer = 1, HeadersTimeout = TimeSpan.FromSeconds(2), IdleTimeout = TimeSpan.FromHours(1) },
            api => api with { Https = new Protocol.NetworkEndpoint(Protocol.NetworkAddress.From(System.Net.IPAddress.Loopback), 0), Tls = _files.WriteTls(authority) });
        using var silent = await RawClient.ConnectAsync(daemon.Tls);
        using (var late = await RawClient.ConnectAsync(daemon.Tls)) Assert.Equal("", await late.ReadAsync());
        Assert.Equal("", await silent.ReadAsync());
        await IsWellAsync(daemon);
    }

    public void Dispose() => _files.Dispose();

    private Task<TestDaemon> StartAsync(ApiLimits limits, Func<ApiConfiguration, ApiConfiguration>? api = null) =>
        TestDaemon.StartAsync(up: false, api: configuration => (api ?? (c => c))(configuration with { Limits = limits, Tokens = _files.WriteTokens() }));

    private static async Task IsWellAsync(TestDaemon daemon) => Assert.Equal(200, (await daemon.SendAsync("GET", "/healthz")).Status);

    /// <summary>A connection that says what it is told.</summary>
    private sealed class RawClient : IDisposable
    {
        private readonly TcpClient _client = new();

        public static async Task<RawClient> ConnectAsync(Uri server)
        {
            var client = new RawClient();
            await client._client.ConnectAsync(server.Host, server.Port);
            return client;
        }

        public async Task SendAsync(string text)
        {
            try
            {
                await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
            }
            catch (IOException)
            {
                // It was closed while there was more to say.
            }
        }

        /// <summary>Sends little by little until there is an answer.</summary>
        public async Task<string> DripAsync(string drop, int count, string end)
        {
            var answer = ReadAsync();
            for (var i = 0; i < count && !answer.IsCompleted; i++)
            {
                await SendAsync(drop);
                await Task.WhenAny(answer, Task.Delay(50));
            }

            await SendAsync(end);
            return await answer;
        }

        /// <summary>What comes until the connection ends.</summary>
        public async Task<string> ReadAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var text = new StringBuilder();
            var buffer = new byte[4096];
            try
            {
                for (int count; (count = await _client.GetStream().ReadAsync(buffer, limit.Token)) > 0;) text.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
            catch (IOException)
            {
                // Cut off.
            }

            return text.ToString();
        }

        /// <summary>What comes first.</summary>
        public async Task<string> ReadSomeAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var buffer = new byte[4096];
            return Encoding.ASCII.GetString(buffer, 0, await _client.GetStream().ReadAsync(buffer, limit.Token));
        }

        public void Dispose() => _client.Dispose();
    }
}
