using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting;

/// <summary>Everything the daemon logs about itself; what the node tells is in <see cref="EventLog"/>.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "node {Name} ({NodeId}) starts; neighbours: {Neighbors}, TE links: {TeLinks}")]
    public static partial void NodeStarts(this ILogger logger, string name, Wire.NodeId nodeId, int neighbors, int teLinks);

    [LoggerMessage(2, LogLevel.Information, "node {Name} stopped")]
    public static partial void NodeStopped(this ILogger logger, string name);

    [LoggerMessage(3, LogLevel.Critical, "node {Name} cannot go on")]
    public static partial void NodeFailed(this ILogger logger, Exception e, string name);

    [LoggerMessage(4, LogLevel.Debug, "listening on {Socket}")]
    public static partial void Listening(this ILogger logger, SocketKey socket);

    [LoggerMessage(EventId = 5, Message = "not listening on {Socket}: {Problem}")]
    public static partial void NotListening(this ILogger logger, LogLevel level, SocketKey socket, string problem);

    [LoggerMessage(6, LogLevel.Debug, "control channel {Channel}: transport up ({Transport})")]
    public static partial void TransportUp(this ILogger logger, ControlChannel channel, TransportKey transport);

    [LoggerMessage(7, LogLevel.Debug, "control channel {Channel}: transport down: {Problem}")]
    public static partial void TransportDown(this ILogger logger, ControlChannel channel, string problem);

    [LoggerMessage(8, LogLevel.Warning, "the kernel does not tell of interfaces and addresses ({Problem}): they are looked for every 2 s, and the loss of one goes unnoticed")]
    public static partial void InterfacesUnwatched(this ILogger logger, string problem);

    [LoggerMessage(9, LogLevel.Information, "could not send on {Socket}: {Problem}; LMP repeats what matters")]
    public static partial void Unsent(this ILogger logger, UdpSocket socket, string problem);

    [LoggerMessage(10, LogLevel.Warning, "{Socket} failed and is opened anew: {Problem}")]
    public static partial void SocketFailed(this ILogger logger, SocketKey socket, string problem);

    [LoggerMessage(11, LogLevel.Error, "a defect: {Input} caused an exception, which was survived; {Faults} so far")]
    public static partial void Fault(this ILogger logger, Exception e, string input, long faults);

    [LoggerMessage(12, LogLevel.Information, "no real-time scheduling ({Problem}): Hellos may leave late while this machine is busy")]
    public static partial void NoRealTime(this ILogger logger, string problem);

    [LoggerMessage(23, LogLevel.Warning, "data link {DataLink} cannot be tested: {Problem}")]
    public static partial void DataLinkUnusable(this ILogger logger, string dataLink, string problem);

    [LoggerMessage(29, LogLevel.Warning, "data link {DataLink} has no signal: {Problem}")]
    public static partial void DataLinkDark(this ILogger logger, string dataLink, string problem);

    [LoggerMessage(21, LogLevel.Information, "agent {Agent} connected: session {Session}, it {Ability}")]
    public static partial void AgentConnected(this ILogger logger, string agent, long session, string ability);

    [LoggerMessage(22, LogLevel.Warning, "agent {Agent} is gone, session {Session}: {Reason}")]
    public static partial void AgentGone(this ILogger logger, string agent, long session, string? reason);

    [LoggerMessage(40, LogLevel.Warning, "turned away, the last from {Source}: {Strangers} datagrams from sources that are no neighbours, {Far} that came over a router (gtsm), {Excess} beyond the limits; not told again within a minute")]
    public static partial void TurnedAway(this ILogger logger, NetworkEndpoint source, long strangers, long far, long excess);

    [LoggerMessage(13, LogLevel.Information, "{File} read again: in force, {Changes} changes")]
    public static partial void Reloaded(this ILogger logger, string file, int changes);

    [LoggerMessage(14, LogLevel.Error, "{File} read again, nothing changed: {Reason}")]
    public static partial void NotReloaded(this ILogger logger, string file, string reason);

    [LoggerMessage(15, LogLevel.Information, "configuration: {Path}: {From} -> {To} ({Effect})")]
    public static partial void ConfigurationChanged(this ILogger logger, string path, string from, string to, string effect);

    [LoggerMessage(16, LogLevel.Error, "{Error}")]
    public static partial void ConfigurationError(this ILogger logger, ConfigurationError error);

    [LoggerMessage(18, LogLevel.Information, "state read from {File}: {Allocated} data links allocated, {Known} known")]
    public static partial void StateRead(this ILogger logger, string file, int allocated, int known);

    [LoggerMessage(19, LogLevel.Error, "{File}: {Problem}; it is kept as {Aside}, and a new one begun")]
    public static partial void StateFileKeptAside(this ILogger logger, string file, string problem, string aside);

    [LoggerMessage(27, LogLevel.Warning, "{File}: what it held is older than what the node knows; it is kept as {Aside}, and a new one begun")]
    public static partial void StateFileOutdated(this ILogger logger, string file, string aside);

    [LoggerMessage(72, LogLevel.Warning, "{File}: somebody has removed it; it is written anew with all that the node knows")]
    public static partial void StateFileGone(this ILogger logger, string file);

    [LoggerMessage(28, LogLevel.Information, "state is kept in {File} from now on, before in {Before}")]
    public static partial void StateMoved(this ILogger logger, string file, string before);

    [LoggerMessage(24, LogLevel.Information, "everything is recorded in {File}")]
    public static partial void Recording(this ILogger logger, string file);

    [LoggerMessage(25, LogLevel.Error, "the recording {File} has ended, what happens from now on is not in it: {Problem}")]
    public static partial void RecordingEnded(this ILogger logger, string file, string problem);

    [LoggerMessage(26, LogLevel.Information, "{File} exists: it is kept as {Aside}")]
    public static partial void RecordingKeptAside(this ILogger logger, string file, string aside);

    [LoggerMessage(30, LogLevel.Information, "SNMP: the LMP-MIB is served through the master agent at {Master}")]
    public static partial void SnmpServed(this ILogger logger, AgentXEndpoint master);

    [LoggerMessage(31, LogLevel.Warning, "SNMP: the LMP-MIB is not served through the master agent at {Master}: {Problem}; it is tried again, LMP goes on")]
    public static partial void SnmpNotServed(this ILogger logger, AgentXEndpoint master, string problem);

    [LoggerMessage(32, LogLevel.Warning, "SNMP: {Count} notifications were left out, more were due than could be sent")]
    public static partial void SnmpNotificationsLost(this ILogger logger, long count);

    [LoggerMessage(60, LogLevel.Information, "change by {Caller} from {From}: {Action}: {Result}")]
    public static partial void Changed(this ILogger logger, Http.Caller caller, string from, string action, string result);

    [LoggerMessage(61, LogLevel.Warning, "refused to {Caller} from {From}: {Action}: {Status} {Text}")]
    public static partial void Refused(this ILogger logger, Http.Caller caller, string from, string action, int status, string text);

    [LoggerMessage(62, LogLevel.Warning, "{Count} more changes were refused within that minute")]
    public static partial void MoreRefused(this ILogger logger, int count);

    [LoggerMessage(63, LogLevel.Error, "api audit {File}: {Problem}; until it can be written, changes are in this log only")]
    public static partial void AuditUnwritten(this ILogger logger, string file, string problem);

    [LoggerMessage(64, LogLevel.Warning, "api audit {File}: it is written again, {Lost} lines are missing in it")]
    public static partial void AuditWrittenAgain(this ILogger logger, string file, long lost);
    [LoggerMessage(70, LogLevel.Information, "OTLP: metrics are taken by the collector at {Endpoint}")]
    public static partial void OtlpTaken(this ILogger logger, Uri endpoint);

    [LoggerMessage(71, LogLevel.Warning, "OTLP: metrics are not taken by the collector at {Endpoint}: {Problem}; it is tried again, LMP goes on")]
    public static partial void OtlpNotTaken(this ILogger logger, Uri endpoint, string problem);

    [LoggerMessage(40, LogLevel.Information, "IPsec to {Neighbor}: the tunnel to {Remote} is up, {Encryption}, SPI in {SpiIn}, out {SpiOut}")]
    public static partial void TunnelUp(this ILogger logger, string neighbor, NetworkAddress remote, string encryption, string spiIn, string spiOut);

    [LoggerMessage(41, LogLevel.Warning, "IPsec to {Neighbor}: {Problem}")]
    public static partial void TunnelDown(this ILogger logger, string neighbor, string problem);

    [LoggerMessage(42, LogLevel.Information, "IPsec to {Neighbor}: new keys for the tunnel to {Remote}, SPI in {SpiIn}, out {SpiOut}")]
    public static partial void TunnelRekeyed(this ILogger logger, string neighbor, NetworkAddress remote, string spiIn, string spiOut);

    [LoggerMessage(43, LogLevel.Warning, "IPsec: charon at {Path} does not answer: {Problem}; it is tried again")]
    public static partial void CharonGone(this ILogger logger, string path, string problem);

    [LoggerMessage(17, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(this ILogger logger, ConfigurationWarning warning);

    [LoggerMessage(24, LogLevel.Information, "memory locked: nothing of this process is paged out")]
    public static partial void MemoryLocked(this ILogger logger);

    [LoggerMessage(25, LogLevel.Warning, "memory not locked ({Problem}): lock-memory needs CAP_IPC_LOCK, or no limit (ulimit -l unlimited)")]
    public static partial void MemoryNotLocked(this ILogger logger, string problem);
}
