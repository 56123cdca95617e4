// RFC 4209 §2.3.6
namespace OpenLmp.Wire;

/// <summary>Administrative Group (DATA_LINK subobject 8) (RFC 4209 §2.3.6): the colours of the data link.</summary>
/// <param name="Groups">One bit for each group (RFC 3630 §2.5.9), the least significant one for group 0.</param>
public sealed record AdministrativeGroup(uint Groups) : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => 8;

    /// <inheritdoc/>
    public override string Name => "Administrative Group";

    /// <inheritdoc/>
    public override int Length => 8;

    internal static AdministrativeGroup Read(ref LmpReader body)
    {
        body.Skip(2);
        return new AdministrativeGroup(body.ReadUInt32());
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(2);
        writer.WriteUInt32(Groups);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("administrativeGroup", Groups, $"0x{Groups:x}: one bit for each group (colour)");
}
