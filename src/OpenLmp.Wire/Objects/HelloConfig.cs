// RFC 4204 §13.6
namespace OpenLmp.Wire;

/// <summary>HelloConfig (Class 6, C-Type 1): the Hello parameters to negotiate (RFC 4204 §3.2.1, §13.6).</summary>
/// <param name="HelloInterval">Milliseconds between Hellos; 0 together with the other: no Hello.</param>
/// <param name="HelloDeadInterval">Milliseconds without a Hello after which the control channel is dead; greater than the other, or 0.</param>
public sealed record HelloConfig(ushort HelloInterval, ushort HelloDeadInterval) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Config;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16(HelloInterval);
        writer.WriteUInt16(HelloDeadInterval);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Number("helloInterval", HelloInterval, HelloInterval == 0 ? "no Hello" : "ms between Hellos");
        fields.Number("helloDeadInterval", HelloDeadInterval, HelloDeadInterval == 0 ? "no Hello" : "ms of silence until the control channel is dead");
    }
}
