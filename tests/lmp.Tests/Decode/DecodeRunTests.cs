using System.Globalization;
using System.Text;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Tests.Capture;
using static OpenLmp.Cli.Tests.Capture.Packets;

namespace OpenLmp.Cli.Tests.Decode;

/// <summary>What counts as LMP, the summary, the exit code, and an output whose reader goes away.</summary>
public class DecodeRunTests
{
    private static readonly byte[] Config = [.. new OpenLmp.Wire.LinkSummaryAckMessage(9).Encode()];

    [Fact]
    public void Counts_messages_and_other_packets()
    {
        var run = Run.OfFile(PcapWriter.Of(1, Usual(Hello()), Ethernet(IPv4(new byte[20], protocol: 6)), Usual(Config), new byte[3]));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["2 messages, 0 malformed, 2 other packets"], run.Errors);
        Assert.Equal(["1", "3"], run.Lines.Select(l => l.TrimStart().Split(' ')[0]));
    }

    [Fact]
    public void A_malformed_message_makes_the_answer_no()
    {
        var run = Run.Of(Run.Text, Hello(), [1, 2, 3]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["2 messages, 1 malformed, 0 other packets"], run.Errors);
    }

    [Fact]
    public void A_port_takes_everything_from_it_and_to_it()
    {
        var file = PcapWriter.Of(101, IPv4(Udp(Hello(), 40_000, 7011)), IPv4(Udp(Hello(), 7011, 40_000)), IPv4(Udp([], 7011, 9)), IPv4(Udp(Hello())));
        Assert.Equal(["3 messages, 1 malformed, 1 other packets"], Run.OfFile(file, new DecodeOptions(new PortFilter(7011))).Errors);
        Assert.Equal(["1 messages, 0 malformed, 3 other packets"], Run.OfFile(file).Errors);
    }

    [Fact]
    public void Any_port_takes_what_looks_like_LMP()
    {
        byte[] wrongLength = [.. Hello(), 0];
        byte[] otherVersion = [0x20, .. Hello()[1..]];
        byte[] malformed = [0x10, 0, 0, 4, 0, 10, 0, 0, 1, 1];
        byte[] headerOnly = [0x10, 0, 0, 99, 0, 8];
        var frames = new[] { Hello(), wrongLength, otherVersion, malformed, headerOnly, [] }.Select(p => IPv4(Udp(p, 1, 2))).ToArray();
        var run = Run.OfFile(PcapWriter.Of(101, frames), new DecodeOptions(new PortFilter(null)));
        Assert.Equal(["2 messages, 1 malformed, 4 other packets"], run.Errors);
        Assert.Contains("Hello malformed", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_port_takes_what_the_capture_cut()
    {
        var run = Run.OfFile(PcapWriter.Of(101, IPv4(Udp(Hello(), 1, 2))[..^20]), new DecodeOptions(new PortFilter(null)));
        Assert.Equal(["1 messages, 0 malformed, 0 other packets, 1 truncated by the capture"], run.Errors);
    }

    [Fact]
    public void A_fragmented_message_is_one_message_and_no_other_packets()
    {
        var datagram = Udp(Hello());
        byte[][] frames =
        [
            IPv4(datagram[..16], id: 1, more: true),
            IPv4(datagram[..16], id: 2, more: true),
            IPv4(datagram[16..], id: 1, offset: 16),
        ];
        var run = Run.OfFile(PcapWriter.Of(101, frames));
        Assert.Equal(["1 messages, 0 malformed, 1 other packets", "1 fragmented packets are incomplete or contradict themselves"], run.Errors);
        Assert.StartsWith("     3 ", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_link_types_that_it_cannot_read()
    {
        var file = new PcapngWriter().Interface(105).Interface(1).Enhanced(new byte[40]).Enhanced(new byte[40]).Enhanced(Usual(Hello()), 1).Bytes;
        var run = Run.OfFile(file);
        Assert.Equal("1 messages, 0 malformed, 2 other packets", run.Errors[0]);
        Assert.Equal("2 packets have link type 105, which is not supported (supported: Ethernet, Linux cooked v1 and v2, raw IP, BSD loopback)", run.Errors[1]);
    }

    [Fact]
    public void Damage_comes_after_everything_before_it()
    {
        var run = Run.OfFile(PcapWriter.Of(1, Usual(Hello()), Usual(Hello()))[..^1]);
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Lines);
        Assert.Equal("1 messages, 0 malformed, 0 other packets", run.Errors[0]);
        Assert.StartsWith("lmp decode: test.pcap: ends in the middle of a record", run.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_capture_has_no_summary()
    {
        var run = Run.OfFile([.. "root:x:0"u8]);
        Assert.Equal((2, 0), (run.ExitCode, run.Lines.Length));
        Assert.StartsWith("lmp decode: test.pcap: not a pcap or pcapng capture", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ends_quietly_when_the_reader_of_its_output_goes_away(bool json)
    {
        // Many times what the output holds back.
        var file = PcapWriter.Of(1, [.. Enumerable.Repeat(Usual(Hello()), 20_000)]);
        using var output = new ClosingStream(1, errno: 32);
        using var errors = new StringWriter();
        Assert.Equal(0, DecodeRun.Execute(new MemoryStream(file), "f", new DecodeOptions(PortFilter.Default, Json: json), output, errors));
        Assert.Equal("", errors.ToString());
        Assert.Equal(2, output.Writes);
    }

    [Fact]
    public void Says_why_it_cannot_write()
    {
        using var output = new ClosingStream(0, errno: 28);
        using var errors = new StringWriter { NewLine = "\n" };
        Assert.Equal(2, DecodeRun.Execute(new MemoryStream(PcapWriter.Of(1, Usual(Hello()))), "f", Run.Text, output, errors));
        Assert.Equal("lmp decode: cannot write: no more\n", errors.ToString());
    }

    [Fact]
    public void Shows_what_there_is_before_it_waits_for_more()
    {
        // A live capture: the second packet comes only when the first one has been shown.
        var file = PcapWriter.Of(1, Usual(Hello(1)), Usual(Hello(2)));
        using var output = new MemoryStream();
        using var capture = new LiveCapture(file, boundary: file.Length - 16 - Usual(Hello()).Length, () => output.Length > 0);
        Assert.Equal(0, DecodeRun.Execute(capture, "-", Run.Text, output, TextWriter.Null));
        Assert.True(capture.WasShownBefore);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keeps_the_order_of_many_packets(bool isPipe)
    {
        // Many batches, of messages that take differently long.
        const int Packets = 20_000;
        var other = Config;
        var file = PcapWriter.Of(1, [.. Enumerable.Range(0, Packets).Select(i => Usual(i / 1000 % 2 == 0 ? Hello((uint)i) : other))]);
        using var capture = isPipe ? new LiveCapture(file, file.Length, () => true) : new MemoryStream(file);
        using var output = new MemoryStream();
        Assert.Equal(0, DecodeRun.Execute(capture, "f", Run.Text, output, TextWriter.Null));
        var numbers = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l[..6], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, Packets), numbers);
    }

    private sealed class ClosingStream(int accepted, int errno) : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (++Writes > accepted) throw new IOException("no more", errno);
        }
    }

    private sealed class LiveCapture(byte[] file, int boundary, Func<bool> isShown) : MemoryStream(file)
    {
        public bool WasShownBefore { get; private set; }

        // As a pipe has it.
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position < boundary) return base.Read(buffer, offset, Math.Min(count, boundary - (int)Position));
            if (Position == boundary) WasShownBefore = isShown();
            return base.Read(buffer, offset, count);
        }
    }
}
