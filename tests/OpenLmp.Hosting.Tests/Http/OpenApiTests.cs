using System.Text;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

public class OpenApiTests
{
    private const string Update = "OPENLMP_UPDATE";

    [Fact]
    public async Task The_document_describes_what_is_served()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var expected = OpenApiWriter.Write(daemon.Routes);
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 }) await File.WriteAllTextAsync(SourcePath(), expected);
        else Assert.True(expected == Encoding.UTF8.GetString(OpenApiDocument.Bytes.Span), $"src/OpenLmp.Hosting/Http/openapi.json is stale: run this test with {Update}=1, then build.");
    }

    [Fact]
    public async Task The_document_is_served()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal("3.1.0", (await daemon.GetAsync("/openapi/v1.json")).GetProperty("openapi").GetString());
    }

    [Fact]
    public async Task Everything_promised_is_served()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(
            [
                "DELETE /v1/configuration/{**path}", "DELETE /v1/cross-connects/{a}/{b}", "GET /healthz", "GET /metrics", "GET /openapi/v1.json", "GET /v1/alarms", "GET /v1/configuration", "GET /v1/configuration/{**path}", "GET /v1/control-channels", "GET /v1/control-channels/{neighbor}/{id}", "GET /v1/counters",
                "GET /v1/cross-connects", "GET /v1/cross-connects/{name}", "GET /v1/data-links", "GET /v1/data-links/{name}", "GET /v1/data-plane", "GET /v1/events", "GET /v1/log", "GET /v1/neighbors",
                "GET /v1/neighbors/{name}", "GET /v1/node", "GET /v1/node/{name}", "GET /v1/te-links", "GET /v1/te-links/{name}", "GET /v1/verifications",
                "GET /v1/verifications/{name}", "POST /v1/configuration/diff", "POST /v1/control-channels/{neighbor}/{id}/down", "POST /v1/control-channels/{neighbor}/{id}/up",
                "POST /v1/data-links/{names}/allocate", "POST /v1/data-links/{names}/release", "POST /v1/data-links/{name}/trace", "POST /v1/data-plane/heartbeat",
                "POST /v1/data-plane/sessions", "POST /v1/data-plane/signals", "POST /v1/data-plane/tests", "POST /v1/data-plane/traces",
                "POST /v1/data-plane/transports", "POST /v1/neighbors/{name}/verify",
                "POST /v1/te-links/{name}/confirm", "POST /v1/te-links/{name}/summarize", "POST /v1/te-links/{name}/verify",
                "PUT /v1/configuration", "PUT /v1/configuration/{**path}", "PUT /v1/cross-connects/{a}/{b}", "PUT /v1/data-links/{names}/signal", "PUT /v1/data-links/{name}/trace", "PUT /v1/log",
            ],
            daemon.Routes.Select(route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal));
    }

    private static string SourcePath()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "OpenLmp.slnx"))) directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Not in the source tree.");
        return Path.Combine(directory, "src", "OpenLmp.Hosting", "Http", "openapi.json");
    }
}
