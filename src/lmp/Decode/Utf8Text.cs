using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Text as it is put together: UTF-8 in one buffer that is used again and again.</summary>
internal sealed class Utf8Text : IBufferWriter<byte>
{
    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<ulong> PowersOf10 =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
    private int _length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends text given as UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Most of it is literal: what copies so many bytes as there are is then known.
    public Utf8Text Text(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        _length += utf8.Length;
        return this;
    }

    /// <summary>Appends text.</summary>
    public Utf8Text Text(string text)
    {
        // Nearly all of it is ASCII.
        if (Ascii.FromUtf16(text, GetSpan(text.Length), out var written) != OperationStatus.Done)
            written = Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        _length += written;
        return this;
    }

    /// <summary>Appends a decimal number.</summary>
    public Utf8Text Number(ulong value) => Digits(value, value < 10 ? 1 : DigitsOf(value));

    /// <summary>Appends a decimal number, with spaces before it up to <paramref name="width"/>.</summary>
    public Utf8Text Number(ulong value, int width)
    {
        var digits = DigitsOf(value);
        return Repeat(' ', width - digits).Digits(value, digits);
    }

    /// <summary>Appends the last <paramref name="count"/> digits of a number, zeros included.</summary>
    public Utf8Text Digits(ulong value, int count)
    {
        var span = GetSpan(count)[..count];
        // Two at a time: it is the divisions that take time.
        while (count > 1)
        {
            var rest = value / 100;
            count -= 2;
            BinaryPrimitives.WriteUInt16LittleEndian(span[count..], BinaryPrimitives.ReadUInt16LittleEndian(Pairs[(2 * (int)(value - (rest * 100)))..]));
            value = rest;
        }

        if (count == 1) span[0] = (byte)('0' + (value % 10));
        _length += span.Length;
        return this;
    }

    /// <summary>Appends a hexadecimal number of four digits, more where it needs them.</summary>
    public Utf8Text Hex(int value)
    {
        var digits = Math.Max(4, (35 - BitOperations.LeadingZeroCount((uint)value)) / 4);
        var span = GetSpan(digits)[..digits];
        for (var (i, rest) = (digits - 1, (uint)value); i >= 0; i--, rest >>= 4) span[i] = "0123456789abcdef"u8[(int)(rest & 0xF)];
        _length += digits;
        return this;
    }

    /// <summary>Appends a character of ASCII several times.</summary>
    public Utf8Text Repeat(char c, int count)
    {
        if (count <= 0) return this;
        GetSpan(count)[..count].Fill((byte)c);
        _length += count;
        return this;
    }

    /// <summary>Appends a Link_Id or an Interface_Id.</summary>
    public Utf8Text Id(Identifier id) => id.Type == IdentifierType.Unnumbered ? Number((ulong)id.Value) : Text(id.ToString());

    /// <summary>Ends a line.</summary>
    public void EndLine() => Text("\n"u8);

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private static int DigitsOf(ulong value)
    {
        // 1233 / 4096 is the logarithm of 2: right, or one too few.
        var atLeast = (64 - BitOperations.LeadingZeroCount(value | 1)) * 1233 >> 12;
        return (value | 1) < PowersOf10[atLeast] ? atLeast : atLeast + 1;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < Math.Max(count, 1)) Grow(count);
    }

    private void Grow(int count) => Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
}
