using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;
using OpenLmp.Snmp;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Everything <c>lmpd</c> is told by its configuration file, validated; defaults are filled in.</summary>
public sealed record DaemonConfiguration
{
    /// <summary>How often an agent has to be heard of where nothing is said.</summary>
    public static readonly TimeSpan DefaultAgentHeartbeat = TimeSpan.FromSeconds(5);

    /// <summary>The file it was read from, as it was named; for messages.</summary>
    public required string FilePath { get; init; }

    /// <summary>What the protocol needs to know.</summary>
    public required NodeConfiguration Node { get; init; }

    /// <summary>
    /// UDP addresses and ports to receive on, at least one, no two overlapping. 0.0.0.0 and :: stand for all addresses of their family. Every
    /// control channel's local address and port is received by one of them.
    /// </summary>
    public required ValueList<NetworkEndpoint> Listen { get; init; }

    /// <summary>Where the API is served, and to whom.</summary>
    public ApiConfiguration Api { get; init; } = new();

    /// <summary>How the messages of those neighbours are protected that IPsec is configured for (RFC 4204 §15.2).</summary>
    public ValueList<IpsecConfiguration> Ipsec { get; init; }

    /// <summary>The file that keeps state across restarts, an absolute path; null: nothing is kept (RFC 4204 §8).</summary>
    public string? StatePath { get; init; }

    /// <summary>Where signals come from and where Test messages go.</summary>
    public DataPlaneKind DataPlane { get; init; } = DataPlaneKind.External;

    /// <summary>How often the agent of an external data plane has to be heard of; 100 ms to 1 h.</summary>
    public TimeSpan AgentHeartbeat { get; init; } = DefaultAgentHeartbeat;

    /// <summary>What is asked of the operating system, so that Hellos leave in time on a busy machine.</summary>
    public ProcessConfiguration Process { get; init; } = new();

    /// <summary>Where and how the LMP-MIB is served (RFC 4631); null: it is not.</summary>
    public SnmpConfiguration? Snmp { get; init; }

    /// <summary>What is logged.</summary>
    public LogConfiguration Log { get; init; } = new();

    /// <summary>Where the metrics are sent by OTLP; null: nowhere.</summary>
    public OtlpConfiguration? Otlp { get; init; }
}

/// <summary>What is asked of the operating system. What it does not grant is done without, and told.</summary>
public sealed record ProcessConfiguration
{
    /// <summary>Whether the thread that speaks LMP runs before all ordinary ones (SCHED_RR, the lowest priority of that).</summary>
    public bool RealTime { get; init; } = true;

    /// <summary>Whether what the process has in memory is never paged out (mlockall).</summary>
    public bool LockMemory { get; init; }

    /// <summary>The user as which a daemon goes on that root has started, with no more of root's than it needs; null: it stays root.</summary>
    public string? User { get; init; }
}

/// <summary>Where and how the LMP-MIB is served (RFC 4631).</summary>
public sealed record SnmpConfiguration
{
    /// <summary>Notifications in any minute, where nothing is said.</summary>
    public const int DefaultMaxNotifications = 600;

    /// <summary>Where the SNMP agent of the machine takes in subagents (RFC 2741).</summary>
    public required AgentXEndpoint AgentX { get; init; }

    /// <summary>What is notified; nothing unless it is configured, as the MIB has it.</summary>
    public NotificationSettings Notifications { get; init; } = new(NotificationGroups.None, DefaultMaxNotifications);
}

/// <summary>Where the metrics are sent by OTLP, the protocol of OpenTelemetry.</summary>
public sealed record OtlpConfiguration
{
    /// <summary>How often, where nothing is said.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    /// <summary>The collector: <c>http</c> or <c>https</c>; for <see cref="OtlpProtocol.Http"/> with the path of the metrics.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How often; 1 s to 1 h.</summary>
    public TimeSpan Interval { get; init; } = DefaultInterval;

    /// <summary>How the collector is spoken to.</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Http;
}

/// <summary>The ways of OTLP.</summary>
public enum OtlpProtocol
{
    /// <summary>HTTP with protobuf; port 4318.</summary>
    Http,

    /// <summary>gRPC; port 4317.</summary>
    Grpc,
}

/// <summary>What is logged.</summary>
public sealed record LogConfiguration
{
    /// <summary>The least level that is logged, of categories that have none of their own.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Categories with a level of their own, in the order of <see cref="LogCategories.All"/>.</summary>
    public ValueList<(string Category, LogLevel Level)> Categories { get; init; } = [];

    /// <summary>
    /// The least level of a category that is logged. The API's server says a lot about each request: from <see cref="LogLevel.Warning"/>, unless it has a
    /// level of its own.
    /// </summary>
    public LogLevel Of(string category)
    {
        foreach (var (name, level) in Categories)
            if (name == category) return level;
        return category == LogCategories.Api && Level < LogLevel.Warning ? LogLevel.Warning : Level;
    }

    /// <summary>The same with another level of a category.</summary>
    public LogConfiguration With(string category, LogLevel level) =>
        this with
        {
            Categories = [.. from name in LogCategories.All where name == category || Categories.Any(c => c.Category == name) select (name, name == category ? level : Of(name))],
        };
}

/// <summary>The kinds of data plane.</summary>
public enum DataPlaneKind
{
    /// <summary>An agent reports signals through the API; without one, signals are unknown.</summary>
    External,

    /// <summary>Data links are network interfaces of this machine.</summary>
    Linux,
}
