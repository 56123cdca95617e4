using System.Buffers;
using System.Buffers.Text;
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Text as it is put together: UTF-8 in one buffer that is used again and again.</summary>
internal sealed class Utf8Text : IBufferWriter<byte>
{
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
    private int _length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends text given as UTF-8.</summary>
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
    public Utf8Text Number(ulong value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        _length += written;
        return this;
    }

    /// <summary>Appends a decimal number, with spaces before it up to <paramref name="width"/>.</summary>
    public Utf8Text Number(ulong value, int width)
    {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10) digits++;
        return Repeat(' ', width - digits).Number(value);
    }

    /// <summary>Appends the last <paramref name="count"/> digits of a number, zeros included.</summary>
    public Utf8Text Digits(ulong value, int count)
    {
        var span = GetSpan(count);
        for (var i = count - 1; i >= 0; i--, value /= 10) span[i] = (byte)('0' + (value % 10));
        _length += count;
        return this;
    }

    /// <summary>Appends a hexadecimal number of four digits.</summary>
    public Utf8Text Hex(int value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(8), out var written, new StandardFormat('x', 4));
        _length += written;
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

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < Math.Max(count, 1)) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
    }
}
