using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The one thread that owns a node: it receives, keeps the time, carries out commands, and sends.
/// </summary>
public sealed partial class NodeLoop : IAsyncDisposable
{
    private readonly NodeLoopOptions _options;
    private readonly IEventSink _events;
    private readonly ILogger _logger;
    private readonly CommandQueue _commands;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a loop; <see cref="Start"/> starts it.</summary>
    public NodeLoop(NodeLoopOptions options, IEventSink events, ILogger<NodeLoop> logger)
    {
        _options = options;
        _events = events;
        _logger = logger;
        _commands = new CommandQueue(() => { });
    }

    /// <summary>The node's clock.</summary>
    public NodeClock Clock { get; } = new();

    /// <summary>What the loop has done; on any thread.</summary>
    public NodeLoopStatistics Statistics { get; } = new();

    /// <summary>Ends when the loop has ended; faulted if it could not go on.</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Starts the thread. An address or interface that is not there is no error: its control channels are told and it is tried again.
    /// </summary>
    public void Start() => throw new NotSupportedException(_options.ToString() + _events + _logger);

    /// <summary>Stops the thread. Nothing is sent and no state is changed, so data links stay as they are.</summary>
    public Task StopAsync() => Completion;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Runs <paramref name="command"/> on the node's thread and returns its answer; what it throws faults the task.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellation = default) =>
        _commands.InvokeAsync(command, cancellation);

    /// <summary>Puts another configuration in force.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public Task ReconfigureAsync(NodeConfiguration configuration, IReadOnlyList<NetworkEndpoint> listen, CancellationToken cancellation = default) =>
        InvokeAsync(
            (node, now) =>
            {
                node.Reconfigure(now, configuration);
                return listen.Count;
            },
            cancellation);
}
