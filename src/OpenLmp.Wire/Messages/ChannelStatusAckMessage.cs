// RFC 4204 §12.7.2
// <ChannelStatusAck Message> ::= <Common Header> <MESSAGE_ID_ACK>
namespace OpenLmp.Wire;

/// <summary>ChannelStatusAck (type 18): acknowledges a ChannelStatus (RFC 4204 §6, §12.7.2).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ChannelStatusAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ChannelStatusAckMessage(o), Slots.MessageIdAck);

    /// <summary>Makes the message.</summary>
    public ChannelStatusAckMessage(uint messageIdAck) : this([new MessageIdAck(messageIdAck)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ChannelStatusAck;
}
