using OpenLmp.Cli.Decode;
using static OpenLmp.Cli.Tests.Capture.Packets;

namespace OpenLmp.Cli.Tests.Capture;

/// <summary>Whatever the file: no exception, everything before the damage, an error that says something.</summary>
public class DamageTests
{
    private static readonly byte[][] Frames =
    [
        Usual(Hello(1)),
        Ethernet(IPv6(Extension(17, Udp(Hello(2))), 0), 0x8100),
        Ethernet(IPv4(Udp(Hello(3))[..16], id: 3, more: true)),
        Ethernet(IPv4(Udp(Hello(3))[16..], id: 3, offset: 16)),
        Ethernet(IPv6(Fragment6(17, 4, 0, true, Udp(Hello(4))[..24]), 44)),
        Ethernet(IPv6(Fragment6(17, 4, 24, false, Udp(Hello(4))[24..]), 44)),
        Usual(Hello(5)),
    ];

    public static TheoryData<string, byte[]> Files => new()
    {
        { "pcap", PcapWriter.Of(1, Frames) },
        { "pcap, big-endian", Frames.Aggregate(new PcapWriter(bigEndian: true), (w, f) => w.Packet(f)).Bytes },
        { "pcapng", Frames.Aggregate(new PcapngWriter().Interface(tsResol: 9, tsOffset: 7), (w, f) => w.Enhanced(f)).Simple(Frames[0]).Bytes },
        { "pcapng, two sections", [.. new PcapngWriter(true).Interface().Obsolete(Frames[0]).Other(5, [1, 2, 3]).Bytes, .. new PcapngWriter().Interface().Enhanced(Frames[1]).Bytes] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_truncation_yields_what_is_whole_and_then_an_error(string what, byte[] file)
    {
        var whole = Captures.ReadAll(file);
        var atRecordEnds = 0;
        for (var length = 0; length < file.Length; length++)
        {
            var packets = Captures.ReadAll(file[..length], out var error);
            Assert.Equal(whole.Take(packets.Count).Select(p => p.Bytes), packets.Select(p => p.Bytes));
            // Where a record just ended, nothing tells that there was more.
            if (error is null) atRecordEnds++;
            else Assert.Matches(length < 4 ? "^not a" : "^ends ", error);
            Assert.Equal(error is null ? 0 : 2, Decode(file[..length]));
        }

        Assert.InRange(atRecordEnds, whole.Count, whole.Count + 6);
        Assert.Equal(0, Decode(file));
        Assert.NotEmpty(what);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_mutation_makes_it_throw(string what, byte[] file)
    {
        var random = new Random(4204);
        for (var round = 0; round < 1500; round++)
        {
            var mutated = (byte[])file.Clone();
            for (var n = random.Next(1, 5); n > 0; n--) mutated[random.Next(mutated.Length)] = Interesting(random);
            var cut = random.Next(4) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
            Assert.InRange(Decode(cut), 0, 2);
        }

        Assert.NotEmpty(what);
    }

    [Fact]
    public void No_mutation_of_a_frame_makes_it_throw()
    {
        var random = new Random(701);
        foreach (var frame in Frames)
        {
            var copies = new List<byte[]>();
            for (var round = 0; round < 1500; round++)
            {
                var mutated = (byte[])frame.Clone();
                for (var n = random.Next(1, 6); n > 0; n--) mutated[random.Next(mutated.Length)] = Interesting(random);
                copies.Add(random.Next(4) == 0 ? mutated[..random.Next(mutated.Length)] : mutated);
            }

            Assert.InRange(Decode(PcapWriter.Of(1, [.. copies])), 0, 1);
        }
    }

    private static byte Interesting(Random random) => random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };

    private static int Decode(byte[] file)
    {
        var exitCodes = new[] { new DecodeOptions(PortFilter.Default, Verbose: true), new DecodeOptions(PortFilter.Default, Json: true), new DecodeOptions(new PortFilter(null)) }
            .Select(options => DecodeRun.Execute(new MemoryStream(file), "file", options, Stream.Null, TextWriter.Null)).ToArray();
        Assert.Equal(exitCodes[0], exitCodes[1]);
        return exitCodes[0];
    }
}
