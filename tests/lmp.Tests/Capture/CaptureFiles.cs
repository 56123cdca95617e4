using OpenLmp.Cli.Capture;

namespace OpenLmp.Cli.Tests.Capture;

/// <summary>Writes fields in either byte order.</summary>
internal class FieldWriter(bool bigEndian)
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    protected void Add16(int value) => AddOrdered(Packets.U16(value));

    protected void Add32(uint value) => AddOrdered(Packets.U32(value));

    protected void Add64(ulong value) => AddOrdered([.. Packets.U32((uint)(value >> 32)), .. Packets.U32((uint)value)]);

    protected void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    private void AddOrdered(byte[] value)
    {
        if (!bigEndian) Array.Reverse(value);
        _bytes.AddRange(value);
    }
}

/// <summary>Writes pcap files.</summary>
internal sealed class PcapWriter : FieldWriter
{
    private readonly bool _modified;

    public PcapWriter(int linkType = 1, uint magic = 0xA1B2C3D4, bool bigEndian = false, int major = 2) : base(bigEndian)
    {
        _modified = magic == 0xA1B2CD34;
        Add32(magic);
        Add16(major);
        Add16(4);
        Add32(0);
        Add32(0);
        Add32(262144);
        Add32((uint)linkType);
    }

    public PcapWriter Packet(byte[] bytes, uint seconds = 0, uint fraction = 0, uint? original = null, uint? captured = null)
    {
        Add32(seconds);
        Add32(fraction);
        Add32(captured ?? (uint)bytes.Length);
        Add32(original ?? (uint)bytes.Length);
        if (_modified) Add([1, 2, 3, 4, 5, 6, 7, 8]);
        Add(bytes);
        return this;
    }

    public static byte[] Of(int linkType, params ReadOnlySpan<byte[]> packets)
    {
        var writer = new PcapWriter(linkType);
        foreach (var packet in packets) writer.Packet(packet);
        return writer.Bytes;
    }
}

/// <summary>Writes one section of a pcapng file; sections may be joined.</summary>
internal sealed class PcapngWriter : FieldWriter
{
    private readonly bool _bigEndian;

    public PcapngWriter(bool bigEndian = false, int major = 1) : base(bigEndian)
    {
        _bigEndian = bigEndian;
        Block(0x0A0D0D0A, w =>
        {
            w.Add32(0x1A2B3C4D);
            w.Add16(major);
            w.Add16(0);
            w.Add64(ulong.MaxValue);
            w.Option(4, "hand-made"u8);
        });
    }

    private PcapngWriter(bool bigEndian, bool _) : base(bigEndian) => _bigEndian = bigEndian;

    public PcapngWriter Interface(int linkType = 1, uint snapLength = 0, byte? tsResol = null, long? tsOffset = null)
    {
        return Block(1, w =>
        {
            w.Add16(linkType);
            w.Add16(0);
            w.Add32(snapLength);
            w.Option(2, "eth0"u8);
            if (tsResol is { } resolution) w.Option(9, [resolution]);
            if (tsOffset is { } offset)
            {
                w.Add16(14);
                w.Add16(8);
                w.Add64((ulong)offset);
            }

            w.Option(0, []);
        });
    }

    public PcapngWriter Enhanced(byte[] bytes, uint index = 0, ulong ticks = 0, uint? original = null, uint? captured = null)
    {
        return Block(6, w =>
        {
            w.Add32(index);
            w.Times(ticks, bytes, captured, original);
            w.Option(1, "a comment behind the packet"u8);
            w.Option(0, []);
        });
    }

    public PcapngWriter Obsolete(byte[] bytes, ushort index = 0, ulong ticks = 0)
    {
        return Block(2, w =>
        {
            w.Add16(index);
            w.Add16(3); // packets dropped
            w.Times(ticks, bytes, null, null);
        });
    }

    public PcapngWriter Simple(byte[] bytes, uint? original = null)
    {
        return Block(3, w =>
        {
            w.Add32(original ?? (uint)bytes.Length);
            w.AddPadded(bytes);
        });
    }

    public PcapngWriter Other(uint type, byte[] body) => Block(type, w => w.AddPadded(body));

    /// <summary>A block with lengths that need not be true.</summary>
    public PcapngWriter Raw(uint type, uint length, byte[] body, uint trailer)
    {
        Add32(type);
        Add32(length);
        Add(body);
        Add32(trailer);
        return this;
    }

    private PcapngWriter Block(uint type, Action<PcapngWriter> body)
    {
        var inner = new PcapngWriter(_bigEndian, false);
        body(inner);
        var length = (uint)(12 + inner.Bytes.Length);
        return Raw(type, length, inner.Bytes, length);
    }

    private void Times(ulong ticks, byte[] bytes, uint? captured, uint? original)
    {
        Add32((uint)(ticks >> 32));
        Add32((uint)ticks);
        Add32(captured ?? (uint)bytes.Length);
        Add32(original ?? (uint)bytes.Length);
        AddPadded(bytes);
    }

    private void Option(int code, ReadOnlySpan<byte> value)
    {
        Add16(code);
        Add16(value.Length);
        AddPadded(value);
    }

    private void AddPadded(ReadOnlySpan<byte> bytes)
    {
        Add(bytes);
        Add(new byte[-bytes.Length & 3]);
    }
}

/// <summary>A packet as a reader delivered it.</summary>
internal sealed record ReadPacket(long Number, int LinkType, CaptureTime Time, byte[] Bytes, uint OriginalLength);

/// <summary>Reads whole captures.</summary>
internal static class Captures
{
    public static List<ReadPacket> ReadAll(byte[] file, out string? error) => ReadAll(new MemoryStream(file), out error);

    public static List<ReadPacket> ReadAll(Stream file, out string? error)
    {
        var packets = new List<ReadPacket>();
        if (!CaptureReader.TryOpen(new ByteSource(file), out var reader, out error)) return packets;
        while (reader!.TryRead(out var packet))
            packets.Add(new ReadPacket(packet.Number, packet.LinkType, packet.Time, packet.Bytes.ToArray(), packet.OriginalLength));
        error = reader.Error;
        // The end stays the end.
        Assert.False(reader.TryRead(out _));
        return packets;
    }

    public static List<ReadPacket> ReadAll(byte[] file)
    {
        var packets = ReadAll(file, out var error);
        Assert.Null(error);
        return packets;
    }
}

/// <summary>A stream that hands out a few bytes at a time, as pipes do, and may fail at its end.</summary>
internal sealed class Trickle(byte[] bytes, int step = 1, bool fails = false) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (fails && Position == Length) throw new IOException("the disk is gone");
        return base.Read(buffer, offset, Math.Min(step, count));
    }
}
