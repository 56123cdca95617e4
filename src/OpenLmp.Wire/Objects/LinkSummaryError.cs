// RFC 4204 §13.15
namespace OpenLmp.Wire;

/// <summary>Bits of LINK_SUMMARY_ERROR (RFC 4204 §13.15).</summary>
[Flags]
public enum LinkSummaryErrors : uint
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Unacceptable non-negotiable LINK_SUMMARY parameters.</summary>
    UnacceptableNonNegotiable = 0x01,

    /// <summary>Renegotiate LINK_SUMMARY parameters.</summary>
    Renegotiate = 0x02,

    /// <summary>Invalid TE_LINK object.</summary>
    InvalidTeLink = 0x04,

    /// <summary>Invalid DATA_LINK object.</summary>
    InvalidDataLink = 0x08,

    /// <summary>Unknown TE_LINK object C-Type.</summary>
    UnknownTeLinkCType = 0x10,

    /// <summary>Unknown DATA_LINK object C-Type.</summary>
    UnknownDataLinkCType = 0x20,
}

/// <summary>LINK_SUMMARY_ERROR (Class 20, C-Type 2) (RFC 4204 §12.6.3, §13.15).</summary>
/// <param name="Errors">All 32 bits as received; those not defined are ignored.</param>
public sealed record LinkSummaryError(LinkSummaryErrors Errors) : LmpObject
{
    private static readonly (uint Bit, string Text)[] Texts =
    [
        ((uint)LinkSummaryErrors.UnacceptableNonNegotiable, "Unacceptable non-negotiable LINK_SUMMARY parameters"),
        ((uint)LinkSummaryErrors.Renegotiate, "Renegotiate LINK_SUMMARY parameters"),
        ((uint)LinkSummaryErrors.InvalidTeLink, "Invalid TE_LINK object"),
        ((uint)LinkSummaryErrors.InvalidDataLink, "Invalid DATA_LINK object"),
        ((uint)LinkSummaryErrors.UnknownTeLinkCType, "Unknown TE_LINK object C-Type"),
        ((uint)LinkSummaryErrors.UnknownDataLinkCType, "Unknown DATA_LINK object C-Type"),
    ];

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ErrorCode;

    /// <inheritdoc/>
    public override byte CType => 2;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <summary>The RFC's words for the bits set, joined by commas.</summary>
    public static string InWords(LinkSummaryErrors errors) => ErrorCodes.InWords((uint)errors, Texts);

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32((uint)Errors);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("errorCode", (uint)Errors, InWords(Errors));
}
