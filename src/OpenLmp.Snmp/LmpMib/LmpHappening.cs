using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

/// <summary>Something that happened to a node and may be notified.</summary>
/// <param name="At">When.</param>
/// <param name="Object">The name of what it happened to.</param>
public abstract record LmpHappening(Instant At, string Object);

/// <summary>A control channel, named NEIGHBOUR/CC_Id, changed state.</summary>
public sealed record ControlChannelHappening(Instant At, string Object, ControlChannelState From, ControlChannelState To) : LmpHappening(At, Object);

/// <summary>A TE link changed state.</summary>
public sealed record TeLinkHappening(Instant At, string Object, TeLinkState From, TeLinkState To) : LmpHappening(At, Object);

/// <summary>An alarm was raised or changed, or it was cleared.</summary>
public sealed record AlarmHappening(Instant At, string Object, AlarmKind Kind, bool IsCleared) : LmpHappening(At, Object);
