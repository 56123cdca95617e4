using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comes out of a node. Called synchronously, on the caller's thread, while the node handles an input.</summary>
public interface INodeOutput
{
    /// <summary>Send a datagram over a control channel. The bytes are valid during the call only.</summary>
    /// <param name="channel">The control channel: its <see cref="ControlChannel.TransportSlot"/> says which socket.</param>
    /// <param name="destination">Where to; may be a multicast address.</param>
    /// <param name="datagram">The UDP payload.</param>
    void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram);

    /// <summary>A control channel is new, or its local address or interface changed: make its transport and say so by
    /// <see cref="LmpNode.TransportUp"/>, or why not by <see cref="LmpNode.TransportDown"/>, after this call has returned.</summary>
    void Open(ControlChannel channel);

    /// <summary>A control channel is gone, or its local address or interface is about to change: its transport is no longer needed.</summary>
    void Close(ControlChannel channel);

    /// <summary>
    /// Send a Test message over a data link (RFC 4204 §12.5.6). The bytes are valid during the call only. A host without a data plane loses it.
    /// </summary>
    void SendTest(DataLink link, ReadOnlySpan<byte> test)
    {
    }

    /// <summary>
    /// How the data plane can send and receive Test messages on a data link (RFC 4204 §13.8, RFC 4207 §3.1); Payload unless a host knows more. What
    /// was agreed with the neighbour is <see cref="DataLink.TestTransport"/> and <see cref="DataLink.ListenTransport"/>.
    /// </summary>
    VerifyTransport GetTestTransports(DataLink link) => VerifyTransport.Payload;

    /// <summary>A data link goes into test mode or out of it: a transparent switch has to terminate it meanwhile (RFC 4204 §5).</summary>
    /// <param name="link">The data link.</param>
    /// <param name="transmit">Whether Test messages will be sent over it.</param>
    /// <param name="receive">Whether Test messages are looked for on it.</param>
    void SetTestMode(DataLink link, bool transmit, bool receive)
    {
    }

    /// <summary>
    /// Something has to survive a restart (RFC 4204 §8). Told before the messages that follow from it: what confirms it, to a neighbour or to the
    /// operator, should wait until it is durable. Hello and Config wait for nothing. A host that retains nothing ignores it.
    /// </summary>
    void Retain(RetainedChange change)
    {
    }

    /// <summary>Send a trace message in the overhead of a data link from now on (RFC 4207 §4); what is received is told by <see cref="LmpNode.ReportTrace"/>.</summary>
    /// <param name="link">The data link.</param>
    /// <param name="type">Which overhead byte.</param>
    /// <param name="text">The text, without framing: what is to be sent always, or the pattern of a test (§3.1); empty: none in particular any more.</param>
    void SetTrace(DataLink link, TraceType type, string text)
    {
    }

    /// <summary>
    /// The node is in the midst of something that goes through many data links: a host whose neighbours wait for Hellos calls
    /// <see cref="LmpNode.SendHellos"/> when it is time. It may do so in <see cref="Tell"/>, too.
    /// </summary>
    void AtWork()
    {
    }

    /// <summary>Something happened.</summary>
    void Tell(NodeEvent e);
}

/// <summary>Where a datagram came from.</summary>
/// <param name="Source">Source address and port.</param>
/// <param name="Destination">Destination address; may be a multicast address.</param>
/// <param name="TransportSlot">The transport it came in on, as in <see cref="ControlChannel.TransportSlot"/>.</param>
/// <param name="HopLimit">Its TTL or Hop Limit as it came in; 0 where the host does not know.</param>
public readonly record struct DatagramOrigin(NetworkEndpoint Source, NetworkAddress Destination, int TransportSlot, byte HopLimit = DatagramOrigin.Undiminished)
{
    /// <summary>The TTL or Hop Limit of a datagram that was sent with the highest and has come over no router (RFC 5082).</summary>
    public const byte Undiminished = 255;
}

/// <summary>How a command ended.</summary>
public enum CommandStatus
{
    /// <summary>Done, or started where the procedure takes time.</summary>
    Ok,

    /// <summary>There is no object of that name.</summary>
    NotFound,

    /// <summary>The object's state does not allow it.</summary>
    Conflict,
}

/// <summary>The answer to a command.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">In words; what to do where it was refused.</param>
public readonly record struct CommandResult(CommandStatus Status, string Text)
{
    /// <summary>Whether it says that something is so that has to survive a restart, even if the command changed nothing.</summary>
    public bool ConfirmsRetained { get; init; }

    /// <summary>Done.</summary>
    public static CommandResult Ok(string text) => new(CommandStatus.Ok, text);

    /// <summary>Done, and meant to survive a restart.</summary>
    public static CommandResult Retained(string text) => new(CommandStatus.Ok, text) { ConfirmsRetained = true };

    /// <summary>No such object.</summary>
    public static CommandResult NotFound(string text) => new(CommandStatus.NotFound, text);

    /// <summary>Refused.</summary>
    public static CommandResult Conflict(string text) => new(CommandStatus.Conflict, text);
}
