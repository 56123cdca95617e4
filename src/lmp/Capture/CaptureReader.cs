using System.Buffers.Binary;

namespace OpenLmp.Cli.Capture;

/// <summary>A packet of a capture, valid until the next one is read.</summary>
/// <param name="number">Counted from 1.</param>
/// <param name="linkType">What it starts with: a LINKTYPE_ value.</param>
/// <param name="time">When it was captured.</param>
/// <param name="bytes">What was captured of it.</param>
/// <param name="originalLength">Its length on the wire.</param>
internal readonly ref struct CapturedPacket(long number, int linkType, CaptureTime time, ReadOnlySpan<byte> bytes, uint originalLength)
{
    /// <summary>Counted from 1.</summary>
    public long Number { get; } = number;

    /// <summary>What it starts with: a LINKTYPE_ value.</summary>
    public int LinkType { get; } = linkType;

    /// <summary>When it was captured.</summary>
    public CaptureTime Time { get; } = time;

    /// <summary>What was captured of it.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Its length on the wire.</summary>
    public uint OriginalLength { get; } = originalLength;
}

/// <summary>
/// Reads a capture packet by packet. A damaged file yields every packet before the damage and then an <see cref="Error"/>; nothing in a file
/// makes it throw or take memory without bound.
/// </summary>
internal abstract class CaptureReader(ByteSource source, bool bigEndian)
{
    /// <summary>
    /// The longest packet believed. It is libpcap's own limit on a snapshot length (MAXIMUM_SNAPLEN) and four times the longest IP packet: a
    /// record that claims more is damage, not a packet.
    /// </summary>
    public const int MaxPacketLength = 262_144;

    private bool _done;

    /// <summary>What stopped the reading, in words; null while reading and after a regular end.</summary>
    public string? Error { get; private set; }

    /// <summary>Packets read so far.</summary>
    protected long PacketCount { get; set; }

    /// <summary>The file's bytes.</summary>
    protected ByteSource Source { get; } = source;

    /// <summary>Byte order of the file, or of the section being read.</summary>
    protected bool BigEndian { get; set; } = bigEndian;

    /// <summary>Recognizes the format by its first bytes.</summary>
    /// <param name="source">The file, from its first byte.</param>
    /// <param name="reader">The reader, if the result is true.</param>
    /// <param name="error">Why it is not a capture that can be read, otherwise.</param>
    public static bool TryOpen(ByteSource source, out CaptureReader? reader, out string? error)
    {
        reader = null;
        error = null;
        try
        {
            var magic = source.Peek(4);
            if (magic.Length == 0) error = "not a capture: it is empty";
            else if (magic.Length < 4) error = "not a pcap or pcapng capture";
            else if (BinaryPrimitives.ReadUInt32BigEndian(magic) == PcapngReader.SectionHeaderBlock) reader = new PcapngReader(source);
            else if (PcapReader.IsMagic(magic)) reader = PcapReader.Open(source, out error);
            else error = NotACapture(magic);
        }
        catch (IOException e)
        {
            error = "cannot be read: " + e.Message;
        }

        return reader is not null;
    }

    /// <summary>Reads the next packet.</summary>
    /// <returns>False at the end, regular or not: see <see cref="Error"/>.</returns>
    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (_done) return false;
        try
        {
            if (ReadNext(out packet)) return true;
        }
        catch (IOException e)
        {
            Fail("cannot be read any further: " + e.Message);
        }

        _done = true;
        return false;
    }

    /// <summary>Reads the next packet; false at the end or after <see cref="Fail"/>.</summary>
    protected abstract bool ReadNext(out CapturedPacket packet);

    /// <summary>Says what stopped the reading.</summary>
    /// <returns>False, for the caller to return.</returns>
    protected bool Fail(string error)
    {
        Error ??= error;
        return false;
    }

    /// <summary>The words for damage found at <paramref name="offset"/>.</summary>
    protected bool FailAt(long offset, string what) => Fail($"damaged at byte {offset}: {what}; packets before it: {PacketCount}");

    /// <summary>The words for a file that ends too early.</summary>
    protected bool FailTruncated() => Fail($"ends in the middle of a record, at byte {Source.Position}; packets before it: {PacketCount}");

    /// <summary>Reads 16 bits in the file's byte order.</summary>
    protected ushort UInt16(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Reads 32 bits in the file's byte order.</summary>
    protected uint UInt32(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static string NotACapture(ReadOnlySpan<byte> magic) => magic switch
    {
        [0x1F, 0x8B, ..] => "compressed with gzip: use gunzip -c FILE | lmp decode -",
        [0x28, 0xB5, 0x2F, 0xFD] => "compressed with zstd: use zstd -dc FILE | lmp decode -",
        [0x42, 0x5A, 0x68, ..] => "compressed with bzip2: use bunzip2 -c FILE | lmp decode -",
        [0xFD, 0x37, 0x7A, 0x58] => "compressed with xz: use xz -dc FILE | lmp decode -",
        _ => $"not a pcap or pcapng capture: it starts with {Convert.ToHexStringLower(magic)} (editcap -F pcap may convert it)",
    };
}
