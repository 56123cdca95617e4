// RFC 4204 §12.5.8
// <TestStatusFailure Message> ::= <Common Header> <MESSAGE_ID> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>TestStatusFailure (type 12): a Test message did not arrive within VerifyDeadInterval (RFC 4204 §5, §12.5.8).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TestStatusFailureMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TestStatusFailureMessage(o), Slots.MessageId, Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TestStatusFailureMessage(uint messageId, uint verifyId) : this([new MessageId(messageId), new VerifyId(verifyId)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TestStatusFailure;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
