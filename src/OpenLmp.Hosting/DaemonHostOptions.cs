using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OpenLmp.Hosting;

/// <summary>What a <see cref="DaemonHost"/> is made from.</summary>
public sealed record DaemonHostOptions
{
    /// <summary>The configuration to start with.</summary>
    public required DaemonConfiguration Configuration { get; init; }

    /// <summary>The file <see cref="DaemonHost.ReloadAsync"/> reads; null: there is none to read again.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>The text that <see cref="Configuration"/> was read from; null: what is in <see cref="ConfigurationPath"/>, if that is given.</summary>
    public string? ConfigurationText { get; init; }

    /// <summary>Makes the hardware of the data links, instead of what the configuration names; see <see cref="NodeLoopOptions.DataPlane"/>.</summary>
    public Func<NodeLoop, IDataPlane>? DataPlane { get; init; }

    /// <summary>Where to log. Must not block: the node's thread logs too.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The log whose levels the configuration sets; null: others decide what is logged.</summary>
    public DaemonLog? Log { get; init; }

    /// <summary>The service manager that is told how the daemon is; null: there is none.</summary>
    public ServiceManager? Service { get; init; }

    /// <summary>
    /// Whether the process is this daemon's alone, so that <see cref="DaemonConfiguration.Process"/> applies; a laboratory has many in one.
    /// </summary>
    public bool IsProcess { get; init; }

    /// <summary>The file that everything which enters and leaves the node is recorded in, for <c>lmp replay</c>; null: none.</summary>
    public string? RecordPath { get; init; }

    /// <summary>Seed of what the node chooses at random; null: a random one.</summary>
    public ulong? Seed { get; init; }
}
