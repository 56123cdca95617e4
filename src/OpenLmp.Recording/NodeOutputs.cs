using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording;

/// <summary>A datagram (<see cref="INodeOutput.Send"/>).</summary>
/// <param name="Channel">Our CC_Id.</param>
/// <param name="To">Where to.</param>
/// <param name="Bytes">The payload.</param>
public sealed record SendOutput(uint Channel, NetworkEndpoint To, ValueList<byte> Bytes) : NodeOutput;

/// <summary>A control channel needs a transport (<see cref="INodeOutput.Open"/>).</summary>
/// <param name="Channel">Our CC_Id.</param>
/// <param name="Slot">The transport it was given by the host: <see cref="ControlChannel.TransportSlot"/>.</param>
public sealed record OpenOutput(uint Channel, int Slot) : NodeOutput;

/// <summary>A control channel needs no transport any more (<see cref="INodeOutput.Close"/>).</summary>
/// <param name="Channel">Our CC_Id.</param>
public sealed record CloseOutput(uint Channel) : NodeOutput;

/// <summary>A Test message (<see cref="INodeOutput.SendTest"/>).</summary>
/// <param name="Link">The data link.</param>
/// <param name="Bytes">The message.</param>
public sealed record SendTestOutput(string Link, ValueList<byte> Bytes) : NodeOutput;

/// <summary>A data link's test mode (<see cref="INodeOutput.SetTestMode"/>).</summary>
/// <param name="Link">The data link.</param>
/// <param name="Transmit">Whether Test messages will be sent.</param>
/// <param name="Receive">Whether Test messages are looked for.</param>
public sealed record TestModeOutput(string Link, bool Transmit, bool Receive) : NodeOutput;

/// <summary>The node asked how Test messages can be carried (<see cref="INodeOutput.GetTestTransports"/>).</summary>
/// <param name="Link">The data link.</param>
/// <param name="Transports">The host's answer.</param>
public sealed record TestTransportsOutput(string Link, VerifyTransport Transports) : NodeOutput;

/// <summary>A trace message to be sent (<see cref="INodeOutput.SetTrace"/>).</summary>
/// <param name="Link">The data link.</param>
/// <param name="Type">Which overhead byte.</param>
/// <param name="Text">The text.</param>
public sealed record TraceOutput(string Link, TraceType Type, string Text) : NodeOutput;

/// <summary>Something to retain over a restart (<see cref="INodeOutput.Retain"/>).</summary>
/// <param name="Change">What, in words.</param>
public sealed record RetainOutput(string Change) : NodeOutput;

/// <summary>Something that happened (<see cref="INodeOutput.Tell"/>), alarms included.</summary>
/// <param name="Event">What, in words: the event's name and its members.</param>
public sealed record EventOutput(string Event) : NodeOutput;

/// <summary>The answer to a command.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">In words.</param>
public sealed record AnswerOutput(CommandStatus Status, string Text) : NodeOutput;

/// <summary>The node failed at its input: a defect.</summary>
/// <param name="Exception">How.</param>
public sealed record FaultOutput(string Exception) : NodeOutput;
