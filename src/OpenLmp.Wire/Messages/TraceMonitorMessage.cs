// RFC 4207 §4.1.1
// <TraceMonitor Message> ::= <Common Header> <MESSAGE_ID> <LOCAL_INTERFACE_ID> <TRACE>
namespace OpenLmp.Wire;

/// <summary>TraceMonitor (type 21): asks to monitor a data link for a trace message (RFC 4207 §4.1.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceMonitorMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceMonitorMessage(o), Slots.MessageId, Slots.LocalInterfaceId, Slots.Trace);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceMonitorMessage(uint messageId, Identifier localInterfaceId, TraceObject trace)
        : this([new MessageId(messageId), new LocalInterfaceId(localInterfaceId), trace])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceMonitor;

    /// <summary>The sender's Interface_Id.</summary>
    public Identifier LocalInterfaceId => Get<LocalInterfaceId>().InterfaceId;

    /// <summary>The trace message to expect.</summary>
    public TraceObject Trace => Get<TraceObject>();
}
