// RFC 4207 §4.1.8
// <TraceReqNack Message> ::= <Common Header> <MESSAGE_ID_ACK> <ERROR_CODE>
namespace OpenLmp.Wire;

/// <summary>TraceReqNack (type 28): refuses a TraceReq (RFC 4207 §4.1.8).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceReqNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceReqNackMessage(o), Slots.MessageIdAck, Slots.TraceError);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceReqNackMessage(uint messageIdAck, TraceErrors errors) : this([new MessageIdAck(messageIdAck), new TraceError(errors)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceReqNack;

    /// <summary>Why.</summary>
    public TraceErrors Errors => Get<TraceError>().Errors;
}
