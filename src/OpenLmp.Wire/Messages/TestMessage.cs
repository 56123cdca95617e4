// RFC 4204 §12.5.6, RFC 4207 §3.1
// <Test Message> ::= <Common Header> <LOCAL_INTERFACE_ID> <VERIFY_ID>
// With a trace transport mechanism: <Test Message> ::= <Common Header> <LOCAL_INTERFACE_ID> <VERIFY_ID> <TRACE>
namespace OpenLmp.Wire;

/// <summary>
/// Test (type 10): sent over the data link under test (RFC 4204 §5, §12.5.6), or over the control channel with the trace that is sent over the
/// data link (RFC 4207 §3.1).
/// </summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TestMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TestMessage(o), Slots.LocalInterfaceId, Slots.VerifyId, Slots.Trace.Optional());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TestMessage(Identifier localInterfaceId, uint verifyId, TraceObject? trace = null)
        : this([new LocalInterfaceId(localInterfaceId), new VerifyId(verifyId), .. Optional(trace)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.Test;

    /// <summary>The sender's Interface_Id of the data link under test.</summary>
    public Identifier LocalInterfaceId => Get<LocalInterfaceId>().InterfaceId;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;

    /// <summary>The trace sent over the data link; null where the Test message itself is.</summary>
    public TraceObject? Trace => Find<TraceObject>();
}
