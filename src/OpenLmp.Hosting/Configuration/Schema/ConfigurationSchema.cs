using OpenLmp.Api;
using static OpenLmp.Api.ConfigurationEffect;

namespace OpenLmp.Hosting;

/// <summary>
/// All keys of the configuration. A new key is a line here, and its reading in the section's reader; a test says what is missing, and makes
/// docs/operating/configuration-reference.md and docs/lmpd.schema.json of it.
/// </summary>
internal static class ConfigurationSchema
{
    /// <summary>What a daemon that runs refuses to change, and all else with it; and why. Every other key it changes.</summary>
    public static IReadOnlyDictionary<string, string> NotWhileRunning { get; } = new Dictionary<string, string>
    {
        ["process/user"] = "who has given up root's rights cannot become another user",
    };

    private static readonly ConfigurationKey[] Node =
    [
        new("id", ValueTypes.NodeId, null, ConfigurationEffect.Node, "the node's Node_Id (§1.1, §13.2); the higher one wins a contention (§3.1)") { Required = true },
        new("name", ValueTypes.Name, null, Live, "what the node is called in logs and tools") { Otherwise = "the Node_Id" },
    ];

    private static readonly ConfigurationKey[] Limits =
    [
        new("per-source", ValueTypes.Number(10, 1_000_000, "99"), "5000", Live, "messages a second from one neighbour's address"),
        new("total", ValueTypes.Number(10, 1_000_000, "99"), "20000", Live, "messages a second from all together"),
    ];

    private static readonly ConfigurationKey[] Agent =
    [
        new("heartbeat", ValueTypes.DurationOf("100ms to 1h", "7s"), "5s", Live, "how often the agent has to be heard of at least; after that it is taken for dead. An agent that is connected keeps what it was told"),
    ];

    private static readonly ConfigurationKey[] Process =
    [
        new("real-time", ValueTypes.Truth, "true", Live, "the thread that speaks LMP runs before all ordinary ones (SCHED_RR, priority 1), so that Hellos leave in time on a busy machine. Needs CAP_SYS_NICE; without it lmpd says so and does without"),
        new("lock-memory", ValueTypes.Truth, "false", Live, "nothing of lmpd is ever paged out (mlockall). Needs CAP_IPC_LOCK; without it lmpd says so and does without"),
        new("user", ValueTypes.Name with { Name = "a user of this machine", Example = "nobody" }, null, Restart, "started by root, lmpd goes on as this user, with only those of CAP_NET_BIND_SERVICE (ports below 1024), CAP_NET_RAW (`data-plane: linux`, `interface:`), CAP_SYS_NICE (`real-time`) and CAP_IPC_LOCK (`lock-memory`) that the file needs, and no way to more (no_new_privs). The directories of `api: socket:` and `state:` are made for the user if they are not there. Under systemd the unit's `User=` does the same; as an ordinary user, on a port from 1024 on, lmpd needs nothing of root's"),
    ];

    private static readonly ConfigurationKey[] Snmp =
    [
        new("agentx", ValueTypes.Master, null, ConfigurationEffect.Snmp, "where the SNMP agent takes in subagents: `agentXSocket` of its snmpd.conf. Without a port: 705") { Required = true },
        new("notifications", new ListType(ValueTypes.Words("link-property", "unprotected", "control-channel", "te-link", "data-link", "all")), null, ConfigurationEffect.Snmp, "what is notified: each stands for one of the MIB's scalars `lmp...NotificationsEnabled`, which are false unless they are set"),
        new("max-notification-rate", ValueTypes.Number(0, 60_000, "99"), "600", ConfigurationEffect.Snmp, "the most notifications in any minute (`lmpNotificationMaxRate`); what is more waits. 0: no bound"),
    ];

    private static readonly ScalarType Level = ValueTypes.Words("trace", "debug", "info", "warning", "error", "critical", "none");

    private static readonly ConfigurationKey[] Log =
    [
        new("level", Level, "info", Live, "the least level that is logged"),
        new("categories", new SectionType([.. LogCategories.All.Select(c => new ConfigurationKey(c, Level, null, Live, $"the level of what `lmpd.{c}` logs") { Otherwise = c == LogCategories.Api ? "`warning`" : "`level`" })]), null, Live, "parts of the log with a level of their own"),
    ];

    private static readonly ConfigurationKey[] Otlp =
    [
        new("endpoint", ValueTypes.Collector, null, Live, "the collector, `http://` or `https://` with host and port. With `protocol: http` its path is that of all signals, to which `/v1/metrics` is appended") { Required = true },
        new("interval", ValueTypes.DurationOf("1s to 1h", "7s"), "10s", Live, "how often"),
        new("protocol", ValueTypes.Words("http", "grpc"), "http", Live, "HTTP with protobuf (port 4318), or gRPC (port 4317)"),
    ];

    /// <summary>The keys at the top.</summary>
    public static SectionType Root { get; } = new(
    [
        new("node", new SectionType(Node), null, Live, "this node") { Required = true },
        new("listen", new ListType(ValueTypes.Listen), null, Sockets, "UDP addresses and ports to receive on; the port is 701 (§12) where none is given. `0.0.0.0` and `\"::\"` are all addresses of their family. No two may overlap. An address that a running node is told to listen on has to be there") { Required = true },
        new("api", new SectionType(ApiKeys.All), null, ConfigurationEffect.Api, "where `lmp`, scripts and the dashboard reach the daemon"),
        new("state", ValueTypes.Path, null, State, "file that keeps state across restarts (§8). Without it nothing is kept: after a restart the node tells its neighbours so (LMP Restart) and takes the state of the data links from them. Its directory has to exist. See [state.md](state.md)"),
        new("data-plane", ValueTypes.Words("external", "linux"), "external", DataPlane, "`linux`: each data link is a network interface of this machine. `external`: an agent speaks for them through the API; until one does, signals are unknown, and data links usable. [The data plane](data-plane.md) describes both"),
        new("agent", new SectionType(Agent), null, Live, "what is expected of the agent of an external [data plane](data-plane.md)"),
        new("process", new SectionType(Process), null, Live, "what the daemon asks of the operating system"),
        new("limits", new SectionType(Limits), null, Live, "how much of what others send is looked at"),
        new("snmp", new SectionType(Snmp) { IsSwitch = true }, null, ConfigurationEffect.Snmp, "the LMP-MIB through the machine's SNMP agent, see [snmp.md](snmp.md)") { Otherwise = "not served" },
        new("log", new SectionType(Log), null, Live, "what is logged, see [service.md](service.md)"),
        new("otlp", new SectionType(Otlp) { IsSwitch = true }, null, Live, "the metrics to a collector of OpenTelemetry, see [monitoring.md](monitoring.md)") { Otherwise = "not sent" },
        new("neighbors", new TableType("neighbour", "name", NeighborKeys.All), null, Neighbor, "the nodes this one speaks LMP with (§2)"),
        new("te-links", new TableType("TE link", "name", TeLinkKeys.All), null, TeLink, "the TE links to them (§4)"),
    ]);
}
