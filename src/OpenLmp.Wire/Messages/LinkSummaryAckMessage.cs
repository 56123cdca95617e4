// RFC 4204 §12.6.2
// <LinkSummaryAck Message> ::= <Common Header> <MESSAGE_ID_ACK>
namespace OpenLmp.Wire;

/// <summary>LinkSummaryAck (type 15): agrees to a LinkSummary (RFC 4204 §4, §12.6.2).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record LinkSummaryAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new LinkSummaryAckMessage(o), Slots.MessageIdAck);

    /// <summary>Makes the message.</summary>
    public LinkSummaryAckMessage(uint messageIdAck) : this([new MessageIdAck(messageIdAck)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.LinkSummaryAck;
}
