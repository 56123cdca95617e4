using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class TraceSectionTests
{
    private const string TooLong = "123456789-123456789-123456789-123456789-123456789-123456789-123";

    private static string Link(string trace) => Texts.DataLink($"encoding: sdh\n{trace}");

    private static ValueList<TraceConfiguration> Traces(string trace) => Reading.Good(Link(trace)).Node.TeLinks[0].DataLinks[0].Traces;

    [Fact]
    public void One_trace_or_several_arrive()
    {
        Assert.Equal([new TraceConfiguration(TraceType.SonetJ0, "PARIS", "LYON")], Traces("trace: {type: sonet-j0, send: PARIS, expect: LYON}"));
        Assert.Equal(
            [new TraceConfiguration(TraceType.SdhJ0, "a b", null), new TraceConfiguration(TraceType.SonetJ1, null, TooLong[..62])],
            Traces($"trace: [ {{type: sdh-j0, send: a b}}, {{type: sonet-j1, expect: {TooLong[..62]}}} ]"));
        Assert.Empty(Traces(""));
    }

    [Theory]
    [InlineData("trace: {type: ¶j0, send: PARIS}", "type: \"j0\" is not a trace type; they are sonet-j0, sonet-j1, sonet-j2, sdh-j0, sdh-j1, sdh-j2")]
    [InlineData("trace: ¶{send: PARIS}", "trace: type is missing; add it, such as type: sonet-j0")]
    [InlineData("trace: ¶{type: sonet-j0}", "trace: send and expect are both missing; add one, such as send: PARIS")]
    [InlineData("trace: {type: sonet-j0, send: ¶" + TooLong + "}", "send: \"123456789-123456789-123456789-123456789-123456789-123456789-...\" cannot be a trace message; use 1 to 62 printable ASCII characters")]
    [InlineData("trace: {type: sonet-j0, expect: ¶é}", "expect: \"é\" cannot be a trace message; use 1 to 62 printable ASCII characters")]
    [InlineData("trace: {type: sonet-j0, send: A, ¶received: PARIS}", "trace: there is no key \"received\"; the keys here are type, send, expect")]
    [InlineData("trace: [ {type: sonet-j0, send: A}, {type: ¶sdh-j0, send: B} ]", "type: sdh-j0 is the same overhead byte as sonet-j0; a data link has one trace message in each")]
    public void Tells_what_is_wrong(string trace, string error) => Reading.Bad(Link(trace), error);

    [Fact]
    public void Only_SONET_and_SDH_have_traces_and_no_network_interface()
    {
        Reading.Bad(Texts.DataLink("¶trace: {type: sonet-j0, send: PARIS}"), "trace: only SONET and SDH have trace messages; set encoding: sdh where the data link is one");
        Reading.Bad(
            Texts.DataLink("interface: d1\nencoding: sdh\n¶trace: {type: sonet-j0, send: PARIS}", "data-plane: linux"),
            "trace: a network interface has no such overhead; remove it, or set data-plane: external");
    }
}
