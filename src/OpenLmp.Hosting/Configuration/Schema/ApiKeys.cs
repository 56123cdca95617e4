using OpenLmp.Api;
using static OpenLmp.Api.ConfigurationEffect;

namespace OpenLmp.Hosting;

/// <summary>The keys of <c>api</c>.</summary>
internal static class ApiKeys
{
    private static readonly ScalarType Group = new("group, by name or number") { Example = "root", IsNumber = true, Pattern = @"^[^-:,/\s][^:,/\s]{0,62}$" };

    private static readonly ScalarType CommonName = new("common name") { Example = "ops", IsNumber = true, Pattern = "^.{1,64}$" };

    private static readonly ScalarType Mode = new("mode of a socket") { Example = "0600", IsNumber = true, Pattern = "^0?6[0246][0246]$" };

    private static readonly ConfigurationKey[] Tls =
    [
        new("certificate", ValueTypes.Path, null, Live, "the daemon's certificate in PEM, then those between it and its root") { Required = true },
        new("key", ValueTypes.Path, null, Live, "its private key in PEM, not encrypted, for lmpd alone") { Required = true },
        new("client-ca", ValueTypes.Path, null, Live, "the root certificates that signed those of clients. Who shows one of theirs may read"),
        new("admins", new ListType(CommonName), null, Live, "of those, who may change"),
    ];

    private static readonly ConfigurationKey[] Limits =
    [
        new("connections", ValueTypes.Number(1, 10_000, "99"), "500", Live, "connections at a time, those that are open stay when it is lowered; root's and the daemon's own over the Unix socket are not counted"),
        new("connections-per-peer", ValueTypes.Number(1, 10_000, "99"), "200", Live, "those of one user, IPv4 address, or IPv6 /64"),
        new("event-streams", ValueTypes.Number(1, 10_000, "99"), "100", Live, "event streams at a time; those that are open stay when it is lowered"),
        new("event-streams-per-peer", ValueTypes.Number(1, 10_000, "99"), "50", Live, "those of one user, IPv4 address, or IPv6 /64"),
    ];

    /// <summary>The keys.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("socket", ValueTypes.Socket, ApiConfiguration.DefaultSocketPath, ConfigurationEffect.Api, "Unix socket of the API, at most 107 bytes long; several daemons on one machine need one each. `none`: no socket"),
        new("mode", Mode, "0660", Live, "permissions of the socket's file. Who gets through is asked for user and groups besides"),
        new("read-group", Group, null, Live, "its members may read over the Unix socket; its file belongs to it"),
        new("admin-group", Group, null, Live, "its members may change, too. Root and the daemon's own user always may") { Otherwise = "the daemon's own" },
        new("http", ValueTypes.Http, null, ConfigurationEffect.Api, "loopback address of the same API over TCP, with dashboard and metrics. Everyone on this machine reads (`anonymous-read`), changes need a token"),
        new("https", ValueTypes.Http, null, ConfigurationEffect.Api, "the same under TLS 1.3, for other machines; needs `tls`, and `tokens`, `client-ca` or `anonymous-read: true`"),
        new("tls", new SectionType(Tls) { IsSwitch = true }, null, Live, "the certificates of `https`") { Otherwise = "none" },
        new("tokens", ValueTypes.Path, null, Live, "the file of the tokens that are taken over TCP: lines `NAME read TOKEN` and `NAME admin sha256:HEX`, for lmpd alone"),
        new("anonymous-read", ValueTypes.Truth, null, Live, "whether who shows nothing may read over TCP") { Otherwise = "`true` for `http`, `false` for `https`" },
        new("audit", ValueTypes.Path, null, Live, "a file that every change is appended to, with who made it; lmpd's user has to be able to write it"),
        new("limits", new SectionType(Limits), null, Live, "how much clients may take of the daemon"),
    ];
}
