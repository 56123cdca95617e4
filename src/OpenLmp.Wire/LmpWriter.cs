using System.Buffers.Binary;

namespace OpenLmp.Wire;

/// <summary>
/// A cursor over a buffer to fill, in network byte order; the mirror of <see cref="LmpReader"/>. It never writes beyond the buffer: the
/// first write that does not fit sets <see cref="Overflowed"/>, and all later ones are dropped. Every byte up to <see cref="Written"/> is
/// written, so the buffer may hold anything before.
/// </summary>
public ref struct LmpWriter
{
    private readonly Span<byte> _bytes;
    private int _position;

    /// <summary>Starts at the first byte of <paramref name="bytes"/>.</summary>
    public LmpWriter(Span<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public readonly int Written => _position;

    /// <summary>Whether the buffer was too small.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Writes an 8-bit unsigned integer.</summary>
    public void WriteByte(byte value)
    {
        if (Take(1, out var bytes)) bytes[0] = value;
    }

    /// <summary>Writes a 16-bit unsigned integer.</summary>
    public void WriteUInt16(ushort value)
    {
        if (Take(2, out var bytes)) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
    }

    /// <summary>Writes a 32-bit unsigned integer.</summary>
    public void WriteUInt32(uint value)
    {
        if (Take(4, out var bytes)) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
    }

    /// <summary>Writes a 128-bit unsigned integer.</summary>
    public void WriteUInt128(UInt128 value)
    {
        if (Take(16, out var bytes)) BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
    }

    /// <summary>Writes a 32-bit IEEE 754 number.</summary>
    public void WriteSingle(float value) => WriteUInt32(BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (Take(value.Length, out var bytes)) value.CopyTo(bytes);
    }

    /// <summary>Writes <paramref name="count"/> zero bytes.</summary>
    public void WriteZeros(int count)
    {
        if (Take(count, out var bytes)) bytes.Clear();
    }

    private bool Take(int count, out Span<byte> bytes)
    {
        if (Overflowed || count > _bytes.Length - _position)
        {
            Overflowed = true;
            bytes = default;
            return false;
        }

        bytes = _bytes.Slice(_position, count);
        _position += count;
        return true;
    }
}
