using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>An agent offers itself.</summary>
/// <param name="Version">The version of the exchange that it speaks.</param>
/// <param name="Agent">What it calls itself, for people: 1 to 63 characters.</param>
/// <param name="CanTest">Whether it can send and receive Test messages, on all data links at once.</param>
/// <param name="Transports">How: of <c>payload</c>, <c>dccs</c>, <c>dccl</c>, <c>j0-trace</c>, <c>j1-trace</c>, <c>j2-trace</c>; null: payload.</param>
public sealed record AgentOffer(
    int Version,
    string? Agent,
    bool CanTest = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Transports = null);

/// <summary>An agent says how single data links can be tested, where that is not how most can. It counts from the next test on.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Transports">The transport mechanisms of each data link or component link by its name, as in <see cref="AgentOffer"/>.</param>
public sealed record AgentTransports(long Session, IReadOnlyDictionary<string, IReadOnlyList<string>>? Transports);

/// <summary>An agent says which trace messages it receives (RFC 4207).</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Traces">The trace messages.</param>
public sealed record AgentTraces(long Session, IReadOnlyList<AgentTrace>? Traces);

/// <summary>A trace message that is received.</summary>
/// <param name="DataLink">On which data link.</param>
/// <param name="Type">In which overhead byte, such as <c>sonet-j0</c>.</param>
/// <param name="Received">The text without framing; empty: none.</param>
public sealed record AgentTrace(string? DataLink, string? Type, string? Received);

/// <summary>An agent says what it receives on data links or component links.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Signals">The signal of each by its name.</param>
/// <param name="Complete">Whether all signals have been told by now: those not told since the session began are unknown.</param>
public sealed record AgentSignals(long Session, IReadOnlyDictionary<string, SignalState>? Signals, bool Complete = false);

/// <summary>An agent hands in Test messages that came in.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Tests">The Test messages.</param>
public sealed record AgentTests(long Session, IReadOnlyList<AgentTest>? Tests);

/// <summary>A Test message that came in.</summary>
/// <param name="DataLink">On which data link.</param>
/// <param name="Message">Its bytes in base64.</param>
public sealed record AgentTest(string? DataLink, string? Message);

/// <summary>An agent says that it is there; every other report says so too.</summary>
/// <param name="Session">The session's number.</param>
public sealed record AgentHeartbeat(long Session);
