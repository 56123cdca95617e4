// RFC 4207 §4.1.2
// <TraceMonitorAck Message> ::= <Common Header> <MESSAGE_ID_ACK>
namespace OpenLmp.Wire;

/// <summary>TraceMonitorAck (type 22): monitoring, and no mismatch (RFC 4207 §4.1.2).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceMonitorAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceMonitorAckMessage(o), Slots.MessageIdAck);

    /// <summary>Makes the message.</summary>
    public TraceMonitorAckMessage(uint messageIdAck) : this([new MessageIdAck(messageIdAck)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceMonitorAck;
}
