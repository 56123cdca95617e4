// RFC 4207 §4.1.7
// <TraceReport Message> ::= <Common Header> <MESSAGE_ID_ACK> <TRACE>
namespace OpenLmp.Wire;

/// <summary>TraceReport (type 27): answers a TraceReq with the trace message received (RFC 4207 §4.1.7).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceReportMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceReportMessage(o), Slots.MessageIdAck, Slots.Trace);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceReportMessage(uint messageIdAck, TraceObject trace) : this([new MessageIdAck(messageIdAck), trace])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceReport;

    /// <summary>The trace message received.</summary>
    public TraceObject Trace => Get<TraceObject>();
}
