using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class TeLinkSectionTests
{
    [Fact]
    public void Little_has_to_be_said()
    {
        var teLink = Reading.TeLink("-remote-id");

        Assert.Equal("te1", teLink.Name);
        Assert.Equal("oxc2", teLink.Neighbor);
        Assert.Equal(Identifier.Unnumbered(1), teLink.LocalId);
        Assert.Null(teLink.RemoteId);
        Assert.True(teLink.FaultManagement);
        Assert.True(teLink.LinkVerification);
    }

    [Theory]
    [InlineData("local-id: 1\nremote-id: 4294967295", "1", "4294967295", IdentifierType.Unnumbered)]
    [InlineData("local-id: 192.0.2.1\nremote-id: 192.0.2.2", "192.0.2.1", "192.0.2.2", IdentifierType.IPv4)]
    [InlineData("local-id: 2001:db8::1\nremote-id: 2001:db8::2", "2001:db8::1", "2001:db8::2", IdentifierType.IPv6)]
    [Requirement("4204-4-1")]
    public void Has_Link_Ids_of_one_type(string lines, string local, string remote, IdentifierType type)
    {
        var teLink = Reading.TeLink(lines);

        Assert.Equal(type, teLink.LocalId.Type);
        Assert.Equal(local, teLink.LocalId.ToString());
        Assert.Equal(type, teLink.RemoteId!.Value.Type);
        Assert.Equal(remote, teLink.RemoteId!.Value.ToString());
    }

    [Fact]
    public void Can_do_without_fault_management_and_verification()
    {
        var teLink = Reading.TeLink("fault-management: false\nlink-verification: false");

        Assert.False(teLink.FaultManagement);
        Assert.False(teLink.LinkVerification);
    }

    [Fact]
    public void Signals_have_hold_off_and_hold_on_times()
    {
        Assert.Equal(new SignalConfiguration { HoldOff = TimeSpan.Zero, HoldOn = TimeSpan.FromSeconds(1) }, Reading.TeLink("fault-management: true").Signal);
        Assert.Equal(TimeSpan.FromMilliseconds(50), Reading.TeLink("signal: {hold-off: 50ms}").Signal.HoldOff);
        Assert.Equal(TimeSpan.Zero, Reading.TeLink("signal: {hold-on: 0}").Signal.HoldOn);
    }

    [Theory]
    [InlineData("signal: {¶hold-of: 1s}", "signal: there is no key \"hold-of\"; did you mean hold-off?")]
    [InlineData("signal: {hold-on: ¶1}", "hold-on: \"1\" has no unit; write 1ms or 1s")]
    [InlineData("¶neighbor: oxc2\n-name", "TE link: name is missing; add it, such as name: te1")]
    [InlineData("name: ¶te/1", "name: \"te/1\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("¶name: te1\n-neighbor", "TE link: neighbor is missing; add it, such as neighbor: oxc2")]
    [InlineData("neighbor: ¶oxc3", "neighbor: there is no neighbour oxc3; did you mean oxc2?")]
    [InlineData("neighbor: ¶paris", "neighbor: there is no neighbour paris; the neighbours are oxc2")]
    [InlineData("fault-management: ¶yes", "fault-management: \"yes\" is not a truth value; write one of true, false")]
    [InlineData("link-verification: ¶1", "link-verification: \"1\" is not a truth value; write one of true, false")]
    [InlineData("data-links: ¶te1-1", "data-links: a list is expected here, not a single value; put it in [ ]")]
    public void Belongs_to_a_neighbour(string lines, string error) => Reading.Bad(Texts.TeLink(lines), error);

    [Theory]
    [InlineData("¶name: te1\n-local-id", "TE link: local-id is missing; add it, such as local-id: 1")]
    [InlineData("local-id: ¶0", "local-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [InlineData("local-id: ¶0.0.0.0\n-remote-id", "local-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [InlineData("remote-id: ¶0", "remote-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [InlineData("local-id: ¶\"::\"\n-remote-id", "local-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [InlineData("local-id: ¶-1", "local-id: \"-1\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [InlineData("local-id: ¶4294967296", "local-id: \"4294967296\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [InlineData("local-id: ¶192.0.2", "local-id: \"192.0.2\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [InlineData("local-id: ¶192.0.2.010", "local-id: \"192.0.2.010\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [InlineData("local-id: ¶fe80::1%1", "local-id: \"fe80::1%1\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [InlineData("local-id: ¶\"[::1]:80\"", "local-id: \"[::1]:80\" is not an id; write a number such as 1, an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1")]
    [Requirement("4204-13.3-1")]
    [Requirement("4204-13.3-2")]
    [Requirement("4204-13.11-1")]
    [Requirement("4204-13.11-2")]
    public void Link_Ids_are_not_zero(string lines, string error) => Reading.Bad(Texts.TeLink(lines), error);

    [Theory]
    [InlineData("local-id: 1\nremote-id: ¶192.0.2.2", "remote-id: 192.0.2.2 is an IPv4 address, local-id 1 is an unnumbered id; both ends are of one type (RFC 4204 §4)")]
    [InlineData("local-id: 192.0.2.1\nremote-id: ¶2001:db8::2", "remote-id: 2001:db8::2 is an IPv6 address, local-id 192.0.2.1 is an IPv4 address; both ends are of one type (RFC 4204 §4)")]
    [Requirement("4204-4-1")]
    public void Link_Ids_are_not_of_two_types(string lines, string error) => Reading.Bad(Texts.TeLink(lines), error);

    [Fact]
    public void Names_and_Link_Ids_are_unique() =>
        Reading.Bad(Texts.Neighbor("", Texts.List("te-links",
            "{name: te1, neighbor: oxc2, local-id: 1, remote-id: 1, data-links: [ {name: a, local-id: 1, bandwidth: 10Gbps} ]}",
            "{name: ¶te1, neighbor: oxc2, local-id: ¶1, remote-id: ¶1, data-links: [ {name: b, local-id: 2, bandwidth: 10Gbps} ]}")),
            "name: te1 is already used at line 2; each TE link has a name of its own",
            "local-id: Link_Id 1 is already used at line 2; each Link_Id is unique within the node (RFC 4204 §13)",
            "remote-id: Link_Id 1 of this neighbour is already used at line 2; it can be the other end once only (RFC 4204 §13)");

    [Fact]
    public void Ids_of_different_types_are_different() =>
        Reading.Good(Texts.Neighbor("", Texts.List("te-links",
            "{name: te1, neighbor: oxc2, local-id: 3221225985, data-links: [ {name: a, local-id: 3221225985, bandwidth: 10Gbps} ]}",
            "{name: te2, neighbor: oxc2, local-id: 192.0.2.1, data-links: [ {name: b, local-id: 192.0.2.1, bandwidth: 10Gbps} ]}")));

    [Fact]
    public void Status_confirmation_has_times()
    {
        Assert.Equal(Protocol.StatusConfirmationConfiguration.Default, Reading.TeLink("").Confirmation);
        Assert.Equal(
            new Protocol.StatusConfirmationConfiguration { Interval = TimeSpan.FromHours(1), Retry = TimeSpan.FromMinutes(5), AfterOutage = TimeSpan.Zero },
            Reading.TeLink("confirm-interval: 1h\nconfirm-retry: 5min\nconfirm-after-outage: 0").Confirmation);
    }

    [Theory]
    [InlineData("confirm-interval: ¶hourly", "confirm-interval: \"hourly\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("confirm-retry: ¶0", "confirm-retry: \"0\" is too short; write at least 1ms")]
    [InlineData("confirm-after-outage: ¶25h", "confirm-after-outage: \"25h\" is too long; the most is 24h")]
    public void Status_confirmation_has_no_other_times(string lines, string error) => Reading.Bad(Texts.TeLink(lines), error);

    [Fact]
    [Requirement("5818-4-1")]
    public void Continuous_confirmation_is_doubtful() =>
        Reading.Doubtful(Texts.TeLink("confirm-interval: ¶59s"),
            "confirm-interval: RFC 5818 §4 does not recommend to confirm continuously; once an hour finds stranded resources as well");

    [Theory]
    [InlineData("¶name: te1\n-data-links")]
    [InlineData("¶data-links: []")]
    public void A_TE_link_without_data_links_is_doubtful(string lines) =>
        Reading.Doubtful(Texts.TeLink(lines), "TE link: no data link; the TE link stays down (RFC 4204 §11.2)");

    [Fact]
    public void A_TE_link_fits_one_LinkSummary()
    {
        // 8 + 8 + 16 bytes for header, MESSAGE_ID and TE_LINK; 28 for each DATA_LINK of one capability.
        Reading.Good(WithDataLinks(2338));

        Reading.Bad(WithDataLinks(2339),
            "data-links: the LinkSummary of 2,339 data links has 65,524 bytes, a UDP datagram at most 65,507; spread them over several TE links");
    }

    private static string WithDataLinks(int count)
    {
        var lines = "¶data-links:" + string.Concat(Enumerable.Range(1, count).Select(i => $"\n  - {{name: d{i}, local-id: {i}, remote-id: {i}, bandwidth: 10Gbps}}"));
        return Texts.TeLink(count > 2338 ? lines : lines[1..]);
    }
}
