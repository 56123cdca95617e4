// RFC 4204 §12.7.4
// <ChannelStatusResponse Message> ::= <Common Header> <MESSAGE_ID_ACK> <CHANNEL_STATUS>
// CHANNEL_STATUS may be repeated, as in ChannelStatus.
namespace OpenLmp.Wire;

/// <summary>ChannelStatusResponse (type 20): answers a ChannelStatusRequest (RFC 4204 §6, §12.7.4).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ChannelStatusResponseMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ChannelStatusResponseMessage(o), Slots.MessageIdAck, Slots.ChannelStatus);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    /// <param name="messageIdAck">The Message_Id of the ChannelStatusRequest.</param>
    /// <param name="channelStatuses"><see cref="ChannelStatusObject"/>s and <see cref="LinkGroupChannelStatus"/>es, at least one.</param>
    public ChannelStatusResponseMessage(uint messageIdAck, params ReadOnlySpan<LmpObject> channelStatuses)
        : this([new MessageIdAck(messageIdAck), .. channelStatuses])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ChannelStatusResponse;

    /// <summary>The CHANNEL_STATUS objects that name data links.</summary>
    public IEnumerable<ChannelStatusObject> ChannelStatuses => Objects.OfType<ChannelStatusObject>();

    /// <summary>The CHANNEL_STATUS objects that name link groups (RFC 4209 §2.4.1).</summary>
    public IEnumerable<LinkGroupChannelStatus> LinkGroupStatuses => Objects.OfType<LinkGroupChannelStatus>();
}
