// RFC 4204 §13.7
namespace OpenLmp.Wire;

/// <summary>HELLO (Class 7, C-Type 1) (RFC 4204 §3.2.2, §13.7).</summary>
/// <param name="TxSeqNum">The sender's sequence number: 1 first, never 0.</param>
/// <param name="RcvSeqNum">The last sequence number the sender received; 0: none yet.</param>
public sealed record HelloObject(uint TxSeqNum, uint RcvSeqNum) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Hello;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 8;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt32(TxSeqNum);
        writer.WriteUInt32(RcvSeqNum);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Number("txSeqNum", TxSeqNum, TxSeqNum switch { 0 => "0 is not allowed", 1 => "the sender's first", _ => null });
        fields.Number("rcvSeqNum", RcvSeqNum, RcvSeqNum == 0 ? "no Hello received yet" : null);
    }
}
