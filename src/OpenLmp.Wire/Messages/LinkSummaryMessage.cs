// RFC 4204 §12.6.1
// <LinkSummary Message> ::= <Common Header> <MESSAGE_ID> <TE_LINK> <DATA_LINK> [<DATA_LINK>...]
namespace OpenLmp.Wire;

/// <summary>LinkSummary (type 14): the sender's view of a TE link and its data links (RFC 4204 §4, §12.6.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record LinkSummaryMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new LinkSummaryMessage(o),
        Slots.MessageId, new Slot(ObjectClass.TeLink, Slot.Any, Required: true), Slots.DataLink.Repeated());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public LinkSummaryMessage(uint messageId, TeLinkObject teLink, params ReadOnlySpan<DataLinkObject> dataLinks)
        : this([new MessageId(messageId), teLink, .. dataLinks])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.LinkSummary;

    /// <summary>The TE link; null where its C-Type is not known (RFC 4204 §12.6.3 has an answer for that).</summary>
    public TeLinkObject? TeLink => Find<TeLinkObject>();

    /// <summary>The data links of known C-Type.</summary>
    public IEnumerable<DataLinkObject> DataLinks => Objects.OfType<DataLinkObject>();

    /// <summary>The DATA_LINK objects of unknown C-Type.</summary>
    public IEnumerable<UnknownObject> UnknownDataLinks => Objects.OfType<UnknownObject>().Where(o => o.Class == ObjectClass.DataLink);
}
