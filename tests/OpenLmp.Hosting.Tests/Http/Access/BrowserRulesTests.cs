using System.Text;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Nothing that a page makes a browser send reaches the node, even where the browser could say who it is.</summary>
public sealed class BrowserRulesTests : IDisposable
{
    private readonly AccessFiles _files = new();

    [Theory]
    [InlineData("GET", 403, "Host: evil.example")]
    [InlineData("GET", 200, "Host: localhost")]
    [InlineData("GET", 200, "Host: 127.0.0.1")]
    [InlineData("GET", 200, "Host: [::1]")]
    [InlineData("GET", 200, "Host: localhost", "Origin: http://evil.example")] // The browser does not show it to the page: nothing here allows another origin.
    [InlineData("GET", 403, "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")]
    [InlineData("GET", 403, "Host: localhost", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors")]
    [InlineData("GET", 200, "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")]
    [InlineData("GET", 200, "Host: localhost", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors")]
    [InlineData("GET", 200, "Host: localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate")]
    [InlineData("POST", 404, "Host: localhost")]
    [InlineData("POST", 404, "Host: localhost", "Origin: http://localhost", "Sec-Fetch-Site: same-origin")]
    [InlineData("POST", 403, "Host: localhost", "Origin: http://evil.example")]
    [InlineData("POST", 403, "Host: localhost", "Origin: https://localhost")]
    [InlineData("POST", 403, "Host: localhost", "Origin: null")]
    [InlineData("POST", 403, "Host: evil.example", "Origin: http://evil.example")]
    [InlineData("POST", 403, "Host: localhost", "Sec-Fetch-Site: cross-site")]
    [InlineData("POST", 403, "Host: localhost", "Sec-Fetch-Site: same-site")]
    [InlineData("POST", 403, "Host: localhost", "Sec-Fetch-Site: none")]
    [InlineData("DELETE", 403, "Host: localhost", "Sec-Fetch-Site: cross-site")]
    public async Task Pages_of_other_origins_do_not_get_through_over_TCP(string method, int status, params string[] headers)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false, api: api => api with { Tokens = _files.WriteTokens() });
        using var client = new HttpClient { BaseAddress = daemon.Tcp };
        var path = method switch { "GET" => "/v1/node", "POST" => "/v1/te-links/nosuch/summarize", _ => "/v1/cross-connects/a/b" };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var header in headers.Append($"Authorization: Bearer {AccessFiles.AdminToken}"))
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);

        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("text/plain", 415)] // What a form can send without asking first.
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=application/json", 415)]
    [InlineData(null, 415)]
    public async Task A_body_says_that_it_is_JSON(string? contentType, int status)
    {
        await using var daemon = await TestDaemon.StartAsync(api: api => api with { Tokens = _files.WriteTokens() });
        using var client = new HttpClient { BaseAddress = daemon.Tcp };
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/data-links/te1-1/signal") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"signal":"ok"}""")) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {AccessFiles.AdminToken}");
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Nothing_answers_a_browser_that_asks_whether_a_page_may()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false, api: api => api with { Tokens = _files.WriteTokens() });
        using var client = new HttpClient { BaseAddress = daemon.Tcp };
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/te-links/te1/summarize");
        request.Headers.Add("Origin", "http://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var response = await client.SendAsync(request);

        Assert.Equal(403, (int)response.StatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _files.Dispose();
}
