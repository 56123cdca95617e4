// RFC 4204 §4, §12.6.3: negotiating bandwidth ranges
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Wire.LinkSummaryErrors;

namespace OpenLmp.Protocol.Tests;

public class BandwidthNegotiationTests
{
    public static TheoryData<string, SwitchingCapability[], SwitchingCapability[], SwitchingCapability[]> Agreeable => new()
    {
        { "the same range", [Lambda(1, 10)], [Lambda(1, 10)], [Lambda(1, 10)] },
        { "overlap", [Lambda(1, 10)], [Lambda(5, 40)], [Lambda(5, 10)] },
        { "overlap at one point", [Lambda(1, 10)], [Lambda(10, 40)], [Lambda(10, 10)] },
        { "containment", [Lambda(1, 40)], [Lambda(5, 10)], [Lambda(5, 10)] },
        { "a fixed rate in a range", [Lambda(10, 10)], [Lambda(1, 40)], [Lambda(10, 10)] },
        { "a fixed rate at the end of a range", [Lambda(40, 40)], [Lambda(1, 40)], [Lambda(40, 40)] },
        { "several capabilities", [Lambda(1, 10), Tdm(2.5, 10)], [Tdm(1, 5), Lambda(10, 10)], [Lambda(10, 10), Tdm(2.5, 5)] },
        { "several of a kind", [Tdm(1, 2), Tdm(10, 40)], [Tdm(20, 80), Tdm(1.5, 3)], [Tdm(1.5, 2), Tdm(20, 40)] },
    };

    [Theory]
    [MemberData(nameof(Agreeable))]
    [Requirement("4204-4-8")]
    [Requirement("4204-4-9")]
    [Requirement("4204-4-10")]
    [Requirement("4204-4-11")]
    public void What_has_something_in_common_is_agreed_by_both_whichever_way_round(
        string what, SwitchingCapability[] one, SwitchingCapability[] other, SwitchingCapability[] agreed)
    {
        foreach (var (atA, atB) in (ReadOnlySpan<(SwitchingCapability[], SwitchingCapability[])>)[(one, other), (other, one)])
        {
            var (network, a, b) = Pair(NodeA(LinkAtA(atA)), NodeB(LinkAtB(atB)));
            network.Run(TimeSpan.FromSeconds(30));
            foreach (var node in (VirtualNode[])[a, b])
            {
                Assert.Equal((what, TeLinkState.Up), (what, node.TeLink.State));
                Assert.Equal(DataLinkState.UpFree, node.TeLink.DataLinks[0].State);
                Assert.Equal(Sorted(agreed), Sorted(node.TeLink.DataLinks[0].AgreedCapabilities));
                Assert.Empty(node.Node.Alarms.All);
                Assert.True(node.SentOf(MessageType.LinkSummary).Count() <= 2, $"{what}: {node.SentOf(MessageType.LinkSummary).Count()} rounds");
            }

            // Agreed values are kept, and are what is told from then on.
            a.Node.Summarize(network.Now, "te1");
            b.Node.Summarize(network.Now, "te1");
            network.RunMs(100);
            foreach (var node in (VirtualNode[])[a, b])
            {
                var isAnswer = (Datagram d) => d.Type is MessageType.LinkSummaryAck or MessageType.LinkSummaryNack && d.Source == node.Channel.Local;
                Assert.Equal(MessageType.LinkSummaryAck, network.Sent.Last(isAnswer).Type);
                var told = Assert.Single(((LinkSummaryMessage)node.SentOf(MessageType.LinkSummary).Last().Message!).DataLinks);
                Assert.Equal(node.TeLink.DataLinks[0].AgreedCapabilities, told.Subobjects.Cast<InterfaceSwitchingType>()
                    .Select(s => new SwitchingCapability(s.SwitchingType, s.Encoding, s.MinimumBandwidth, s.MaximumBandwidth)));
                Assert.Equal(node.TeLink.DataLinks[0].Configuration.IsNegotiable, told.Negotiable);
            }
        }
    }

    public static TheoryData<SwitchingCapability[], SwitchingCapability[], string, string> Disjoint => new()
    {
        { [Lambda(1, 5)], [Lambda(10, 40)], "1 Gbps to 5 Gbps", "10 Gbps to 40 Gbps" },
        { [Lambda(1, 5)], [Lambda(10, 10)], "1 Gbps to 5 Gbps", "10 Gbps" },
        { [Lambda(10, 10)], [Lambda(40, 40)], "10 Gbps", "40 Gbps" },
    };

    [Theory]
    [MemberData(nameof(Disjoint))]
    public void What_has_nothing_in_common_is_told_on_both_sides_and_given_up(SwitchingCapability[] atA, SwitchingCapability[] atB, string textA, string textB)
    {
        var (network, a, b) = Pair(NodeA(LinkAtA(atA), Link("te1-2", 102, 202)), NodeB(LinkAtB(atB), Link("te1-2", 202, 102)));
        network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal([$"te1-1: bandwidth {textA} here, {textB} at b"], a.RaisedAlarms());
        Assert.Equal([$"te1-1: bandwidth {textB} here, {textA} at a"], b.RaisedAlarms());
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], node.TeLink.DataLinks.Select(l => l.State));
            Assert.Single(node.SentOf(MessageType.LinkSummary));
        }
    }

    [Fact]
    [Requirement("4204-12.6.3-3")]
    [Requirement("4204-12.6.3-7b")]
    public void A_negotiable_bandwidth_is_answered_with_what_is_acceptable_and_the_rest_as_it_was()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 10)), Link("te1-2", 102, 202)));
        var theirs = Listed(201, 101, new Wavelength(5), Ist(5, 40), new UnknownSubobject(77, [1, 2])) with { Negotiable = true, Flags = DataLinkFlags.Allocated };
        node.Send(SummaryOfB(1, theirs, Listed(202, 102)));
        Assert.Equal(Renegotiate, node.LastNack.Errors);
        Assert.Equal(theirs with { Subobjects = [new Wavelength(5), new UnknownSubobject(77, [1, 2]), Ist(5, 10)] }, Assert.Single(node.LastNack.DataLinks));
        Assert.Empty(node.RaisedAlarms);
        Assert.Equal((DataLinkState.Down, DataLinkState.UpFree), (node.Links[0].State, node.Links[1].State));

        // The neighbour takes the offer up.
        node.Send(SummaryOfB(2, theirs with { Subobjects = [Ist(5, 10)] }, Listed(202, 102)));
        Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last());
        Assert.Equal(DataLinkState.UpFree, node.Links[0].State);
    }

    [Fact]
    [Requirement("4204-12.6.3-3")]
    public void What_has_nothing_in_common_is_answered_with_our_own_range_and_told_when_the_neighbour_has_refused_it()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 5))));
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(10, 40)) with { Negotiable = true }));
        Assert.Equal(Renegotiate, node.LastNack.Errors);
        Assert.Equal(Listed(201, 101, Ist(1, 5)) with { Negotiable = true }, Assert.Single(node.LastNack.DataLinks));
        Assert.Empty(node.RaisedAlarms);
        node.Nack(UnacceptableNonNegotiable, node.LastSummary.DataLinks.Single());
        Assert.Equal(["te1-1: bandwidth 1 Gbps to 5 Gbps here, 10 Gbps to 40 Gbps at b"], node.RaisedAlarms);
    }

    [Fact]
    public void The_n_bit_makes_the_bandwidth_negotiable_and_nothing_else()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 10)) with { Wavelength = 42 }));
        var overlapping = Listed(201, 101, Ist(5, 40));
        node.Send(SummaryOfB(1, overlapping));
        Assert.Equal((UnacceptableNonNegotiable, overlapping), (node.LastNack.Errors, node.LastNack.DataLinks.Single()));

        var otherType = Listed(201, 101, new InterfaceSwitchingType(SwitchingType.Tdm, EncodingType.Lambda, Gbps(5), Gbps(40))) with { Negotiable = true };
        node.Send(SummaryOfB(2, otherType));
        Assert.Equal((UnacceptableNonNegotiable, otherType), (node.LastNack.Errors, node.LastNack.DataLinks.Single()));

        // Both bits: the bandwidth could be agreed, the wavelength not.
        var otherWavelength = Listed(201, 101, Ist(5, 40), new Wavelength(43)) with { Negotiable = true };
        node.Send(SummaryOfB(3, otherWavelength));
        Assert.Equal(UnacceptableNonNegotiable | Renegotiate, node.LastNack.Errors);
        Assert.Equal(Listed(201, 101, new Wavelength(43), Ist(5, 10)) with { Negotiable = true }, Assert.Single(node.LastNack.DataLinks));
        Assert.Equal(["te1-1: wavelength 42 here, 43 at b"], node.RaisedAlarms);
        node.Send(SummaryOfB(4, Listed(201, 101, Ist(20, 40), new Wavelength(43)) with { Negotiable = true }));
        Assert.Equal(["te1-1: wavelength 42 here, 43 at b; bandwidth 1 Gbps to 10 Gbps here, 20 Gbps to 40 Gbps at b"], node.RaisedAlarms);

        // A swapped pair of ids stays wrong, too.
        node.Send(SummaryOfB(5, Listed(202, 101, Ist(5, 10)) with { Negotiable = true }));
        Assert.Equal(UnacceptableNonNegotiable, node.LastNack.Errors);
    }

    [Fact]
    [Requirement("4204-12.6.3-5")]
    [Requirement("4204-12.6.3-6")]
    [Requirement("4204-4-9")]
    [Requirement("4204-4-11")]
    public void An_acceptable_offer_is_taken_up_at_once()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 40)), Link("te1-2", 102, 202)));
        Assert.Equal(Sent(1, 40), node.LastSummary.DataLinks.First());
        node.Nack(Renegotiate, Sent(5, 10));
        Assert.Equal(2, node.Summaries.Count());
        Assert.Equal(Sent(5, 10), node.LastSummary.DataLinks.First());
        Assert.DoesNotContain(node.Events, e => e is LinkSummaryFinished);
        node.Ack();
        Assert.Equal([Lambda(5, 10)], node.Links[0].AgreedCapabilities);
        Assert.Equal(LinkSummaryOutcome.Acknowledged, node.Events.OfType<LinkSummaryFinished>().Single().Outcome);
        Assert.Empty(node.RaisedAlarms);
    }

    [Fact]
    public void An_offer_beyond_our_range_is_not_taken_up_and_is_named()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 10))));
        node.Nack(Renegotiate, Sent(40, 100));
        Assert.Single(node.Summaries);
        Assert.Equal(["te1-1: bandwidth 1 Gbps to 10 Gbps here, 40 Gbps to 100 Gbps at b"], node.RaisedAlarms);
        Assert.Equal(LinkSummaryOutcome.Refused, node.Events.OfType<LinkSummaryFinished>().Single().Outcome);
    }

    public static TheoryData<string, LinkSummaryErrors, DataLinkObject> NoOffers => new()
    {
        { "a copy", Renegotiate, Sent(1, 10) },
        { "not negotiable", Renegotiate, Sent(5, 10) with { Negotiable = false } },
        { "not said to be an offer", UnacceptableNonNegotiable, Sent(5, 10) },
        { "of another kind", Renegotiate, Sent(5, 10) with { Subobjects = [new InterfaceSwitchingType(SwitchingType.Fsc, EncodingType.Lambda, Gbps(5), Gbps(10))] } },
        { "without any value", Renegotiate, Sent(5, 10) with { Subobjects = [] } },
    };

    [Theory]
    [MemberData(nameof(NoOffers))]
    public void What_is_no_offer_is_a_refusal(string what, LinkSummaryErrors errors, DataLinkObject answer)
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 10))));
        node.Nack(errors, answer);
        Assert.Equal((what, 1), (what, node.Summaries.Count()));
        Assert.Equal($"te1-1: b refuses it: {LinkSummaryError.InWords(errors)}", Assert.Single(node.RaisedAlarms));
        Assert.Equal(DataLinkState.Down, node.Links[0].State);
    }

    [Fact]
    public void A_neighbour_that_never_stops_offering_is_left_after_three_rounds()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 40))));
        for (var i = 0; i < 20; i++) node.Nack(Renegotiate, Sent(2 + i, 40));
        node.RunMs(60_000);
        Assert.Equal(4, node.Summaries.Count());
        Assert.NotEmpty(node.RaisedAlarms);
        Assert.NotEqual("", node.Links[0].Reason);
        Assert.Equal(LinkSummaryOutcome.Refused, node.Events.OfType<LinkSummaryFinished>().Single().Outcome);
    }

    [Fact]
    public void An_offer_for_one_data_link_and_a_refusal_of_another_are_both_heeded()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 40)), Link("te1-2", 102, 202), Link("te1-3", 103, 203)));
        node.Nack(Renegotiate | UnacceptableNonNegotiable, Sent(5, 10), node.LastSummary.DataLinks.ElementAt(1));
        Assert.Equal(2, node.Summaries.Count());
        Assert.Equal([DataLinkState.Down, DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
        node.Nack(UnacceptableNonNegotiable, node.LastSummary.DataLinks.ElementAt(1));
        Assert.Equal([DataLinkState.UpFree, DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
        Assert.Equal(["te1-2: b refuses it: Unacceptable non-negotiable LINK_SUMMARY parameters"], node.RaisedAlarms);
    }

    [Fact]
    public void After_a_disagreement_the_whole_range_is_offered_again()
    {
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(1, 40))));
        node.Nack(Renegotiate, Sent(5, 10));
        node.Ack();
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(100))));
        Assert.Equal(["te1-1: bandwidth 1 Gbps to 40 Gbps here, 100 Gbps at b"], node.RaisedAlarms);
        node.Node.Summarize(node.Now, "te1");
        Assert.Equal(Sent(1, 40), node.LastSummary.DataLinks.Single());
    }

    [Fact]
    public void Two_ends_that_agreed_once_agree_again_after_one_changes_its_range()
    {
        var (network, a, b) = Pair(NodeA(LinkAtA(Lambda(1, 40))), NodeB(LinkAtB(Lambda(5, 10))));
        network.Run(TimeSpan.FromSeconds(10));
        foreach (var (atB, agreed) in (ReadOnlySpan<(SwitchingCapability, SwitchingCapability)>)
            [(Lambda(20, 30), Lambda(20, 30)), (Lambda(30, 80), Lambda(30, 40)), (Lambda(2.5, 2.5), Lambda(2.5, 2.5))])
        {
            b.Node.Reconfigure(network.Now, NodeB(LinkAtB(atB)));
            network.Run(TimeSpan.FromSeconds(10));
            Assert.Equal([agreed], a.TeLink.DataLinks[0].AgreedCapabilities);
            Assert.Equal([agreed], b.TeLink.DataLinks[0].AgreedCapabilities);
            Assert.Empty(a.RaisedAlarms().Concat(b.RaisedAlarms()));
            Assert.Equal((DataLinkState.UpFree, DataLinkState.UpFree), (a.TeLink.DataLinks[0].State, b.TeLink.DataLinks[0].State));
        }
    }

    [Fact]
    public void Two_ends_that_both_take_over_what_the_other_told_end_with_the_same()
    {
        var (network, a, b) = Pair(NodeA(LinkAtA(Lambda(1, 5))), NodeB(LinkAtB(Lambda(10, 40))));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.NotEmpty(a.RaisedAlarms());
        a.Node.Reconfigure(network.Now, NodeA(LinkAtA(Lambda(1, 100))));
        b.Node.Reconfigure(network.Now, NodeB(LinkAtB(Lambda(1, 100))));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Empty(a.RaisedAlarms().Concat(b.RaisedAlarms()));
        Assert.Equal(a.TeLink.DataLinks[0].AgreedCapabilities, b.TeLink.DataLinks[0].AgreedCapabilities);
        var sent = network.Sent.Count;
        network.Run(TimeSpan.FromHours(1));
        Assert.Equal(sent, network.Sent.Count);
    }

    [Fact]
    public void After_a_disagreement_both_name_all_that_the_other_can_do()
    {
        var (network, a, b) = Pair(NodeA(LinkAtA(Lambda(5, 6))), NodeB(LinkAtB(Lambda(2, 7))));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal([Lambda(5, 6)], b.TeLink.DataLinks[0].AgreedCapabilities);
        a.Node.Reconfigure(network.Now, NodeA(LinkAtA(Lambda(10, 10))));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["te1-1: bandwidth 10 Gbps here, 2 Gbps to 7 Gbps at b"], a.RaisedAlarms());
        Assert.Equal(["te1-1: bandwidth 2 Gbps to 7 Gbps here, 10 Gbps at a"], b.RaisedAlarms());
    }

    private static IEnumerable<SwitchingCapability> Sorted(IEnumerable<SwitchingCapability> capabilities) =>
        capabilities.OrderBy(c => c.SwitchingType).ThenBy(c => c.MinimumBandwidth);

    // Our te1-1 as we send it, or as the neighbour answers.
    private static DataLinkObject Sent(double min, double max) => Listed(101, 201, Ist(min, max)) with { Negotiable = true };
}
