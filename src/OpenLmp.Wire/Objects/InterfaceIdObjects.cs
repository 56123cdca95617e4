// RFC 4204 §13.4
namespace OpenLmp.Wire;

/// <summary>LOCAL_INTERFACE_ID (Class 4, C-Type 1 IPv4, 3 IPv6, 5 unnumbered) (RFC 4204 §13.4).</summary>
/// <param name="InterfaceId">The sender's Interface_Id, non-zero.</param>
public sealed record LocalInterfaceId(Identifier InterfaceId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.InterfaceId;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.LocalCTypeOf(InterfaceId.Type);

    /// <inheritdoc/>
    public override int BodyLength => InterfaceId.Length;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => InterfaceId.Write(ref writer);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Id("interfaceId", InterfaceId, InterfaceId.IsZero ? "0 is not allowed" : "the sender's data link");
}

/// <summary>REMOTE_INTERFACE_ID (Class 4, C-Type 2 IPv4, 4 IPv6, 6 unnumbered) (RFC 4204 §13.4).</summary>
/// <param name="InterfaceId">The receiver's Interface_Id, non-zero.</param>
public sealed record RemoteInterfaceId(Identifier InterfaceId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.InterfaceId;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.RemoteCTypeOf(InterfaceId.Type);

    /// <inheritdoc/>
    public override int BodyLength => InterfaceId.Length;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => InterfaceId.Write(ref writer);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Id("interfaceId", InterfaceId, InterfaceId.IsZero ? "0 is not allowed" : "the receiver's data link");
}
