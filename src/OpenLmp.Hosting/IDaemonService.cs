namespace OpenLmp.Hosting;

/// <summary>Something that runs beside the node.</summary>
public interface IDaemonService : IAsyncDisposable
{
    /// <summary>Takes what only one daemon can have, before the node starts. The node waits for this, so it has to be quick.</summary>
    /// <exception cref="DaemonStartException">It cannot; says what is in the way and what to do.</exception>
    void Reserve()
    {
    }

    /// <summary>Starts, after the node.</summary>
    /// <exception cref="DaemonStartException">It cannot; says what is in the way and what to do.</exception>
    Task StartAsync(CancellationToken cancellationToken);
}

/// <summary>The daemon cannot start, for a reason that the operator can do something about. The message is one line.</summary>
public class DaemonStartException(string message) : Exception(message);
