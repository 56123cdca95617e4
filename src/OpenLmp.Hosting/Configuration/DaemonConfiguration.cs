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

/// <summary>The kinds of data plane.</summary>
public enum DataPlaneKind
{
    /// <summary>An agent reports signals through the API; without one, signals are unknown.</summary>
    External,

    /// <summary>Data links are network interfaces of this machine.</summary>
    Linux,
}
