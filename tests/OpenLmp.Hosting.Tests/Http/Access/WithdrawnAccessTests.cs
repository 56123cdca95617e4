using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>A stream of events ends when what opened it may no longer read; those of others go on.</summary>
public sealed class WithdrawnAccessTests : IDisposable
{
    private readonly AccessFiles _files = new();

    [Fact]
    public async Task With_its_token()
    {
        var api = new ApiConfiguration { Tokens = _files.WriteTokens() };
        await using var daemon = await TestDaemon.StartAsync(api: basis => api = basis with { Tokens = api.Tokens });
        using var reader = Client(daemon.Tcp, AccessFiles.ReadToken);
        using var admin = Client(daemon.Tcp, AccessFiles.AdminToken);
        using var read = await SseReader.OpenAsync(reader);
        using var change = await SseReader.OpenAsync(admin);

        // Read again with nothing changed but the object, both go on; so does an administrator who may only read from now on.
        AccessFiles.Write(_files.Tokens, $"ops read {AccessFiles.AdminToken}\nmetrics read {AccessFiles.ReadToken}\n");
        daemon.Rules = Rules(api);
        await GoesOnAsync(daemon, "allocate", read, change);
        AccessFiles.Write(_files.Tokens, $"ops read {AccessFiles.AdminToken}\n");
        daemon.Rules = Rules(api);

        await EndsAsync(read);
        Assert.Null(await SseReader.TryOpenAsync(reader));
        await GoesOnAsync(daemon, "release", change);
    }

    [Fact]
    public async Task With_its_certificates_authority()
    {
        using var authority = new TestAuthority();
        using var next = new TestAuthority();
        using var certificate = authority.Issue("watcher");
        var api = new ApiConfiguration { Https = new NetworkEndpoint(NetworkAddress.From(System.Net.IPAddress.Loopback), 0), Tls = _files.WriteTls(authority, authority) };
        await using var daemon = await TestDaemon.StartAsync(api: basis => api = basis with { Https = api.Https, Tls = api.Tls });
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority.Certificate },
        };
        handler.SslOptions.ClientCertificates = [certificate];
        using var client = new HttpClient(handler) { BaseAddress = daemon.Tls };
        using var stream = await SseReader.OpenAsync(client);
        using var local = await SseReader.OpenAsync(daemon.Http);

        daemon.Rules = Rules(api);
        await GoesOnAsync(daemon, "allocate", stream, local);
        daemon.Rules = Rules(api with { Tls = _files.WriteTls(authority, next) });

        await EndsAsync(stream);
        await GoesOnAsync(daemon, "release", local);
    }

    [OtherUserFact("curl")]
    public async Task With_its_group()
    {
        var api = new ApiConfiguration { SocketMode = (UnixFileMode)Convert.ToInt32("0666", 8), ReadGroup = new Placed("54321") };
        await using var daemon = await TestDaemon.StartAsync(api: basis => api = basis with { SocketMode = api.SocketMode, ReadGroup = api.ReadGroup });
        AccessFiles.SetMode(Path.GetDirectoryName(daemon.SocketPath)!, "0755");
        using var curl = Process.Start(new ProcessStartInfo(
            "setpriv", $"--reuid 65534 --regid 54321 --clear-groups curl -sN -H Accept:text/event-stream --unix-socket {daemon.SocketPath} http://localhost/v1/events")
        { RedirectStandardOutput = true })!;
        Assert.Equal(": alive", await curl.StandardOutput.ReadLineAsync());

        daemon.Rules = Rules(api with { ReadGroup = null });

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await curl.WaitForExitAsync(limit.Token);
        Assert.Equal(0, curl.ExitCode);
    }

    public void Dispose() => _files.Dispose();

    private static AccessRules Rules(ApiConfiguration api) => AccessLoader.Load(api, "lmpd.yaml").Rules!;

    private static HttpClient Client(Uri address, string token)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    // After what happened before.
    private static async Task EndsAsync(SseReader stream)
    {
        while (await stream.NextLineAsync() is not null)
        {
        }
    }

    private static async Task GoesOnAsync(TestDaemon daemon, string what, params SseReader[] streams)
    {
        Assert.Equal(200, (await daemon.SendAsync("POST", $"/v1/data-links/te1-1/{what}")).Status);
        foreach (var stream in streams)
        {
            var e = await stream.NextAsync();
            while (e.Type != "allocation") e = await stream.NextAsync();
        }
    }
}
