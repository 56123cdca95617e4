using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenLmp.Cli.Client;

/// <summary>What a daemon over TCP is shown, and by what it is known. A daemon behind a Unix socket asks the kernel who calls instead.</summary>
/// <param name="Token">The token itself.</param>
/// <param name="TokenFile">The file that holds it; goes before <paramref name="Token"/>.</param>
/// <param name="Ca">The file with the certificates of who signed the daemon's; null: those this machine trusts.</param>
/// <param name="Certificate">The file with our certificate, and those between it and its root.</param>
/// <param name="Key">The file with its key; null: in the same file.</param>
internal sealed record Credentials(string? Token = null, string? TokenFile = null, string? Ca = null, string? Certificate = null, string? Key = null)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(Credentials);

    /// <summary>A client of a daemon at a URL that shows them.</summary>
    /// <exception cref="CliException">A file is missing, or not what it should be, or a token would travel in the open.</exception>
    public HttpClient ClientOf(Uri server)
    {
        var token = TokenFile is null ? Token : ReadToken(TokenFile);
        if (token is not null && server is { Scheme: "http", IsLoopback: false })
            throw new CliException(ExitCode.BadUsage, $"The token is not sent to {server.Authority} without encryption: name the daemon as https://...");
        if (server.Scheme == "http" && (Ca ?? Certificate ?? Key) is not null)
            throw new CliException(ExitCode.BadUsage, "--ca, --cert and --key are for a daemon named as https://...");
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = server };
        try
        {
            if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            if (Ca is not null) handler.SslOptions.CertificateChainPolicy = Trust(Read(Ca, Certificates));
            if ((Certificate ?? Key) is { } file)
            {
                if (Certificate is null) throw new CliException(ExitCode.BadUsage, "--key needs --cert beside it.");
                var chain = Read(Certificate, Certificates);
                var own = Read(Key ?? file, path => X509Certificate2.CreateFromPemFile(Certificate, path));
                chain.RemoveAt(0);
                handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static string ReadToken(string path) => Read(path, _ =>
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new CliException(ExitCode.BadUsage, $"{path}: others may read this token, it is used no longer; make another, and chmod 0600 its file.");
        var token = File.ReadAllText(path).Trim();
        return token.Length > 0 && !token.Any(c => c is <= ' ' or > '~') ? token
            : throw new CliException(ExitCode.BadUsage, $"{path}: the file of a token holds the token and nothing else.");
    });

    private static X509Certificate2Collection Certificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("no certificate in PEM is in it");
    }

    private static X509ChainPolicy Trust(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new CliException(ExitCode.BadUsage, $"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.'))}.");
        }
    }
}
