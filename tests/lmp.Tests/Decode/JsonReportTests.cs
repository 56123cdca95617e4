using System.Text.Json;
using OpenLmp.Cli.Tests.Capture;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Decode;

public class JsonReportTests
{
    [Fact]
    public void Has_stable_fields_in_a_stable_order() =>
        Assert.Equal(
            """
            {"packet":1,"time":"2023-11-14T22:13:20.123456Z","source":"10.255.0.1","sourcePort":701,"destination":"10.255.0.2","destinationPort":701,
            "type":"Config","typeNumber":1,"flags":[],"length":40,"messageId":17,"objects":[
            {"name":"LOCAL_CCID","class":1,"cType":1,"negotiable":false,"ccId":1},
            {"name":"MESSAGE_ID","class":5,"cType":1,"negotiable":false,"messageId":17},
            {"name":"LOCAL_NODE_ID","class":2,"cType":1,"negotiable":false,"nodeId":"10.0.0.1"},
            {"name":"HelloConfig","class":6,"cType":1,"negotiable":true,"helloInterval":150,"helloDeadInterval":500}]}
            """.ReplaceLineEndings(""),
            Assert.Single(Run.Of(Run.Json, new ConfigMessage(1, 17, new NodeId(0x0A000001), new HelloConfig(150, 500) { Negotiable = true }).Encode()).Lines));

    [Fact]
    public void Shows_flags_and_what_is_acknowledged()
    {
        var json = Run.JsonOf((new LinkSummaryAckMessage(9) with { Flags = HeaderFlags.ControlChannelDown | HeaderFlags.LmpRestart }).Encode());
        Assert.Equal(["ControlChannelDown", "LmpRestart"], json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(9, json.GetProperty("messageIdAck").GetInt32());
        Assert.False(json.TryGetProperty("messageId", out _));
    }

    [Fact]
    public void Shows_groups_as_arrays_within_arrays()
    {
        var link = new DataLinkObject(DataLinkFlags.Port, Identifier.Unnumbered(101), Identifier.Unnumbered(201), [new Wavelength(1550), new Srlg([11, 22])]);
        var message = new LinkSummaryMessage(9, new TeLinkObject(TeLinkFlags.None, Identifier.Unnumbered(1), Identifier.Unnumbered(2)), link, link);
        var objects = Run.JsonOf(message.Encode()).GetProperty("objects");
        Assert.Equal(4, objects.GetArrayLength());
        foreach (var shown in new[] { objects[2], objects[3] })
        {
            Assert.Equal(("Unnumbered DATA_LINK", "101", true), (shown.GetProperty("name").GetString(), shown.GetProperty("localInterfaceId").GetString(), shown.GetProperty("port").GetBoolean()));
            var subobjects = shown.GetProperty("subobjects");
            Assert.Equal(2, subobjects.GetArrayLength());
            Assert.Equal(1550, subobjects[0].GetProperty("wavelength").GetInt32());
            Assert.Equal([11, 22], subobjects[1].GetProperty("srlgs").EnumerateArray().Select(g => g.GetProperty("srlg").GetInt32()));
        }
    }

    [Fact]
    public void Numbers_that_JSON_does_not_have_are_null()
    {
        var link = new DataLinkObject(
            DataLinkFlags.Port, Identifier.Unnumbered(101), Identifier.Unnumbered(201),
            [new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.Lambda, float.NaN, float.PositiveInfinity)]);
        var message = new LinkSummaryMessage(9, new TeLinkObject(TeLinkFlags.None, Identifier.Unnumbered(1), Identifier.Unnumbered(2)), link);
        var subobject = Run.JsonOf(message.Encode()).GetProperty("objects")[2].GetProperty("subobjects")[0];
        Assert.Equal(JsonValueKind.Null, subobject.GetProperty("minimumBandwidth").ValueKind);
        Assert.Equal(JsonValueKind.Null, subobject.GetProperty("maximumBandwidth").ValueKind);
    }

    [Fact]
    public void Explains_malformed_messages()
    {
        var message = new HelloMessage(1, 5, 4).Encode();
        message[19] = 16;
        var json = Run.JsonOf(message);
        Assert.True(json.GetProperty("malformed").GetBoolean());
        Assert.Equal(("Hello", 4), (json.GetProperty("type").GetString(), json.GetProperty("typeNumber").GetInt32()));
        var error = json.GetProperty("error");
        Assert.Equal(("object-overrun", 16, 16), (error.GetProperty("kind").GetString(), error.GetProperty("offset").GetInt32(), error.GetProperty("value").GetInt32()));
        Assert.Equal("object HELLO at byte 16: Length 16 reaches beyond the end of the message", error.GetProperty("text").GetString());
        Assert.Equal("LOCAL_CCID", Assert.Single(json.GetProperty("objects").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public void A_malformed_message_without_header_has_no_type()
    {
        var json = Run.JsonOf([0x10, 0, 0]);
        Assert.False(json.TryGetProperty("type", out _));
        Assert.Equal("too-short", json.GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(0, json.GetProperty("objects").GetArrayLength());
    }

    [Fact]
    public void Every_kind_of_error_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<DecodeErrorKind>().Select(OpenLmp.Cli.Decode.DecodeErrorNames.Name).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));
    }

    [Fact]
    public void Shows_what_the_capture_cut()
    {
        var frame = Packets.Usual(Packets.Hello());
        var line = Assert.Single(Run.OfFile(new PcapWriter().Packet(frame[..^4], original: (uint)frame.Length).Bytes, Run.Json).Lines);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal((28, 24), (json.GetProperty("length").GetInt32(), json.GetProperty("capturedLength").GetInt32()));
        Assert.Equal("Hello", json.GetProperty("type").GetString());
        Assert.Equal(1, json.GetProperty("objects").GetArrayLength());
        Assert.False(json.TryGetProperty("malformed", out _));
    }

    [Theory]
    [InlineData(null, "1970-01-01T00:00:07.123456Z", 7_123_456ul)]
    [InlineData((byte)0, "1970-01-01T00:00:07Z", 7ul)]
    [InlineData((byte)9, "1970-01-01T00:00:07.000000001Z", 7_000_000_001ul)]
    [InlineData((byte)12, "1970-01-01T00:00:07.000000000001Z", 7_000_000_000_001ul)]
    public void Shows_the_time_in_the_resolution_of_the_capture(byte? resolution, string time, ulong ticks)
    {
        var file = new PcapngWriter().Interface(tsResol: resolution).Enhanced(Packets.Usual(Packets.Hello()), ticks: ticks).Bytes;
        Assert.Equal(time, JsonDocument.Parse(Assert.Single(Run.OfFile(file, Run.Json).Lines)).RootElement.GetProperty("time").GetString());
    }

    [Theory]
    [InlineData(-62_135_596_800, "0001-01-01T00:00:00.000000Z")]
    [InlineData(253_402_300_799, "9999-12-31T23:59:59.000000Z")]
    [InlineData(253_402_300_800, null)]
    [InlineData(long.MinValue, null)]
    public void Shows_times_as_far_as_the_calendar_goes(long offset, string? time)
    {
        var file = new PcapngWriter().Interface(tsOffset: offset).Enhanced(Packets.Usual(Packets.Hello())).Bytes;
        Assert.Equal(time, JsonDocument.Parse(Assert.Single(Run.OfFile(file, Run.Json).Lines)).RootElement.GetProperty("time").GetString());
    }

    [Fact]
    public void A_packet_without_time_has_null()
    {
        var file = new PcapngWriter().Interface(101).Simple(Packets.IPv6(Packets.Udp(Packets.Hello()))).Bytes;
        var json = JsonDocument.Parse(Assert.Single(Run.OfFile(file, Run.Json).Lines)).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("time").ValueKind);
        Assert.Equal(("2001:db8::1", "2001:db8::2"), (json.GetProperty("source").GetString(), json.GetProperty("destination").GetString()));
    }
}
