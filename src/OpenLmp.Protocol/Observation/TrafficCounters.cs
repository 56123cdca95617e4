// RFC 4631: what lmpControlChannelPerfTable and lmpTeLinkPerfTable count.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The messages of one control channel, or about one TE link. Never reset; read on the node's thread.</summary>
public sealed class TrafficCounters : MessageCounters
{
    internal TrafficCounters(Instant since) => Since = since;

    /// <summary>When counting began: when the control channel or TE link was configured.</summary>
    public Instant Since { get; }

    /// <summary>Octets of LMP messages received.</summary>
    public long OctetsReceived { get; private set; }

    /// <summary>Octets of LMP messages sent.</summary>
    public long OctetsSent { get; private set; }

    /// <summary>Messages received that could not be processed: malformed, or of no known type.</summary>
    public long ReceiveErrors { get; private set; }

    /// <summary>Messages received without an error that changed nothing.</summary>
    public long ReceiveDiscards { get; private set; }

    /// <summary>Messages that the host could not send.</summary>
    public long SendErrors { get; private set; }

    /// <summary>The host could not send a message of this control channel.</summary>
    public void CountUnsent() => SendErrors++;

    internal void CountSent(MessageType type, int octets)
    {
        CountSent(type);
        OctetsSent += octets;
    }

    internal void CountReceived(MessageType type, int octets)
    {
        CountReceived(type);
        OctetsReceived += octets;
    }

    internal void CountDropped(DropReason reason)
    {
        if (reason is DropReason.Malformed or DropReason.LengthMismatch or DropReason.BadVersion or DropReason.UnknownType) ReceiveErrors++;
        else ReceiveDiscards++;
    }
}
