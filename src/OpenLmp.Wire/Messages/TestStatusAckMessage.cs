// RFC 4204 §12.5.9
// <TestStatusAck Message> ::= <Common Header> <MESSAGE_ID_ACK> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>TestStatusAck (type 13): acknowledges TestStatusSuccess or TestStatusFailure (RFC 4204 §5, §12.5.9).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TestStatusAckMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TestStatusAckMessage(o), Slots.MessageIdAck, Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TestStatusAckMessage(uint messageIdAck, uint verifyId) : this([new MessageIdAck(messageIdAck), new VerifyId(verifyId)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TestStatusAck;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
