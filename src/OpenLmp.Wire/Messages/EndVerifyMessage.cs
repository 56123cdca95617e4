// RFC 4204 §12.5.4
// <EndVerify Message> ::= <Common Header> <MESSAGE_ID> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>EndVerify (type 8): ends a verification (RFC 4204 §5, §12.5.4).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record EndVerifyMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new EndVerifyMessage(o), Slots.MessageId, Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public EndVerifyMessage(uint messageId, uint verifyId) : this([new MessageId(messageId), new VerifyId(verifyId)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.EndVerify;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
