using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class VerificationSectionTests
{
    private static readonly VerificationConfiguration Defaults = VerificationConfiguration.Default;

    public static TheoryData<string, VerificationConfiguration> Sections => new()
    {
        { "{}", Defaults },
        { "", Defaults },
        { "{interval: 10ms}", Defaults with { Interval = TimeSpan.FromMilliseconds(10) } },
        { "{dead-interval: 65535ms}", Defaults with { DeadInterval = TimeSpan.FromMilliseconds(65535) } },
        { "{retry: 1min}", Defaults with { Retry = TimeSpan.FromMinutes(1) } },
        { "{periodic: 0}", Defaults with { Periodic = TimeSpan.Zero } },
        { "{periodic: 24h}", Defaults with { Periodic = TimeSpan.FromHours(24) } },
        { "{transports: [ j0-trace, payload ]}", Defaults with { Transports = [VerifyTransport.J0Trace, VerifyTransport.Payload] } },
        { "{on-establishment: false, one-at-a-time: true}", Defaults with { OnEstablishment = false, OneAtATime = true } },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Says_what_differs_from_the_defaults(string text, VerificationConfiguration expected) =>
        Assert.Equal(expected, Reading.TeLink($"verification: {text}").Verification);

    [Fact]
    public void A_TE_link_without_it_has_the_defaults() => Assert.Equal(Defaults, Reading.TeLink("").Verification);

    [Theory]
    [InlineData("¶1s", "verification: keys with values are expected here, not a single value; the keys here are interval, dead-interval, retry, periodic, on-establishment, one-at-a-time, transports")]
    [InlineData("{¶intervall: 1s}", "verification: there is no key \"intervall\"; did you mean interval?")]
    [InlineData("{interval: ¶0}", "interval: 0 is too short; write at least 1ms")]
    [InlineData("{interval: ¶1.5ms}", "interval: \"1.5ms\" is not a whole number of milliseconds; write one, such as 150ms")]
    [InlineData("{dead-interval: ¶2min}", "dead-interval: \"2min\" is too long; the most is 65535ms (16 bits, RFC 4204 §13.8)")]
    [InlineData("{retry: ¶0}", "retry: \"0\" is too short; write at least 1s; asking again faster helps nobody")]
    [InlineData("{periodic: ¶10ms}", "periodic: \"10ms\" is too short; write at least 1s; 0 turns it off")]
    [InlineData("{periodic: ¶never}", "periodic: \"never\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("{transports: [ payload, ¶j0 ]}", "transports: \"j0\" is not a transport mechanism; they are payload, dccs, dccl, j0-trace, j1-trace, j2-trace")]
    [InlineData("{¶transports: []}", "transports: the list is empty; name one, such as payload, or remove the key: then all that are possible are used")]
    [InlineData("{¶transports: [ dccs, j0-trace ]}", "transports: dccs is for SONET and SDH only (RFC 4207 §3.1); set encoding: sdh for te1-1, or add payload")]
    [InlineData("{one-at-a-time: ¶yes}", "one-at-a-time: \"yes\" is not a truth value; write one of true, false")]
    public void Tells_what_is_wrong(string text, string error) => Reading.Bad(Texts.TeLink($"verification: {text}"), error);

    [Fact]
    public void Network_interfaces_have_no_overhead() => Reading.Bad(
        Texts.TeLink(
            "verification: {¶transports: [ j0-trace, payload ]}\ndata-links: [ {name: te1-1, local-id: 101, remote-id: 201, interface: d1, encoding: sdh, bandwidth: 10Gbps} ]",
            "data-plane: linux"),
        "transports: network interfaces have no overhead for j0-trace; write payload alone, or set data-plane: external");

    [Theory]
    [InlineData("{dead-interval: ¶100ms}", "dead-interval: 100ms, but interval is 150ms; ")]
    [InlineData("{interval: ¶1s}", "interval: 1000ms, but dead-interval is 1000ms unless said otherwise; ")]
    public void A_dead_interval_not_above_the_interval_is_doubtful(string text, string warning) => Reading.Doubtful(Texts.TeLink($"verification: {text}"),
        warning + "dead-interval should be several times interval, or one lost Test message fails a data link (RFC 4204 §5)");
}
