using System.Text.Json;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Http;

public class EventStreamTests
{
    private const string Allocate = "/v1/data-links/te1-1/allocate";
    private const string Release = "/v1/data-links/te1-1/release";

    [Fact]
    public async Task What_happened_is_listed_oldest_first()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var events = (await daemon.GetAsync("/v1/events")).EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(1, events.Length).Select(i => (long)i), events.Select(e => e.GetProperty("id").GetInt64()));
        var channel = events.Where(e => e.GetProperty("type").GetString() == "control-channel-state").ToArray();
        Assert.Equal("b/1", channel[^1].GetProperty("object").GetString());
        Assert.Equal(("Active", "Up"), (channel[^1].GetProperty("from").GetString(), channel[^1].GetProperty("to").GetString()));
        var types = events.Select(e => e.GetProperty("type").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "control-channel-state", "adjacency", "te-link-state", "data-link-state" }, types);
        Assert.All((await daemon.GetAsync("/v1/events?name=te1")).EnumerateArray(), e => Assert.Equal("te1", e.GetProperty("object").GetString()));
        Assert.Equal(2, (await daemon.GetAsync($"/v1/events?after={events.Length - 2}")).GetArrayLength());
    }

    [Fact]
    public async Task Each_event_has_its_words()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var before = daemon.Events.Recent()[^1].Number;
        await daemon.SendAsync("POST", Allocate);
        await daemon.SendAsync("POST", Release);
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"fail"}""");
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"ok"}""");
        await daemon.SendAsync("POST", "/v1/te-links/te1/summarize?wait=60s");
        var lines = (await daemon.GetAsync($"/v1/events?after={before}")).EnumerateArray().Select(e =>
            $"{e.GetProperty("type")} {e.GetProperty("object")} {(e.TryGetProperty("from", out var from) ? from : "-")} {e.GetProperty("to")}").ToArray();
        Assert.Superset(
            new HashSet<string>
            {
                "allocation te1-1 free allocated", "allocation te1-1 allocated free", "signal te1-2 unknown fail", "signal te1-2 fail ok",
                "alarm te1-2 - raised", "alarm te1-2 - cleared", "link-summary te1 - acknowledged",
            },
            lines.ToHashSet());
    }

    [Fact]
    public async Task A_stream_tells_what_happens_from_now_on()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var last = daemon.Events.Recent()[^1].Number;
        using var stream = await SseReader.OpenAsync(daemon.Http);
        await daemon.SendAsync("POST", Allocate);
        var e = await stream.NextAsync();
        Assert.Equal($"{last + 1}", e.Id);
        Assert.Equal(e.Type, e.Data.GetProperty("type").GetString());
        Assert.Equal(last + 1, e.Data.GetProperty("id").GetInt64());
        Assert.Equal("te1-1", e.Data.GetProperty("object").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_goes_on_where_its_reader_was(bool byHeader)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var last = daemon.Events.Recent()[^1].Number;
        await daemon.SendAsync("POST", Allocate);
        await daemon.SendAsync("POST", Release);
        using var stream = byHeader ? await SseReader.OpenAsync(daemon.Http, lastEventId: $"{last + 1}") : await SseReader.OpenAsync(daemon.Http, $"?after={last + 1}");
        Assert.Equal($"{last + 2}", (await stream.NextAsync()).Id);
    }

    [Fact]
    public async Task An_id_from_before_a_restart_begins_with_all_that_is_remembered()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var stream = await SseReader.OpenAsync(daemon.Http, lastEventId: "1000000");
        Assert.Equal("1", (await stream.NextAsync()).Id);
    }

    [Fact]
    public async Task A_stream_can_be_of_one_object()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var stream = await SseReader.OpenAsync(daemon.Http, "?name=te1-2");
        await daemon.SendAsync("POST", Allocate);
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"degrade"}""");
        Assert.Equal("te1-2", (await stream.NextAsync()).Data.GetProperty("object").GetString());
    }

    [Fact]
    public async Task A_quiet_stream_says_that_it_is_alive()
    {
        await using var daemon = await TestDaemon.StartAsync(heartbeat: TimeSpan.FromMilliseconds(1));
        using var stream = await SseReader.OpenAsync(daemon.Http);
        Assert.Equal(": alive", await stream.NextLineAsync());
        await daemon.SendAsync("POST", Allocate);
        Assert.Equal("te1-1", (await stream.NextAsync()).Data.GetProperty("object").GetString());
    }

    [Fact]
    public async Task A_stream_ends_when_the_daemon_stops()
    {
        var daemon = await TestDaemon.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = daemon.Tcp };
        using var stream = await SseReader.OpenAsync(client);
        await daemon.DisposeAsync();
        Assert.Null(await stream.NextLineAsync());
    }

    [Fact]
    public async Task Streams_are_limited_in_number_and_make_room_when_closed()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        using var tcp = new HttpClient { BaseAddress = daemon.Tcp };
        var streams = new List<SseReader>();
        for (var i = 0; i < 50; i++) streams.Add(await SseReader.OpenAsync(daemon.Http));
        // One peer does not get them all: here all that are one user's.
        Assert.Equal(429, (await daemon.SendAsync("GET", "/v1/events", headers: ("Accept", "text/event-stream"))).Status);
        for (var i = 0; i < 50; i++) streams.Add(await SseReader.OpenAsync(tcp));
        Assert.Equal(503, (await daemon.SendAsync("GET", "/v1/events", headers: ("Accept", "text/event-stream"))).Status);
        foreach (var stream in streams) stream.Dispose();
        SseReader? again = null;
        await TestDaemon.Eventually(() => (again = SseReader.TryOpenAsync(daemon.Http).Result) is not null);
        again!.Dispose();
    }

    [Fact]
    public async Task A_slow_reader_holds_nobody_up_and_gets_the_newest()
    {
        const int Count = 50_000; // Far more than the buffers on the way hold.
        await using var daemon = await TestDaemon.StartAsync();
        var link = daemon.A.TeLink.DataLinks[0];
        using var stream = await SseReader.OpenAsync(daemon.Http);
        for (var i = 0; i < Count; i++) daemon.Events.Publish(new AllocationChanged(daemon.Network.Now, link, i % 2 == 0));
        var last = daemon.Events.Recent()[^1].Number;
        long read = 0, previous = 0;
        while (previous < last)
        {
            var id = (await stream.NextAsync()).Data.GetProperty("id").GetInt64();
            Assert.True(id > previous);
            (read, previous) = (read + 1, id);
        }

        Assert.InRange(read, 1, Count);
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=x")]
    public async Task An_id_that_is_none_is_told(string query)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(400, (await daemon.SendAsync("GET", $"/v1/events{query}")).Status);
    }
}

/// <summary>A client of an event stream.</summary>
public sealed class SseReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private SseReader(HttpResponseMessage response)
    {
        _response = response;
        _reader = new StreamReader(response.Content.ReadAsStream());
    }

    public static async Task<SseReader> OpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        var stream = await TryOpenAsync(client, query, lastEventId);
        Assert.NotNull(stream);
        Assert.Equal(": alive", await stream.NextLineAsync()); // From here on nothing is missed.
        return stream;
    }

    public static async Task<SseReader?> TryOpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events{query}");
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.IsSuccessStatusCode)
        {
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new SseReader(response);
        }

        response.Dispose();
        return null;
    }

    /// <summary>The next line that is not empty; null at the end.</summary>
    public async Task<string?> NextLineAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
            if (line.Length > 0) return line;
        return null;
    }

    public async Task<(string Id, string Type, JsonElement Data)> NextAsync()
    {
        var line = await NextLineAsync();
        while (line == ": alive") line = await NextLineAsync();
        var id = Value(line, "id: ");
        var type = Value(await NextLineAsync(), "event: ");
        return (id, type, JsonDocument.Parse(Value(await NextLineAsync(), "data: ")).RootElement);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private static string Value(string? line, string prefix)
    {
        Assert.StartsWith(prefix, line);
        return line![prefix.Length..];
    }
}
