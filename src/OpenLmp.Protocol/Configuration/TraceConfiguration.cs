// RFC 4207 §4.1.1.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A trace message of a data link, as it is configured. What is given here wins over what the operator or the neighbour asks for.</summary>
/// <param name="Type">Which overhead byte.</param>
/// <param name="Send">What to send, and to have the neighbour monitor for: usable by <see cref="TraceText.IsUsable"/>; null: not said.</param>
/// <param name="Expect">What to expect, and to have the neighbour send; likewise.</param>
public sealed record TraceConfiguration(TraceType Type, string? Send, string? Expect);
