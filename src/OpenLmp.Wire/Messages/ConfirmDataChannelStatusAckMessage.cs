// RFC 5818 §5.1.2
// <ConfirmDataChannelStatusAck Message> ::= <Common Header> <MESSAGE_ID_ACK> <DATA_LINK> [<DATA_LINK>...]
namespace OpenLmp.Wire;

/// <summary>ConfirmDataChannelStatusAck (type 33): the status of the data channels asked for (RFC 5818 §5.1.2).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ConfirmDataChannelStatusAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ConfirmDataChannelStatusAckMessage(o), Slots.MessageIdAck, Slots.DataLink.Repeated());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ConfirmDataChannelStatusAckMessage(uint messageIdAck, params ReadOnlySpan<DataLinkObject> dataLinks)
        : this([new MessageIdAck(messageIdAck), .. dataLinks])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ConfirmDataChannelStatusAck;

    /// <summary>The data links of known C-Type, with their Data Channel Status subobjects.</summary>
    public IEnumerable<DataLinkObject> DataLinks => Objects.OfType<DataLinkObject>();
}
