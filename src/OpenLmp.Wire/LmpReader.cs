using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace OpenLmp.Wire;

/// <summary>
/// A cursor over received bytes, in network byte order. All bounds are checked here and nowhere else: the first error sticks, after it
/// every read returns zero or nothing, so that callers read straight on and look at <see cref="Error"/> once.
/// </summary>
public ref struct LmpReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _base;
    private int _position;
    private DecodeError _error;

    /// <summary>Starts at the first byte of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What to read.</param>
    /// <param name="baseOffset">The offset of the first byte within the message, for error reports.</param>
    public LmpReader(ReadOnlySpan<byte> bytes, int baseOffset = 0)
    {
        _bytes = bytes;
        _base = baseOffset;
    }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Offset of the next byte from the start of the message.</summary>
    public readonly int Offset => _base + _position;

    /// <summary>Whether a read went wrong.</summary>
    public readonly bool Failed => _error.Kind != DecodeErrorKind.None;

    /// <summary>The first error, or one of kind <see cref="DecodeErrorKind.None"/>.</summary>
    public readonly DecodeError Error => _error;

    /// <summary>Records an error unless there is one already, and makes all further reads return nothing.</summary>
    public void Fail(DecodeErrorKind kind, int offset, uint value, ObjectClass @class = 0, byte cType = 0)
    {
        if (!Failed) _error = new DecodeError(kind, offset, value, @class, cType);
        _position = _bytes.Length;
    }

    /// <summary>Takes over the error of a reader of a part, if it has one.</summary>
    public void FailFrom(in LmpReader part)
    {
        if (part.Failed) Fail(part._error.Kind, part._error.Offset, part._error.Value, part._error.Class, part._error.CType);
    }

    /// <summary>Reads an 8-bit unsigned integer.</summary>
    public byte ReadByte() => Take(1, out var bytes) ? bytes[0] : (byte)0;

    /// <summary>Reads a 16-bit unsigned integer.</summary>
    public ushort ReadUInt16() => Take(2, out var bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    /// <summary>Reads a 32-bit unsigned integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32() => Take(4, out var bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;

    /// <summary>Reads a 128-bit unsigned integer.</summary>
    public UInt128 ReadUInt128() => Take(16, out var bytes) ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : 0;

    /// <summary>Reads a 32-bit IEEE 754 number.</summary>
    public float ReadSingle() => BitConverter.UInt32BitsToSingle(ReadUInt32());

    /// <summary>Reads <paramref name="count"/> bytes; none where there are fewer.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count, out var bytes) ? bytes : default;

    /// <summary>Passes over <paramref name="count"/> bytes.</summary>
    public void Skip(int count) => Take(count, out _);

    /// <summary>A reader for the next <paramref name="count"/> bytes, which this reader passes over.</summary>
    public LmpReader ReadPart(int count)
    {
        var offset = Offset;
        return new LmpReader(ReadBytes(count), offset);
    }

    // Inlined into each read, where the count is known: this is most of what decoding does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if ((uint)count > (uint)Remaining)
        {
            FailShort();
            bytes = default;
            return false;
        }

        bytes = _bytes.Slice(_position, count);
        _position += count;
        return true;
    }

    // Callers that know the object replace this by an error that names it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FailShort() => Fail(DecodeErrorKind.ObjectLength, Offset, (uint)Remaining);
}
