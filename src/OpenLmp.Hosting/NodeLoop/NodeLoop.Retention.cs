// RFC 4204 §8: what confirms something to a neighbour or an operator waits until a restart would not lose it.
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <content>What the node retains, and who waits for it.</content>
public sealed partial class NodeLoop
{
    // More than any retransmission needs; what does not fit is repeated by LMP.
    private const int MostHeld = 4096;

    // Changes of this turn, not handed to the writer yet; they are numbered since the start.
    private readonly List<RetainedChange> _changes = [];
    private readonly Dictionary<NodeId, long> _lastChangeOf = [];
    private readonly Queue<(long After, QueuedCommand Command)> _unconfirmed = [];
    private List<HeldDatagram> _held = [];
    private long _changeNumber;
    private StateProgress _saved = new(0, 0, null);
    private StateWriter? _state;
    // What changes meanwhile waits for the file that comes.
    private bool _stateMoves;

    private bool IsRetaining => _state is not null || _stateMoves;

    /// <summary>
    /// From now on nothing that has to be retained is confirmed, until <see cref="EndStateMoveAsync"/>: whatever has been, is in the answer, and in the file
    /// that there is.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    internal Task<StateSnapshot> BeginStateMoveAsync() =>
        InvokeAsync((node, _) =>
        {
            HandOverChanges();
            _stateMoves = true;
            return new StateSnapshot(node.Retained, node.MessageIdMark, _changeNumber);
        });

    /// <summary>What the node retains is written by another writer from now on; by none, if it is null.</summary>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    internal Task EndStateMoveAsync(StateWriter? writer) =>
        InvokeAsync((node, now) =>
        {
            _stateMoves = false;
            _state = writer;
            if (writer is not null)
            {
                writer.Attach(_poller.Wake);
                return true;
            }

            _changes.Clear();
            if (_saved.Problem is not null) node.ReportStateFile(now, null);
            _saved = new StateProgress(_changeNumber, 0, null);
            return true;
        });

    private void Retain(RetainedChange change)
    {
        if (!IsRetaining) return;
        _changes.Add(change);
        _changeNumber++;
        if (change.Neighbor is { } neighbor) _lastChangeOf[neighbor] = _changeNumber;
    }

    /// <summary>
    /// Whether a message has to wait: something that its receiver is told of has changed and is not durable. Hello and Config confirm nothing of
    /// the kind, and a slow disk is no reason to lose a control channel.
    /// </summary>
    private bool MustWait(ControlChannel channel, ReadOnlySpan<byte> datagram) =>
        IsRetaining
        && (MessageType)datagram[3] is not (MessageType.Hello or MessageType.Config or MessageType.ConfigAck or MessageType.ConfigNack)
        && _lastChangeOf.TryGetValue(channel.Neighbor.NodeId, out var last)
        && last > _saved.Durable;

    private void Hold(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        if (_held.Count < MostHeld) _held.Add(new HeldDatagram(_lastChangeOf[channel.Neighbor.NodeId], channel, destination, datagram.ToArray()));
        else Statistics.CountUnsent(1);
    }

    // A command that has to survive a restart is not answered before it does; nor is one that only says that an earlier one has been carried out.
    private void Answer(QueuedCommand command)
    {
        if (IsRetaining && command.ConfirmsRetained && _changeNumber > _saved.Durable) _unconfirmed.Enqueue((_changeNumber, command));
        else command.Complete();
    }

    private void HandOverChanges()
    {
        if (_changes.Count == 0 || _stateMoves) return;
        _state!.Post([.. _changes], _changeNumber);
        _changes.Clear();
    }

    /// <summary>Sends and answers what has waited for changes that are durable now, or cannot be saved.</summary>
    private void SettleRetained(Instant now)
    {
        var progress = _state?.Progress ?? _saved;
        if (progress.Problem != _saved.Problem) _node.ReportStateFile(now, progress.Problem);
        _saved = progress;
        while (_unconfirmed.TryPeek(out var first) && (first.After <= progress.Durable || first.After <= progress.Failed))
        {
            var command = _unconfirmed.Dequeue().Command;
            if (first.After <= progress.Durable) command.Complete();
            else command.Refuse(new StateNotSavedException($"done, but not saved, a restart would lose it: {progress.Problem}; it is tried again"));
        }

        if (_held.Count == 0) return;
        var waiting = new List<HeldDatagram>();
        foreach (var held in _held)
        {
            if (held.After > progress.Durable && held.After > progress.Failed) waiting.Add(held);
            else if (held.After <= progress.Durable && _channels.ContainsKey(held.Channel)) SendNow(held.Channel, held.Destination, held.Datagram);
            else Statistics.CountUnsent(1);
        }

        _held = waiting;
    }

    private void RefuseUnconfirmed()
    {
        foreach (var command in _executed.Concat(_unconfirmed.Select(u => u.Command))) command.Refuse(new ObjectDisposedException(nameof(NodeLoop), "the node has stopped"));
        _executed.Clear();
        _unconfirmed.Clear();
    }

    private sealed record HeldDatagram(long After, ControlChannel Channel, NetworkEndpoint Destination, byte[] Datagram);
}

/// <summary>What a node retains at one moment.</summary>
/// <param name="State">The state.</param>
/// <param name="MessageIdMark">Where Message_Ids would go on; null: nobody knows.</param>
/// <param name="Number">The number of the last change that is in it.</param>
internal sealed record StateSnapshot(RetainedState State, uint? MessageIdMark, long Number);
