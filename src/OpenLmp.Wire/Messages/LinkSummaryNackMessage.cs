// RFC 4204 §12.6.3
// <LinkSummaryNack Message> ::= <Common Header> <MESSAGE_ID_ACK> <ERROR_CODE> [<DATA_LINK>...]
namespace OpenLmp.Wire;

/// <summary>LinkSummaryNack (type 16): says what of a LinkSummary is not agreed (RFC 4204 §4, §12.6.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record LinkSummaryNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new LinkSummaryNackMessage(o),
        Slots.MessageIdAck, new Slot(ObjectClass.ErrorCode, [2], Required: true), Slots.DataLink.Optional().Repeated());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    /// <param name="messageIdAck">The Message_Id of the LinkSummary answered.</param>
    /// <param name="errors">Every bit that applies.</param>
    /// <param name="dataLinks">Copies of what is not acceptable, acceptable values for what is negotiable; unknown C-Types as received.</param>
    public LinkSummaryNackMessage(uint messageIdAck, LinkSummaryErrors errors, params ReadOnlySpan<LmpObject> dataLinks)
        : this([new MessageIdAck(messageIdAck), new LinkSummaryError(errors), .. dataLinks])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.LinkSummaryNack;

    /// <summary>What is wrong.</summary>
    public LinkSummaryErrors Errors => Get<LinkSummaryError>().Errors;

    /// <summary>The data links that disagree.</summary>
    public IEnumerable<DataLinkObject> DataLinks => Objects.OfType<DataLinkObject>();
}
