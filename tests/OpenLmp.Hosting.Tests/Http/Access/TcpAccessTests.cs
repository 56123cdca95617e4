using System.Net.Http.Headers;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Who may do what over TCP: nobody changes anything without saying who it is.</summary>
public sealed class TcpAccessTests : IDisposable
{
    private const string Change = "/v1/data-links/te1-1/allocate";

    private readonly AccessFiles _files = new();

    [Fact]
    public async Task Without_a_token_everyone_on_this_machine_reads_and_nobody_changes()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        using var client = Client(daemon);

        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: client)).Status);
        foreach (var route in daemon.Routes.Where(r => r.Method != "GET"))
        {
            var (status, body) = await daemon.SendAsync(route.Method, Path(route), client: client);
            Assert.Equal(401, status);
            Assert.Equal("changes over TCP need a token, of which this daemon has none (api: tokens:), or go through the Unix socket (lmp --socket PATH)", body.GetProperty("error").GetString());
        }

        // Not known, not told apart from what is: no method but GET and HEAD gets anywhere.
        Assert.Equal(401, (await daemon.SendAsync("PATCH", "/nosuch", client: client)).Status);
        Assert.DoesNotContain(daemon.A.TeLink.DataLinks, l => l.Allocated);
    }

    [Fact]
    public async Task A_token_is_what_its_line_says()
    {
        await using var daemon = await TestDaemon.StartAsync(api: api => api with { Tokens = _files.WriteTokens() });
        using var admin = Client(daemon, AccessFiles.AdminToken);
        using var reader = Client(daemon, AccessFiles.ReadToken);
        using var stranger = Client(daemon, "stranger-0123456789abcdef");

        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: reader)).Status);
        var (status, body) = await daemon.SendAsync("POST", Change, client: reader);
        Assert.Equal((403, "token metrics may only read; its role in the file of api: tokens: is read"), (status, body.GetProperty("error").GetString()));
        foreach (var path in new[] { "/v1/node", "/" })
        {
            using var refused = await stranger.GetAsync(path);
            Assert.Equal(401, (int)refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        Assert.Equal(401, (await daemon.SendAsync("POST", Change, client: stranger)).Status);
        using var basic = Client(daemon);
        basic.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", AccessFiles.AdminToken);
        Assert.Equal(401, (await daemon.SendAsync("POST", Change, client: basic)).Status);
        Assert.DoesNotContain(daemon.A.TeLink.DataLinks, l => l.Allocated);
        Assert.Equal(200, (await daemon.SendAsync("POST", Change, client: admin)).Status);
        Assert.Single(daemon.A.TeLink.DataLinks, l => l.Allocated);
    }

    [Fact]
    public async Task Reading_can_need_a_token_and_the_page_that_asks_for_it_does_not()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false, api: api => api with { Tokens = _files.WriteTokens(), AnonymousRead = false });
        using var anyone = Client(daemon);
        using var reader = Client(daemon, AccessFiles.ReadToken);

        foreach (var route in daemon.Routes.Where(r => r.Method == "GET"))
        {
            var (status, body) = await daemon.SendAsync("GET", Path(route), client: anyone);
            Assert.Equal((401, "reading needs a token (lmp --token-file, or the header Authorization: Bearer TOKEN), or go through the Unix socket (lmp --socket PATH)"), (status, body.GetProperty("error").GetString()));
        }

        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: reader)).Status);
        Assert.Equal(200, (int)(await anyone.GetAsync("/")).StatusCode);
        Assert.Equal(404, (int)(await anyone.GetAsync("/assets/nosuch.js")).StatusCode);
        Assert.Equal(401, (int)(await anyone.GetAsync("/assets/../v1/node")).StatusCode);
        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node")).Status);
    }

    public void Dispose() => _files.Dispose();

    private static string Path(Hosting.Http.ApiRoute route) => System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{\w+\}", "1");

    private static HttpClient Client(TestDaemon daemon, string? token = null)
    {
        var client = new HttpClient { BaseAddress = daemon.Tcp };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
