namespace OpenLmp.Hosting;

/// <summary>Something that runs beside the node: started before it, disposed after it.</summary>
public interface IDaemonService : IAsyncDisposable
{
    /// <summary>Starts.</summary>
    /// <exception cref="DaemonStartException">It cannot; says what is in the way and what to do.</exception>
    Task StartAsync(CancellationToken cancellationToken);
}

/// <summary>The daemon cannot start, for a reason that the operator can do something about. The message is one line.</summary>
public sealed class DaemonStartException(string message) : Exception(message);
