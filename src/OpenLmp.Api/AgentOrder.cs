using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>What the daemon tells the agent of an external data plane: a line of its stream. What an order has no use for is left out.</summary>
/// <param name="Order">What it is; an agent ignores orders it does not know.</param>
/// <param name="Version">Of hello: the version of this exchange.</param>
/// <param name="Node">Of hello: the node's name.</param>
/// <param name="NodeId">Of hello: the Node_Id.</param>
/// <param name="Session">Of hello: the number that each report of this session carries.</param>
/// <param name="Heartbeat">Of hello: how often the daemon has to hear of the agent at least, milliseconds.</param>
/// <param name="DataLinks">Of hello and data-links: all data links there are, as they are now.</param>
/// <param name="DataLink">Of test, test-mode and trace: the data link's name.</param>
/// <param name="Interface">Of test, test-mode and trace: its interface, if one is configured.</param>
/// <param name="Message">Of test: the bytes of the Test message (RFC 4204 §12.5.6) in base64; how they travel is the agent's affair.</param>
/// <param name="Transmit">Of test-mode: whether Test messages will be sent over it.</param>
/// <param name="Receive">Of test-mode: whether Test messages are looked for on it.</param>
/// <param name="Reason">Of end: why the session is over.</param>
/// <param name="Reconnect">Of end: whether to connect again; not where another agent has taken over.</param>
/// <param name="TraceType">Of trace: which overhead byte, such as <c>sonet-j0</c> (RFC 4207).</param>
/// <param name="Text">Of trace: what to send in it, without framing; empty: nothing in particular any more.</param>
/// <param name="Transport">Of test: how it is to travel: <c>payload</c>, <c>dccs</c> or <c>dccl</c> (RFC 4204 §13.8, RFC 4207 §3.1).</param>
/// <param name="TransmitTransport">Of test-mode, with transmit: how Test messages will be sent; <c>j0-trace</c>, <c>j1-trace</c>, <c>j2-trace</c>: as a trace message.</param>
/// <param name="ReceiveTransport">Of test-mode, with receive: how they are looked for, likewise.</param>
public sealed record AgentOrder(
    AgentOrderKind Order,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Node = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NodeId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Session = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Heartbeat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AgentDataLink>? DataLinks = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DataLink = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Interface = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Transmit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Receive = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Reconnect = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Transport = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TransmitTransport = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReceiveTransport = null);

/// <summary>The kinds of orders.</summary>
[JsonConverter(typeof(NamedEnumConverter<AgentOrderKind>))]
public enum AgentOrderKind
{
    /// <summary>The first: everything the agent has to know. It answers by telling all signals.</summary>
    [JsonStringEnumMemberName("hello")]
    Hello,

    /// <summary>Send a Test message out of a port.</summary>
    [JsonStringEnumMemberName("test")]
    Test,

    /// <summary>Put a port into test mode, or out of it: a transparent switch has to terminate it meanwhile (RFC 4204 §5).</summary>
    [JsonStringEnumMemberName("test-mode")]
    TestMode,

    /// <summary>Send a trace message in the overhead of a port from now on (RFC 4207).</summary>
    [JsonStringEnumMemberName("trace")]
    Trace,

    /// <summary>The configuration has changed; this is the whole new list.</summary>
    [JsonStringEnumMemberName("data-links")]
    DataLinks,

    /// <summary>Nothing to do; the daemon is there.</summary>
    [JsonStringEnumMemberName("alive")]
    Alive,

    /// <summary>The last: the session is over.</summary>
    [JsonStringEnumMemberName("end")]
    End,
}

/// <summary>A data link as an agent has to know it.</summary>
/// <param name="Name">The data link's name.</param>
/// <param name="TeLink">The TE link it belongs to.</param>
/// <param name="LocalId">Our Interface_Id.</param>
/// <param name="Interface">The interface, as configured; null if none is.</param>
/// <param name="ComponentLink">The component link it is a sub-channel of; null if of none.</param>
/// <param name="Transmit">Whether it is in test mode for sending now.</param>
/// <param name="Receive">Whether it is in test mode for receiving now.</param>
/// <param name="TransmitTransport">How Test messages are sent over it now; null unless they are.</param>
/// <param name="ReceiveTransport">How Test messages are looked for on it now; null unless they are.</param>
public sealed record AgentDataLink(
    string Name, string TeLink, LinkIdentifier LocalId, string? Interface, string? ComponentLink, bool Transmit, bool Receive, string? TransmitTransport,
    string? ReceiveTransport);
