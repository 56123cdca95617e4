// RFC 4209 §2.4
namespace OpenLmp.Protocol;

/// <summary>An optical line system says that it sends something else than before on a data link (RFC 4209 §2.4).</summary>
public sealed record LineSignalChanged(Instant At, DataLink DataLink, SignalState From, SignalState To) : NodeEvent(At);

/// <summary>The neighbour told the state of link groups that it has named for no data link of the TE link (RFC 4209 §2.4.1): ignored.</summary>
/// <param name="At">When.</param>
/// <param name="TeLink">The TE link.</param>
/// <param name="Text">Which, in words.</param>
public sealed record LinkGroupUnknown(Instant At, TeLink TeLink, string Text) : NodeEvent(At);

/// <summary>The neighbour told, by the number of a link group, what is news of several data links of the TE link at once (RFC 4209 §2.4.1).</summary>
/// <param name="At">When.</param>
/// <param name="TeLink">The TE link.</param>
/// <param name="Text">What, in words.</param>
public sealed record LinkGroupTold(Instant At, TeLink TeLink, string Text) : NodeEvent(At);
