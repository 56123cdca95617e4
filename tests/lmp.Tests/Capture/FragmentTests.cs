using OpenLmp.Cli.Capture;
using static OpenLmp.Cli.Tests.Capture.Packets;
using static OpenLmp.Cli.Tests.Capture.UdpExtractorTests;

namespace OpenLmp.Cli.Tests.Capture;

public class FragmentTests
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];
    private static readonly byte[] Datagram = Udp(Payload);

    private readonly UdpExtractor _extractor = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Puts_fragments_together_in_any_order(bool isIPv6)
    {
        var random = new Random(4204);
        for (var round = 0; round < 50; round++)
        {
            var fragments = Cut(Datagram, 1480, isIPv6, id: (ushort)round);
            random.Shuffle(fragments);
            foreach (var fragment in fragments[..^1]) Assert.False(Extract(_extractor, 101, fragment, out _));
            Assert.True(Extract(_extractor, 101, fragments[^1], out var found));
            Assert.Equal(Payload, found.Payload);
            Assert.Equal(4, found.Fragments);
        }

        Assert.Equal(0, _extractor.IncompletePackets);
    }

    [Fact]
    public void Puts_the_largest_datagram_together_of_the_smallest_fragments()
    {
        var payload = new byte[65_507];
        new Random(1).NextBytes(payload);
        var fragments = Cut(Udp(payload), 48, isIPv6: false);
        foreach (var fragment in fragments[..^1]) Assert.False(Extract(_extractor, 101, fragment, out _));
        Assert.True(Extract(_extractor, 101, fragments[^1], out var found));
        Assert.Equal(payload, found.Payload);
    }

    [Fact]
    public void Keeps_packets_apart_that_come_interleaved()
    {
        var first = Cut(Datagram, 1480, isIPv6: false, id: 1);
        var second = Cut(Udp([.. Payload.Reverse()]), 1480, isIPv6: false, id: 2);
        for (var i = 0; i < first.Length - 1; i++)
        {
            Assert.False(Extract(_extractor, 101, first[i], out _));
            Assert.False(Extract(_extractor, 101, second[i], out _));
        }

        Assert.True(Extract(_extractor, 101, first[^1], out var one));
        Assert.Equal(Payload, one.Payload);
        Assert.True(Extract(_extractor, 101, second[^1], out var other));
        Assert.Equal(Payload.Reverse(), other.Payload);
    }

    [Fact]
    public void A_fragment_sent_twice_does_no_harm()
    {
        var fragments = Cut(Datagram, 1480, isIPv6: false);
        byte[][] twice = [fragments[0], fragments[0], fragments[2], fragments[2], fragments[1], fragments[1]];
        foreach (var fragment in twice) Assert.False(Extract(_extractor, 101, fragment, out _));
        Assert.True(Extract(_extractor, 101, fragments[3], out var found));
        Assert.Equal(Payload, found.Payload);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Overlapping_fragments_are_given_up(bool isIPv6, bool backwards)
    {
        byte[][] fragments =
        [
            Fragment(Datagram[..1480], 0, more: true, isIPv6),
            Fragment(Datagram[1472..2952], 1472, more: true, isIPv6),
            Fragment(Datagram[2952..], 2952, more: false, isIPv6),
        ];
        if (backwards) Array.Reverse(fragments);
        foreach (var fragment in fragments) Assert.False(Extract(_extractor, 101, fragment, out _));
        Assert.True(_extractor.IncompletePackets > 0);

        // Nothing of the bad ones is left to spoil the same packet sent properly.
        byte[][] proper = [Fragment(Datagram[..1480], 0, more: true, isIPv6), Fragment(Datagram[1480..2952], 1480, more: true, isIPv6), Fragment(Datagram[2952..], 2952, more: false, isIPv6)];
        var completed = proper.Select(f => Extract(_extractor, 101, f, out var found) ? found.Payload : null).ToArray();
        Assert.Equal(Payload, Assert.Single(completed, p => p is not null));
    }

    [Theory]
    [InlineData(2960, 8, false)] // a second end before the first
    [InlineData(5008, 8, true)] // more behind the end
    [InlineData(5008, 8, false)] // a second end behind the first
    public void Contradicting_ends_are_given_up(int offset, int length, bool more)
    {
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[4440..], 4440, more: false), out _));
        Assert.False(Extract(_extractor, 101, Fragment(new byte[length], offset, more), out _));
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[..4440], 0, more: true), out _));
        Assert.True(_extractor.IncompletePackets > 0);
    }

    [Fact]
    public void An_end_before_what_is_there_is_given_up()
    {
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[2960..4440], 2960, more: true), out _));
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[1480..2960], 1480, more: false), out _));
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[..1480], 0, more: true), out _));
    }

    [Theory]
    [InlineData(0, 1001, true)] // no multiple of 8, and not the last
    [InlineData(65_528, 8, true)] // beyond the largest packet
    [InlineData(65_528, 8, false)]
    [InlineData(8, 0, false)] // empty
    public void Impossible_fragments_are_passed_over(int offset, int length, bool more)
    {
        Assert.False(Extract(_extractor, 101, Fragment(new byte[length], offset, more), out _));
        Assert.Equal(0, _extractor.IncompletePackets);
    }

    [Fact]
    public void A_reused_Identification_does_not_join_an_old_half()
    {
        var old = Cut(Udp(new byte[5000]), 1480, isIPv6: false);
        var now = Cut(Datagram, 1480, isIPv6: false);
        Assert.False(Extract(_extractor, 101, old[0], out _, second: 100));
        Assert.False(Extract(_extractor, 101, now[3], out _, second: 131));
        Assert.False(Extract(_extractor, 101, now[2], out _, second: 131));
        Assert.False(Extract(_extractor, 101, now[1], out _, second: 131));
        Assert.True(Extract(_extractor, 101, now[0], out var found, second: 131));
        Assert.Equal(Payload, found.Payload);
    }

    [Fact]
    public void Of_too_many_incomplete_packets_the_oldest_are_given_up()
    {
        var fragments = Enumerable.Range(0, FragmentReassembler.MaxPackets + 1).Select(i => Cut(Datagram, 2600, isIPv6: false, id: (ushort)i)).ToArray();
        foreach (var packet in fragments) Assert.False(Extract(_extractor, 101, packet[0], out _));
        for (var i = 1; i < fragments.Length; i++) Assert.True(Extract(_extractor, 101, fragments[i][1], out _));
        Assert.False(Extract(_extractor, 101, fragments[0][1], out _));
    }

    [Fact]
    public void Too_many_gaps_are_given_up()
    {
        // Every second piece of eight bytes.
        for (var i = 0; i < 1000; i++) Assert.False(Extract(_extractor, 101, Fragment(new byte[8], 16 * i, more: true), out _));
        Assert.True(_extractor.IncompletePackets > 1);
    }

    [Fact]
    public void Fragments_of_other_protocols_are_not_kept()
    {
        Assert.False(Extract(_extractor, 101, IPv4(new byte[1480], protocol: 6, more: true), out _));
        Assert.False(Extract(_extractor, 101, IPv6(Fragment6(58, 1, 0, true, new byte[1480]), 44), out _));
        Assert.Equal(0, _extractor.IncompletePackets);
    }

    [Fact]
    public void Extension_headers_may_stand_before_and_within_the_fragments()
    {
        var inner = Extension(17, Datagram);
        byte[] Part(Range range, bool more) => IPv6(Extension(44, Fragment6(60, 9, range.Start.Value, more, inner[range])), 0);
        Assert.False(Extract(_extractor, 101, Part(2000..inner.Length, more: false), out _));
        Assert.True(Extract(_extractor, 101, Part(0..2000, more: true), out var found));
        Assert.Equal(Payload, found.Payload);
    }

    [Fact]
    public void A_fragment_within_fragments_is_passed_over()
    {
        var inner = Fragment6(17, 1, 0, more: true, Datagram);
        Assert.False(Extract(_extractor, 101, IPv6(Fragment6(44, 2, 0, more: true, inner[..1480]), 44), out _));
        Assert.False(Extract(_extractor, 101, IPv6(Fragment6(44, 2, 1480, more: false, inner[1480..]), 44), out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_first_fragment_that_is_cut_shows_what_there_is(bool isIPv6)
    {
        Assert.True(Extract(_extractor, 101, Fragment(Datagram[..1480], 0, more: true, isIPv6)[..100], out var found));
        Assert.True(found.IsCut);
        Assert.Equal(5000, found.Length);
        Assert.Equal(Payload[..found.Payload.Length], found.Payload);
        Assert.False(Extract(_extractor, 101, Fragment(Datagram[1480..2960], 1480, more: true, isIPv6)[..100], out _));
        Assert.Equal(0, _extractor.IncompletePackets);
    }

    private static byte[] Fragment(byte[] part, int offset, bool more, bool isIPv6 = false, ushort id = 1) =>
        isIPv6 ? IPv6(Fragment6(17, id, offset, more, part), 44) : IPv4(part, id: id, offset: offset, more: more);

    private static byte[][] Cut(byte[] datagram, int size, bool isIPv6, ushort id = 1) =>
        [.. datagram.Chunk(size).Select((part, i) => Fragment(part, i * size, (i + 1) * size < datagram.Length, isIPv6, id))];
}
