// RFC 4204 §13.12.1
namespace OpenLmp.Wire;

/// <summary>A subobject of DATA_LINK: one property of the data link (RFC 4204 §13.12.1).</summary>
public abstract record DataLinkSubobject
{
    /// <summary>Bytes of a subobject's own header: Type and Length.</summary>
    public const int HeaderSize = 2;

    /// <summary>The subobject's Type.</summary>
    public abstract byte Type { get; }

    /// <summary>The RFC's name.</summary>
    public abstract string Name { get; }

    /// <summary>The Length field: bytes including Type and Length.</summary>
    public abstract int Length { get; }

    /// <summary>Bytes on the wire: Length, rounded up to a multiple of 4 (only RFC 5818 §5.2 has padding outside the Length).</summary>
    public int PaddedLength => (Length + 3) & ~3;

    /// <summary>Writes what follows Type and Length, without padding.</summary>
    protected abstract void WriteBody(ref LmpWriter writer);

    /// <summary>Tells the fields and what they mean.</summary>
    public abstract void Describe(IFieldSink fields);

    /// <summary>Writes the subobject with its header and padding.</summary>
    public void Write(ref LmpWriter writer)
    {
        writer.WriteByte(Type);
        writer.WriteByte((byte)Length);
        WriteBody(ref writer);
        writer.WriteZeros(PaddedLength - Length);
    }

    /// <summary>Reads one subobject. On error <paramref name="reader"/> has failed and the result means nothing.</summary>
    internal static DataLinkSubobject? Read(ObjectHeader parent, ref LmpReader reader)
    {
        var offset = reader.Offset;
        if (reader.Remaining < 4)
        {
            reader.Fail(DecodeErrorKind.SubobjectOverrun, offset, (uint)reader.Remaining, parent.Class, parent.CType);
            return null;
        }

        var type = reader.ReadByte();
        var length = reader.ReadByte();
        if (length < 4)
        {
            reader.Fail(DecodeErrorKind.SubobjectLength, offset, length, parent.Class, parent.CType);
            return null;
        }

        if (((length + 3) & ~3) - HeaderSize > reader.Remaining)
        {
            reader.Fail(DecodeErrorKind.SubobjectOverrun, offset, length, parent.Class, parent.CType);
            return null;
        }

        var body = reader.ReadPart(length - HeaderSize);
        DataLinkSubobject result = type switch
        {
            1 => InterfaceSwitchingType.Read(ref body),
            2 => Wavelength.Read(ref body),
            _ => new UnknownSubobject(type, ValueList.Create(body.ReadBytes(body.Remaining))),
        };
        if (body.Failed || body.Remaining != 0 || length % 4 != 0)
            reader.Fail(DecodeErrorKind.SubobjectLength, offset, length, parent.Class, parent.CType);
        return result;
    }
}

/// <summary>A subobject of a Type that no RFC defines, kept byte for byte.</summary>
/// <param name="UnknownType">The Type.</param>
/// <param name="Body">What follows Type and Length.</param>
public sealed record UnknownSubobject(byte UnknownType, ValueList<byte> Body) : DataLinkSubobject
{
    /// <inheritdoc/>
    public override byte Type => UnknownType;

    /// <inheritdoc/>
    public override string Name => "unknown";

    /// <inheritdoc/>
    public override int Length => HeaderSize + Body.Count;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteBytes(Body.Span);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Text("body", Convert.ToHexStringLower(Body.Span), "not defined by the RFCs; kept as it is");
}
