using System.Security.Cryptography.X509Certificates;
using OpenLmp.Hosting.Tests.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Tests;

/// <summary>What lmp shows to a daemon over TCP.</summary>
public sealed class CredentialsTests : IDisposable
{
    private readonly AccessFiles _files = new();

    [Fact]
    public async Task A_token_comes_from_its_file_or_the_environment()
    {
        await using var daemon = await TestDaemon.StartAsync(api: api => api with { Tokens = _files.WriteTokens() });
        var change = $"data-link allocate te1-1 --server {daemon.Tcp}";
        var token = AccessFiles.Write(_files["mine"], AccessFiles.AdminToken + "\n");

        var run = await CliRun.OfAsync(change);
        Assert.Equal(
            (1, "lmp: changes over TCP need a token with the role admin (lmp --token-file, or the header Authorization: Bearer TOKEN), or go through the Unix socket (lmp --socket PATH)\n"),
            (run.ExitCode, run.Error));
        Assert.Equal(1, (await CliRun.OfAsync(change, variable: name => name == "LMP_TOKEN" ? AccessFiles.ReadToken : null)).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync($"{change} --token-file {token}", variable: name => name == "LMP_TOKEN" ? AccessFiles.ReadToken : null)).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync($"data-link release te1-1 --server {daemon.Tcp}", variable: name => name == "LMP_TOKEN" ? AccessFiles.AdminToken : null)).ExitCode);
    }

    [Fact]
    public async Task Under_TLS_both_ends_know_each_other()
    {
        using var authority = new TestAuthority();
        var loopback = new NetworkEndpoint(NetworkAddress.From(System.Net.IPAddress.Loopback), 0);
        await using var daemon = await TestDaemon.StartAsync(api: api => api with { Https = loopback, Tls = _files.WriteTls(authority, authority, "ops") });
        using var ops = authority.Issue("ops");
        var ca = AccessFiles.Write(_files["ca"], authority.Certificate.ExportCertificatePem());
        var cert = AccessFiles.Write(_files["cert"], ops.ExportCertificatePem());
        var key = AccessFiles.Write(_files["key"], ops.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var both = AccessFiles.Write(_files["both"], File.ReadAllText(cert.Text) + "\n" + File.ReadAllText(key.Text));
        var change = $"data-link allocate te1-1 --server {daemon.Tls}";

        var run = await CliRun.OfAsync($"{change} --cert {cert} --key {key}");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"No daemon answers at {daemon.Tls.GetLeftPart(UriPartial.Authority)}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("certificate", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync($"{change} --ca {ca}")).ExitCode);
        run = await CliRun.OfAsync($"{change} --ca {ca} --cert {cert} --key {key}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0, (await CliRun.OfAsync($"data-link release te1-1 --server {daemon.Tls} --ca {ca} --cert {both}")).ExitCode);
    }

    [Theory]
    [InlineData("--server http://192.0.2.1:7010", "lmp: The token is not sent to 192.0.2.1:7010 without encryption: name the daemon as https://...")]
    [InlineData("--server 127.0.0.1:1 --ca /x", "lmp: --ca, --cert and --key are for a daemon named as https://...")]
    [InlineData("--server https://127.0.0.1:1 --key /x", "lmp: --key needs --cert beside it.")]
    [InlineData("--server https://127.0.0.1:1 --ca /nonexistent/ca", "lmp: /nonexistent/ca: there is no such file.")]
    [InlineData("--server https://127.0.0.1:1 --token-file /nonexistent/t", "lmp: /nonexistent/t: there is no such file.")]
    public async Task What_cannot_be_shown_is_told(string options, string error)
    {
        var run = await CliRun.OfAsync($"show node {options}", variable: name => name == "LMP_TOKEN" ? AccessFiles.AdminToken : null);

        Assert.Equal((2, error + "\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_token_that_others_can_read_is_not_used()
    {
        var token = AccessFiles.Write(_files["mine"], AccessFiles.AdminToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(token.Text, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var run = await CliRun.OfAsync($"show node --server http://127.0.0.1:1 --token-file {token}");
        Assert.Equal((2, $"lmp: {token}: others may read this token, it is used no longer; make another, and chmod 0600 its file.\n"), (run.ExitCode, run.Error));

        AccessFiles.Write(token.Text, "two words");
        run = await CliRun.OfAsync($"show node --server http://127.0.0.1:1 --token-file {token}");
        Assert.Equal((2, $"lmp: {token}: the file of a token holds the token and nothing else.\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _files.Dispose();
}
