// RFC 5818 §5.1.3, §8.3
namespace OpenLmp.Wire;

/// <summary>Bits of the ERROR_CODE of ConfirmDataChannelStatusNack (RFC 5818 §5.1.3).</summary>
[Flags]
public enum ConfirmDataChannelStatusErrors : uint
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Channel Status Confirmation Procedure not supported.</summary>
    NotSupported = 0x01,

    /// <summary>Unwilling to Confirm.</summary>
    Unwilling = 0x02,
}

/// <summary>ERROR_CODE of ConfirmDataChannelStatusNack (Class 20, C-Type 4) (RFC 5818 §5.1.3).</summary>
/// <param name="Errors">All 32 bits as received; those not defined are ignored.</param>
public sealed record ConfirmDataChannelStatusError(ConfirmDataChannelStatusErrors Errors) : LmpObject
{
    private static readonly (uint Bit, string Text)[] Texts =
    [
        ((uint)ConfirmDataChannelStatusErrors.NotSupported, "Channel Status Confirmation Procedure not supported"),
        ((uint)ConfirmDataChannelStatusErrors.Unwilling, "Unwilling to Confirm"),
    ];

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ErrorCode;

    /// <inheritdoc/>
    public override byte CType => 4;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <summary>The RFC's words for the bits set, joined by commas.</summary>
    public static string InWords(ConfirmDataChannelStatusErrors errors) => ErrorCodes.InWords((uint)errors, Texts);

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32((uint)Errors);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("errorCode", (uint)Errors, InWords(Errors));
}
