using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenLmp.Hosting.Http;

/// <summary>The certificates in force: the daemon's own, and who signs those of clients.</summary>
internal sealed class TlsMaterial
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly SslStreamCertificateContext _server;
    private readonly X509Certificate2Collection? _clientCa;

    private TlsMaterial(SslStreamCertificateContext server, X509Certificate2Collection? clientCa)
    {
        _server = server;
        _clientCa = clientCa;
    }

    /// <summary>The last moment of the daemon's certificate, UTC.</summary>
    public DateTime NotAfter => _server.TargetCertificate.NotAfter.ToUniversalTime();

    /// <summary>Makes it of PEM texts; what is wrong says which of them it is.</summary>
    /// <exception cref="CryptographicException">A text is not what it should be.</exception>
    public static TlsMaterial Create(string certificate, string key, string? clientCa)
    {
        var chain = Certificates(certificate, "the certificate");
        X509Certificate2 server;
        try
        {
            server = X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Its own words may quote.
            throw new CryptographicException("the key is not the certificate's, or not an unencrypted private key in PEM", e);
        }

        chain.RemoveAt(0);
        return new TlsMaterial(
            SslStreamCertificateContext.Create(server, chain, offline: true),
            clientCa is null ? null : Certificates(clientCa, "client-ca"));
    }

    /// <summary>How to shake hands.</summary>
    public SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = _server,
        EnabledSslProtocols = SslProtocols.Tls13,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        // Each connection shows its certificate anew: none outlives a change of client-ca in a ticket.
        AllowTlsResume = false,
        AllowRenegotiation = false,
        // Asked for, not demanded: a token may come instead.
        ClientCertificateRequired = _clientCa is not null,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, shown, _, errors) => shown is null || (_clientCa is not null && errors == SslPolicyErrors.None),
    };

    /// <summary>Whether a client's certificate is taken, also where an earlier client-ca took it at the handshake.</summary>
    public bool Accepts(X509Certificate2 client, ConnectionPeer peer)
    {
        if (peer.Tls == this) return true;
        if (ChainPolicy() is not { } policy) return false;
        using var chain = new X509Chain { ChainPolicy = policy };
        if (!chain.Build(client)) return false;
        peer.Tls = this;
        return true;
    }

    /// <summary>The one common name of a certificate's subject; null where there is none, or several.</summary>
    public static string? CommonName(X509Certificate2 certificate)
    {
        string? name = null;
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements || part.GetSingleElementType().Value != "2.5.4.3") continue;
            if (name is not null) return null;
            name = part.GetSingleElementValue();
        }

        return name;
    }

    private static X509Certificate2Collection Certificates(string pem, string what)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"{what} cannot be read: {e.Message}", e);
        }

        return certificates.Count > 0 ? certificates : throw new CryptographicException($"{what} holds no certificate in PEM, -----BEGIN CERTIFICATE-----");
    }

    private X509ChainPolicy? ChainPolicy()
    {
        if (_clientCa is null) return null;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_clientCa);
        policy.ApplicationPolicy.Add(ClientAuthentication);
        return policy;
    }
}
