// strongSwan's vici protocol, message format.
using System.Buffers.Binary;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>The kinds of packets.</summary>
internal enum ViciPacket : byte
{
    CommandRequest,
    CommandResponse,
    CommandUnknown,
    EventRegister,
    EventUnregister,
    EventConfirm,
    EventUnknown,
    Event,
}

/// <summary>Vici messages to and from bytes. Any bytes can be decoded, or are refused by a <see cref="ViciException"/>.</summary>
internal static class ViciCodec
{
    /// <summary>The longest packet there is.</summary>
    public const int MaxPacket = 512 * 1024;

    // Charon's own messages are four deep.
    private const int MaxDepth = 16;

    // More than any message with a secret in it: so that none is left in a buffer that was outgrown.
    private const int FirstCapacity = 8 * 1024;

    private const byte SectionStart = 1;
    private const byte SectionEnd = 2;
    private const byte KeyValue = 3;
    private const byte ListStart = 4;
    private const byte ListItem = 5;
    private const byte ListEnd = 6;

    /// <summary>A packet, its length before it.</summary>
    public static byte[] Encode(ViciPacket packet, string name, ViciSection? message = null)
    {
        using var writer = new MemoryStream(FirstCapacity);
        writer.Write([0, 0, 0, 0, (byte)packet]);
        WriteName(writer, name);
        if (message is not null) Write(writer, message);
        var bytes = writer.ToArray();
        // There may be a secret in it.
        Array.Clear(writer.GetBuffer());
        if (bytes.Length - 4 > MaxPacket) throw new ViciException($"a message of {bytes.Length - 4} bytes is longer than charon takes");
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        return bytes;
    }

    /// <summary>Takes the name off the beginning of an event's packet.</summary>
    public static string DecodeName(ref ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(Take(ref bytes, 1));

    /// <summary>A message.</summary>
    /// <exception cref="ViciException">It is none.</exception>
    public static ViciSection Decode(ReadOnlySpan<byte> bytes)
    {
        var open = new Stack<ViciSection>();
        var section = new ViciSection();
        while (bytes.Length > 0)
        {
            var element = bytes[0];
            bytes = bytes[1..];
            switch (element)
            {
                case SectionStart when open.Count < MaxDepth:
                    var inner = new ViciSection();
                    section.Add(DecodeName(ref bytes), inner);
                    open.Push(section);
                    section = inner;
                    break;
                case SectionEnd when open.TryPop(out var outer):
                    section = outer;
                    break;
                case KeyValue:
                    section.Add(DecodeName(ref bytes), Take(ref bytes, 2).ToArray());
                    break;
                case ListStart:
                    section.Add(DecodeName(ref bytes), DecodeItems(ref bytes));
                    break;
                default:
                    throw new ViciException($"element {element} where none of that kind can be");
            }
        }

        return open.Count == 0 ? section : throw new ViciException("a section without an end");
    }

    private static List<byte[]> DecodeItems(ref ReadOnlySpan<byte> bytes)
    {
        var items = new List<byte[]>();
        while (bytes.Length > 0)
        {
            var element = bytes[0];
            bytes = bytes[1..];
            if (element == ListEnd) return items;
            if (element != ListItem) throw new ViciException($"element {element} in a list");
            items.Add(Take(ref bytes, 2).ToArray());
        }

        throw new ViciException("a list without an end");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int lengthBytes)
    {
        if (bytes.Length < lengthBytes) throw new ViciException("cut off");
        var length = lengthBytes == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        bytes = bytes[lengthBytes..];
        if (bytes.Length < length) throw new ViciException("cut off");
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static void Write(MemoryStream writer, ViciSection section)
    {
        foreach (var (name, value) in section)
        {
            writer.Write([value switch { ViciSection => SectionStart, byte[] => KeyValue, _ => ListStart }]);
            WriteName(writer, name);
            switch (value)
            {
                case ViciSection inner:
                    Write(writer, inner);
                    writer.Write([SectionEnd]);
                    break;
                case byte[] bytes:
                    WriteValue(writer, bytes);
                    break;
                case List<byte[]> items:
                    foreach (var item in items)
                    {
                        writer.Write([ListItem]);
                        WriteValue(writer, item);
                    }

                    writer.Write([ListEnd]);
                    break;
            }
        }
    }

    private static void WriteName(MemoryStream writer, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length > byte.MaxValue) throw new ViciException($"a name of {bytes.Length} bytes");
        writer.Write([(byte)bytes.Length]);
        writer.Write(bytes);
    }

    private static void WriteValue(MemoryStream writer, byte[] value)
    {
        if (value.Length > ushort.MaxValue) throw new ViciException($"a value of {value.Length} bytes");
        writer.Write([(byte)(value.Length >> 8), (byte)value.Length]);
        writer.Write(value);
    }
}
