namespace OpenLmp.Api;

/// <summary>What carries the data links, and who speaks for it.</summary>
/// <param name="Kind"><c>linux</c>: network interfaces; <c>external</c>: an agent; <c>simulated</c>: this process itself.</param>
/// <param name="CanTest">Whether Test messages can be sent and received, so that data links can be verified (RFC 4204 §5).</param>
/// <param name="Agent">The agent that holds the session; null if none does.</param>
/// <param name="Counters">What has passed between the daemon and its agents; null unless the kind is <c>external</c>.</param>
/// <param name="Reason">Why there is no agent any more; empty while there is one, and before the first.</param>
public sealed record DataPlaneInfo(string Kind, bool CanTest, AgentInfo? Agent, AgentCounters? Counters, string Reason);

/// <summary>The agent that holds the session of an external data plane.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Session">The session's number: each report of the agent carries it.</param>
/// <param name="Since">When it connected, UTC.</param>
/// <param name="CanTest">Whether it can send and receive Test messages.</param>
/// <param name="Resynchronized">Whether it has told all signals since it connected, or had the time to.</param>
public sealed record AgentInfo(string Name, long Session, DateTime Since, bool CanTest, bool Resynchronized);

/// <summary>What has passed between the daemon and its agents since the daemon started.</summary>
/// <param name="Sessions">Sessions begun.</param>
/// <param name="Orders">Orders given, those counted below among them.</param>
/// <param name="TestsSent">Test messages given out to be sent.</param>
/// <param name="TestsReceived">Test messages handed in.</param>
/// <param name="Signals">Signals reported, whether or not they were news.</param>
/// <param name="Refused">Reports and connections refused: another session's, another version's, or not to be understood.</param>
public sealed record AgentCounters(long Sessions, long Orders, long TestsSent, long TestsReceived, long Signals, long Refused);
