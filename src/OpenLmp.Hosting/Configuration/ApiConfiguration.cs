using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Where the API is served, and to whom.</summary>
public sealed record ApiConfiguration
{
    /// <summary>The socket that daemon and client agree on when nothing else is said.</summary>
    public const string DefaultSocketPath = "/run/lmpd/lmpd.sock";

    /// <summary>0660: the kernel lets only the socket's owner and group connect.</summary>
    public const UnixFileMode DefaultSocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The Unix socket, an absolute path of at most 107 bytes; null: none.</summary>
    public string? SocketPath { get; init; } = DefaultSocketPath;

    /// <summary>The socket's permissions: reading and writing only, its owner has both. Who gets through is asked for user and groups besides.</summary>
    public UnixFileMode SocketMode { get; init; } = DefaultSocketMode;

    /// <summary>The group, by name or number, whose members may read over the Unix socket; null: none.</summary>
    public Placed? ReadGroup { get; init; }

    /// <summary>The group whose members may change, too; null: the daemon's own group. Root and the daemon's own user always may.</summary>
    public Placed? AdminGroup { get; init; }

    /// <summary>Loopback address and TCP port of the same API without TLS, with dashboard and metrics; null: none.</summary>
    public NetworkEndpoint? Http { get; init; }

    /// <summary>Address and TCP port of the same API under TLS 1.3; null: none.</summary>
    public NetworkEndpoint? Https { get; init; }

    /// <summary>The certificates; not null where <see cref="Https"/> is configured.</summary>
    public ApiTlsConfiguration? Tls { get; init; }

    /// <summary>The file of the tokens that are taken over TCP, an absolute path; null: none are.</summary>
    public Placed? Tokens { get; init; }

    /// <summary>Whether who shows neither token nor certificate may read over TCP; null: over <see cref="Http"/>, but not over <see cref="Https"/>.</summary>
    public bool? AnonymousRead { get; init; }

    /// <summary>The file that says of every change who made it, an absolute path; null: the log alone says so.</summary>
    public string? AuditPath { get; init; }

    /// <summary>How much clients may take of the daemon.</summary>
    public ApiLimits Limits { get; init; } = new();
}

/// <summary>The certificates of the API. Files are PEM, paths absolute; SIGHUP reads them again.</summary>
public sealed record ApiTlsConfiguration
{
    /// <summary>The daemon's certificate, followed by those between it and its root.</summary>
    public required Placed Certificate { get; init; }

    /// <summary>Its private key, which only the daemon's user and group may be able to read.</summary>
    public required Placed Key { get; init; }

    /// <summary>The certificates of those who sign clients' certificates; null: clients have none.</summary>
    public Placed? ClientCa { get; init; }

    /// <summary>The common names of the client certificates that may change; all others of <see cref="ClientCa"/> may read.</summary>
    public ValueList<string> Admins { get; init; } = [];
}

/// <summary>How much clients may take of the daemon: so many and so slow that others wait, none can be.</summary>
public sealed record ApiLimits
{
    /// <summary>Connections at a time, 1 to 10000; root and the daemon's own user on the Unix socket are not counted.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>Connections at a time of one user (Unix socket), one address (IPv4), or one /64 (IPv6); 1 to 10000.</summary>
    public int ConnectionsPerPeer { get; init; } = 200;

    /// <summary>Event streams at a time, 1 to 10000.</summary>
    public int EventStreams { get; init; } = 100;

    /// <summary>Event streams at a time of one peer, as with connections; 1 to 10000.</summary>
    public int EventStreamsPerPeer { get; init; } = 50;

    /// <summary>How long a request's line and headers may take, and a TLS handshake.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be silent between requests, and before the first.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a second that a body must come in with, once <see cref="BodyGrace"/> is over; more than 0.</summary>
    public double BodyRate { get; init; } = 1024;

    /// <summary>How long a body may come slower; at least 1 s.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What a configuration names outside of itself (a file, a group), and where: what is wrong with it is told there. Two are equal that name the same.</summary>
/// <param name="Text">The path or name.</param>
/// <param name="Line">The line that names it, from 1; 0 where no file does.</param>
/// <param name="Column">The column, from 1; 0 where no file does.</param>
public readonly record struct Placed(string Text, int Line = 0, int Column = 0)
{
    /// <summary>Whether both name the same, wherever they stand.</summary>
    public bool Equals(Placed other) => Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
