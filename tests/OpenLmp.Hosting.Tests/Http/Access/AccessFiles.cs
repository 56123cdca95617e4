using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>A directory with tokens and certificates of a test's own.</summary>
internal sealed class AccessFiles : IDisposable
{
    public const string AdminToken = "admin-0123456789abcdef";
    public const string ReadToken = "read-0123456789abcdef";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmp-access-");

    /// <summary>What the daemon's certificate is for.</summary>
    public string Address { get; init; } = "127.0.0.1";

    public string Tokens => Path.Combine(_directory.FullName, "tokens");

    public string this[string name] => Path.Combine(_directory.FullName, name);

    /// <summary>The file of tokens: one of an administrator in the open, one of a reader as a hash.</summary>
    public Placed WriteTokens() => Write(Tokens, $"""
        # who   role   what
        ops     admin  {AdminToken}
        metrics read   sha256:{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(ReadToken)))}   # as sha256sum has it
        """);

    /// <summary>A file for its owner alone.</summary>
    public static Placed Write(string path, string text)
    {
        File.WriteAllText(path, text);
        SetMode(path, "0600");
        return new Placed(path, 7, 9);
    }

    public static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    /// <summary>The daemon's certificate, and its key, signed by an authority.</summary>
    public ApiTlsConfiguration WriteTls(TestAuthority authority, TestAuthority? clients = null, params string[] admins)
    {
        using var server = authority.Issue("lmpd", address: Address);
        return new ApiTlsConfiguration
        {
            Certificate = Write(this["lmpd.crt"], server.ExportCertificatePem()),
            Key = Write(this["lmpd.key"], server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
            ClientCa = clients is null ? null : Write(this["ca.crt"], clients.Certificate.ExportCertificatePem()),
            Admins = [.. admins],
        };
    }

    /// <summary>A configuration's section <c>api:</c> with all of it, on the Unix socket and on <see cref="Address"/>, ports 7010 and 7443.</summary>
    public string WriteSection(TestAuthority authority, string socket, string audit)
    {
        var tls = WriteTls(authority);
        return $$"""
            api:
              socket: {{socket}}
              http: {{Address}}:7010
              https: {{Address}}:7443
              tls: {certificate: {{tls.Certificate}}, key: {{tls.Key}}}
              tokens: {{Tokens}}
              audit: {{audit}}
            """;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}

/// <summary>Signs certificates.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>A certificate with its key, fit for servers and clients.</summary>
    public X509Certificate2 Issue(string commonName, int hours = 1, bool isClient = true, string address = "127.0.0.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), .. isClient ? [new Oid(ClientAuthentication)] : Array.Empty<Oid>()], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        var end = DateTimeOffset.UtcNow.AddHours(hours);
        using var certificate = request.Create(Certificate, end.AddHours(-2) > Certificate.NotBefore ? end.AddHours(-2) : Certificate.NotBefore, end < Certificate.NotAfter ? end : Certificate.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        // As a file would have it: a key that is in memory only is not taken by every platform.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => Certificate.Dispose();
}
