// RFC 4209 §2.3.3
namespace OpenLmp.Wire;

/// <summary>BER Estimate (DATA_LINK subobject 5) (RFC 4209 §2.3.3).</summary>
/// <param name="Exponent">X for a bit error rate of 10 to the minus X.</param>
public sealed record BerEstimate(byte Exponent) : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => 5;

    /// <inheritdoc/>
    public override string Name => "BER Estimate";

    /// <inheritdoc/>
    public override int Length => 4;

    internal static BerEstimate Read(ref LmpReader body)
    {
        var exponent = body.ReadByte();
        body.Skip(1);
        return new BerEstimate(exponent);
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteByte(Exponent);
        writer.WriteZeros(1);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("ber", Exponent, $"one bit in 10^{Exponent} is in error");
}
