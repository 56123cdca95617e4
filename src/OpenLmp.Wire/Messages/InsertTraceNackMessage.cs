// RFC 4207 §4.1.11
// <InsertTraceNack Message> ::= <Common Header> <MESSAGE_ID_ACK> <ERROR_CODE>
namespace OpenLmp.Wire;

/// <summary>InsertTraceNack (type 31): refuses an InsertTrace (RFC 4207 §4.1.11).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record InsertTraceNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new InsertTraceNackMessage(o), Slots.MessageIdAck, Slots.TraceError);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public InsertTraceNackMessage(uint messageIdAck, TraceErrors errors) : this([new MessageIdAck(messageIdAck), new TraceError(errors)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.InsertTraceNack;

    /// <summary>Why.</summary>
    public TraceErrors Errors => Get<TraceError>().Errors;
}
