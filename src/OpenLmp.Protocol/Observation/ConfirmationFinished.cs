namespace OpenLmp.Protocol;

/// <summary>How a status confirmation that this node began ended (RFC 5818 §6).</summary>
public enum ConfirmationOutcome
{
    /// <summary>Both ends have the same status of all data channels.</summary>
    Agreed,

    /// <summary>Data channels are in use at one end only: see the alarms.</summary>
    Mismatch,

    /// <summary>The neighbour is unwilling now; it will be asked again.</summary>
    Unwilling,

    /// <summary>The neighbour refuses.</summary>
    Refused,

    /// <summary>No answer to any transmission.</summary>
    Unanswered,

    /// <summary>Given up because the adjacency was lost or the TE link is no longer configured.</summary>
    Abandoned,
}

/// <summary>A status confirmation that this node began ended (RFC 5818 §6).</summary>
public sealed record ConfirmationFinished(Instant At, TeLink TeLink, ConfirmationOutcome Outcome, string Text) : NodeEvent(At);
