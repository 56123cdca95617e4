using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The one thread that owns a node: it receives, keeps the time, carries out commands, and sends. The node itself knows neither sockets nor
/// clocks nor threads; everything from outside reaches it through here.
/// </summary>
public sealed partial class NodeLoop : IAsyncDisposable
{
    private readonly NodeLoopOptions _options;
    private readonly IEventSink _events;
    private readonly ILogger _logger;
    private readonly Poller _poller = new();
    private readonly CommandQueue _commands;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private volatile bool _stopping;

    /// <summary>Makes a loop; <see cref="Start"/> starts it.</summary>
    /// <param name="options">What it is made from.</param>
    /// <param name="events">Where the node's events go.</param>
    /// <param name="logger">Where events and problems are logged; must not block.</param>
    /// <param name="clock">The node's clock, where others have use for it; null: one of its own.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system gives no more file descriptors.</exception>
    public NodeLoop(NodeLoopOptions options, IEventSink events, ILogger logger, NodeClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Clock = clock ?? new NodeClock();
        (_options, _state) = (options, options.State);
        _events = events;
        _logger = logger;
        _commands = new CommandQueue(_poller.Wake);
    }

    /// <summary>The node's clock.</summary>
    public NodeClock Clock { get; }

    /// <summary>What the loop has done; on any thread.</summary>
    public NodeLoopStatistics Statistics { get; } = new();

    /// <summary>Ends when the first messages have been sent, or when there will be none.</summary>
    public Task Started => _prepared.Task;

    /// <summary>Ends when the loop has ended; faulted if it could not go on.</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Starts the thread. An address or interface that is not there is no error: its control channels are told and it is tried again.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was started or stopped before.</exception>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) throw new InvalidOperationException("a node's loop starts once");
        new Thread(Run) { Name = "lmp-node", IsBackground = true }.Start();
    }

    /// <summary>Stops the thread. Nothing is sent and no state is changed, so data links stay as they are.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        if (Interlocked.Exchange(ref _started, 1) == 0) End(null);
        else _poller.Wake();
        return Completion;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Runs <paramref name="command"/> on the node's thread and returns its answer; what it throws faults the task.</summary>
    /// <remarks>While many commands wait, this waits too: the node's time is its neighbours' first.</remarks>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    /// <exception cref="StateNotSavedException">Its <see cref="CommandResult"/> is in force, but could not be written to the state file.</exception>
    public Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellation = default) =>
        _commands.InvokeAsync(command, cancellation);

    /// <summary>Puts another configuration in force; what both have goes on undisturbed.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public Task ReconfigureAsync(NodeConfiguration configuration, IReadOnlyList<NetworkEndpoint> listen, CancellationToken cancellation = default) =>
        ReconfigureAsync(configuration, listen, null, cancellation);

    /// <summary>The same, and replaces what carries the data links.</summary>
    internal Task ReconfigureAsync(NodeConfiguration configuration, IReadOnlyList<NetworkEndpoint> listen, DataPlaneChange? dataPlane, CancellationToken cancellation) =>
        InvokeAsync(
            (node, now) =>
            {
                _transports.Listen(listen);
                node.Reconfigure(now, LinkLocalScopes.Resolve(configuration));
                if (dataPlane is not null) Replace(dataPlane, now);
                _dataPlane?.Apply(node, now);
                return true;
            },
            cancellation);

    /// <summary>Tunnels are as told: control channels through one that is not up are down. On the node's thread only.</summary>
    internal void SetTunnels(IReadOnlyList<TunnelStatus> tunnels) => _transports.SetTunnels(tunnels);

    /// <summary>Asks for real-time scheduling of the node's thread, or for no more than others have.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    internal Task SetRealTimeAsync(bool realTime) =>
        InvokeAsync((_, _) =>
        {
            Prioritize(realTime);
            return true;
        });

    private void Run()
    {
        try
        {
            Prepare();
            _prepared.TrySetResult();
            while (!_stopping) Turn();
            End(null);
        }
        catch (Exception e)
        {
            // Not one input's fault, those are survived, but the loop's own: whoever watches Completion decides what becomes of the process.
            _logger.NodeFailed(e, _options.Configuration.Name);
            End(e);
        }
    }

    private void End(Exception? failure)
    {
        _commands.Close();
        RefuseUnconfirmed();
        CloseAll();
        _poller.Dispose();
        _prepared.TrySetResult();
        if (failure is null) _completion.TrySetResult();
        else _completion.TrySetException(failure);
    }
}

/// <summary>Another data plane.</summary>
/// <param name="External">What takes in reports of an agent; null: network interfaces of this machine.</param>
internal sealed record DataPlaneChange(ExternalDataPlane? External);
