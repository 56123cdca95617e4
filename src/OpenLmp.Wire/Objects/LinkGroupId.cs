// RFC 4209 §2.3.1
namespace OpenLmp.Wire;

/// <summary>Link Group ID (DATA_LINK subobject 3) (RFC 4209 §2.3.1): a group of data links that may fail together; a data link may be in several.</summary>
/// <param name="Id">The group's id, local to the sender.</param>
public sealed record LinkGroupId(uint Id) : DataLinkSubobject
{
    /// <summary>The group that all data links of a TE link are in without saying so.</summary>
    public const uint AllDataLinks = 0xFFFFFFFF;

    /// <inheritdoc/>
    public override byte Type => 3;

    /// <inheritdoc/>
    public override string Name => "Link Group ID";

    /// <inheritdoc/>
    public override int Length => 8;

    internal static LinkGroupId Read(ref LmpReader body)
    {
        body.Skip(2);
        return new LinkGroupId(body.ReadUInt32());
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(2);
        writer.WriteUInt32(Id);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("linkGroupId", Id, InWords(Id));

    internal static string InWords(uint id) => id == AllDataLinks ? "all data links of the TE link" : "a group that may fail together";
}
