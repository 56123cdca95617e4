// RFC 4204 §13.10
namespace OpenLmp.Wire;

/// <summary>VERIFY_ID (Class 10, C-Type 1) (RFC 4204 §13.10): tells verification procedures apart.</summary>
/// <param name="Id">The Verify_Id, assigned by the node that sends BeginVerifyAck and unique there.</param>
public sealed record VerifyId(uint Id) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.VerifyId;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(Id);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) =>
        fields.Number("verifyId", Id, "the verification procedure, as named by the node that receives the Test messages");
}
