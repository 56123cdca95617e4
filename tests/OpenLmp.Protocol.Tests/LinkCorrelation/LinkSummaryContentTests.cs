// RFC 4204 §12.6.1, §13.11, §13.12: what a LinkSummary says of a configuration, byte for byte.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

[Requirement("4204-12.6.1-1")]
public class LinkSummaryContentTests
{
    private const string Lambda10 = "010c 96 08 4e9502f9 4e9502f9";

    [Fact]
    public void Two_ports_of_a_fixed_rate()
    {
        var node = new LinkPartner(NodeA());
        Assert.Equal(Hex($"""
            1000 00 0e 0058 0000
            01 05 0008 00000065
            03 0b 0010 03 000000 00000001 00000002
            03 0c 001c 01 000000 00000065 000000c9 {Lambda10}
            03 0c 001c 01 000000 00000066 000000ca {Lambda10}
            """), Bytes(node));
    }

    [Fact]
    public void Support_for_fault_management_and_link_verification_is_told_as_configured()
    {
        foreach (var (fault, verification, flags) in ((bool, bool, byte)[])[(false, false, 0), (true, false, 1), (false, true, 2), (true, true, 3)])
        {
            var node = new LinkPartner(NodeA(t => t with { FaultManagement = fault, LinkVerification = verification }));
            Assert.Equal(flags, node.Sent[0].Bytes[20]);
        }
    }

    [Fact]
    [Requirement("4204-4-1")]
    [Requirement("4204-4-3")]
    public void Ipv4_ids_with_a_wavelength_and_a_component_link()
    {
        var link = Link("te1-1", 0, null) with { LocalId = Parse("192.0.2.10"), RemoteId = Parse("192.0.2.20"), Port = false, Wavelength = 0x11223344 };
        var node = new LinkPartner(NodeA(t => t with { LocalId = Parse("192.0.2.1"), RemoteId = Parse("192.0.2.2"), DataLinks = [link] }));
        Assert.Equal(Hex($"""
            1000 00 0e 0044 0000
            01 05 0008 00000065
            01 0b 0010 03 000000 c0000201 c0000202
            01 0c 0024 00 000000 c000020a c0000214 {Lambda10}
                0208 0000 11223344
            """), Bytes(node));
    }

    [Fact]
    public void Ipv6_ids_and_a_range_that_can_be_negotiated()
    {
        var link = LinkAtA(Lambda(1, 40)) with { LocalId = Parse("2001:db8::a"), RemoteId = Parse("2001:db8::b") };
        var node = new LinkPartner(NodeA(t => t with { LocalId = Parse("2001:db8::1"), RemoteId = Parse("2001:db8::2"), DataLinks = [link] }));
        Assert.Equal(Hex("""
            1000 00 0e 006c 0000
            01 05 0008 00000065
            02 0b 0028 03 000000 20010db8000000000000000000000001 20010db8000000000000000000000002
            82 0c 0034 01 000000 20010db800000000000000000000000a 20010db800000000000000000000000b
                010c 96 08 4cee6b28 4f9502f9
            """), Bytes(node));
    }

    [Fact]
    public void Several_capabilities_one_of_them_a_range_make_the_data_link_negotiable()
    {
        var packet = new SwitchingCapability(SwitchingType.Psc1, EncodingType.Ethernet, Gbps(1), Gbps(1));
        var node = new LinkPartner(NodeA(LinkAtA(Lambda(10, 10), Tdm(2.5, 10), packet), Link("te1-2", 102, 202)));
        Assert.Equal(Hex($"""
            1000 00 0e 0070 0000
            01 05 0008 00000065
            03 0b 0010 03 000000 00000001 00000002
            83 0c 0034 01 000000 00000065 000000c9 {Lambda10}
                010c 64 05 4d9502f9 4e9502f9
                010c 01 02 4cee6b28 4cee6b28
            03 0c 001c 01 000000 00000066 000000ca {Lambda10}
            """), Bytes(node));
    }

    [Fact]
    public void A_sub_channel_is_a_data_link_that_is_no_port()
    {
        var node = new LinkPartner(NodeA(Link("te1-1", 101, 201) with { Port = false, ComponentLink = "oc192" }));
        Assert.Equal(Hex($"""
            1000 00 0e 003c 0000
            01 05 0008 00000065
            03 0b 0010 03 000000 00000001 00000002
            03 0c 001c 00 000000 00000065 000000c9 {Lambda10}
            """), Bytes(node));
    }

    [Fact]
    public void A_data_link_whose_other_end_is_not_known_is_left_out_and_says_so()
    {
        var node = new LinkPartner(NodeA(Link("te1-1", 101, null), Link("te1-2", 102, 202)));
        Assert.Equal(Identifier.Unnumbered(102), Assert.Single(node.LastSummary.DataLinks).LocalInterfaceId);
        node.Ack();
        Assert.Equal(TeLinkState.Up, node.TeLink.State);
        Assert.Equal((DataLinkState.Down, "the neighbour's Interface_Id is not known; set remote-id, or verify the TE link"), (node.Links[0].State, node.Links[0].Reason));
        Assert.Equal(DataLinkState.UpFree, node.Links[1].State);
    }

    [Fact]
    public void Without_any_known_other_end_there_is_nothing_to_send_and_that_is_told()
    {
        var node = new LinkPartner(NodeA(Link("te1-1", 101, null)));
        node.RunMs(60_000);
        Assert.Empty(node.Sent);
        Assert.Equal(TeLinkState.Init, node.TeLink.State);
        Assert.Equal("none of its data links has a known remote-id; set remote-id, or verify the TE link", node.TeLink.Reason);
        Assert.Equal(CommandStatus.Conflict, node.Node.Summarize(node.Now, "te1").Status);
    }

    [Fact]
    public void Commands_name_what_is_missing()
    {
        var node = new LinkPartner(NodeA(t => t with { RemoteId = null }));
        Assert.Equal(CommandResult.NotFound("there is no TE link te9"), node.Node.Summarize(node.Now, "te9"));
        Assert.Equal(CommandResult.Conflict("te1: the Link_Id of b is not known; set remote-id"), node.Node.Summarize(node.Now, "te1"));
        Assert.Equal("the Link_Id of b is not known; set remote-id here or there", node.TeLink.Reason);
        node.TransportDown();
        Assert.Equal(CommandResult.Conflict("te1: no control channel to b is up"), node.Node.Summarize(node.Now, "te1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(2338)]
    public void Two_nodes_agree_about_any_number_of_data_links_that_fits_a_datagram(int count)
    {
        var (network, a, b) = Pair(NodeA(Many(count, 1_000, 10_000)), NodeB(Many(count, 10_000, 1_000)));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        network.RunMs(10);
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.Equal((1, 1), (a.SentOf(MessageType.LinkSummary).Count(), b.SentOf(MessageType.LinkSummary).Count()));
        Assert.Equal(LinkSummaryBuilder.EncodedLength(a.Node.Configuration.TeLinks[0]), a.SentOf(MessageType.LinkSummary).Single().Bytes.Length);
        Assert.Equal(32 + (28 * count), a.SentOf(MessageType.LinkSummary).Single().Bytes.Length);
    }

    [Fact]
    public void One_data_link_more_than_fits_is_seen_from_the_length_beforehand()
    {
        Assert.Equal(65_496, LinkSummaryBuilder.EncodedLength(NodeA(Many(2338, 1_000, 10_000)).TeLinks[0]));
        Assert.True(LinkSummaryBuilder.EncodedLength(NodeA(Many(2339, 1_000, 10_000)).TeLinks[0]) > CommonHeader.MaxMessageLength);
    }

    [Fact]
    [Requirement("4204-12.6.3-1")]
    public void The_largest_link_summary_can_be_refused_in_full()
    {
        var (network, a, b) = Pair(NodeA(Many(2338, 1_000, 10_000)), NodeB([.. Many(2338, 10_000, 1_000).Select(l => l with { Capabilities = [Lambda(40, 40)] })]));
        network.RunMs(100);
        var nack = (LinkSummaryNackMessage)Assert.Single(b.SentOf(MessageType.LinkSummaryNack)).Message!;
        Assert.Equal(2338, nack.DataLinks.Count());
        Assert.Equal(2338, a.RaisedAlarms().Count);
        Assert.All(a.TeLink.DataLinks, l => Assert.Equal("bandwidth 10 Gbps here, 40 Gbps at b; correct one end", l.Reason));
    }

    [Fact]
    public void A_link_summary_larger_than_ipv4_can_carry_is_refused_with_what_fits()
    {
        // IPv6 carries 65,527 bytes. The Nack has 8 bytes less than the LinkSummary, and has to fit what we can send.
        var node = new LinkPartner(NodeA());
        var strangers = Enumerable.Range(0, 2339).Select(i => Listed((uint)(10_000 + i), (uint)(50_000 + i))).ToArray();
        var summary = new LinkSummaryMessage(1, TeLinkOfB(), strangers);
        var bytes = new byte[summary.EncodedLength];
        var writer = new LmpWriter(bytes);
        summary.Write(ref writer);
        Assert.Equal(65_524, bytes.Length);
        node.Send(bytes);
        Assert.Equal(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastNack.Errors);
        Assert.Equal(2338, node.LastNack.DataLinks.Count());
        Assert.True(node.LastNack.EncodedLength <= CommonHeader.MaxMessageLength);
        Assert.EndsWith(", 10004->50004 and 2334 more", node.AlarmText(AlarmKind.TeLinkMismatch, "te1"), StringComparison.Ordinal);
    }

    private static DataLinkConfiguration[] Many(int count, uint local, uint remote) =>
        [.. Enumerable.Range(1, count).Select(i => Link($"te1-{i}", local + (uint)i, remote + (uint)i))];

    private static string Hex(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    // The first message after the Config, whose Message_Id is 100.
    private static string Bytes(LinkPartner node) => Convert.ToHexStringLower(Assert.Single(node.Sent).Bytes);
}
