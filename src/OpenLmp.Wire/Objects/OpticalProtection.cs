// RFC 4209 §2.3.4
namespace OpenLmp.Wire;

/// <summary>Optical Protection (DATA_LINK subobject 6) (RFC 4209 §2.3.4): how the OLS protects the data link.</summary>
/// <param name="LinkFlags">Link Flags, six bits (RFC 3471 §7).</param>
public sealed record OpticalProtection(LinkProtection LinkFlags) : DataLinkSubobject
{
    private const LinkProtection DefinedFlags = (LinkProtection)0x3F;

    /// <inheritdoc/>
    public override byte Type => 6;

    /// <inheritdoc/>
    public override string Name => "Optical Protection";

    /// <inheritdoc/>
    public override int Length => 4;

    internal static OpticalProtection Read(ref LmpReader body)
    {
        body.Skip(1);
        return new OpticalProtection((LinkProtection)body.ReadByte() & DefinedFlags);
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(1);
        writer.WriteByte((byte)(LinkFlags & DefinedFlags));
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Number("linkFlags", (byte)LinkFlags, LinkFlags == LinkProtection.None ? "none" : string.Join(", ", Rfc3471.Names(LinkFlags)));
}
