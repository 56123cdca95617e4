namespace OpenLmp.Protocol;

/// <summary>How a verification procedure that this node began ended (RFC 4204 §5).</summary>
public enum VerificationOutcome
{
    /// <summary>All data links were verified, and end where they should.</summary>
    AllVerified,

    /// <summary>The procedure ended; some data links failed or are wrongly wired.</summary>
    SomeFailed,

    /// <summary>The neighbour is unwilling now; it will be asked again.</summary>
    Unwilling,

    /// <summary>The neighbour refuses.</summary>
    Refused,

    /// <summary>BeginVerify was not answered.</summary>
    Unanswered,

    /// <summary>The control channels were lost meanwhile.</summary>
    Aborted,
}

/// <summary>A verification procedure that this node began ended (RFC 4204 §5).</summary>
/// <param name="At">When.</param>
/// <param name="Neighbor">With whom.</param>
/// <param name="TeLink">The TE link verified; null: data links of all TE links with the neighbour.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">In words.</param>
public sealed record VerificationFinished(Instant At, Neighbor Neighbor, TeLink? TeLink, VerificationOutcome Outcome, string Text) : NodeEvent(At)
{
    /// <summary>What was verified: the TE link's name, or the neighbour's.</summary>
    public string Object => TeLink?.Name ?? Neighbor.Name;
}
