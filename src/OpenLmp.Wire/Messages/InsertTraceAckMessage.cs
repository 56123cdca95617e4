// RFC 4207 §4.1.10
// <InsertTraceAck Message> ::= <Common Header> <MESSAGE_ID_ACK>
namespace OpenLmp.Wire;

/// <summary>InsertTraceAck (type 30): the trace message is being sent (RFC 4207 §4.1.10).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record InsertTraceAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new InsertTraceAckMessage(o), Slots.MessageIdAck);

    /// <summary>Makes the message.</summary>
    public InsertTraceAckMessage(uint messageIdAck) : this([new MessageIdAck(messageIdAck)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.InsertTraceAck;
}
