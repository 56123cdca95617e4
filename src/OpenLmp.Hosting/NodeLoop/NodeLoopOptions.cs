using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What a <see cref="NodeLoop"/> is made from.</summary>
public sealed record NodeLoopOptions
{
    /// <summary>The node's configuration.</summary>
    public required NodeConfiguration Configuration { get; init; }

    /// <summary>
    /// Addresses and ports to listen on. A wildcard address serves all control channels with its port; other entries only matter where no
    /// control channel has that address.
    /// </summary>
    public IReadOnlyList<NetworkEndpoint> Listen { get; init; } = [];

    /// <summary>Whether data links are network interfaces of this machine.</summary>
    public bool LinuxDataPlane { get; init; }

    /// <summary>Makes the hardware of the data links, on the node's thread; null: there is none, or it is <see cref="LinuxDataPlane"/>.</summary>
    public Func<NodeLoop, IDataPlane>? DataPlane { get; init; }

    /// <summary>What the node is told at its start.</summary>
    public NodeOptions Node { get; init; } = new();

    /// <summary>Writes what the node retains; null: nothing is retained.</summary>
    internal StateWriter? State { get; init; }

    /// <summary>Where everything that enters and leaves the node is recorded; null: nowhere.</summary>
    internal RecordingFile? Recording { get; init; }

    /// <summary>
    /// Whether to ask for real-time scheduling of the node's thread, so that Hellos leave in time on a busy machine. Without the privilege
    /// the thread runs like any other.
    /// </summary>
    public bool RealTime { get; init; }

    /// <summary>Called on the node's thread, at least this often while it does its work: who does not hear of it restarts what is stuck. Null: nobody.</summary>
    internal (TimeSpan Interval, Action Alive)? Watchdog { get; init; }

    /// <summary>Called on the node's thread before it opens anything: tests enter a network namespace here.</summary>
    internal Action? ThreadStarting { get; init; }
}
