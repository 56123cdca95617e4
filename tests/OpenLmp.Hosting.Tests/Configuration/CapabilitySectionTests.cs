using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class CapabilitySectionTests
{
    [Theory]
    [InlineData("bandwidth: 10Gbps", SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)]
    [InlineData("bandwidth: 9.953 Gbps", SwitchingType.Lsc, EncodingType.Lambda, 1.244125e9f, 1.244125e9f)]
    [InlineData("bandwidth: {min: 155Mbps, max: 2.5Gbps}", SwitchingType.Lsc, EncodingType.Lambda, 1.9375e7f, 3.125e8f)]
    [InlineData("bandwidth: {min: 8bps, max: 8bps}", SwitchingType.Lsc, EncodingType.Lambda, 1f, 1f)]
    [InlineData("switching-type: psc-1\nencoding: packet", SwitchingType.Psc1, EncodingType.Packet, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: psc-2\nencoding: ethernet", SwitchingType.Psc2, EncodingType.Ethernet, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: psc-3\nencoding: pdh", SwitchingType.Psc3, EncodingType.Pdh, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: psc-4\nencoding: sdh", SwitchingType.Psc4, EncodingType.Sdh, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: l2sc\nencoding: digital-wrapper", SwitchingType.L2sc, EncodingType.DigitalWrapper, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: tdm\nencoding: lambda", SwitchingType.Tdm, EncodingType.Lambda, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: lsc\nencoding: fiber", SwitchingType.Lsc, EncodingType.Fiber, 1.25e9f, 1.25e9f)]
    [InlineData("switching-type: fsc\nencoding: fiber-channel", SwitchingType.Fsc, EncodingType.FiberChannel, 1.25e9f, 1.25e9f)]
    public void A_data_link_has_a_capability(string lines, SwitchingType switching, EncodingType encoding, float min, float max) =>
        Assert.Equal([new SwitchingCapability(switching, encoding, min, max)], Reading.DataLink(lines).Capabilities);

    [Fact]
    public void A_data_link_may_have_several_capabilities() =>
        Assert.Equal(
            [new(SwitchingType.Tdm, EncodingType.Sdh, 1.25e8f, 1.25e9f), new(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)],
            Reading.DataLink("""
                -bandwidth
                capabilities:
                  - {switching-type: tdm, encoding: sdh, bandwidth: {min: 1Gbps, max: 10Gbps}}
                  - {bandwidth: 10Gbps}
                """).Capabilities);

    [Theory]
    [InlineData("¶name: te1-1\n-bandwidth", "data link: bandwidth is missing; add it, such as bandwidth: 10Gbps")]
    [InlineData("bandwidth: ¶10", "bandwidth: \"10\" is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps")]
    [InlineData("bandwidth: ¶10G", "bandwidth: \"10G\" is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps")]
    [InlineData("bandwidth: ¶-1Gbps", "bandwidth: \"-1Gbps\" is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps")]
    [InlineData("bandwidth: ¶0bps", "bandwidth: \"0bps\" is no bandwidth at all; write one above 0, such as 10Gbps")]
    [InlineData("bandwidth: ¶999999999999999999999999999999Tbps", "bandwidth: \"999999999999999999999999999999Tbps\" is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps")]
    [InlineData("bandwidth: ¶[ 10Gbps ]", "bandwidth: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    [InlineData("bandwidth: ¶{min: 1Gbps}", "bandwidth: max is missing; add it, such as max: 10Gbps")]
    [InlineData("bandwidth: ¶{max: 1Gbps}", "bandwidth: min is missing; add it, such as min: 1Gbps")]
    [InlineData("bandwidth: {min: ¶10Gbps, max: 1Gbps}", "min: 10 Gbps is above max, 1 Gbps; swap them")]
    [InlineData("switching-type: ¶lcs", "switching-type: \"lcs\" is not a switching type; did you mean lsc?")]
    [InlineData("switching-type: ¶150", "switching-type: \"150\" is not a switching type; they are psc-1, psc-2, psc-3, psc-4, l2sc, tdm, lsc, fsc")]
    [InlineData("encoding: ¶sonet", "encoding: \"sonet\" is not an encoding; they are packet, ethernet, pdh, sdh, digital-wrapper, lambda, fiber, fiber-channel")]
    [InlineData("encoding: ¶Lambda", "encoding: \"Lambda\" is not an encoding; did you mean lambda?")]
    [InlineData("¶bandwidth: 10Gbps\ncapabilities: [ {bandwidth: 10Gbps} ]", "bandwidth: capabilities is given, too; move this into one of its entries")]
    [InlineData("-bandwidth\n¶encoding: lambda\ncapabilities: [ {bandwidth: 10Gbps} ]", "encoding: capabilities is given, too; move this into one of its entries")]
    [InlineData("-bandwidth\n¶capabilities: []", "capabilities: a data link has at least one; add it, such as - {bandwidth: 10Gbps}")]
    [InlineData("-bandwidth\ncapabilities: ¶{bandwidth: 10Gbps}", "capabilities: a list is expected here, not a mapping; begin each entry with \"- \"")]
    [InlineData("-bandwidth\ncapabilities: [ ¶lsc ]", "capabilities: each entry is a capability with its keys, not a single value; the keys here are switching-type, encoding, bandwidth")]
    [InlineData("-bandwidth\ncapabilities: [ {bandwidth: 10Gbps}, ¶{encoding: sdh} ]", "capability: bandwidth is missing; add it, such as bandwidth: 10Gbps")]
    public void A_capability_has_a_bandwidth_and_known_names(string lines, string error) => Reading.Bad(Texts.DataLink(lines), error);
}
