// RFC 4204 §12.7.3
// <ChannelStatusRequest Message> ::= <Common Header> <LOCAL_LINK_ID> <MESSAGE_ID> [<CHANNEL_STATUS_REQUEST>]
namespace OpenLmp.Wire;

/// <summary>ChannelStatusRequest (type 19): asks for the state of data channels (RFC 4204 §6, §12.7.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ChannelStatusRequestMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ChannelStatusRequestMessage(o),
        Slots.LocalLinkId, Slots.MessageId, new Slot(ObjectClass.ChannelStatusRequest, Slot.Any, Required: false, Repeatable: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ChannelStatusRequestMessage(Identifier localLinkId, uint messageId, params ReadOnlySpan<ChannelStatusRequestObject> requests)
        : this([new LocalLinkId(localLinkId), new MessageId(messageId), .. requests])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ChannelStatusRequest;

    /// <summary>The sender's Link_Id.</summary>
    public Identifier LocalLinkId => Get<LocalLinkId>().LinkId;

    /// <summary>The channels asked for; where there is no such object, all of the TE link.</summary>
    public IEnumerable<ChannelStatusRequestObject> Requests => Objects.OfType<ChannelStatusRequestObject>();
}
