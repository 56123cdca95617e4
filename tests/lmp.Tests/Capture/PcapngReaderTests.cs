using OpenLmp.Cli.Capture;

namespace OpenLmp.Cli.Tests.Capture;

public class PcapngReaderTests
{
    private static readonly byte[] First = [1, 2, 3];
    private static readonly byte[] Second = [4, 5, 6, 7, 8, 9];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_enhanced_packets_in_either_byte_order(bool bigEndian)
    {
        var packets = Captures.ReadAll(new PcapngWriter(bigEndian).Interface(101)
            .Enhanced(First, ticks: 1_700_000_000_123_456).Enhanced(Second, ticks: 1, original: 77).Bytes);
        Assert.Equal(First, packets[0].Bytes);
        Assert.Equal(new CaptureTime(1_700_000_000, 123_456, 6), packets[0].Time);
        Assert.Equal((1, 101, 3u), (packets[0].Number, packets[0].LinkType, packets[0].OriginalLength));
        Assert.Equal(Second, packets[1].Bytes);
        Assert.Equal((2, 77u), (packets[1].Number, packets[1].OriginalLength));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_simple_and_obsolete_packets(bool bigEndian)
    {
        var packets = Captures.ReadAll(new PcapngWriter(bigEndian).Interface(1).Interface(113)
            .Simple(First).Obsolete(Second, index: 1, ticks: 2_000_003).Bytes);
        Assert.Equal(First, packets[0].Bytes);
        Assert.Equal(1, packets[0].LinkType);
        Assert.False(packets[0].Time.IsKnown);
        Assert.Equal(Second, packets[1].Bytes);
        Assert.Equal(113, packets[1].LinkType);
        Assert.Equal(new CaptureTime(2, 3, 6), packets[1].Time);
    }

    [Fact]
    public void A_simple_packet_is_as_long_as_the_snapshot_length_allows()
    {
        var packet = Assert.Single(Captures.ReadAll(new PcapngWriter().Interface(snapLength: 4).Simple(Second[..4], original: 6).Bytes));
        Assert.Equal(Second[..4], packet.Bytes);
        Assert.Equal(6u, packet.OriginalLength);
    }

    [Fact]
    public void Reads_times_in_the_resolution_and_offset_of_each_interface()
    {
        var packets = Captures.ReadAll(new PcapngWriter().Interface(tsResol: 9, tsOffset: 1000).Interface(tsResol: 0x80 | 10).Interface(tsOffset: -5)
            .Enhanced(First, 0, 5_123_456_789).Enhanced(First, 1, (7 << 10) + 512).Enhanced(First, 2, 6_000_000).Bytes);
        Assert.Equal(new CaptureTime(1005, 123_456_789, 9), packets[0].Time);
        Assert.Equal(new CaptureTime(7, 5000, 4), packets[1].Time);
        Assert.Equal(new CaptureTime(1, 0, 6), packets[2].Time);
    }

    [Fact]
    public void A_section_starts_afresh_with_its_own_byte_order_and_interfaces()
    {
        byte[] file =
        [
            .. new PcapngWriter().Interface(101).Interface(1).Enhanced(First, 1).Bytes,
            .. new PcapngWriter(bigEndian: true).Interface(113).Enhanced(Second).Bytes,
        ];
        var packets = Captures.ReadAll(file);
        Assert.Equal([(1L, 1), (2L, 113)], packets.Select(p => (p.Number, p.LinkType)));

        byte[] undescribed = [.. file, .. new PcapngWriter().Enhanced(First).Bytes];
        Assert.Equal(2, Captures.ReadAll(undescribed, out var error).Count);
        Assert.Contains("a packet of interface 0, which is not described; packets before it: 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_over_other_blocks_however_large()
    {
        var file = new PcapngWriter().Other(4, First).Interface().Other(5, new byte[ByteSource.Capacity + 1]).Enhanced(First).Other(0x80000BAD, []).Enhanced(Second).Bytes;
        Assert.Equal([First, Second], Captures.ReadAll(file).Select(p => p.Bytes));
    }

    [Fact]
    public void Understands_a_length_that_leaves_out_the_padding()
    {
        byte[] body = [.. new byte[20], 1, 2, 3, 0];
        body[12] = 3;
        var file = new PcapngWriter().Interface().Raw(6, 35, body, 35).Enhanced(Second).Bytes;
        Assert.Equal([First, Second], Captures.ReadAll(file).Select(p => p.Bytes));
    }

    [Fact]
    public void Names_the_damage()
    {
        Assert.Equal("a block of 8 bytes, fewer than its own header and trailer", Damage(w => w.Raw(6, 8, [], 8)));
        Assert.Equal("a block of 16 bytes, too few for its contents", Damage(w => w.Raw(6, 16, new byte[4], 16)));
        Assert.Equal("a block of 12 bytes, too few for its contents", Damage(w => w.Raw(1, 12, [], 12)));
        Assert.Equal("a block of 12 bytes, too few for its contents", Damage(w => w.Raw(3, 12, [], 12)));
        Assert.Equal("a packet of interface 7, which is not described", Damage(w => w.Enhanced(First, 7)));
        Assert.Equal("a packet of 262145 bytes, more than the 262144 there can be", Damage(w => w.Enhanced(First, captured: 262_145)));
        Assert.Equal("a packet of 262145 bytes, more than the 262144 there can be", Damage(w => w.Simple(new byte[262_145])));
        Assert.Equal("a section header block without byte-order magic", Damage(w => w.Raw(0x0A0D0D0A, 28, new byte[16], 28)));
        Assert.Equal("a packet before the description of its interface", DamageOf([.. new PcapngWriter().Simple(First).Bytes], 0));
        Assert.Equal("pcapng version 2 is not known", DamageOf(new PcapngWriter(major: 2).Bytes, 0));
    }

    [Fact]
    public void A_packet_before_damage_at_the_end_of_its_block_is_delivered()
    {
        var file = new PcapngWriter().Interface().Raw(3, 20, [3, 0, 0, 0, 1, 2, 3, 0], 21).Bytes;
        Assert.Equal(First, Assert.Single(Captures.ReadAll(file, out var error)).Bytes);
        Assert.Contains("a block of 20 bytes that ends with the length 21; packets before it: 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_interfaces_does_not_fill_the_memory()
    {
        var one = new PcapngWriter().Raw(1, 20, [1, 0, 0, 0, 0, 0, 0, 0], 20).Bytes;
        var description = one[^20..];
        byte[] file = [.. one, .. Enumerable.Repeat(description, 65_535).SelectMany(b => b), .. description];
        Assert.Empty(Captures.ReadAll(file, out var error));
        Assert.Contains("more than 65536 interfaces", error, StringComparison.Ordinal);
    }

    private static string Damage(Func<PcapngWriter, PcapngWriter> damage) =>
        DamageOf(damage(new PcapngWriter().Interface().Enhanced(First)).Bytes, 1);

    private static string DamageOf(byte[] file, int packetsBefore)
    {
        Assert.Equal(packetsBefore, Captures.ReadAll(file, out var error).Count);
        Assert.NotNull(error);
        Assert.StartsWith("damaged at byte ", error, StringComparison.Ordinal);
        var tail = $"; packets before it: {packetsBefore}";
        Assert.EndsWith(tail, error, StringComparison.Ordinal);
        return error[(error.IndexOf(": ", StringComparison.Ordinal) + 2)..^tail.Length];
    }
}
