// draft-ietf-opsawg-pcap: the classic format, §4 (file header), §5 (packet record).
using System.Buffers.Binary;

namespace OpenLmp.Cli.Capture;

/// <summary>Reads pcap files: both byte orders, micro- and nanoseconds, and the "modified" records with four extra fields.</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeaderSize = 24;
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    // Alexey Kuznetsov's patched libpcap of the 1990s, still written by some appliances: the record header has 8 more bytes.
    private const uint Modified = 0xA1B2CD34;

    private readonly TimestampResolution _resolution;
    private readonly int _recordHeaderSize;
    private readonly int _linkType;

    private PcapReader(ByteSource source, bool bigEndian, uint magic, int linkType) : base(source, bigEndian)
    {
        _resolution = magic == Nanoseconds ? TimestampResolution.Nanoseconds : TimestampResolution.Microseconds;
        _recordHeaderSize = magic == Modified ? 24 : 16;
        _linkType = linkType;
    }

    /// <summary>Whether the first four bytes of a file are those of this format.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes) is Microseconds or Nanoseconds or Modified
        || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is Microseconds or Nanoseconds or Modified;

    /// <summary>Reads the file header.</summary>
    /// <param name="source">At the first byte; <see cref="IsMagic"/> holds.</param>
    /// <param name="error">What is wrong where the result is null.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PcapReader? Open(ByteSource source, out string? error)
    {
        error = null;
        if (!source.TryTake(FileHeaderSize, out var header))
        {
            error = "ends within its file header";
            return null;
        }

        var bigEndian = BinaryPrimitives.ReadUInt32BigEndian(header) is Microseconds or Nanoseconds or Modified;
        var magic = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(header) : BinaryPrimitives.ReadUInt32LittleEndian(header);
        var major = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        var network = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(header[20..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        if (major != 2)
        {
            error = $"pcap version {major} is not known";
            return null;
        }

        // The upper bits tell the length of a frame check sequence, which lies behind the IP packet and does not disturb.
        return new PcapReader(source, bigEndian, magic, (int)(network & 0x03FFFFFF));
    }

    /// <inheritdoc/>
    protected override bool ReadNext(out CapturedPacket packet)
    {
        packet = default;
        var offset = Source.Position;
        if (!Source.TryTake(_recordHeaderSize, out var header)) return header.Length != 0 && FailTruncated();

        var seconds = UInt32(header);
        var fraction = UInt32(header[4..]);
        var captured = UInt32(header[8..]);
        var original = UInt32(header[12..]);
        if (captured > MaxPacketLength) return FailAt(offset, $"a packet of {captured} bytes, more than the {MaxPacketLength} there can be");
        if (!Source.TryTake((int)captured, out var bytes)) return FailTruncated();

        PacketCount++;
        // A fraction of a second or more is wrong but harmless: it carries over.
        var whole = (uint)TimestampResolution.PowerOf10(_resolution.IfTsResol);
        var time = new CaptureTime(seconds + (long)(fraction / whole), fraction % whole, _resolution.IfTsResol);
        packet = new CapturedPacket(PacketCount, _linkType, time, bytes, original);
        return true;
    }
}
