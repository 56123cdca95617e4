// RFC 4204 §12.2
namespace OpenLmp.Wire;

/// <summary>An object of a class or C-Type that no RFC defines, kept byte for byte.</summary>
/// <param name="UnknownClass">The class.</param>
/// <param name="UnknownCType">The C-Type.</param>
/// <param name="Body">What follows the object header.</param>
public sealed record UnknownObject(ObjectClass UnknownClass, byte UnknownCType, ValueList<byte> Body) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => UnknownClass;

    /// <inheritdoc/>
    public override byte CType => UnknownCType;

    /// <inheritdoc/>
    public override int BodyLength => Body.Count;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteBytes(Body.Span);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Text("body", Convert.ToHexStringLower(Body.Span), "not defined by the RFCs; kept as it is");
}
