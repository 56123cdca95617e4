using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Http;

public class ApiWordsTests
{
    [Fact]
    public void The_enums_of_the_API_name_the_same_states_in_the_same_order()
    {
        Same<Protocol.ControlChannelState, Api.ControlChannelState>(ApiWords.Of);
        Same<Protocol.TeLinkState, Api.TeLinkState>(ApiWords.Of);
        Same<Protocol.DataLinkState, Api.DataLinkState>(ApiWords.Of);
        Same<Protocol.SignalState, Api.SignalState>(ApiWords.Of);
        Same<Api.SignalState, Protocol.SignalState>(ApiWords.Of);
        Same<Protocol.AlarmSeverity, Api.AlarmSeverity>(ApiWords.Of);
        Same<Protocol.AlarmState, Api.AlarmState>(ApiWords.Of);
        Same<Protocol.BehaviorSupport, Api.BehaviorSupport>(ApiWords.Of);
        Same<LinkSummaryOutcome, CommandOutcome>(ApiWords.Of, onlyForward: true);
    }

    [Fact]
    public void Kinds_and_reasons_are_in_kebab_case()
    {
        Assert.Equal("control-channel-down", ApiWords.Of(AlarmKind.ControlChannelDown));
        Assert.Equal("te-link-mismatch", ApiWords.Of(AlarmKind.TeLinkMismatch));
        Assert.Equal("signal-fail", ApiWords.Of(AlarmKind.SignalFail));
        Assert.Equal("unknown-source", ApiWords.Of(DropReason.UnknownSource));
        Assert.Equal("wrong-node-id", ApiWords.Of(DropReason.WrongNodeId));
        Assert.All(Enum.GetValues<DropReason>(), reason => Assert.Matches("^[a-z]+(-[a-z]+)*$", ApiWords.Of(reason)));
        Assert.All(Enum.GetValues<AlarmKind>(), kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", ApiWords.Of(kind)));
    }

    [Theory]
    [InlineData("101", 101u, null)]
    [InlineData("192.0.2.1", 0u, "192.0.2.1")]
    [InlineData("2001:db8::1", 0u, "2001:db8::1")]
    public void An_id_keeps_its_form(string text, uint number, string? address)
    {
        Assert.True(Identifier.TryParse(text, out var id));
        Assert.Equal(new LinkIdentifier(number, address), ApiWords.Of(id));
        Assert.Equal(text, ApiWords.Of(id).ToString());
    }

    [Fact]
    public void Bandwidths_are_bits_per_second_and_text()
    {
        var fixedRate = ApiWords.Of(new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f));
        Assert.Equal(new CapabilityInfo("lsc", "lambda", 1e10, 1e10, "10 Gbps"), fixedRate);
        var range = ApiWords.Of(new SwitchingCapability(SwitchingType.Psc1, EncodingType.DigitalWrapper, 1.25e8f, 1.25e9f));
        Assert.Equal(new CapabilityInfo("psc-1", "digital-wrapper", 1e9, 1e10, "1 Gbps to 10 Gbps"), range);
    }

    [Fact]
    public void A_bandwidth_that_JSON_cannot_hold_is_none()
    {
        var info = ApiWords.Of(new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 0, float.PositiveInfinity));
        Assert.Equal(0, info.MaximumBandwidth);
    }

    private static void Same<TFrom, TTo>(Func<TFrom, TTo> convert, bool onlyForward = false)
        where TFrom : struct, Enum
        where TTo : struct, Enum
    {
        Assert.All(Enum.GetValues<TFrom>(), value => Assert.Equal(value.ToString(), convert(value).ToString()));
        if (!onlyForward) Assert.Equal(Enum.GetNames<TFrom>(), Enum.GetNames<TTo>());
    }
}
