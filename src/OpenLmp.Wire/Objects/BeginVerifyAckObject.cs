// RFC 4204 §13.9
using System.Numerics;

namespace OpenLmp.Wire;

/// <summary>BEGIN_VERIFY_ACK (Class 9, C-Type 1) (RFC 4204 §13.9).</summary>
/// <param name="VerifyDeadInterval">Milliseconds without a Test message after which a data link has failed the test.</param>
/// <param name="TransportResponse">The mechanism chosen: exactly one bit of those offered. All 16 bits as received.</param>
public sealed record BeginVerifyAckObject(ushort VerifyDeadInterval, VerifyTransport TransportResponse) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.BeginVerifyAck;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <summary>Whether exactly one bit is set, as RFC 4204 §13.9 demands.</summary>
    public bool HasOneTransport => BitOperations.IsPow2((uint)TransportResponse);

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16(VerifyDeadInterval);
        writer.WriteUInt16((ushort)TransportResponse);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Number("verifyDeadInterval", VerifyDeadInterval, "ms without a Test message until a data link has failed");
        var words = VerifyTransports.InWords(TransportResponse, encoding: null);
        fields.Number("verifyTransportResponse", (ushort)TransportResponse, HasOneTransport ? words : words + ": exactly one is allowed");
    }
}
