// RFC 4204 §13.11
namespace OpenLmp.Wire;

/// <summary>Flags of TE_LINK (RFC 4204 §13.11). Other bits are sent as zero and ignored on receipt.</summary>
[Flags]
public enum TeLinkFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Fault Management Supported (RFC 4204 §6).</summary>
    FaultManagement = 0x01,

    /// <summary>Link Verification Supported (RFC 4204 §5).</summary>
    LinkVerification = 0x02,
}

/// <summary>TE_LINK (Class 11, C-Type 1 IPv4, 2 IPv6, 3 unnumbered) (RFC 4204 §13.11). Zero ids decode: LinkSummary answers them.</summary>
/// <param name="Flags">The flags; reserved bits read as zero.</param>
/// <param name="LocalLinkId">The sender's Link_Id.</param>
/// <param name="RemoteLinkId">The receiver's Link_Id, of the same form.</param>
public sealed record TeLinkObject(TeLinkFlags Flags, Identifier LocalLinkId, Identifier RemoteLinkId) : LmpObject
{
    private const TeLinkFlags DefinedFlags = TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.TeLink;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.CTypeOf(LocalLinkId.Type);

    /// <inheritdoc/>
    public override int BodyLength => 4 + LocalLinkId.Length + RemoteLinkId.Length;

    internal static TeLinkObject Read(ObjectHeader header, ref LmpReader body)
    {
        var form = ObjectDecoder.FormOf(header.CType);
        var flags = (TeLinkFlags)body.ReadByte() & DefinedFlags;
        body.Skip(3);
        return new TeLinkObject(flags, Identifier.Read(form, ref body), Identifier.Read(form, ref body)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteByte((byte)(Flags & DefinedFlags));
        writer.WriteZeros(3);
        LocalLinkId.Write(ref writer);
        RemoteLinkId.Write(ref writer);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        var (fault, verification) = (Flags.HasFlag(TeLinkFlags.FaultManagement), Flags.HasFlag(TeLinkFlags.LinkVerification));
        fields.Flag("faultManagement", fault, $"the sender {(fault ? "supports" : "does not support")} fault management on this TE link");
        fields.Flag("linkVerification", verification, $"the sender {(verification ? "supports" : "does not support")} link verification on this TE link");
        fields.Id("localLinkId", LocalLinkId, LocalLinkId.IsZero ? "0 is not allowed" : "the sender's Link_Id");
        fields.Id("remoteLinkId", RemoteLinkId, RemoteLinkId.IsZero ? "0 is not allowed" : "the receiver's Link_Id");
    }
}
