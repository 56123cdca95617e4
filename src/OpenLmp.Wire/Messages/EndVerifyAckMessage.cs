// RFC 4204 §12.5.5
// <EndVerifyAck Message> ::= <Common Header> <MESSAGE_ID_ACK> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>EndVerifyAck (type 9): the verification has ended (RFC 4204 §5, §12.5.5).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record EndVerifyAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new EndVerifyAckMessage(o), Slots.MessageIdAck, Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public EndVerifyAckMessage(uint messageIdAck, uint verifyId) : this([new MessageIdAck(messageIdAck), new VerifyId(verifyId)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.EndVerifyAck;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
