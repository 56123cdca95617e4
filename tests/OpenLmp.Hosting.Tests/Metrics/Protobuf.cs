using System.Buffers.Binary;
using System.Text;

namespace OpenLmp.Hosting.Tests.Metrics;

/// <summary>A message of protobuf, decoded as far as these tests need it.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, byte[] Bytes)> _fields = [];

    public Protobuf(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var length = (key & 7) switch
            {
                0 => VarintLength(bytes),
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var type => throw new InvalidDataException($"wire type {type}"),
            };
            _fields.Add(((int)(key >> 3), bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    public IEnumerable<Protobuf> All(int field) => Bytes(field).Select(bytes => new Protobuf(bytes));

    public Protobuf? Only(int field) => All(field).SingleOrDefault();

    public string Text(int field) => Bytes(field).Select(Encoding.UTF8.GetString).SingleOrDefault() ?? "";

    public ulong Number(int field)
    {
        ReadOnlySpan<byte> bytes = Bytes(field).SingleOrDefault() ?? [0];
        return Varint(ref bytes);
    }

    public ulong Fixed64(int field) => Packed(field).Single();

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Fixed64(field));

    public ulong[] Packed(int field) =>
        [.. Bytes(field).SelectMany(bytes => bytes.Chunk(sizeof(ulong))).Select(chunk => BinaryPrimitives.ReadUInt64LittleEndian(chunk))];

    private IEnumerable<byte[]> Bytes(int field) => _fields.Where(f => f.Field == field).Select(f => f.Bytes);

    private static int VarintLength(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        Varint(ref rest);
        return bytes.Length - rest.Length;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var (i, shift) = (0, 0); ; i++, shift += 7)
        {
            value |= (ulong)(bytes[i] & 0x7f) << shift;
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return value;
        }
    }
}
