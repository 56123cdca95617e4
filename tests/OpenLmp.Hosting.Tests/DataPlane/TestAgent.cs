using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpenLmp.Hosting.Tests;

/// <summary>An agent in a test's hands: one session, its orders one by one, and reports as raw JSON.</summary>
internal sealed class TestAgent : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _orders;

    private TestAgent(HttpClient http, HttpResponseMessage response)
    {
        (_http, _response) = (http, response);
        _orders = new StreamReader(response.Content.ReadAsStream());
    }

    /// <summary>The first order.</summary>
    public JsonElement Hello { get; private set; }

    public long Session => Hello.GetProperty("session").GetInt64();

    public static HttpClient Client(string socketPath) => new(new SocketsHttpHandler
    {
        // Closing a stream closes its connection: nothing is read first to spare it.
        MaxResponseDrainSize = 0,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(60),
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public static async Task<TestAgent> ConnectAsync(string socketPath, string name = "test", bool canTest = true, params string[] transports)
    {
        var http = Client(socketPath);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/data-plane/sessions")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { version = 1, agent = name, canTest, transports = transports.Length > 0 ? transports : null }), Encoding.UTF8, "application/json"),
        };
        var agent = new TestAgent(http, await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        Assert.Equal("application/x-ndjson", agent._response.Content.Headers.ContentType?.MediaType);
        agent.Hello = await agent.NextAsync() ?? throw new InvalidOperationException("no hello");
        Assert.Equal("hello", agent.Hello.GetProperty("order").GetString());
        return agent;
    }

    /// <summary>The next order that is not just a sign of life; null at the end of the stream.</summary>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _orders.ReadLineAsync(limit.Token) is { } line)
        {
            var order = JsonDocument.Parse(line).RootElement;
            if (order.GetProperty("order").GetString() != "alive") return order;
        }

        return null;
    }

    /// <summary>The next order of a kind.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        while (await NextAsync() is { } order)
            if (order.GetProperty("order").GetString() == kind) return order;
        throw new InvalidOperationException($"the stream ended without {kind}");
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string word, string body, string method = "POST", string root = "/v1/data-plane/")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), root + word) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        // What is too much is refused before it is all there, and its connection closed: to go on writing would be to miss the answer.
        request.Headers.ExpectContinue = body.Length > ushort.MaxValue;
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public Task<(int Status, JsonElement Body)> SignalsAsync(string signals, bool complete = true) =>
        PostAsync("signals", $$"""{"session":{{Session}},"signals":{{signals}},"complete":{{(complete ? "true" : "false")}}}""");

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(path)).RootElement;

    public void Dispose()
    {
        _orders.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
