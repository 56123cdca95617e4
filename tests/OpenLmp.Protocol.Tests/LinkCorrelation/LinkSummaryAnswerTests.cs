// RFC 4204 §4, §12.6.2-12.6.3, §13.15: the answer to every LinkSummary, good or bad.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Wire.LinkSummaryErrors;

namespace OpenLmp.Protocol.Tests;

[Requirement("4204-2-4")]
[Requirement("4204-4-6")]
public class LinkSummaryAnswerTests
{
    private readonly LinkPartner _node = new(NodeA());

    [Fact]
    [Requirement("4204-12.6.2-1")]
    public void Agreement_is_acknowledged_with_the_message_id_and_nothing_else()
    {
        _node.Send(SummaryOfB(0xCAFE));
        Assert.Equal(Convert.FromHexString("1000000f00100000" + "020500080000cafe"), _node.Sent[^1].Bytes);
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.Empty(_node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-12.6.3-1")]
    [Requirement("4204-12.6.3-2")]
    [Requirement("4204-12.6.3-4")]
    [Requirement("4204-12.6.3-7")]
    public void A_wrong_property_is_refused_with_a_copy_of_that_data_link_only()
    {
        _node.Send(SummaryOfB(0xCAFE, Listed(201, 101), Listed(202, 102, Ist(40), new Wavelength(7))));
        Assert.Equal(Convert.FromHexString("10000010003c0000" + "020500080000cafe" + "0214000800000001"
            + "030c002401000000000000ca00000066" + "010c96084f9502f94f9502f9" + "0208000000000007"), _node.Sent[^1].Bytes);
        Assert.Equal([DataLinkState.UpFree, DataLinkState.Down], _node.Links.Select(l => l.State));
    }

    public static TheoryData<string, DataLinkSubobject[], string?> Properties => new()
    {
        { "as configured", [Ist(10)], null },
        { "no capability told", [], null },
        { "an unknown subobject beside", [new UnknownSubobject(200, [1, 2]), Ist(10)], null },
        { "the properties of an OLS beside", [Ist(10), new Srlg([5]), new TotalSpanLength(80_000)], null },
        { "the wavelength told", [Ist(10), new Wavelength(42)], null },
        { "no wavelength in particular", [Ist(10), new Wavelength(0)], null },
        { "another wavelength", [Ist(10), new Wavelength(43)], "wavelength 42 here, 43 at b" },
        { "another bandwidth", [Ist(40)], "bandwidth 10 Gbps here, 40 Gbps at b" },
        { "a range of bandwidths", [Ist(5, 10)], "bandwidth 10 Gbps here, 5 Gbps to 10 Gbps at b" },
        { "a range upside down", [Ist(10, 5)], "bandwidth 10 Gbps here, 10 Gbps to 5 Gbps at b" },
        { "no number", [Ist(double.NaN)], "bandwidth 10 Gbps here, NaN bps at b" },
        { "less than nothing", [Ist(-10)], "bandwidth 10 Gbps here, -10000000000 bps at b" },
        { "another switching type", [new InterfaceSwitchingType(SwitchingType.Fsc, EncodingType.Lambda, Gbps(10), Gbps(10))], "switching type lsc here, fsc at b" },
        { "another encoding", [new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.DigitalWrapper, Gbps(10), Gbps(10))], "encoding lambda here, digital-wrapper at b" },
        { "numbers no RFC names", [new InterfaceSwitchingType((SwitchingType)77, (EncodingType)99, Gbps(10), Gbps(10))], "switching type lsc here, 77 at b; encoding lambda here, 99 at b" },
        { "one capability more", [Ist(10), new InterfaceSwitchingType(SwitchingType.Tdm, EncodingType.Sdh, Gbps(10), Gbps(10))], "capability tdm with sdh encoding at b, not here" },
        { "everything at once", [Ist(40), new Wavelength(43)], "wavelength 42 here, 43 at b; bandwidth 10 Gbps here, 40 Gbps at b" },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public void Each_property_of_a_data_link_agrees_or_is_named_with_both_values(string what, DataLinkSubobject[] told, string? difference)
    {
        var node = new LinkPartner(NodeA(Link("te1-1", 101, 201) with { Wavelength = 42 }));
        var theirs = new DataLinkObject(DataLinkFlags.Port, Identifier.Unnumbered(201), Identifier.Unnumbered(101), [.. told]);
        node.Send(SummaryOfB(1, theirs));
        if (difference is null)
        {
            Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last());
            Assert.Equal((what, DataLinkState.UpFree), (what, node.Links[0].State));
            return;
        }

        Assert.Equal(UnacceptableNonNegotiable, node.LastNack.Errors);
        Assert.Equal(theirs, Assert.Single(node.LastNack.DataLinks));
        Assert.Equal([$"te1-1: {difference}"], node.RaisedAlarms);
        Assert.Equal($"{difference}; correct one end", node.Links[0].Reason);
    }

    [Fact]
    public void Capabilities_of_one_kind_find_their_partners_in_any_order()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Tdm(2.5, 2.5), Tdm(10, 10), Tdm(1, 40))));
        InterfaceSwitchingType Told(double min, double max) => new(SwitchingType.Tdm, EncodingType.Sdh, Gbps(min), Gbps(max));
        node.Send(SummaryOfB(1, Listed(201, 101, Told(10, 10), Told(1, 40), Told(2.5, 2.5))));
        Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last());
        node.Send(SummaryOfB(2, Listed(201, 101, Told(10, 10), Told(0.5, 50), Told(2.5, 2.5))));
        Assert.Equal("te1-1: bandwidth of tdm with sdh encoding 1 Gbps to 40 Gbps here, 500 Mbps to 50 Gbps at b", Assert.Single(node.RaisedAlarms));
        node.Send(SummaryOfB(3, Listed(201, 101, Told(10, 10), Told(2.5, 2.5))));
        Assert.Equal(["te1-1: capability tdm with sdh encoding here, not at b"], node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-12.6.3-10")]
    [Requirement("4204-12.6.3-11")]
    public void An_unknown_te_link_c_type_is_refused_with_every_other_bit_that_applies()
    {
        var unknownTeLink = new UnknownObject(ObjectClass.TeLink, 9, [1, 2, 3, 4]);
        var unknownDataLink = new UnknownObject(ObjectClass.DataLink, 77, [1, 2, 3, 4]);
        Refused(UnknownTeLinkCType, [], new MessageId(1), unknownTeLink, Listed(201, 101));
        Refused(UnknownTeLinkCType | UnknownDataLinkCType, [unknownDataLink], new MessageId(2), unknownTeLink, Listed(201, 101), unknownDataLink);
        Refused(UnknownTeLinkCType | InvalidDataLink, [Listed(0, 101)], new MessageId(3), unknownTeLink, Listed(0, 101));
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
    }

    [Fact]
    [Requirement("4204-12.6.3-11")]
    public void An_unknown_data_link_c_type_is_refused_with_the_object_as_it_was()
    {
        var unknown = new UnknownObject(ObjectClass.DataLink, 77, [1, 2, 3, 4, 5, 6, 7, 8]) { Negotiable = true };
        Refused(UnknownDataLinkCType, [unknown], new MessageId(1), TeLinkOfB(), Listed(201, 101), unknown, Listed(202, 102));
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(2u, 0u)]
    [InlineData(0u, 0u)]
    [Requirement("4204-12.6.3-8")]
    [Requirement("4204-13.11-1")]
    [Requirement("4204-13.11-2")]
    public void A_zero_link_id_is_an_invalid_te_link(uint local, uint remote)
    {
        Refused(InvalidTeLink, [], new MessageId(1), TeLinkOfB(local, remote), Listed(201, 101));
        Refused(InvalidTeLink | InvalidDataLink, [Listed(201, 0)], new MessageId(2), TeLinkOfB(local, remote), Listed(201, 0), Listed(202, 102));
        Assert.Empty(_node.RaisedAlarms);
    }

    [Theory]
    [InlineData(0u, 101u)]
    [InlineData(201u, 0u)]
    [Requirement("4204-12.6.3-9")]
    [Requirement("4204-13.12-1")]
    [Requirement("4204-13.12-2")]
    public void A_zero_interface_id_is_an_invalid_data_link_told_of_the_link_it_is_about(uint local, uint remote)
    {
        Refused(InvalidDataLink, [Listed(local, remote)], new MessageId(1), TeLinkOfB(), Listed(local, remote), Listed(202, 102));
        Assert.Equal($"te1-1: Interface_Ids 101 and 201 here, {remote} and {local} at b, where 0 is not allowed", Assert.Single(_node.RaisedAlarms));
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], _node.Links.Select(l => l.State));
    }

    [Fact]
    public void A_data_link_with_two_zero_interface_ids_is_about_none_of_ours() =>
        Refused(InvalidDataLink, [Listed(0, 0)], new MessageId(1), TeLinkOfB(), Listed(0, 0), Listed(201, 101), Listed(202, 102));

    [Fact]
    [Requirement("4204-4-2")]
    [Requirement("4204-12.6.3-8")]
    public void Link_ids_of_another_type_are_an_invalid_te_link_told_of_the_te_link()
    {
        var ipv4 = new TeLinkObject(0, Parse("0.0.0.2"), Parse("0.0.0.1"));
        Refused(InvalidTeLink, [], new MessageId(1), ipv4, Listed(201, 101), Listed(202, 102));
        Assert.Equal(["te1: Link_Id 1 is Unnumbered here, IPv4 at b"], _node.RaisedAlarms);
        Assert.Equal("Link_Id 1 is Unnumbered here, IPv4 at b; correct one end", _node.TeLink.Reason);
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
        var ipv6 = new TeLinkObject(0, Parse("2001:db8::2"), Parse("2001:db8::1"));
        Refused(InvalidTeLink, [], new MessageId(2), ipv6, Listed(201, 101), Listed(202, 102));
    }

    [Fact]
    [Requirement("4204-4-4")]
    [Requirement("4204-12.6.3-9")]
    public void Interface_ids_of_another_type_are_an_invalid_data_link_told_of_the_link()
    {
        var ipv4 = Listed(0, 0) with { LocalInterfaceId = Parse("0.0.0.201"), RemoteInterfaceId = Parse("0.0.0.101") };
        Refused(InvalidDataLink, [ipv4], new MessageId(1), TeLinkOfB(), ipv4, Listed(202, 102));
        Assert.Equal(["te1-1: Interface_Id 101 is Unnumbered here, IPv4 at b"], _node.RaisedAlarms);
        var ipv6 = Listed(0, 0) with { LocalInterfaceId = Parse("::c9"), RemoteInterfaceId = Parse("::65") };
        Refused(InvalidDataLink, [ipv6], new MessageId(2), TeLinkOfB(), Listed(202, 102), ipv6);
        Assert.Equal(["te1-1: Interface_Id 101 is Unnumbered here, IPv6 at b"], _node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-12.6.3-8")]
    public void A_te_link_that_is_not_known_is_invalid_and_told_as_the_neighbours()
    {
        var link = Listed(901, 801);
        Refused(InvalidTeLink, [], new MessageId(1), TeLinkOfB(9, 8), link);
        Assert.Equal(["b tells of a TE link 9 whose other end is our Link_Id 8, which is not configured here; correct one end"], _node.RaisedAlarms);
        Assert.Equal(AlarmSeverity.Minor, _node.Node.Alarms.Find(AlarmKind.TeLinkMismatch, "b/te-link 9")!.Severity);
        Refused(InvalidTeLink | UnknownDataLinkCType | InvalidDataLink, [new UnknownObject(ObjectClass.DataLink, 50, []), Listed(0, 801)],
            new MessageId(2), TeLinkOfB(9, 8), link, Listed(0, 801), new UnknownObject(ObjectClass.DataLink, 50, []));
    }

    [Fact]
    [Requirement("4204-12.6.3-8")]
    [Requirement("4204-2-5")]
    public void The_te_link_of_another_neighbour_is_not_this_ones()
    {
        var c = new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3"), ControlChannels = [NoHello(Channel(2, "10.255.1.1", "10.255.1.3"))] };
        var node = new LinkPartner(NodeA() with { Neighbors = [NodeA().Neighbors[0], c] });
        node.Send(SummaryOfB(1), channel: 1);
        Assert.Equal(InvalidTeLink, node.LastNack.Errors);
        Assert.Empty(node.LastNack.DataLinks);
        Assert.Equal(["c tells of a TE link 2 whose other end is our Link_Id 1, which is te1 with b here; correct one end"], node.RaisedAlarms);
        Assert.Equal(TeLinkState.Init, node.TeLink.State);
        node.Send(SummaryOfB(1));
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
    }

    [Fact]
    public void Alarms_about_unknown_te_links_are_bounded_but_every_one_is_answered()
    {
        for (uint i = 1; i <= 500; i++) _node.Send(new LinkSummaryMessage(i, TeLinkOfB(1000 + i, 5000 + i), Listed(1, 1)));
        Assert.Equal(500, _node.Messages.OfType<LinkSummaryNackMessage>().Count());
        Assert.Equal(32, _node.RaisedAlarms.Count);
        _node.TransportDown();
        Assert.DoesNotContain(_node.RaisedAlarms, t => t.Contains("tells of a TE link", StringComparison.Ordinal));
    }

    [Fact]
    public void A_listed_data_link_that_is_not_configured_here_is_refused_and_told()
    {
        Refused(UnacceptableNonNegotiable, [Listed(203, 103)], new MessageId(1), TeLinkOfB(), Listed(201, 101), Listed(203, 103), Listed(202, 102));
        Assert.Equal(["te1: b lists data links that are not configured here (its Interface_Id->ours): 203->103"], _node.RaisedAlarms);
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        _node.Send(SummaryOfB(2));
        Assert.Empty(_node.RaisedAlarms);
    }

    [Fact]
    public void A_data_link_listed_twice_alike_is_listed_once()
    {
        _node.Send(SummaryOfB(1, Listed(201, 101), Listed(202, 102), Listed(201, 101)));
        Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last());
        _node.Send(SummaryOfB(2, Listed(201, 101, Ist(40)), Listed(202, 102), Listed(201, 101, Ist(40))));
        Assert.Equal(Listed(201, 101, Ist(40)), Assert.Single(_node.LastNack.DataLinks));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("4204-13.12-1")]
    public void A_data_link_listed_twice_with_different_contents_is_invalid_in_either_order(bool goodFirst)
    {
        var (good, bad) = (Listed(201, 101), Listed(201, 101, Ist(40)));
        var (first, second) = goodFirst ? (good, bad) : (bad, good);
        _node.Send(SummaryOfB(1, first, second, Listed(202, 102)));
        Assert.Equal(InvalidDataLink | (goodFirst ? 0 : UnacceptableNonNegotiable), _node.LastNack.Errors);
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], _node.Links.Select(l => l.State));
        Assert.Equal(second, _node.LastNack.DataLinks.Last());
        Assert.NotNull(_node.AlarmText(AlarmKind.DataLinkMismatch, "te1-1"));
    }

    [Fact]
    public void One_interface_id_cannot_be_the_end_of_two_data_links()
    {
        _node.Send(SummaryOfB(1, Listed(201, 101), Listed(201, 102)));
        Assert.Equal(InvalidDataLink, _node.LastNack.Errors);
        Assert.Equal(Listed(201, 102), Assert.Single(_node.LastNack.DataLinks));
        Assert.Equal("te1-1: b lists its Interface_Id 201 more than once, with different contents", _node.AlarmText(AlarmKind.DataLinkMismatch, "te1-1"));
        Assert.Equal(DataLinkState.Down, _node.Links[0].State);
    }

    [Fact]
    public void Two_data_links_of_the_neighbour_that_end_at_one_of_ours_leave_the_one_that_is_meant_alone()
    {
        // 202 has a slip: it should say 102.
        Refused(UnacceptableNonNegotiable, [Listed(202, 101)], new MessageId(1), TeLinkOfB(), Listed(201, 101), Listed(202, 101));
        Assert.Equal(["te1-2: Interface_Id 202 of b is connected to 102 here, to 101 at b"], _node.RaisedAlarms);
        Assert.Equal([DataLinkState.UpFree, DataLinkState.Down], _node.Links.Select(l => l.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stranger_that_ends_at_one_of_ours_does_not_disturb_the_one_that_rightly_does(bool strangerFirst)
    {
        var (right, stranger) = (Listed(201, 101), Listed(209, 101));
        var (first, second) = strangerFirst ? (stranger, right) : (right, stranger);
        Refused(UnacceptableNonNegotiable, [stranger], new MessageId(1), TeLinkOfB(), first, second, Listed(202, 102));
        Assert.Equal(["te1: b lists data links that are not configured here (its Interface_Id->ours): 209->101"], _node.RaisedAlarms);
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void Several_errors_are_told_at_once_each_with_its_data_links()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 20)), Link("te1-2", 102, 202), Link("te1-3", 103, 203), Link("te1-4", 104, 204)));
        var unknown = new UnknownObject(ObjectClass.DataLink, 9, [0, 0, 0, 0]);
        var negotiable = Listed(201, 101, Ist(10, 40)) with { Negotiable = true };
        var zero = Listed(203, 0);
        node.Send(new LinkSummaryMessage([new MessageId(7), TeLinkOfB(9), unknown, negotiable, Listed(202, 102, Ist(40)), zero, Listed(204, 104)]));
        Assert.Equal(UnacceptableNonNegotiable | Renegotiate | InvalidTeLink | InvalidDataLink | UnknownDataLinkCType, node.LastNack.Errors);
        Assert.Equal(7u, node.LastNack.MessageIdAck);
        Assert.Equal<LmpObject>([unknown, Listed(201, 101, Ist(10, 20)) with { Negotiable = true }, Listed(202, 102, Ist(40)), zero], node.LastNack.Objects.Skip(2));
    }

    [Fact]
    public void Objects_in_any_order_and_objects_of_no_concern_make_no_difference()
    {
        _node.Send(new LinkSummaryMessage([Listed(202, 102), new UnknownObject((ObjectClass)200, 3, [1, 2, 3, 4]), TeLinkOfB(), new LocalCcid(5), Listed(201, 101), new MessageId(9)]));
        Assert.Equal(9u, Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last()).MessageIdAck);
    }

    [Fact]
    public void Support_of_fault_management_and_verification_is_what_both_ends_have()
    {
        Assert.Equal((true, true), (_node.TeLink.FaultManagement, _node.TeLink.LinkVerification));
        _node.Send(new LinkSummaryMessage(1, TeLinkOfB() with { Flags = TeLinkFlags.LinkVerification }, Listed(201, 101), Listed(202, 102)));
        Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last());
        Assert.Equal((false, true), (_node.TeLink.FaultManagement, _node.TeLink.LinkVerification));

        // What the neighbour supports does not change with our configuration.
        _node.Reconfigure(NodeA(t => t with { LinkVerification = false }));
        Assert.Equal((false, false), (_node.TeLink.FaultManagement, _node.TeLink.LinkVerification));
        _node.Reconfigure(NodeA());
        Assert.Equal((false, true), (_node.TeLink.FaultManagement, _node.TeLink.LinkVerification));
    }

    // Sends a LinkSummary of these objects and expects exactly this answer.
    private void Refused(LinkSummaryErrors errors, LmpObject[] listed, params LmpObject[] objects)
    {
        var summary = new LinkSummaryMessage([.. objects]);
        _node.Send(summary);
        Assert.Equal(new LinkSummaryNackMessage(summary.MessageId!.Value, errors, listed), _node.Messages.Last());
    }
}
