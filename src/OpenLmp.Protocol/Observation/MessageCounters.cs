using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Messages counted per type. Never reset; read on the node's thread.</summary>
public class MessageCounters
{
    // One slot for each type, 0 for those no RFC defines.
    private readonly long[] _sent = new long[MessageTypeRegistry.Highest + 1];
    private readonly long[] _received = new long[MessageTypeRegistry.Highest + 1];
    private readonly long[] _retransmitted = new long[MessageTypeRegistry.Highest + 1];

    private protected MessageCounters()
    {
    }

    /// <summary>Messages sent, retransmissions included.</summary>
    public long Sent(MessageType type) => _sent[SlotOf(type)];

    /// <summary>Messages received that decoded; those dropped later included.</summary>
    public long Received(MessageType type) => _received[SlotOf(type)];

    /// <summary>Messages sent again.</summary>
    public long Retransmitted(MessageType type) => _retransmitted[SlotOf(type)];

    internal void CountSent(MessageType type) => _sent[SlotOf(type)]++;

    internal void CountReceived(MessageType type) => _received[SlotOf(type)]++;

    internal void CountRetransmitted(MessageType type) => _retransmitted[SlotOf(type)]++;

    private static int SlotOf(MessageType type) => (byte)type <= MessageTypeRegistry.Highest ? (byte)type : 0;
}
