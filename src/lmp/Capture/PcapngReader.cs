// draft-ietf-opsawg-pcapng §3, §4: blocks.
using System.Buffers.Binary;

namespace OpenLmp.Cli.Capture;

/// <summary>Reads pcapng files: sections of either byte order, packets of several interfaces. Blocks that carry no packets are passed over.</summary>
internal sealed class PcapngReader(ByteSource source) : CaptureReader(source, bigEndian: false)
{
    /// <summary>Type of the block that starts a section; the same in both byte orders.</summary>
    public const uint SectionHeaderBlock = 0x0A0D0D0A;

    private const uint InterfaceDescriptionBlock = 1;
    private const uint ObsoletePacketBlock = 2;
    private const uint SimplePacketBlock = 3;
    private const uint EnhancedPacketBlock = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const int BlockOverhead = 12;

    // No machine has that many; without a bound, a file of nothing but interface descriptions would fill the memory.
    private const int MaxInterfaces = 65_536;

    private readonly List<Interface> _interfaces = [];
    private bool _inSection;

    // What is left of the block whose packet was delivered: the packet has to stay where it is until the next call.
    private bool _inBlock;
    private long _blockOffset;
    private uint _blockLength;
    private long _blockRest;

    /// <inheritdoc/>
    protected override bool ReadNext(out CapturedPacket packet)
    {
        packet = default;
        while (FinishBlock())
        {
            _blockOffset = Source.Position;
            if (!Source.TryTake(8, out var header)) return header.Length != 0 && FailTruncated();

            var isSection = BinaryPrimitives.ReadUInt32BigEndian(header) == SectionHeaderBlock;
            if (isSection)
            {
                Span<byte> length = [header[4], header[5], header[6], header[7]];
                if (!StartSection(length)) return false;
                continue;
            }

            if (!_inSection) return FailAt(_blockOffset, "no section header block");
            var type = UInt32(header);
            if (!StartBlock(UInt32(header[4..]))) return false;
            switch (type)
            {
                case InterfaceDescriptionBlock:
                    if (!ReadInterface()) return false;
                    break;
                case EnhancedPacketBlock:
                case ObsoletePacketBlock:
                    return ReadPacket(type == ObsoletePacketBlock, out packet);
                case SimplePacketBlock:
                    return ReadSimplePacket(out packet);
            }
        }

        return false;
    }

    private bool StartBlock(uint length)
    {
        if (length < BlockOverhead) return FailAt(_blockOffset, $"a block of {length} bytes, fewer than its own header and trailer");
        _inBlock = true;
        _blockLength = length;
        // Some writers leave the padding out of the length; it is there all the same.
        _blockRest = ((length + 3L) & ~3L) - BlockOverhead;
        return true;
    }

    private bool FinishBlock()
    {
        if (!_inBlock) return true;
        _inBlock = false;
        if (!Source.TrySkip(_blockRest) || !Source.TryTake(4, out var trailer)) return FailTruncated();
        return UInt32(trailer) == _blockLength
            || FailAt(_blockOffset, $"a block of {_blockLength} bytes that ends with the length {UInt32(trailer)}");
    }

    /// <summary>Takes the next bytes of the block's body; false, with the error set, where the block or the file has fewer.</summary>
    private bool TryTakeBody(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (count > _blockRest) return FailAt(_blockOffset, $"a block of {_blockLength} bytes, too few for its contents");
        if (!Source.TryTake(count, out bytes)) return FailTruncated();
        _blockRest -= count;
        return true;
    }

    private bool StartSection(ReadOnlySpan<byte> length)
    {
        var magic = Source.Peek(4);
        if (magic.Length < 4) return FailTruncated();
        if (BinaryPrimitives.ReadUInt32BigEndian(magic) == ByteOrderMagic) BigEndian = true;
        else if (BinaryPrimitives.ReadUInt32LittleEndian(magic) == ByteOrderMagic) BigEndian = false;
        else return FailAt(_blockOffset, "a section header block without byte-order magic");

        if (!StartBlock(UInt32(length)) || !TryTakeBody(16, out var body)) return false;
        var major = UInt16(body[4..]);
        if (major != 1) return FailAt(_blockOffset, $"pcapng version {major} is not known");
        _interfaces.Clear();
        _inSection = true;
        return true;
    }

    private bool ReadInterface()
    {
        if (_interfaces.Count == MaxInterfaces) return FailAt(_blockOffset, $"more than {MaxInterfaces} interfaces");
        if (!TryTakeBody(8, out var body)) return false;
        var description = new Interface(UInt16(body), UInt32(body[4..]), TimestampResolution.Microseconds, 0);
        while (_blockRest >= 4)
        {
            if (!TryTakeBody(4, out var option)) return false;
            var (code, length) = (UInt16(option), UInt16(option[2..]));
            if (code == 0) break;
            if (!TryTakeBody((length + 3) & ~3, out var value)) return false;
            if (code == 9 && length == 1) description = description with { Resolution = new TimestampResolution(value[0]) };
            else if (code == 14 && length == 8) description = description with { Offset = Int64(value) };
        }

        _interfaces.Add(description);
        return true;
    }

    private bool ReadPacket(bool obsolete, out CapturedPacket packet)
    {
        packet = default;
        if (!TryTakeBody(20, out var body)) return false;
        var index = obsolete ? UInt16(body) : UInt32(body);
        var ticks = ((ulong)UInt32(body[4..]) << 32) | UInt32(body[8..]);
        var (captured, original) = (UInt32(body[12..]), UInt32(body[16..]));
        if (index >= _interfaces.Count) return FailAt(_blockOffset, $"a packet of interface {index}, which is not described");
        var from = _interfaces[(int)index];
        return TryTakePacket(captured, original, from.LinkType, from.Resolution.At(ticks, from.Offset), out packet);
    }

    private bool ReadSimplePacket(out CapturedPacket packet)
    {
        packet = default;
        if (!TryTakeBody(4, out var body)) return false;
        var original = UInt32(body);
        if (_interfaces.Count == 0) return FailAt(_blockOffset, "a packet before the description of its interface");
        // Such a block says neither when nor how much was captured: it is what the snapshot length and the block allow.
        var from = _interfaces[0];
        var captured = from.SnapLength == 0 ? original : Math.Min(original, from.SnapLength);
        return TryTakePacket((uint)Math.Min(captured, _blockRest), original, from.LinkType, CaptureTime.Unknown, out packet);
    }

    private bool TryTakePacket(uint captured, uint original, int linkType, CaptureTime time, out CapturedPacket packet)
    {
        packet = default;
        if (captured > MaxPacketLength) return FailAt(_blockOffset, $"a packet of {captured} bytes, more than the {MaxPacketLength} there can be");
        if (!TryTakeBody((int)captured, out var bytes)) return false;
        PacketCount++;
        packet = new CapturedPacket(PacketCount, linkType, time, bytes, original);
        return true;
    }

    private long Int64(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private readonly record struct Interface(ushort LinkType, uint SnapLength, TimestampResolution Resolution, long Offset);
}
