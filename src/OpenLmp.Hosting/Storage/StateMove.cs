// RFC 4204 §8: another file for what a node retains, while it runs.
using Microsoft.Extensions.Logging;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// The state of a node on its way to another file. From the beginning to the end of the move nothing is confirmed that would have to survive a restart:
/// so whenever the daemon is killed, all that was confirmed is in the old file, and from the moment the change of the configuration can be saved, in the new
/// one as well.
/// </summary>
internal sealed class StateMove : IAsyncDisposable
{
    private readonly NodeLoop _loop;
    private readonly StateWriter? _old;
    private readonly StateStore? _store;
    private readonly StateSnapshot _snapshot;
    private bool _isComplete;

    private StateMove(NodeLoop loop, StateWriter? old, StateStore? store, StateSnapshot snapshot) => (_loop, _old, _store, _snapshot) = (loop, old, store, snapshot);

    /// <summary>Writes everything that the node retains to the new file.</summary>
    /// <param name="loop">The node's.</param>
    /// <param name="old">What writes it now; null: nothing.</param>
    /// <param name="path">The new file; null: nothing is to be kept any more.</param>
    /// <param name="nodeId">Whose state it is to be.</param>
    /// <param name="logger">Where it is told.</param>
    /// <exception cref="ConfigurationRefusedException">The new file cannot be used; nothing has changed.</exception>
    public static async Task<StateMove> BeginAsync(NodeLoop loop, StateWriter? old, string? path, NodeId nodeId, ILogger logger)
    {
        StateMove? move = null;
        StateStore? store = null;
        try
        {
            if (path is not null) store = StateStore.Open(path, nodeId, logger, TimeProvider.System);
            move = new StateMove(loop, old, store, await loop.BeginStateMoveAsync().ConfigureAwait(false));
            move.WriteEverything();
            return move;
        }
        catch (Exception e) when (e is DaemonStartException or StateFileException)
        {
            if (move is not null) await move.DisposeAsync().ConfigureAwait(false);
            else store?.Dispose();
            var text = e is StateFileException ? $"state {path}: {e.Message}" : e.Message;
            throw new ConfigurationRefusedException(ConfigurationRefusal.Impossible, $"{text}; nothing has changed", new ConfigurationFinding("error", 1, 1, "state", text));
        }
        catch
        {
            if (move is not null) await move.DisposeAsync().ConfigureAwait(false);
            else store?.Dispose();
            throw;
        }
    }

    /// <summary>From now on the new file counts; the old one is closed.</summary>
    /// <returns>What writes the new one; null: nothing is kept.</returns>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public async Task<StateWriter?> CompleteAsync()
    {
        _isComplete = true;
        var next = _store is null ? null : new StateWriter(_store, _snapshot.State, number: _snapshot.Number);
        try
        {
            await _loop.EndStateMoveAsync(next).ConfigureAwait(false);
            _old?.Dispose();
            return next;
        }
        catch
        {
            next?.Dispose();
            throw;
        }
    }

    /// <summary>Unless it is complete: the old file counts as before, and the new one is as it was.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isComplete) return;
        _isComplete = true;
        try
        {
            _store?.Abandon();
        }
        finally
        {
            // A node that has stopped waits for nothing any more.
            await _loop.EndStateMoveAsync(_old).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void WriteEverything()
    {
        if (_store is null) return;
        _store.BeginAnew();
        IReadOnlyList<RetainedChange> everything = StateWriter.Changes(_snapshot.State);
        if (_snapshot.MessageIdMark is { } mark) everything = [new MessageIdsReserved(mark), .. everything];
        _store.Write(everything, everything);
    }
}
