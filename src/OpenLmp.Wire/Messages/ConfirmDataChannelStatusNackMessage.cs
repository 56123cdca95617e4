// RFC 5818 §5.1.3
// <ConfirmDataChannelStatusNack Message> ::= <Common Header> [<LOCAL_LINK_ID>] <MESSAGE_ID_ACK> <ERROR_CODE>
namespace OpenLmp.Wire;

/// <summary>ConfirmDataChannelStatusNack (type 34): not supported, or unwilling (RFC 5818 §5.1.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ConfirmDataChannelStatusNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ConfirmDataChannelStatusNackMessage(o),
        Slots.LocalLinkId.Optional(), Slots.MessageIdAck, new Slot(ObjectClass.ErrorCode, [4], Required: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ConfirmDataChannelStatusNackMessage(Identifier? localLinkId, uint messageIdAck, ConfirmDataChannelStatusErrors errors)
        : this([.. Optional(localLinkId is { } id ? new LocalLinkId(id) : null), new MessageIdAck(messageIdAck), new ConfirmDataChannelStatusError(errors)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ConfirmDataChannelStatusNack;

    /// <summary>The sender's Link_Id, or null.</summary>
    public Identifier? LocalLinkId => Find<LocalLinkId>()?.LinkId;

    /// <summary>Why.</summary>
    public ConfirmDataChannelStatusErrors Errors => Get<ConfirmDataChannelStatusError>().Errors;
}
