// RFC 4209 §2.3.2
namespace OpenLmp.Wire;

/// <summary>SRLG (DATA_LINK subobject 4) (RFC 4209 §2.3.2): the shared risk link groups the data link is in.</summary>
/// <param name="Values">The groups, at most <see cref="MaxValues"/>; further ones go into another subobject.</param>
public sealed record Srlg(ValueList<uint> Values) : DataLinkSubobject
{
    /// <summary>How many groups fit the 8-bit Length.</summary>
    public const int MaxValues = 62;

    /// <inheritdoc/>
    public override byte Type => 4;

    /// <inheritdoc/>
    public override string Name => "SRLG";

    /// <inheritdoc/>
    public override int Length => 4 + (4 * Values.Count);

    internal static Srlg Read(ref LmpReader body)
    {
        body.Skip(2);
        var values = new uint[body.Remaining / 4];
        for (var i = 0; i < values.Length; i++) values[i] = body.ReadUInt32();
        return new Srlg(ValueList.Wrap(values));
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteZeros(2);
        foreach (var value in Values) writer.WriteUInt32(value);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        foreach (var value in Values)
        {
            fields.Begin("srlgs");
            fields.Number("srlg", value, "shares a risk with the other links of this group");
            fields.End();
        }
    }
}
