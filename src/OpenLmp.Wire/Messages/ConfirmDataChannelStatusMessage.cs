// RFC 5818 §5.1.1
// <ConfirmDataChannelStatus Message> ::= <Common Header> <LOCAL_LINK_ID> <MESSAGE_ID> <DATA_LINK> [<DATA_LINK>...]
namespace OpenLmp.Wire;

/// <summary>ConfirmDataChannelStatus (type 32): tells and asks for the status of data channels (RFC 5818 §5.1.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ConfirmDataChannelStatusMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ConfirmDataChannelStatusMessage(o),
        Slots.LocalLinkId, Slots.MessageId, Slots.DataLink.Repeated());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ConfirmDataChannelStatusMessage(Identifier localLinkId, uint messageId, params ReadOnlySpan<DataLinkObject> dataLinks)
        : this([new LocalLinkId(localLinkId), new MessageId(messageId), .. dataLinks])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ConfirmDataChannelStatus;

    /// <summary>The sender's Link_Id.</summary>
    public Identifier LocalLinkId => Get<LocalLinkId>().LinkId;

    /// <summary>The data links of known C-Type, with their Data Channel Status subobjects.</summary>
    public IEnumerable<DataLinkObject> DataLinks => Objects.OfType<DataLinkObject>();
}
