using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>
/// A node's Message_Ids never go back, not over restarts either (RFC 4204 §7), and one means one message; TxSeqNum goes up by one, and back to 1 only
/// by a negotiation (§3.2.2).
/// </summary>
internal sealed class SequenceChecker(World world) : Checker(world)
{
    // Far more than a node has under way at once.
    private const int MostRemembered = 1024;

    private static readonly long MessageIdsLast = Timeline.Minute;

    private readonly Sender[] _senders = [.. world.Blueprint.Nodes.Select(_ => new Sender())];

    public override string Name => "sequence numbers";

    public override void Started(SimulatedNode node, bool withState)
    {
        var sender = _senders[node.Number];
        var (before, now) = (sender.StartedAt, World.Timeline.Now);
        // One that knows nothing has only the clock, and processes before it that lived shorter than the ids they had reserved outran that. It tells of
        // its restart (RFC 4204 §8).
        if (!withState && now - before < MessageIdsLast) sender.Any = false;
        if (sender.Any && (int)(node.FirstMessageId - sender.Largest) <= 0) Violate(node, $"starts with Message_Id {node.FirstMessageId} after {sender.Largest}");
        (sender.StartedAt, sender.First) = (now, node.FirstMessageId);
        sender.Messages.Clear();
        sender.Order.Clear();
        sender.TxSeqNums.Clear();
    }

    public override void Sent(SimulatedNode node, ControlChannel channel, ReadOnlySpan<byte> bytes)
    {
        var type = (MessageType)bytes[3];
        if (type == MessageType.Hello)
        {
            CheckHello(node, channel, bytes);
            return;
        }

        // Whatever is sent or answered in a negotiation may begin another series.
        if (type is MessageType.Config or MessageType.ConfigAck) _senders[node.Number].TxSeqNums.Remove(channel.Id);
        if (ObjectWalker.TryFindMessageId(bytes, out var id)) CheckMessageId(node, type, id, bytes);
    }

    // An answer may begin another series, too.
    public override void Receiving(SimulatedNode node, Datagram datagram)
    {
        if (datagram.Bytes.Length > 3 && datagram.Bytes[3] == (byte)MessageType.ConfigAck) _senders[node.Number].TxSeqNums.Clear();
    }

    private void CheckHello(SimulatedNode node, ControlChannel channel, ReadOnlySpan<byte> bytes)
    {
        if (!Hello.TryDecode(bytes, out var hello, out _))
        {
            Violate(node, $"sends a Hello that does not decode: {Convert.ToHexString(bytes)}");
            return;
        }

        // Told or answered in any state, without a number to count on (RFC 4204 §3.2.3).
        if (hello.Flags.HasFlag(HeaderFlags.ControlChannelDown)) return;
        ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_senders[node.Number].TxSeqNums, channel.Id, out var known);
        var next = last == uint.MaxValue ? 2 : last + 1;
        if (known && hello.TxSeqNum != last && hello.TxSeqNum != next) Violate(node, $"control channel {channel}: TxSeqNum {hello.TxSeqNum} after {last}");
        last = hello.TxSeqNum;
    }

    private void CheckMessageId(SimulatedNode node, MessageType type, uint id, ReadOnlySpan<byte> bytes)
    {
        var sender = _senders[node.Number];
        var print = new Fingerprint();
        // Flags may differ between transmissions.
        print.Add(bytes[3..]);
        if (sender.Messages.TryGetValue(id, out var before))
        {
            if (before != print.Value) Violate(node, $"{type} with Message_Id {id}, which another message had");
            return;
        }

        // Those of one process may overtake one another: what confirms something is held back until that is durable.
        if (sender.Any && (int)(id - sender.Largest) <= 0 && (int)(id - sender.First) < 0) Violate(node, $"{type} with Message_Id {id} after {sender.Largest}");
        if (!sender.Any || (int)(id - sender.Largest) > 0) (sender.Any, sender.Largest) = (true, id);
        sender.Messages[id] = print.Value;
        sender.Order.Enqueue(id);
        if (sender.Order.Count > MostRemembered) sender.Messages.Remove(sender.Order.Dequeue());
    }

    private sealed class Sender
    {
        public long StartedAt { get; set; } = -MessageIdsLast;

        public bool Any { get; set; }

        public uint Largest { get; set; }

        /// <summary>Where those of the process that runs start.</summary>
        public uint First { get; set; }

        public Dictionary<uint, ulong> Messages { get; } = [];

        public Queue<uint> Order { get; } = [];

        public Dictionary<uint, uint> TxSeqNums { get; } = [];
    }
}
