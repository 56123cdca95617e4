// RFC 4207 §4.1.3.1
namespace OpenLmp.Wire;

/// <summary>Bits of TRACE_ERROR (RFC 4207 §4.1.3.1).</summary>
[Flags]
public enum TraceErrors : uint
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Unsupported Trace Type.</summary>
    UnsupportedTraceType = 0x01,

    /// <summary>Invalid Trace Message.</summary>
    InvalidTraceMessage = 0x02,
}

/// <summary>TRACE_ERROR (Class 20, C-Type 3) (RFC 4207 §4.1.3.1).</summary>
/// <param name="Errors">All 32 bits as received; those not defined are ignored.</param>
public sealed record TraceError(TraceErrors Errors) : LmpObject
{
    private static readonly (uint Bit, string Text)[] Texts =
    [
        ((uint)TraceErrors.UnsupportedTraceType, "Unsupported Trace Type"),
        ((uint)TraceErrors.InvalidTraceMessage, "Invalid Trace Message"),
    ];

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ErrorCode;

    /// <inheritdoc/>
    public override byte CType => 3;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <summary>The RFC's words for the bits set, joined by commas.</summary>
    public static string InWords(TraceErrors errors) => ErrorCodes.InWords((uint)errors, Texts);

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32((uint)Errors);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("errorCode", (uint)Errors, InWords(Errors));
}
