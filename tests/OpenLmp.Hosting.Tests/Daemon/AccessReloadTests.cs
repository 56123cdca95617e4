using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Hosting.Tests;

/// <summary>Tokens and certificates are read again at SIGHUP; what is wrong with them is told with its place and changes nothing.</summary>
public sealed class AccessReloadTests : IDisposable
{
    private const string OtherToken = "other-0123456789abcdef";

    private readonly AccessFiles _access;
    private readonly TestAuthority _authority = new();
    private readonly DaemonFiles _files;
    private readonly DaemonFiles _neighbor;
    private readonly string _address = SocketRig.FreshLoopback();

    public AccessReloadTests()
    {
        (_files, _neighbor) = DaemonFiles.Pair();
        _access = new AccessFiles { Address = _address };
        _access.WriteTokens();
        var section = _access.WriteSection(_authority, _files.Socket, _access["audit"]);
        _files.Write(_files.Read().Replace($"api: {{socket: {_files.Socket}}}", section, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_and_certificates_are_read_again_or_stay()
    {
        using var log = new TestLog();
        await using var host = await StartAsync(log);
        Assert.Equal(404, await ChangeAsync("http", AccessFiles.AdminToken));
        Assert.Equal(404, await ChangeAsync("https", AccessFiles.AdminToken));

        AccessFiles.Write(_access.Tokens, $"ops admin {OtherToken}\nci admin short\n");
        Assert.False(await host.ReloadAsync());
        Assert.Contains($"{_access.Tokens}:2:10: a token has 20 to 256 letters", log.Text, StringComparison.Ordinal);
        Assert.Equal((404, 401), (await ChangeAsync("http", AccessFiles.AdminToken), await ChangeAsync("http", OtherToken)));

        AccessFiles.Write(_access.Tokens, $"ops admin {OtherToken}\n");
        using var next = new TestAuthority();
        _access.WriteTls(next);
        Assert.True(await host.ReloadAsync());
        Assert.Equal((401, 404), (await ChangeAsync("http", AccessFiles.AdminToken), await ChangeAsync("http", OtherToken)));
        await Assert.ThrowsAsync<HttpRequestException>(() => ChangeAsync("https", OtherToken));
        Assert.Equal(404, await ChangeAsync("https", OtherToken, next));
        Assert.DoesNotContain("changes only when the daemon is started again", log.Text, StringComparison.Ordinal);

        File.Delete(_access["lmpd.key"]);
        Assert.False(await host.ReloadAsync());
        Assert.Contains($"{_files.Configuration}:7:", log.Text, StringComparison.Ordinal);
        Assert.Contains($"key: there is no file {_access["lmpd.key"]}", log.Text, StringComparison.Ordinal);
        Assert.Equal(404, await ChangeAsync("https", OtherToken, next));

        await host.StopAsync();
        var reloads = File.ReadAllLines(_access["audit"]).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("by").GetString() == "signal");
        Assert.Equal(
            ["it has errors: nothing changed", "in force", "it has errors: nothing changed"],
            reloads.Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_a_token_opened_ends_when_it_is_read_again_without_it()
    {
        _files.Write(_files.Read() + "agent: {heartbeat: 60s}\n");
        using var log = new TestLog();
        await using var host = await StartAsync(log);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{_address}:7010") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessFiles.AdminToken);
        using var events = await SseReader.OpenAsync(client);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/data-plane/sessions")
        {
            Content = new StringContent("""{"version":1,"agent":"test","canTest":false}""", System.Text.Encoding.UTF8, "application/json"),
        };
        using var session = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var orders = new StreamReader(await session.Content.ReadAsStreamAsync());
        Assert.Contains("\"hello\"", await orders.ReadLineAsync(), StringComparison.Ordinal);
        // Not when it has ended: that may be in months.
        Assert.Matches("change by token ops from .*: POST /v1/data-plane/sessions: 200", log.Text);

        // Who may only read from now on carries no data links any more.
        AccessFiles.Write(_access.Tokens, $"ops read {AccessFiles.AdminToken}\n");
        Assert.True(await host.ReloadAsync());
        Assert.Contains("may no longer change anything", (await orders.ReadToEndAsync()).TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        AccessFiles.Write(_access.Tokens, $"ops admin {OtherToken}\n");
        Assert.True(await host.ReloadAsync());
        while (await events.NextLineAsync() is not null)
        {
        }
    }

    [Fact]
    public async Task The_daemon_does_not_start_with_files_that_cannot_be_used()
    {
        AccessFiles.SetMode(_access.Tokens, "0404");
        var error = $"{_files.Configuration}:8:11: tokens: {_access.Tokens} has mode 0404: others than its owner get at the secret in it; chmod 600 {_access.Tokens}";

        Assert.Equal((2, "", error), await DaemonProcess.RunAsync("-c", _files.Configuration, "--check"));
        Assert.Equal((2, "", error), await DaemonProcess.RunAsync("-c", _files.Configuration));
        AccessFiles.SetMode(_access.Tokens, "0400");
        Assert.Equal((0, $"{_files.Configuration}: valid\n", ""), await DaemonProcess.RunAsync("-c", _files.Configuration, "--check"));
    }

    [Fact]
    public async Task The_signal_is_told_as_who_changed_it()
    {
        using var daemon = new DaemonProcess("-c", _files.Configuration);
        await daemon.SaysAsync("starts;");
        daemon.Signal(PosixSignal.SIGHUP);
        await daemon.SaysAsync($"lmpd[60] change by signal SIGHUP from this machine: read {_files.Configuration}");
    }

    public void Dispose()
    {
        _files.Dispose();
        _neighbor.Dispose();
        _authority.Dispose();
        _access.Dispose();
    }

    private Task<DaemonHost> StartAsync(TestLog log) => DaemonHost.StartAsync(new DaemonHostOptions
    {
        Configuration = ConfigurationReader.Load(_files.Configuration).Configuration!,
        ConfigurationPath = _files.Configuration,
        LoggerFactory = log,
    });

    private async Task<int> ChangeAsync(string scheme, string token, TestAuthority? authority = null)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { (authority ?? _authority).Certificate },
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{scheme}://{_address}:{(scheme == "http" ? 7010 : 7443)}/v1/data-links/nosuch/allocate");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
