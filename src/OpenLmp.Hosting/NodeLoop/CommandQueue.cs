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

/// <summary>A command waiting for the node's thread, or, carried out, for its changes to be durable.</summary>
internal abstract class QueuedCommand
{
    /// <summary>Whether the answer says that something is so that has to survive a restart, even if it was so before.</summary>
    public abstract bool ConfirmsRetained { get; }

    /// <summary>Carries the command out; <see cref="Complete"/> or <see cref="Refuse"/> follows.</summary>
    public abstract void Execute(LmpNode node, Instant now);

    /// <summary>Gives the answer.</summary>
    public abstract void Complete();

    /// <summary>Gives an exception as answer.</summary>
    public abstract void Refuse(Exception why);
}

internal sealed class QueuedCommand<T>(Func<LmpNode, Instant, T> function, CancellationToken cancellation) : QueuedCommand
{
    // Asynchronously: the asker's continuation must not run on the node's thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Answer => _answer.Task;

    public override bool ConfirmsRetained => _result is CommandResult { ConfirmsRetained: true };

    public override void Execute(LmpNode node, Instant now)
    {
        if (cancellation.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancellation);
            return;
        }

        try
        {
            _result = function(node, now);
        }
        catch (Exception e)
        {
            _answer.TrySetException(e);
        }
    }

    public override void Complete() => _answer.TrySetResult(_result);

    public override void Refuse(Exception why) => _answer.TrySetException(why);
}
