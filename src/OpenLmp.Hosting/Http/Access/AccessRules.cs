using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OpenLmp.Hosting.Http;

/// <summary>Who may do what.</summary>
internal sealed class AccessRules
{
    private const string Bearer = "Bearer ";

    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when others are in force.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>The user the daemon runs as, who may do everything, as root may.</summary>
    public required uint OwnUser { get; init; }

    /// <summary>The group that may read over the Unix socket.</summary>
    public required uint? ReadGroup { get; init; }

    /// <summary>The group that may change over the Unix socket.</summary>
    public required uint? AdminGroup { get; init; }

    /// <summary>The tokens.</summary>
    public required IReadOnlyList<AccessToken> Tokens { get; init; }

    /// <summary>Whether a file of tokens is configured.</summary>
    public required bool HasTokens { get; init; }

    /// <summary>The certificates; null without TLS.</summary>
    public required TlsMaterial? Tls { get; init; }

    /// <summary>Whether clients may show certificates.</summary>
    public required bool HasClientCa { get; init; }

    /// <summary>The common names of the certificates that may change.</summary>
    public required HashSet<string> Admins { get; init; }

    /// <summary>Whether anyone may read over loopback without TLS.</summary>
    public required bool AnonymousRead { get; init; }

    /// <summary>Whether anyone may read over TLS.</summary>
    public required bool AnonymousReadTls { get; init; }

    /// <summary>Others are in force now.</summary>
    public void Replace() => _replaced.TrySetResult();

    /// <summary>Who asks, and what it may do.</summary>
    public Caller Identify(in ShownCredentials shown)
    {
        // Not through the gate: nobody that is known.
        if (shown.Peer is not { } peer) return Caller.Anonymous(ApiRole.None);
        if (peer.IsLocal) return ByCredentials(peer.Credentials);
        // Where none are taken, one that was meant for another daemon does no harm; nor does the password for a proxy in front.
        if (HasTokens && shown.Authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return ByToken(shown.Authorization[Bearer.Length..].Trim());
        if (shown.Certificate is { } certificate)
        {
            if (Tls?.Accepts(certificate, peer) != true)
                return Caller.Anonymous(ApiRole.None) with { Because = "the certificate of this connection is no longer one that client-ca signed" };
            var name = TlsMaterial.CommonName(certificate);
            return new Caller("certificate", Findings.Printable(name ?? certificate.Thumbprint), name is not null && Admins.Contains(name) ? ApiRole.Admin : ApiRole.Read);
        }

        return Caller.Anonymous((shown.IsTls ? AnonymousReadTls : AnonymousRead) ? ApiRole.Read : ApiRole.None);
    }

    /// <summary>Ends the request unless the caller may do what it asks for.</summary>
    /// <exception cref="ApiException">It may not; says why, and what would help.</exception>
    public void Demand(Caller caller, HttpContext context)
    {
        if (caller.Role >= Needed(context)) return;
        var isChange = RequestGuard.IsChange(context.Request.Method);
        if (caller.By == "user") throw new ApiException(StatusCodes.Status403Forbidden, RefusalOf(caller));
        if (caller.By != "anonymous")
            throw new ApiException(StatusCodes.Status403Forbidden, $"{caller} may only read; {(caller.By == "token" ? "its role in the file of api: tokens: is read" : "it is not among api: tls: admins:")}");
        // The page itself holds nothing secret, and asks for the token that what it reads needs.
        if (!isChange && caller.Because.Length == 0 && IsPage(context.Request.Path)) return;
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"lmpd\"";
        throw new ApiException(
            StatusCodes.Status401Unauthorized,
            caller.Because.Length > 0 ? caller.Because : $"{(isChange ? "changes over TCP need" : "reading needs")} {Ways(isChange)}, or go through the Unix socket (lmp --socket PATH)");
    }

    /// <summary>What a request needs.</summary>
    public static ApiRole Needed(HttpContext context) => RequestGuard.IsChange(context.Request.Method) ? ApiRole.Admin : ApiRole.Read;

    private static bool IsPage(PathString path) => path == "/" || path.StartsWithSegments("/assets", StringComparison.Ordinal);

    private static string RefusalOf(Caller caller) => caller.Role == ApiRole.Read
        ? $"{caller} may only read: changes are for root, the daemon's user, and the members of api: admin-group:"
        : $"{caller} may not use this API: it is for root, the daemon's user, and the members of api: read-group: and admin-group:";

    private string Ways(bool isChange) => (HasTokens, HasClientCa) switch
    {
        (true, true) => $"a token or client certificate{(isChange ? " of an administrator" : "")} (lmp --token-file, lmp --cert and --key)",
        (false, true) => $"a client certificate{(isChange ? " of an administrator" : "")} (lmp --cert and --key)",
        (true, false) => $"a token{(isChange ? " with the role admin" : "")} (lmp --token-file, or the header Authorization: Bearer TOKEN)",
        _ => "a token, of which this daemon has none (api: tokens:)",
    };

    private Caller ByCredentials(PeerCredentials? peer)
    {
        if (peer is null) return Caller.Anonymous(ApiRole.None) with { Because = "the kernel does not tell who this is" };
        var role = peer.User == 0 || peer.User == OwnUser || IsIn(AdminGroup) ? ApiRole.Admin : IsIn(ReadGroup) ? ApiRole.Read : ApiRole.None;
        return new Caller("user", peer.User.ToString(), role) { User = peer.User };

        bool IsIn(uint? group) => group is { } id && peer.Groups.Contains(id);
    }

    private Caller ByToken(string text) =>
        AccessToken.Find(Tokens, text) is { } token
            ? new Caller("token", token.Name, token.Role)
            // Even where anyone may read: who shows a wrong token is to hear of it.
            : Caller.Anonymous(ApiRole.None) with { Because = "the token is none of this daemon's (api: tokens:)" };
}

/// <summary>What a caller shows of itself.</summary>
/// <param name="Peer">The other end of its connection; null: not known.</param>
/// <param name="Authorization">The header of that name.</param>
/// <param name="IsTls">Whether it comes over TLS.</param>
/// <param name="Certificate">Its certificate there.</param>
internal readonly record struct ShownCredentials(ConnectionPeer? Peer, string Authorization, bool IsTls, X509Certificate2? Certificate)
{
    /// <summary>Those of a request.</summary>
    public static ShownCredentials Of(HttpContext context)
    {
        var isTls = context.Features.Get<ITlsConnectionFeature>() is not null;
        return new ShownCredentials(
            context.Features.Get<ConnectionPeer>(), context.Request.Headers.Authorization.ToString(), isTls, isTls ? context.Connection.ClientCertificate : null);
    }
}
