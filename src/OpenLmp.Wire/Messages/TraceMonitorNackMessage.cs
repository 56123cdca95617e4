// RFC 4207 §4.1.3
// <TraceMonitorNack Message> ::= <Common Header> <MESSAGE_ID_ACK> <ERROR_CODE>
namespace OpenLmp.Wire;

/// <summary>TraceMonitorNack (type 23): not monitoring, or a mismatch (RFC 4207 §4.1.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceMonitorNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceMonitorNackMessage(o), Slots.MessageIdAck, Slots.TraceError);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceMonitorNackMessage(uint messageIdAck, TraceErrors errors) : this([new MessageIdAck(messageIdAck), new TraceError(errors)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceMonitorNack;

    /// <summary>Why.</summary>
    public TraceErrors Errors => Get<TraceError>().Errors;
}
