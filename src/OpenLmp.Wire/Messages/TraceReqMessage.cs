// RFC 4207 §4.1.6
// <TraceReq Message> ::= <Common Header> <MESSAGE_ID> <LOCAL_INTERFACE_ID> <TRACE_REQ>
namespace OpenLmp.Wire;

/// <summary>TraceReq (type 26): asks which trace message a data link receives (RFC 4207 §4.1.6).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceReqMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceReqMessage(o),
        Slots.MessageId, Slots.LocalInterfaceId, new Slot(ObjectClass.TraceReq, [1], Required: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceReqMessage(uint messageId, Identifier localInterfaceId, TraceType traceType)
        : this([new MessageId(messageId), new LocalInterfaceId(localInterfaceId), new TraceReqObject(traceType)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceReq;

    /// <summary>The sender's Interface_Id.</summary>
    public Identifier LocalInterfaceId => Get<LocalInterfaceId>().InterfaceId;

    /// <summary>Which overhead byte.</summary>
    public TraceType TraceType => Get<TraceReqObject>().TraceType;
}
