// RFC 4204 §12.5.1
// <BeginVerify Message> ::= <Common Header> <LOCAL_LINK_ID> <MESSAGE_ID> [<REMOTE_LINK_ID>] <BEGIN_VERIFY>
namespace OpenLmp.Wire;

/// <summary>BeginVerify (type 5): asks to start the verification of data links (RFC 4204 §5, §12.5.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record BeginVerifyMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new BeginVerifyMessage(o),
        Slots.LocalLinkId, Slots.MessageId, Slots.RemoteLinkId.Optional(), new Slot(ObjectClass.BeginVerify, Slot.Any, Required: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public BeginVerifyMessage(Identifier localLinkId, uint messageId, Identifier? remoteLinkId, BeginVerifyObject beginVerify)
        : this([new LocalLinkId(localLinkId), new MessageId(messageId), .. Optional(remoteLinkId is { } id ? new RemoteLinkId(id) : null), beginVerify])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.BeginVerify;

    /// <summary>The sender's Link_Id; zero: the data links are not limited to one TE link.</summary>
    public Identifier LocalLinkId => Get<LocalLinkId>().LinkId;

    /// <summary>The receiver's Link_Id, or null where the sender does not know it.</summary>
    public Identifier? RemoteLinkId => Find<RemoteLinkId>()?.LinkId;

    /// <summary>The terms; null where their C-Type is not known (RFC 4204 §12.5.3 has an answer for that).</summary>
    public BeginVerifyObject? BeginVerify => Find<BeginVerifyObject>();
}
