// RFC 4204 §13.12.1.1
namespace OpenLmp.Wire;

/// <summary>Interface Switching Type (DATA_LINK subobject 1) (RFC 4204 §13.12.1.1): one switching capability of the data link.</summary>
/// <param name="SwitchingType">RFC 3471 switching type.</param>
/// <param name="Encoding">RFC 3471 encoding type.</param>
/// <param name="MinimumBandwidth">Minimum reservable bandwidth, bytes per second.</param>
/// <param name="MaximumBandwidth">Maximum reservable bandwidth, bytes per second; equal to the minimum for a fixed rate.</param>
public sealed record InterfaceSwitchingType(SwitchingType SwitchingType, EncodingType Encoding, float MinimumBandwidth, float MaximumBandwidth)
    : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => 1;

    /// <inheritdoc/>
    public override string Name => "Interface Switching Type";

    /// <inheritdoc/>
    public override int Length => 12;

    internal static InterfaceSwitchingType Read(ref LmpReader body) =>
        new((SwitchingType)body.ReadByte(), (EncodingType)body.ReadByte(), body.ReadSingle(), body.ReadSingle());

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteByte((byte)SwitchingType);
        writer.WriteByte((byte)Encoding);
        writer.WriteSingle(MinimumBandwidth);
        writer.WriteSingle(MaximumBandwidth);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Text("switchingType", Rfc3471.Name(SwitchingType));
        fields.Text("encoding", Rfc3471.Name(Encoding));
        fields.Bandwidth("minimumBandwidth", MinimumBandwidth);
        fields.Bandwidth("maximumBandwidth", MaximumBandwidth);
    }
}
