using System.Net;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Dashboard.Tests;

/// <summary>How the page is served; no browser needed.</summary>
public class ServingTests
{
    [Fact]
    public async Task The_page_brings_its_policy_and_is_asked_for_again_by_its_ETag()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        using var response = await daemon.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await daemon.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Who_takes_gzip_gets_it_and_others_get_the_same_without()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var page = await daemon.Http.GetStringAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await daemon.Http.SendAsync(request);
        var body = await response.Content.ReadAsStreamAsync();
        if (DashboardRoutes.IsBuilt)
        {
            Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
            body = new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress);
        }

        using var reader = new StreamReader(body);
        Assert.Equal(page, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task What_the_page_refers_to_is_there_and_never_asked_for_again()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var page = await daemon.Http.GetStringAsync("/");
        if (!DashboardRoutes.IsBuilt)
        {
            Assert.Contains("This build has no dashboard", page);
            return;
        }

        var assets = System.Text.RegularExpressions.Regex.Matches(page, "\\./(assets/[^\"]+)").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal([".css", ".js", ".svg"], assets.Select(Path.GetExtension).Order());
        foreach (var asset in assets)
        {
            using var response = await daemon.Http.GetAsync("/" + asset);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(Path.GetExtension(asset) switch { ".css" => "text/css", ".js" => "text/javascript", _ => "image/svg+xml" }, response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("immutable", response.Headers.CacheControl?.ToString());
        }

        var licences = await daemon.Http.GetStringAsync("/assets/licences.txt");
        Assert.All((string[])["preact", "uplot", "@dagrejs/dagre", "@tanstack/virtual-core"], library => Assert.Contains(library, licences));

        // Nothing inline: the policy would forbid it.
        Assert.DoesNotContain("<style", page);
        Assert.DoesNotMatch("<script(?![^>]*src=)", page);
    }

    [Fact]
    public async Task What_is_not_part_of_the_page_is_not_there()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        foreach (var path in (string[])["/assets/nosuch.js", "/assets/..%2Findex.html", "/index.html"])
        {
            using var response = await daemon.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public void A_build_without_Nodejs_says_so_on_its_page()
    {
        var page = System.Text.Encoding.UTF8.GetString(PageFile.Find("missing.html")!.Bytes.Span);
        Assert.Contains("This build has no dashboard", page);
        Assert.Contains("install Node.js", page);
        Assert.Contains("href=\"v1/alarms\"", page);
    }
}
