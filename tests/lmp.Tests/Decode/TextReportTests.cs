using OpenLmp.Cli.Tests.Capture;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Decode;

public class TextReportTests
{
    [Fact]
    public void Shows_every_object_and_field_with_offset_and_meaning()
    {
        var config = new ConfigMessage(1, 17, new NodeId(0x0A000001), new HelloConfig(150, 500) { Negotiable = true }).Encode();
        Assert.Equal(
            [
                "     1 22:13:20.123456 10.255.0.1:701 > 10.255.0.2:701 Config cc 1 node 10.0.0.1 msg 17 hello 150/500 ms",
                "        0x0000 common header: version 1, flags none, type 1 Config, LMP Length 40",
                "        0x0008 LOCAL_CCID: Class 1, C-Type 1, Length 8",
                "            ccId = 1 (the sender's control channel)",
                "        0x0010 MESSAGE_ID: Class 5, C-Type 1, Length 8",
                "            messageId = 17 (wants an acknowledgement)",
                "        0x0018 LOCAL_NODE_ID: Class 2, C-Type 1, Length 8",
                "            nodeId = 10.0.0.1 (the sender)",
                "        0x0020 HelloConfig: Class 6, C-Type 1, Length 8, negotiable",
                "            helloInterval = 150 (ms between Hellos)",
                "            helloDeadInterval = 500 (ms of silence until the control channel is dead)",
            ],
            Run.Of(Run.Verbose, config).Lines);
    }

    [Fact]
    public void Indents_groups_below_their_name()
    {
        var summary = new LinkSummaryMessage(
            9,
            new TeLinkObject(TeLinkFlags.None, Identifier.Unnumbered(1), Identifier.Unnumbered(2)),
            new DataLinkObject(DataLinkFlags.Port, Identifier.Unnumbered(101), Identifier.Unnumbered(201), [new Wavelength(1550), new Srlg([11, 22])]));
        var lines = Run.Of(Run.Verbose, summary.Encode()).Lines;
        var at = Array.IndexOf(lines, "            subobjects:");
        Assert.Equal("                subobjectType = 2 (Wavelength)", lines[at + 1]);
        Assert.Equal("                wavelength = 1550 (significant between the two neighbours only)", lines[at + 2]);
        Assert.Equal("            subobjects:", lines[at + 3]);
        Assert.Equal("                    srlg = 22 (shares a risk with the other links of this group)", lines[^1]);
        Assert.Contains("            port = 1 (a port)", lines);
    }

    [Fact]
    public void Shows_a_message_that_begins_with_a_group()
    {
        byte[] message = [0x10, 0, 0, 200, 0, 20, 0, 0, 3, 13, 0, 12, 0, 0, 0, 7, 0x80, 0, 0, 3];
        Assert.Equal("                interfaceId = 7 (the sender's data link)", Run.Of(Run.Verbose, message).Lines[4]);
    }

    [Fact]
    public void Shows_the_flags_of_the_header()
    {
        var hello = new HelloMessage(1, 5, 4) { Flags = HeaderFlags.LmpRestart };
        Assert.Equal("        0x0000 common header: version 1, flags [LmpRestart], type 4 Hello, LMP Length 28", Run.Of(Run.Verbose, hello.Encode()).Lines[1]);
    }

    [Fact]
    public void Shows_offsets_as_on_the_wire_where_a_sender_left_out_padding()
    {
        byte[] message =
        [
            0x10, 0, 0, 21, 0, 34, 0, 0,
            1, 5, 0, 8, 0, 0, 0, 22,
            5, 4, 0, 8, 0, 0, 0, 101,
            1, 21, 0, 10, 0, 4, 0, 2, (byte)'h', (byte)'i',
        ];
        byte[] withMore = [.. message, 1, 10, 0, 8, 0, 0, 0, 7];
        withMore[5] = 42;
        var lines = Run.Of(Run.Verbose, withMore).Lines;
        Assert.Contains("        0x0018 TRACE: Class 21, C-Type 1, Length 10", lines);
        Assert.Contains("        0x0022 VERIFY_ID: Class 10, C-Type 1, Length 8", lines);
    }

    [Fact]
    public void Shows_a_malformed_message_up_to_the_error()
    {
        var message = new HelloMessage(1, 5, 4).Encode();
        message[19] = 16; // HELLO's Length: four bytes more than there are
        var run = Run.Of(Run.Verbose, message);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "     1 22:13:20.123456 10.255.0.1:701 > 10.255.0.2:701 Hello malformed: object HELLO at byte 16: Length 16 reaches beyond the end of the message (offset 16, value 16, payload 28 bytes)",
                "        0x0000 common header: version 1, flags none, type 4 Hello, LMP Length 28",
                "        0x0008 LOCAL_CCID: Class 1, C-Type 1, Length 8",
                "            ccId = 1 (the sender's control channel)",
                "        0x0010 here: object HELLO at byte 16: Length 16 reaches beyond the end of the message",
            ],
            run.Lines);
    }

    [Fact]
    public void Says_malformed_without_a_type_where_there_is_no_header()
    {
        Assert.Equal("malformed: 4 bytes are too few for the 8-byte common header (offset 0, value 4, payload 4 bytes)", Run.Words([0x10, 0, 0, 1]));
        Assert.Equal("malformed: version 2, expected 1 (offset 0, value 2, payload 8 bytes)", Run.Words([0x20, 0, 0, 1, 0, 8, 0, 0]));
        Assert.Equal("Config malformed: LMP Length 9 differs from the length of the datagram (offset 4, value 9, payload 8 bytes)", Run.Words([0x10, 0, 0, 1, 0, 9, 0, 0]));
        Assert.Equal("Config malformed: object LOCAL_CCID is missing (offset 8, value 0, payload 8 bytes)", Run.Words([0x10, 0, 0, 1, 0, 8, 0, 0]));
    }

    [Fact]
    public void Shows_a_message_that_the_capture_cut()
    {
        var frame = Packets.Usual(Packets.Hello());
        var run = Run.OfFile(new PcapWriter().Packet(frame[..^4], original: (uint)frame.Length).Bytes, Run.Verbose);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("     1 00:00:00.000000 10.255.0.1:701 > 10.255.0.2:701 Hello truncated by the capture: 24 of 28 bytes", run.Lines[0]);
        Assert.Equal("            ccId = 1 (the sender's control channel)", run.Lines[^1]);
        Assert.Equal(["1 messages, 0 malformed, 0 other packets, 1 truncated by the capture"], run.Errors);
    }

    [Fact]
    public void Shows_IPv6_addresses_in_brackets_and_a_missing_time_as_dashes()
    {
        var file = new PcapngWriter().Interface(101).Simple(Packets.IPv6(Packets.Udp(Packets.Hello(), 40_000))).Bytes;
        Assert.Equal(["     1 --:--:--.------ [2001:db8::1]:40000 > [2001:db8::2]:701 Hello cc 1 tx 5 rcv 4"], Run.OfFile(file).Lines);
    }

    [Fact]
    public void Times_follow_the_packets_over_seconds_and_days()
    {
        var writer = new PcapWriter();
        (uint Seconds, uint Microseconds)[] times = [(86_399, 999_999), (86_400, 0), (86_400, 5), (90_061, 1), (86_399, 1)];
        foreach (var (seconds, microseconds) in times) writer.Packet(Packets.Usual(Packets.Hello()), seconds, microseconds);
        Assert.Equal(
            ["23:59:59.999999", "00:00:00.000000", "00:00:00.000005", "01:01:01.000001", "23:59:59.000001"],
            Run.OfFile(writer.Bytes).Lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }
}
