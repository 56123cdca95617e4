namespace OpenLmp.Hosting;

/// <summary>What the log is divided into, so that one part can be looked at more closely than the others.</summary>
public static class LogCategories
{
    /// <summary>Starting, stopping, reading the configuration.</summary>
    public const string Daemon = "daemon";

    /// <summary>What the node tells, and its sockets.</summary>
    public const string Protocol = "protocol";

    /// <summary>The agent of an external data plane.</summary>
    public const string DataPlane = "data-plane";

    /// <summary>The state file and recordings.</summary>
    public const string State = "state";

    /// <summary>The subagent.</summary>
    public const string Snmp = "snmp";

    /// <summary>The export of metrics.</summary>
    public const string Otlp = "otlp";

    /// <summary>The API's server.</summary>
    public const string Api = "api";

    private const string Root = "lmpd";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Daemon, Protocol, DataPlane, State, Snmp, Otlp, Api];

    /// <summary>The name of a category's logger.</summary>
    public static string LoggerOf(string word) => word == Daemon ? Root : $"{Root}.{word}";

    /// <summary>The category of a logger. What is not the daemon's own is of the server of its API.</summary>
    public static string WordOf(string? logger) =>
        logger == Root ? Daemon
        : logger is not null && logger.StartsWith($"{Root}.", StringComparison.Ordinal) ? logger[(Root.Length + 1)..]
        : Api;
}
