// RFC 4209 §2.3.5
namespace OpenLmp.Wire;

/// <summary>Total Span Length (DATA_LINK subobject 7) (RFC 4209 §2.3.5).</summary>
/// <param name="Metres">Fibre in the WDM span, in metres.</param>
public sealed record TotalSpanLength(uint Metres) : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => 7;

    /// <inheritdoc/>
    public override string Name => "Total Span Length";

    /// <inheritdoc/>
    public override int Length => 8;

    internal static TotalSpanLength Read(ref LmpReader body)
    {
        body.Skip(2);
        return new TotalSpanLength(body.ReadUInt32());
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(2);
        writer.WriteUInt32(Metres);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("spanLength", Metres, "m of fibre in the WDM span");
}
