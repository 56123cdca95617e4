using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>What the API needs of a running node.</summary>
public interface INodeAccess
{
    /// <summary>What happened, as the API shows it.</summary>
    EventHub<EventInfo> Events { get; }

    /// <summary>How the node's thread keeps up.</summary>
    NodeLoopStatistics Statistics { get; }

    /// <summary>The node's clock.</summary>
    NodeClock Clock { get; }

    /// <summary>What carries the data links, in a word: <c>linux</c>, <c>external</c> or <c>simulated</c>.</summary>
    string DataPlaneKind => "external";

    /// <summary>The data plane that agents speak for; null where it is another.</summary>
    ExternalDataPlane? ExternalDataPlane => null;

    /// <summary>How the IPsec tunnels to a neighbour are; on any thread.</summary>
    IReadOnlyList<TunnelStatus> TunnelsTo(string neighbor) => [];

    /// <summary>The log whose levels can be changed; null where others decide what is logged.</summary>
    DaemonLog? Log => null;

    /// <summary>The node's configuration; null where it was not read from a file.</summary>
    IConfigurationAccess? Configuration => null;

    /// <summary>Runs <paramref name="command"/> on the node's thread and returns its answer; what it throws faults the task.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellationToken = default);

    /// <summary>For a command that takes its time, every few dozen objects: sends the Hellos that have come due. On the node's thread only.</summary>
    void SendHellos()
    {
    }
}
