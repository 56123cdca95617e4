// RFC 4204 §12.5.2
// <BeginVerifyAck Message> ::= <Common Header> [<LOCAL_LINK_ID>] <MESSAGE_ID_ACK> <BEGIN_VERIFY_ACK> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>BeginVerifyAck (type 6): ready to receive Test messages (RFC 4204 §5, §12.5.2).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record BeginVerifyAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new BeginVerifyAckMessage(o),
        Slots.LocalLinkId.Optional(), Slots.MessageIdAck, new Slot(ObjectClass.BeginVerifyAck, [1], Required: true), Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public BeginVerifyAckMessage(Identifier? localLinkId, uint messageIdAck, BeginVerifyAckObject beginVerifyAck, uint verifyId)
        : this([.. Optional(localLinkId is { } id ? new LocalLinkId(id) : null), new MessageIdAck(messageIdAck), beginVerifyAck, new VerifyId(verifyId)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.BeginVerifyAck;

    /// <summary>The sender's Link_Id, or null where it does not know the mapping.</summary>
    public Identifier? LocalLinkId => Find<LocalLinkId>()?.LinkId;

    /// <summary>The transport mechanism chosen.</summary>
    public BeginVerifyAckObject BeginVerifyAck => Get<BeginVerifyAckObject>();

    /// <summary>The name of the procedure from here on, assigned by the sender.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
