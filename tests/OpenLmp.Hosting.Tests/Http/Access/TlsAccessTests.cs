using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>TLS 1.3, and clients known by their certificates. The handshakes are real.</summary>
public sealed class TlsAccessTests : IDisposable
{
    private const string Change = "/v1/data-links/te1-1/allocate";

    private readonly AccessFiles _files = new();
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Certificates_read_and_those_of_administrators_change()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority, _authority, "ops"));
        using var ops = _authority.Issue("ops");
        using var watcher = _authority.Issue("watcher");
        using var administrator = Client(daemon, ops);
        using var reader = Client(daemon, watcher);
        using var anyone = Client(daemon);

        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: reader)).Status);
        var (status, body) = await daemon.SendAsync("POST", Change, client: reader);
        Assert.Equal((403, "certificate watcher may only read; it is not among api: tls: admins:"), (status, body.GetProperty("error").GetString()));
        (status, body) = await daemon.SendAsync("GET", "/v1/node", client: anyone);
        Assert.Equal((401, "reading needs a client certificate (lmp --cert and --key), or go through the Unix socket (lmp --socket PATH)"), (status, body.GetProperty("error").GetString()));
        Assert.Equal(401, (await daemon.SendAsync("POST", Change, client: anyone)).Status);
        Assert.Equal(200, (await daemon.SendAsync("POST", Change, client: administrator)).Status);
    }

    [Fact]
    public async Task Certificates_of_others_and_old_ones_and_those_of_servers_are_not_taken()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority, _authority, "ops"));
        using var otherAuthority = new TestAuthority();
        using var other = otherAuthority.Issue("ops");
        using var old = _authority.Issue("ops", hours: 0);
        using var server = _authority.Issue("ops", isClient: false);
        foreach (var certificate in new[] { other, old, server })
        {
            using var client = Client(daemon, certificate);
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/v1/node"));
        }

        using var alone = X509Certificate2.CreateFromPem(old.ExportCertificatePem());
        Assert.True(alone.NotAfter < DateTime.Now.AddSeconds(1));
    }

    [Fact]
    public async Task A_token_serves_as_well_and_does_not_without_one()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority), api => api with { Tokens = _files.WriteTokens() });
        using var admin = Client(daemon);
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessFiles.AdminToken);
        using var anyone = Client(daemon);

        Assert.Equal(200, (await daemon.SendAsync("POST", Change, client: admin)).Status);
        Assert.Equal(401, (await daemon.SendAsync("GET", "/v1/node", client: anyone)).Status);
    }

    [Fact]
    public async Task Anyone_reads_where_that_is_said()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority), api => api with { AnonymousRead = true });
        using var anyone = Client(daemon);

        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: anyone)).Status);
        Assert.Equal(401, (await daemon.SendAsync("POST", Change, client: anyone)).Status);
    }

    [Fact]
    public async Task A_page_cannot_use_the_certificate_that_its_browser_shows()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority, _authority, "ops"));
        using var ops = _authority.Issue("ops");
        using var browser = Client(daemon, ops);

        Assert.Equal(403, (await daemon.SendAsync("POST", Change, client: browser, headers: ("Origin", "https://evil.example"))).Status);
        Assert.Equal(403, (await daemon.SendAsync("POST", Change, client: browser, headers: ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task Older_versions_of_TLS_are_not_spoken()
    {
        await using var daemon = await StartAsync(_files.WriteTls(_authority), api => api with { AnonymousRead = true });

        Assert.Equal(SslProtocols.Tls13, await HandshakeAsync(daemon, SslProtocols.None));
        var refused = await Record.ExceptionAsync(() => HandshakeAsync(daemon, SslProtocols.Tls12));
        Assert.True(refused is AuthenticationException or IOException, $"{refused}");
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_was_taken_away_ends_where_it_is()
    {
        var tls = _files.WriteTls(_authority, _authority, "ops");
        await using var daemon = await StartAsync(tls);
        using var ops = _authority.Issue("ops");
        using var administrator = Client(daemon, ops);
        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: administrator)).Status);

        // Read again, with nothing changed but the object: the connection goes on.
        daemon.Rules = Rules(tls);
        Assert.Equal(200, (await daemon.SendAsync("GET", "/v1/node", client: administrator)).Status);
        using var next = new TestAuthority();
        daemon.Rules = Rules(_files.WriteTls(_authority, next, "ops"));

        // The same connection, made when it was taken.
        var (status, body) = await daemon.SendAsync("GET", "/v1/node", client: administrator);
        Assert.Equal((401, "the certificate of this connection is no longer one that client-ca signed"), (status, body.GetProperty("error").GetString()));
        using var again = Client(daemon, ops);
        await Assert.ThrowsAsync<HttpRequestException>(() => again.GetAsync("/v1/node"));
    }

    [Fact]
    public void Files_that_cannot_be_used_are_told_where_they_are_named()
    {
        var tls = _files.WriteTls(_authority);
        Assert.Empty(Load(tls).Errors);

        Assert.Equal($"lmpd.yaml:3:5: certificate: there is no file /nonexistent/c", Error(tls with { Certificate = new Placed("/nonexistent/c", 3, 5) }));
        Assert.Equal("lmpd.yaml:7:9: tls: the certificate holds no certificate in PEM, -----BEGIN CERTIFICATE-----", Error(tls with { Certificate = tls.Key }));
        Assert.Equal("lmpd.yaml:7:9: tls: client-ca holds no certificate in PEM, -----BEGIN CERTIFICATE-----", Error(tls with { ClientCa = tls.Key }));
        const string NoKey = "lmpd.yaml:7:9: tls: the key is not the certificate's, or not an unencrypted private key in PEM";
        Assert.Equal(NoKey, Error(tls with { Key = tls.Certificate }));
        using var other = _authority.Issue("other");
        Assert.Equal(NoKey, Error(tls with { Key = AccessFiles.Write(_files["other.key"], other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()) }));
        AccessFiles.SetMode(tls.Key.Text, "0404");
        Assert.Equal($"lmpd.yaml:7:9: key: {tls.Key} has mode 0404: others than its owner get at the secret in it; chmod 600 {tls.Key}", Error(tls));
    }

    [Fact]
    public void A_certificate_that_has_ended_is_doubtful()
    {
        var tls = _files.WriteTls(_authority);
        using var old = _authority.Issue("old", hours: 0);
        tls = tls with
        {
            Certificate = AccessFiles.Write(_files["old.crt"], old.ExportCertificatePem()),
            Key = AccessFiles.Write(_files["old.key"], old.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        };

        Assert.EndsWith(": clients refuse it", Assert.Single(Load(tls).Warnings).Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Dispose();
    }

    private static NetworkEndpoint AnyPort => new(NetworkAddress.From(System.Net.IPAddress.Loopback), 0);

    private static Task<TestDaemon> StartAsync(ApiTlsConfiguration tls, Func<ApiConfiguration, ApiConfiguration>? api = null) =>
        TestDaemon.StartAsync(api: configuration => (api ?? (c => c))(configuration with { Https = AnyPort, Tls = tls }));

    private static AccessResult Load(ApiTlsConfiguration tls) => AccessLoader.Load(new ApiConfiguration { Https = AnyPort, Tls = tls }, "lmpd.yaml");

    private static AccessRules Rules(ApiTlsConfiguration tls) => Load(tls).Rules!;

    private static string Error(ApiTlsConfiguration tls) => Assert.Single(Load(tls).Errors).ToString();

    private X509ChainPolicy Trust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { _authority.Certificate },
    };

    private HttpClient Client(TestDaemon daemon, X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = Trust();
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler) { BaseAddress = daemon.Tls };
    }

    private async Task<SslProtocols> HandshakeAsync(TestDaemon daemon, SslProtocols protocols)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(daemon.Tls.Host, daemon.Tls.Port);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = Trust(),
        });
        return tls.SslProtocol;
    }
}
