// RFC 4207 §4.1.9
// <InsertTrace Message> ::= <Common Header> <MESSAGE_ID> <LOCAL_INTERFACE_ID> <TRACE>
namespace OpenLmp.Wire;

/// <summary>InsertTrace (type 29): asks to send a trace message over a data link (RFC 4207 §4.1.9).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record InsertTraceMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new InsertTraceMessage(o), Slots.MessageId, Slots.LocalInterfaceId, Slots.Trace);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public InsertTraceMessage(uint messageId, Identifier localInterfaceId, TraceObject trace)
        : this([new MessageId(messageId), new LocalInterfaceId(localInterfaceId), trace])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.InsertTrace;

    /// <summary>The sender's Interface_Id.</summary>
    public Identifier LocalInterfaceId => Get<LocalInterfaceId>().InterfaceId;

    /// <summary>The trace message to send.</summary>
    public TraceObject Trace => Get<TraceObject>();
}
