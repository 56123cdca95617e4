// RFC 4204 §13.1
namespace OpenLmp.Wire;

/// <summary>LOCAL_CCID (Class 1, C-Type 1): the sender's CC_Id (RFC 4204 §13.1).</summary>
/// <param name="CcId">Non-zero, unique within the sender.</param>
public sealed record LocalCcid(uint CcId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Ccid;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(CcId);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("ccId", CcId, CcId == 0 ? "0 is not allowed" : "the sender's control channel");
}

/// <summary>REMOTE_CCID (Class 1, C-Type 2): the receiver's CC_Id (RFC 4204 §13.1).</summary>
/// <param name="CcId">Non-zero.</param>
public sealed record RemoteCcid(uint CcId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Ccid;

    /// <inheritdoc/>
    public override byte CType => 2;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(CcId);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("ccId", CcId, CcId == 0 ? "0 is not allowed" : "the receiver's control channel");
}
