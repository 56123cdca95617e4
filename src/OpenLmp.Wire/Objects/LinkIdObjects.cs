// RFC 4204 §13.3
namespace OpenLmp.Wire;

/// <summary>LOCAL_LINK_ID (Class 3, C-Type 1 IPv4, 3 IPv6, 5 unnumbered) (RFC 4204 §13.3).</summary>
/// <param name="LinkId">The sender's Link_Id; zero only in BeginVerify (RFC 4204 §12.5.1).</param>
public sealed record LocalLinkId(Identifier LinkId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.LinkId;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.LocalCTypeOf(LinkId.Type);

    /// <inheritdoc/>
    public override int BodyLength => LinkId.Length;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => LinkId.Write(ref writer);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Id("linkId", LinkId, LinkId.IsZero ? "not limited to a TE link; allowed in BeginVerify only" : "the sender's TE link");
}

/// <summary>REMOTE_LINK_ID (Class 3, C-Type 2 IPv4, 4 IPv6, 6 unnumbered) (RFC 4204 §13.3).</summary>
/// <param name="LinkId">The receiver's Link_Id, non-zero.</param>
public sealed record RemoteLinkId(Identifier LinkId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.LinkId;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.RemoteCTypeOf(LinkId.Type);

    /// <inheritdoc/>
    public override int BodyLength => LinkId.Length;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => LinkId.Write(ref writer);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Id("linkId", LinkId, LinkId.IsZero ? "0 is not allowed" : "the receiver's TE link");
}
