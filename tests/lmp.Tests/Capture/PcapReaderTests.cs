using OpenLmp.Cli.Capture;

namespace OpenLmp.Cli.Tests.Capture;

public class PcapReaderTests
{
    private static readonly byte[] First = [1, 2, 3];
    private static readonly byte[] Second = [4, 5, 6, 7];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_microseconds_in_either_byte_order(bool bigEndian)
    {
        var file = new PcapWriter(linkType: 101, bigEndian: bigEndian).Packet(First, 1_700_000_000, 123_456).Packet(Second, 1_700_000_001, 7, original: 99).Bytes;
        var packets = Captures.ReadAll(file);
        Assert.Equal(2, packets.Count);
        Assert.Equal((1, 101, 3u), (packets[0].Number, packets[0].LinkType, packets[0].OriginalLength));
        Assert.Equal(First, packets[0].Bytes);
        Assert.Equal(new CaptureTime(1_700_000_000, 123_456, 6), packets[0].Time);
        Assert.Equal((2, 99u), (packets[1].Number, packets[1].OriginalLength));
        Assert.Equal(Second, packets[1].Bytes);
        Assert.Equal(7u, packets[1].Time.Microseconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_nanoseconds(bool bigEndian)
    {
        var packet = Assert.Single(Captures.ReadAll(new PcapWriter(magic: 0xA1B23C4D, bigEndian: bigEndian).Packet(First, 5, 123_456_789).Bytes));
        Assert.Equal(new CaptureTime(5, 123_456_789, 9), packet.Time);
        Assert.Equal(123_456u, packet.Time.Microseconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_the_modified_format(bool bigEndian)
    {
        var packets = Captures.ReadAll(new PcapWriter(magic: 0xA1B2CD34, bigEndian: bigEndian).Packet(First, 5, 6).Packet(Second).Bytes);
        Assert.Equal(First, packets[0].Bytes);
        Assert.Equal(Second, packets[1].Bytes);
        Assert.Equal(new CaptureTime(5, 6, 6), packets[0].Time);
    }

    [Fact]
    public void Ignores_what_the_header_says_about_a_frame_check_sequence() =>
        Assert.Equal(1, Assert.Single(Captures.ReadAll(new PcapWriter(linkType: 0x24000001).Packet(First).Bytes)).LinkType);

    [Theory]
    [InlineData(10, 12)]
    [InlineData(uint.MaxValue, uint.MaxValue + 2L)]
    public void A_fraction_of_more_than_a_second_carries_over(uint seconds, long expected) =>
        Assert.Equal(new CaptureTime(expected, 500_000, 6), Captures.ReadAll(new PcapWriter().Packet(First, seconds, 2_500_000).Bytes)[0].Time);

    [Fact]
    public void Reads_from_a_pipe_that_hands_out_a_byte_at_a_time()
    {
        var packets = Captures.ReadAll(new Trickle(PcapWriter.Of(1, First, Second)), out var error);
        Assert.Null(error);
        Assert.Equal(2, packets.Count);
    }

    [Fact]
    public void Reads_packets_of_every_size_up_to_the_largest()
    {
        // Together more than the buffer holds, so that records lie across its end.
        var sizes = new[] { CaptureReader.MaxPacketLength, 0, 1, 200_000, CaptureReader.MaxPacketLength, 70_000, CaptureReader.MaxPacketLength };
        var packets = sizes.Select((size, i) => Enumerable.Repeat((byte)(i + 1), size).ToArray()).ToArray();
        var read = Captures.ReadAll(PcapWriter.Of(1, packets));
        Assert.Equal(packets, read.Select(p => p.Bytes));
    }

    [Fact]
    public void A_packet_longer_than_any_can_be_is_damage_after_what_was_read()
    {
        var file = new PcapWriter().Packet(First).Packet(Second, captured: CaptureReader.MaxPacketLength + 1).Bytes;
        Assert.Equal(First, Assert.Single(Captures.ReadAll(file, out var error)).Bytes);
        Assert.Equal("damaged at byte 43: a packet of 262145 bytes, more than the 262144 there can be; packets before it: 1", error);
    }

    [Fact]
    public void An_incomplete_record_is_reported_after_what_was_read()
    {
        var file = PcapWriter.Of(1, First, Second);
        Assert.Equal(First, Assert.Single(Captures.ReadAll(file[..^1], out var error)).Bytes);
        Assert.Equal("ends in the middle of a record, at byte 62; packets before it: 1", error);
    }

    [Fact]
    public void A_disk_error_is_reported_after_what_was_read()
    {
        Assert.Single(Captures.ReadAll(new Trickle(PcapWriter.Of(1, First), 1000, fails: true), out var error));
        Assert.Equal("cannot be read any further: the disk is gone", error);
    }

    [Fact]
    public void A_capture_without_packets_is_a_capture() => Assert.Empty(Captures.ReadAll(new PcapWriter().Bytes));

    [Fact]
    public void Says_what_a_file_is_that_is_no_capture()
    {
        Assert.Equal("not a capture: it is empty", ErrorOf([]));
        Assert.Equal("not a pcap or pcapng capture", ErrorOf([1, 2, 3]));
        Assert.Equal("not a pcap or pcapng capture: it starts with 7f454c46 (editcap -F pcap may convert it)", ErrorOf([0x7F, 0x45, 0x4C, 0x46, 0]));
        Assert.Equal("compressed with gzip: use gunzip -c FILE | lmp decode -", ErrorOf([0x1F, 0x8B, 8, 0]));
        Assert.Equal("compressed with zstd: use zstd -dc FILE | lmp decode -", ErrorOf([0x28, 0xB5, 0x2F, 0xFD]));
        Assert.Equal("compressed with xz: use xz -dc FILE | lmp decode -", ErrorOf([0xFD, 0x37, 0x7A, 0x58]));
        Assert.Equal("compressed with bzip2: use bunzip2 -c FILE | lmp decode -", ErrorOf("BZh9"u8.ToArray()));
        Assert.Equal("ends within its file header", ErrorOf(new PcapWriter().Bytes[..23]));
        Assert.Equal("pcap version 3 is not known", ErrorOf(new PcapWriter(major: 3).Bytes));
        Assert.Equal("cannot be read: the disk is gone", ReadError(new Trickle([], fails: true)));
    }

    private static string? ErrorOf(byte[] file) => ReadError(new MemoryStream(file));

    private static string? ReadError(Stream file)
    {
        Assert.False(CaptureReader.TryOpen(new ByteSource(file), out var reader, out var error));
        Assert.Null(reader);
        return error;
    }
}
