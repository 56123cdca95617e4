using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Where a verification procedure that this node began stands (RFC 4204 §5).</summary>
public enum VerificationPhase
{
    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>BeginVerify sent, not answered yet.</summary>
    Beginning,

    /// <summary>Test messages are being sent.</summary>
    Testing,

    /// <summary>EndVerify sent, not answered yet.</summary>
    Ending,
}

/// <summary>Where a data link really ends, as verification found it (RFC 4204 §5).</summary>
/// <param name="Neighbor">The node at its other end: not always the one that is configured.</param>
/// <param name="InterfaceId">That node's Interface_Id.</param>
/// <param name="LinkId">The Link_Id of that node's TE link, where it told it.</param>
public readonly record struct FarEnd(Neighbor Neighbor, Identifier InterfaceId, Identifier? LinkId = null)
{
    /// <summary>As it is told to people.</summary>
    public override string ToString() => $"Interface_Id {InterfaceId} of {Neighbor.Name}";
}

/// <summary>Which data links a BeginVerify is about (RFC 4204 §5, §13.8).</summary>
internal enum VerifyScope
{
    /// <summary>"Verify all Links" set: all that are not allocated.</summary>
    AllFree,

    /// <summary>Clear, with a Link_Id: those of the TE link that are not Up yet.</summary>
    NotUp,

    /// <summary>Clear, without a Link_Id: those whose mapping is not configured.</summary>
    Unassigned,
}
