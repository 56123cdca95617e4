using System.Threading.Channels;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Commands of other threads, waiting for the node's thread. Bounded: who asks more than the node can do waits, not the node.</summary>
internal sealed class CommandQueue(Action wake)
{
    private const int Capacity = 256;

    private readonly Channel<QueuedCommand> _channel = Channel.CreateBounded<QueuedCommand>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public async Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellation)
    {
        var queued = new QueuedCommand<T>(command, cancellation);
        try
        {
            await _channel.Writer.WriteAsync(queued, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(NodeLoop), "the node has stopped");
        }

        wake();
        return await queued.Answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedCommand? command) => _channel.Reader.TryRead(out command);

    /// <summary>Refuses what is waiting and what comes.</summary>
    public void Close()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var command)) command.Refuse(new ObjectDisposedException(nameof(NodeLoop), "the node has stopped"));
    }
}

/// <summary>A command waiting for the node's thread.</summary>
internal abstract class QueuedCommand
{
    public abstract void Execute(LmpNode node, Instant now);

    public abstract void Refuse(Exception why);
}

internal sealed class QueuedCommand<T>(Func<LmpNode, Instant, T> function, CancellationToken cancellation) : QueuedCommand
{
    // Asynchronously: the asker's continuation must not run on the node's thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Execute(LmpNode node, Instant now)
    {
        if (cancellation.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancellation);
            return;
        }

        try
        {
            _answer.TrySetResult(function(node, now));
        }
        catch (Exception e)
        {
            _answer.TrySetException(e);
        }
    }

    public override void Refuse(Exception why) => _answer.TrySetException(why);
}
