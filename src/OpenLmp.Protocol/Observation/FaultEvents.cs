namespace OpenLmp.Protocol;

/// <summary>
/// A fault was localized to a data link, or turned out to affect another direction or be of another degree (RFC 4204 §6.2): what protection
/// and restoration act on.
/// </summary>
public sealed record FaultLocalized(Instant At, DataLink DataLink, LinkFault Fault) : NodeEvent(At);

/// <summary>A fault that was localized is over, or turned out to be elsewhere.</summary>
public sealed record FaultCleared(Instant At, DataLink DataLink, LinkFault Fault) : NodeEvent(At);

/// <summary>The neighbour says that it receives something else than before on a data link (RFC 4204 §13.13, Direction bit clear).</summary>
public sealed record RemoteSignalChanged(Instant At, DataLink DataLink, SignalState From, SignalState To) : NodeEvent(At);

/// <summary>The neighbour has told of a data link's activation or deactivation (RFC 4204 §6.4, §6.5).</summary>
public sealed record ChannelActivationChanged(Instant At, DataLink DataLink, bool Active) : NodeEvent(At);

/// <summary>
/// Routing and signalling: new connections over a TE link are accepted from now on, or not; then nothing of it is unreserved (RFC 4204 §3.2.4).
/// </summary>
public sealed record TeLinkAvailabilityChanged(Instant At, TeLink TeLink, bool AcceptsConnections, string Reason) : NodeEvent(At);

/// <summary>It is known which data link continues on which.</summary>
public sealed record CrossConnectAdded(Instant At, CrossConnect CrossConnect) : NodeEvent(At);

/// <summary>A cross-connect is gone.</summary>
/// <param name="At">When.</param>
/// <param name="CrossConnect">The cross-connect.</param>
/// <param name="Reason">Why, where it is not the operator's command; otherwise empty.</param>
public sealed record CrossConnectRemoved(Instant At, CrossConnect CrossConnect, string Reason) : NodeEvent(At);
