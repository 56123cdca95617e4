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
    /// <exception cref="InvalidOperationException">Its contents do not fit the 8-bit Length.</exception>
    public void Write(ref LmpWriter writer)
    {
        if (Length > byte.MaxValue) throw new InvalidOperationException($"{Name} of {Length} bytes does not fit the 8-bit Length of a subobject");
        writer.WriteByte(Type);
        writer.WriteByte((byte)Length);
        WriteBody(ref writer);
        writer.WriteZeros(PaddedLength - Length);
    }

    /// <summary>Reads the subobjects up to the end of their object. On error <paramref name="reader"/> has failed and the result means nothing.</summary>
    internal static ValueList<DataLinkSubobject> ReadAll(ObjectHeader parent, ref LmpReader reader)
    {
        var count = Count(reader);
        if (count == 0 && reader.Remaining == 0) return default;
        var subobjects = new DataLinkSubobject[count];
        for (var i = 0; i < count && !reader.Failed; i++) subobjects[i] = Read(parent, ref reader);
        // What the count stopped at does not frame: reading it says why.
        if (reader.Remaining > 0) Read(parent, ref reader);
        return ValueList.Wrap(subobjects);
    }

    /// <summary>Reads one subobject. On error <paramref name="reader"/> has failed and the result means nothing.</summary>
    internal static DataLinkSubobject Read(ObjectHeader parent, ref LmpReader reader)
    {
        var offset = reader.Offset;
        if (reader.Remaining < HeaderSize)
        {
            reader.Fail(DecodeErrorKind.SubobjectOverrun, offset, (uint)reader.Remaining, parent.Class, parent.CType);
            return new UnknownSubobject(0, default);
        }

        var type = reader.ReadByte();
        var length = reader.ReadByte();
        // RFC 5818 §5.2: of all subobjects only Data Channel Status may have a Length that is no multiple of 4, and then padding follows.
        var padding = type == DataChannelStatusSubobject.SubobjectType ? -length & 3 : 0;
        if (length < 4 || (length + padding) % 4 != 0) reader.Fail(DecodeErrorKind.SubobjectLength, offset, length, parent.Class, parent.CType);
        else if (length + padding - HeaderSize > reader.Remaining) reader.Fail(DecodeErrorKind.SubobjectOverrun, offset, length, parent.Class, parent.CType);
        if (reader.Failed) return new UnknownSubobject(type, default);

        var body = reader.ReadPart(length - HeaderSize);
        reader.Skip(padding);
        DataLinkSubobject result = type switch
        {
            1 => InterfaceSwitchingType.Read(ref body),
            2 => Wavelength.Read(ref body),
            3 => LinkGroupId.Read(ref body),
            4 => Srlg.Read(ref body),
            5 => BerEstimate.Read(ref body),
            6 => OpticalProtection.Read(ref body),
            7 => TotalSpanLength.Read(ref body),
            8 => AdministrativeGroup.Read(ref body),
            DataChannelStatusSubobject.SubobjectType => DataChannelStatusSubobject.Read(ref body),
            _ => new UnknownSubobject(type, ValueList.Create(body.ReadBytes(body.Remaining))),
        };
        if (body.Failed || body.Remaining != 0) reader.Fail(DecodeErrorKind.SubobjectLength, offset, length, parent.Class, parent.CType);
        return result;
    }

    /// <summary>How many subobjects frame, so that their list is allocated once; the reader is a copy.</summary>
    private static int Count(LmpReader reader)
    {
        var count = 0;
        while (reader.Remaining >= HeaderSize)
        {
            reader.Skip(1);
            var length = reader.ReadByte();
            var rest = ((length + 3) & ~3) - HeaderSize;
            if (rest <= 0 || rest > reader.Remaining) break;
            reader.Skip(rest);
            count++;
        }

        return count;
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
