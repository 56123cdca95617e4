using System.Net;
using System.Text.Json;

namespace OpenLmp.Dashboard.Tests;

/// <summary>The lab's web address: what it passes on, and what not.</summary>
[Collection(nameof(Chromium))]
public class LabServerTests
{
    private const string Pair = """
        name: pair
        topology:
          nodes: {a: , b: }
          links: [{endpoints: ["a:1", "b:1"]}]
        """;

    [Fact]
    public async Task Each_nodes_API_is_read_below_its_name_and_nothing_can_be_changed()
    {
        await using var lab = await Lab.StartAsync(Pair);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = lab.Address };
        using var root = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, root.StatusCode);
        Assert.Equal("/?server=node/a&server=node/b&events=network/events", root.Headers.Location?.OriginalString);

        var node = JsonDocument.Parse(await http.GetStringAsync("/node/b/v1/node")).RootElement;
        Assert.Equal("b", node[0].GetProperty("name").GetString());
        var one = JsonDocument.Parse(await http.GetStringAsync("/node/a/v1/data-links?name=to-b-1")).RootElement;
        Assert.Equal("to-b-1", Assert.Single(one.EnumerateArray()).GetProperty("name").GetString());
        var channel = JsonDocument.Parse(await http.GetStringAsync("/node/a/v1/control-channels/b/2")).RootElement;
        Assert.Equal("b/2", channel.GetProperty("name").GetString());

        foreach (var (path, status) in ((string, HttpStatusCode)[])[("/node/c/v1/node", HttpStatusCode.NotFound), ("/node/a/v1/te-links/x", HttpStatusCode.NotFound), ("/node/a/v1/nosuch", HttpStatusCode.NotFound)])
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(status, response.StatusCode);
        }

        using var change = await http.PostAsync("/node/a/v1/control-channels/b/2/down", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, change.StatusCode);
    }

    [Fact]
    public async Task The_events_of_all_nodes_come_in_one_stream_and_a_restart_is_told()
    {
        await using var lab = await Lab.StartAsync(Pair);
        using var http = new HttpClient { BaseAddress = lab.Address };
        using var reader = new StreamReader(await http.GetStreamAsync("/network/events"));
        var begun = new HashSet<string>();
        while (begun.Count < 2) begun.Add(await NextAsync("data: null"));
        Assert.Equal(["a", "b"], begun.Order());
        await lab.RestartAsync("b");
        Assert.Equal("a", await NextAsync("data: {", "control-channel-state"));
        Assert.Equal("b", await NextAsync("data: null"));

        // The node of the next frame whose data begins so, and contains that.
        async Task<string> NextAsync(string data, string contains = "")
        {
            var node = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) node = line["event: ".Length..];
                else if (line.StartsWith(data, StringComparison.Ordinal) && line.Contains(contains, StringComparison.Ordinal)) return node;
            }

            throw new EndOfStreamException();
        }
    }
}
