// RFC 4204 §12.2
namespace OpenLmp.Wire;

/// <summary>The 4 bytes every LMP object starts with (RFC 4204 §12.2).</summary>
/// <param name="Negotiable">The N bit.</param>
/// <param name="CType">C-Type, 0-127, unique within the class.</param>
/// <param name="Class">Object class; any value may be received.</param>
/// <param name="Length">Bytes of the object, this header included.</param>
public readonly record struct ObjectHeader(bool Negotiable, byte CType, ObjectClass Class, ushort Length)
{
    /// <summary>The header's size in bytes.</summary>
    public const int Size = 4;

    /// <summary>
    /// Reads an object header and checks that the object lies within the message. On error <paramref name="reader"/> has failed.
    /// </summary>
    public static ObjectHeader Read(ref LmpReader reader)
    {
        var offset = reader.Offset;
        if (reader.Remaining < Size)
        {
            reader.Fail(DecodeErrorKind.ObjectOverrun, offset, (uint)reader.Remaining);
            return default;
        }

        var word = reader.ReadUInt32();
        var header = new ObjectHeader((int)word < 0, (byte)((word >> 24) & 0x7F), (ObjectClass)(byte)(word >> 16), (ushort)word);
        if (header.Length < Size) reader.Fail(DecodeErrorKind.ObjectTooShort, offset, header.Length, header.Class, header.CType);
        else if (header.Length - Size > reader.Remaining) reader.Fail(DecodeErrorKind.ObjectOverrun, offset, header.Length, header.Class, header.CType);
        return header;
    }

    /// <summary>Writes the header.</summary>
    public void Write(ref LmpWriter writer)
    {
        writer.WriteByte((byte)(CType | (Negotiable ? 0x80 : 0)));
        writer.WriteByte((byte)Class);
        writer.WriteUInt16(Length);
    }
}
