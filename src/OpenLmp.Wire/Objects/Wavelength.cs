// RFC 4204 §13.12.1.2
namespace OpenLmp.Wire;

/// <summary>Wavelength (DATA_LINK subobject 2) (RFC 4204 §13.12.1.2).</summary>
/// <param name="Value">Has a meaning only between the two neighbours.</param>
public sealed record Wavelength(uint Value) : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => 2;

    /// <inheritdoc/>
    public override string Name => "Wavelength";

    /// <inheritdoc/>
    public override int Length => 8;

    internal static Wavelength Read(ref LmpReader body)
    {
        body.Skip(2);
        return new Wavelength(body.ReadUInt32());
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(2);
        writer.WriteUInt32(Value);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("wavelength", Value, "significant between the two neighbours only");
}
