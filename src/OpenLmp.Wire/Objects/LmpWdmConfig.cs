// RFC 4209 §2.1
namespace OpenLmp.Wire;

/// <summary>LMP-WDM_CONFIG (Class 6, C-Type 2) (RFC 4209 §2.1).</summary>
/// <param name="Wdm">The sender supports the LMP-WDM extensions.</param>
/// <param name="Ols">The sender is an optical line system; otherwise it is a peer node.</param>
public sealed record LmpWdmConfig(bool Wdm, bool Ols) : LmpObject
{
    private const uint WdmBit = 0x80000000;
    private const uint OlsBit = 0x40000000;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Config;

    /// <inheritdoc/>
    public override byte CType => 2;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    internal static LmpWdmConfig Read(ObjectHeader header, ref LmpReader body)
    {
        var bits = body.ReadUInt32();
        return new LmpWdmConfig((bits & WdmBit) != 0, (bits & OlsBit) != 0) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32((Wdm ? WdmBit : 0) | (Ols ? OlsBit : 0));

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Flag("wdm", Wdm, Wdm ? "the sender supports the LMP-WDM extensions" : "the sender does not support the LMP-WDM extensions");
        fields.Flag("ols", Ols, Ols ? "the sender is an optical line system" : "the sender is a peer node");
    }
}
