// RFC 4207 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The data plane receives another trace message on a data link (RFC 4207 §4).</summary>
/// <param name="At">When.</param>
/// <param name="DataLink">The data link.</param>
/// <param name="Type">Which overhead byte.</param>
/// <param name="From">What was received before; null: it was not known.</param>
/// <param name="To">What is received now; empty: none.</param>
public sealed record TraceReceived(Instant At, DataLink DataLink, TraceType Type, string? From, string To) : NodeEvent(At);

/// <summary>How a trace request to a neighbour ended (RFC 4207 §4.1).</summary>
public enum TraceRequestOutcome
{
    /// <summary>The neighbour does what was asked, or has told what it receives.</summary>
    Done,

    /// <summary>The neighbour receives another trace message.</summary>
    Mismatch,

    /// <summary>The neighbour refuses.</summary>
    Refused,

    /// <summary>No answer to any transmission.</summary>
    Unanswered,
}

/// <summary>A trace request to a neighbour ended: TraceMonitor, InsertTrace, TraceReq or TraceMismatch (RFC 4207 §4.1).</summary>
/// <param name="At">When.</param>
/// <param name="DataLink">The data link.</param>
/// <param name="Request">Which message.</param>
/// <param name="Outcome">How.</param>
/// <param name="Text">In words.</param>
public sealed record TraceRequestFinished(Instant At, DataLink DataLink, MessageType Request, TraceRequestOutcome Outcome, string Text) : NodeEvent(At);
