// RFC 4204 §12.5.3
// <BeginVerifyNack Message> ::= <Common Header> [<LOCAL_LINK_ID>] <MESSAGE_ID_ACK> <ERROR_CODE>
namespace OpenLmp.Wire;

/// <summary>BeginVerifyNack (type 7): unwilling or unable to verify (RFC 4204 §5, §12.5.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record BeginVerifyNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new BeginVerifyNackMessage(o),
        Slots.LocalLinkId.Optional(), Slots.MessageIdAck, new Slot(ObjectClass.ErrorCode, [1], Required: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public BeginVerifyNackMessage(Identifier? localLinkId, uint messageIdAck, BeginVerifyErrors errors)
        : this([.. Optional(localLinkId is { } id ? new LocalLinkId(id) : null), new MessageIdAck(messageIdAck), new BeginVerifyError(errors)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.BeginVerifyNack;

    /// <summary>The sender's Link_Id, or null where it does not know the mapping.</summary>
    public Identifier? LocalLinkId => Find<LocalLinkId>()?.LinkId;

    /// <summary>Why.</summary>
    public BeginVerifyErrors Errors => Get<BeginVerifyError>().Errors;
}
