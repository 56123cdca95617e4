using System.Buffers;
using System.Buffers.Text;
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// Text on its way out: written as UTF-8 into one buffer that is reused, and from there to the stream. Never throws for a stream that cannot
/// be written: it closes itself, and the caller looks at <see cref="IsClosed"/>.
/// </summary>
/// <param name="stream">Where the text goes.</param>
internal sealed class Utf8Output(Stream stream) : IBufferWriter<byte>
{
    private const int FlushThreshold = 64 * 1024;
    private const int BrokenPipe = 32; // EPIPE

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(2 * FlushThreshold);
    private int _length;

    /// <summary>Whether nothing can be written any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why, unless the reader just went away, as <c>head</c> does.</summary>
    public string? Error { get; private set; }

    /// <summary>Appends text given as UTF-8.</summary>
    public Utf8Output Text(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        _length += utf8.Length;
        return this;
    }

    /// <summary>Appends text.</summary>
    public Utf8Output Text(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    /// <summary>Appends a decimal number.</summary>
    public Utf8Output Number(ulong value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        _length += written;
        return this;
    }

    /// <summary>Appends a decimal number, with spaces before it up to <paramref name="width"/>.</summary>
    public Utf8Output Number(ulong value, int width)
    {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10) digits++;
        return Repeat(' ', width - digits).Number(value);
    }

    /// <summary>Appends the last <paramref name="count"/> digits of a number, zeros included.</summary>
    public Utf8Output Digits(ulong value, int count)
    {
        var span = GetSpan(count);
        for (var i = count - 1; i >= 0; i--, value /= 10) span[i] = (byte)('0' + (value % 10));
        _length += count;
        return this;
    }

    /// <summary>Appends a hexadecimal number of four digits.</summary>
    public Utf8Output Hex(int value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(8), out var written, new StandardFormat('x', 4));
        _length += written;
        return this;
    }

    /// <summary>Appends a character of ASCII several times.</summary>
    public Utf8Output Repeat(char c, int count)
    {
        if (count <= 0) return this;
        GetSpan(count)[..count].Fill((byte)c);
        _length += count;
        return this;
    }

    /// <summary>Appends a Link_Id or an Interface_Id.</summary>
    public Utf8Output Id(Identifier id) => id.Type == IdentifierType.Unnumbered ? Number((ulong)id.Value) : Text(id.ToString());

    /// <summary>Ends a line.</summary>
    public void EndLine()
    {
        Text("\n"u8);
        if (_length >= FlushThreshold) Flush();
    }

    /// <summary>Writes out what there is.</summary>
    /// <returns>False once the output is closed.</returns>
    public bool Flush()
    {
        if (_length > 0 && !IsClosed)
        {
            try
            {
                stream.Write(_buffer, 0, _length);
                stream.Flush();
            }
            catch (IOException e)
            {
                IsClosed = true;
                if (e.HResult != BrokenPipe) Error = e.Message;
            }
        }

        _length = 0;
        return !IsClosed;
    }

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

    // One message is the most that is ever in the buffer, so it grows to the largest one and no further.
    private void Reserve(int count)
    {
        if (_buffer.Length - _length < Math.Max(count, 1)) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
    }
}
