// RFC 4204 §13.15
namespace OpenLmp.Wire;

/// <summary>Bits of BEGIN_VERIFY_ERROR (RFC 4204 §13.15).</summary>
[Flags]
public enum BeginVerifyErrors : uint
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Link Verification Procedure not supported.</summary>
    NotSupported = 0x01,

    /// <summary>Unwilling to verify.</summary>
    Unwilling = 0x02,

    /// <summary>Unsupported verification transport mechanism.</summary>
    UnsupportedTransport = 0x04,

    /// <summary>Link_Id configuration error.</summary>
    LinkIdConfiguration = 0x08,

    /// <summary>Unknown object C-Type.</summary>
    UnknownCType = 0x10,
}

/// <summary>BEGIN_VERIFY_ERROR (Class 20, C-Type 1) (RFC 4204 §12.5.3, §13.15).</summary>
/// <param name="Errors">All 32 bits as received; those not defined are ignored.</param>
public sealed record BeginVerifyError(BeginVerifyErrors Errors) : LmpObject
{
    private static readonly (uint Bit, string Text)[] Texts =
    [
        ((uint)BeginVerifyErrors.NotSupported, "Link Verification Procedure not supported"),
        ((uint)BeginVerifyErrors.Unwilling, "Unwilling to verify"),
        ((uint)BeginVerifyErrors.UnsupportedTransport, "Unsupported verification transport mechanism"),
        ((uint)BeginVerifyErrors.LinkIdConfiguration, "Link_Id configuration error"),
        ((uint)BeginVerifyErrors.UnknownCType, "Unknown object C-Type"),
    ];

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ErrorCode;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <summary>The RFC's words for the bits set, joined by commas.</summary>
    public static string InWords(BeginVerifyErrors errors) => ErrorCodes.InWords((uint)errors, Texts);

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32((uint)Errors);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("errorCode", (uint)Errors, InWords(Errors));
}
