// RFC 4204 §12.7.1
// <ChannelStatus Message> ::= <Common Header> <LOCAL_LINK_ID> <MESSAGE_ID> <CHANNEL_STATUS>
// CHANNEL_STATUS may be repeated: ids of several forms, and link groups (RFC 4209 §2.4.1), need objects of their own.
namespace OpenLmp.Wire;

/// <summary>ChannelStatus (type 17): the state of data channels, or a change of their allocation (RFC 4204 §6, §12.7.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ChannelStatusMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ChannelStatusMessage(o), Slots.LocalLinkId, Slots.MessageId, Slots.ChannelStatus);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    /// <param name="localLinkId">The sender's Link_Id.</param>
    /// <param name="messageId">The Message_Id.</param>
    /// <param name="channelStatuses"><see cref="ChannelStatusObject"/>s and <see cref="LinkGroupChannelStatus"/>es, at least one.</param>
    public ChannelStatusMessage(Identifier localLinkId, uint messageId, params ReadOnlySpan<LmpObject> channelStatuses)
        : this([new LocalLinkId(localLinkId), new MessageId(messageId), .. channelStatuses])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ChannelStatus;

    /// <summary>The sender's Link_Id.</summary>
    public Identifier LocalLinkId => Get<LocalLinkId>().LinkId;

    /// <summary>The CHANNEL_STATUS objects that name data links.</summary>
    public IEnumerable<ChannelStatusObject> ChannelStatuses => Objects.OfType<ChannelStatusObject>();

    /// <summary>The CHANNEL_STATUS objects that name link groups (RFC 4209 §2.4.1).</summary>
    public IEnumerable<LinkGroupChannelStatus> LinkGroupStatuses => Objects.OfType<LinkGroupChannelStatus>();
}
