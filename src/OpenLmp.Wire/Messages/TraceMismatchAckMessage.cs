// RFC 4207 §4.1.5
// <TraceMismatchAck Message> ::= <Common Header> <MESSAGE_ID_ACK>
namespace OpenLmp.Wire;

/// <summary>TraceMismatchAck (type 25): acknowledges a TraceMismatch (RFC 4207 §4.1.5).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceMismatchAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceMismatchAckMessage(o), Slots.MessageIdAck);

    /// <summary>Makes the message.</summary>
    public TraceMismatchAckMessage(uint messageIdAck) : this([new MessageIdAck(messageIdAck)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceMismatchAck;
}
