using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What every chapter of a node shares. Chapters do not know one another: what crosses them goes through <see cref="Node"/>.</summary>
internal sealed class NodeContext(LmpNode node, NodeOptions options, INodeOutput output)
{
    public LmpNode Node { get; } = node;

    public NodeOptions Options { get; } = options;

    public INodeOutput Output { get; } = output;

    public DeadlineQueue Deadlines { get; } = new();

    /// <summary>Where a Hello is encoded; empty again once it is sent.</summary>
    public byte[] HelloBuffer { get; } = new byte[Hello.EncodedLength];

    public Retention Retention { get; } = new(options.Retained, output);

    /// <summary>Whether the node is being made: what it has now, it had before its restart (RFC 4204 §8).</summary>
    public bool IsStarting { get; set; } = true;

    public MessageIdSource MessageIds { get; } = new(options.FirstMessageId, options.MessageIdMark, mark => output.Retain(new MessageIdsReserved(mark)));

    public AlarmTable Alarms { get; } = new((now, alarm) => output.Tell(new AlarmChanged(now, alarm)));

    public NodeCounters Counters { get; } = new();

    public PeerTable Peers { get; } = new();

    /// <summary>The octets of the datagram being received.</summary>
    public int IncomingOctets { get; private set; }

    /// <summary>The control channel it came over, once that is known.</summary>
    public ControlChannel? Incoming { get; private set; }

    /// <summary>The LinkSummary exchanges that wait for an answer, by Message_Id.</summary>
    public Dictionary<uint, LinkSummaryExchange> WaitingSummaries { get; } = [];

    /// <summary>The ChannelStatus messages that wait for their acknowledgement, by Message_Id.</summary>
    public Dictionary<uint, StatusSender.Message> WaitingStatuses { get; } = [];

    /// <summary>The trace requests that wait for an answer, by Message_Id.</summary>
    public Dictionary<uint, TraceRequest> WaitingTraces { get; } = [];

    /// <summary>Encodes a message and sends it over a control channel, with the flags the channel's state asks for.</summary>
    /// <param name="channel">The control channel.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="about">The TE link that it is about, which counts it; null: none, or several.</param>
    public void Send(ControlChannel channel, in NetworkEndpoint destination, LmpMessage message, TeLink? about = null)
    {
        var bytes = message.Encode();
        about?.Counters.CountSent(message.Type, bytes.Length);
        Send(channel, destination, message.Type, bytes);
    }

    /// <summary>Sends encoded bytes over a control channel. The flags are set at each transmission: a retransmission may need others.</summary>
    public void Send(ControlChannel channel, in NetworkEndpoint destination, MessageType type, Span<byte> bytes, HeaderFlags extraFlags = HeaderFlags.None)
    {
        bytes[2] = (byte)(channel.Flags | extraFlags);
        Counters.CountSent(type);
        channel.Neighbor.Counters.CountSent(type);
        channel.Counters.CountSent(type, bytes.Length);
        Output.Send(channel, destination, bytes);
    }

    /// <summary>A transmission of a message that any control channel to the neighbour may carry; lost where none is usable.</summary>
    public void Transmit(Neighbor neighbor, Retransmission retransmission, MessageType type, byte[] bytes, TeLink? about = null)
    {
        if (neighbor.UsableChannel is not { Remote: { } remote } channel) return;
        if (retransmission.Transmissions > 1) CountRetransmitted(channel, type, about);
        about?.Counters.CountSent(type, bytes.Length);
        Send(channel, remote, type, bytes);
    }

    public void CountRetransmitted(ControlChannel channel, MessageType type, TeLink? about = null)
    {
        Counters.CountRetransmitted(type);
        channel.Neighbor.Counters.CountRetransmitted(type);
        channel.Counters.CountRetransmitted(type);
        about?.Counters.CountRetransmitted(type);
    }

    /// <summary>A datagram comes in, over no control channel that is known yet.</summary>
    public void BeginReceive(int octets) => (IncomingOctets, Incoming) = (octets, null);

    /// <summary>The datagram being received is a message of a control channel.</summary>
    public void CountReceived(ControlChannel channel, MessageType type)
    {
        Incoming = channel;
        channel.Neighbor.Counters.CountReceived(type);
        channel.Counters.CountReceived(type, IncomingOctets);
    }

    /// <summary>The message being received is about a TE link.</summary>
    public void CountReceived(TeLink? about, MessageType type) => about?.Counters.CountReceived(type, IncomingOctets);

    /// <summary>Counts a datagram that changes nothing; <paramref name="neighbor"/> is null where it could not be attributed.</summary>
    public void Drop(Neighbor? neighbor, DropReason reason)
    {
        Counters.CountDropped(reason);
        neighbor?.Counters.CountDropped(reason);
        // What is dropped later than it came in is not to count for whichever channel something came over last.
        if (Incoming is { } channel && (neighbor is null || channel.Neighbor == neighbor)) channel.Counters.CountDropped(reason);
    }
}
