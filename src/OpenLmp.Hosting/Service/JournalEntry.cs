// https://systemd.io/JOURNAL_NATIVE_PROTOCOL
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>One entry of the journal in the making. A field may be given several values.</summary>
internal sealed class JournalEntry
{
    /// <summary>The longest value, in bytes; what is longer ends with an ellipsis. A datagram takes some of these.</summary>
    public const int LongestValue = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>Adds a field; none if the value is empty.</summary>
    /// <param name="name">Capitals, digits and underscores.</param>
    /// <param name="value">Any text.</param>
    public JournalEntry Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return this;
        if (Encoding.UTF8.GetByteCount(value) > LongestValue) value = $"{Cut(value)}…";
        Write(name);
        if (!value.Contains('\n', StringComparison.Ordinal))
        {
            Write("=");
        }
        else
        {
            // With line breaks: the length in front, 64 bits in little endian.
            Write("\n");
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), (ulong)Encoding.UTF8.GetByteCount(value));
            _bytes.Advance(sizeof(ulong));
        }

        Write(value);
        Write("\n");
        return this;
    }

    /// <summary>The datagram.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private static string Cut(string value)
    {
        // At most three bytes for each char.
        var length = LongestValue / 3;
        return value[..(char.IsHighSurrogate(value[length - 1]) ? length - 1 : length)];
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _bytes);
}
