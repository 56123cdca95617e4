// RFC 4204 §4, §12.6.2: which TE link a LinkSummary is about, Link_Ids that are learned, and TE links that only one end knows.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class LinkIdTests
{
    private static readonly TeLinkConfiguration Te1OfA = TeLink("te1", "b", 1, 2, 101, 201);
    private static readonly TeLinkConfiguration Te2OfA = TeLink("te2", "b", 3, 4, 103, 203);
    private static readonly TeLinkConfiguration Te1OfB = TeLink("te1", "a", 2, 1, 201, 101);
    private static readonly TeLinkConfiguration Te2OfB = TeLink("te2", "a", 4, 3, 203, 103);

    [Fact]
    public void Swapped_link_ids_are_told_of_both_te_links_at_both_ends()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA, Te2OfA), NodeB(Te1OfB with { RemoteId = Identifier.Unnumbered(3) }, Te2OfB with { RemoteId = Identifier.Unnumbered(1) }));
        network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(["te1: Link_Id 2 of b is connected to 1 here, to 3 at b", "te2: Link_Id 4 of b is connected to 3 here, to 1 at b"], a.RaisedAlarms());
        Assert.Equal(["te1: connected to Link_Id 3 of a here, to 1 at a", "te2: connected to Link_Id 1 of a here, to 3 at a"], b.RaisedAlarms());
        Assert.All(a.Node.TeLinks.Concat(b.Node.TeLinks), t => Assert.Equal((TeLinkState.Init, DataLinkState.Down), (t.State, t.DataLinks[0].State)));

        b.Node.Reconfigure(network.Now, NodeB(Te1OfB, Te2OfB));
        network.Run(TimeSpan.FromSeconds(10));
        AllGood(a, b);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_slip_in_another_te_link_of_the_neighbour_does_not_disturb_the_one_whose_id_it_hits(bool slipFirst)
    {
        // b's te2 says it is connected to our Link_Id 1, which is te1.
        var slip = Te2OfB with { RemoteId = Identifier.Unnumbered(1) };
        var (network, a, b) = Pair(NodeA(Te1OfA), NodeB(slipFirst ? [slip with { Name = "te0" }, Te1OfB] : [Te1OfB, slip]));
        network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal((TeLinkState.Up, DataLinkState.UpFree), (a.TeLink.State, a.TeLink.DataLinks[0].State));
        Assert.Equal(["b tells of a TE link 4 whose other end is our Link_Id 1, which is te1 here, connected to Link_Id 2; correct one end"], a.RaisedAlarms());
        Assert.Equal(TeLinkState.Up, b.Node.TeLinks.Single(t => t.Name == "te1").State);
        Assert.Equal([$"{(slipFirst ? "te0" : "te2")}: a knows no TE link 1 that is connected to our 4: Invalid TE_LINK object"], b.RaisedAlarms());

        // Where a knows the TE link that is meant, it is told there.
        a.Node.Reconfigure(network.Now, NodeA(Te1OfA, Te2OfA));
        network.Run(TimeSpan.FromSeconds(10));
        b.Node.Reconfigure(network.Now, NodeB(Te1OfB, slip with { FaultManagement = false }));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["te2: Link_Id 4 of b is connected to 3 here, to 1 at b"], a.RaisedAlarms());
        b.Node.Reconfigure(network.Now, NodeB(Te1OfB, Te2OfB));
        network.Run(TimeSpan.FromSeconds(10));
        AllGood(a, b);
    }

    [Fact]
    public void A_te_link_that_only_the_neighbour_has_is_told_until_either_end_is_corrected()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA), NodeB(Te1OfB, Te2OfB));
        network.Run(TimeSpan.FromSeconds(10));
        const string AtA = "b tells of a TE link 4 whose other end is our Link_Id 3, which is not configured here; correct one end";
        Assert.Equal([AtA], a.RaisedAlarms());
        Assert.Equal(["te2: a knows no TE link 3 that is connected to our 4: Invalid TE_LINK object"], b.RaisedAlarms());

        // Something else is reconfigured: it still holds.
        a.Node.Reconfigure(network.Now, NodeA(Te1OfA with { FaultManagement = false }));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal([AtA], a.RaisedAlarms());

        a.Node.Reconfigure(network.Now, NodeA(Te1OfA, Te2OfA));
        network.Run(TimeSpan.FromSeconds(10));
        AllGood(a, b);
    }

    [Fact]
    public void A_te_link_that_only_the_neighbour_has_is_forgotten_when_it_is_connected_elsewhere()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA, Te2OfA with { Name = "te9", LocalId = Identifier.Unnumbered(9), RemoteId = null }), NodeB(Te1OfB, Te2OfB));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["b tells of a TE link 4 whose other end is our Link_Id 3, which is not configured here; correct one end"], a.RaisedAlarms());
        b.Node.Reconfigure(network.Now, NodeB(Te1OfB, Te2OfB with { RemoteId = Identifier.Unnumbered(9) }));
        network.Run(TimeSpan.FromSeconds(10));
        AllGood(a, b);
    }

    [Fact]
    public void A_te_link_that_only_the_neighbour_had_is_judged_anew_once_its_end_here_is_configured()
    {
        // Wrongly: it is now a difference of that TE link.
        var node = new LinkPartner(NodeA(Te1OfA));
        node.Send(new LinkSummaryMessage(1, TeLinkOfB(4, 3), Listed(203, 103)));
        Assert.NotNull(node.AlarmText(AlarmKind.TeLinkMismatch, "b/te-link 4"));
        node.Reconfigure(NodeA(Te1OfA, Te2OfA with { RemoteId = Identifier.Unnumbered(9) }));
        Assert.Empty(node.RaisedAlarms);
        node.Nack(LinkSummaryErrors.InvalidTeLink);
        Assert.Equal(["te2: b knows no TE link 9 that is connected to our 3: Invalid TE_LINK object"], node.RaisedAlarms);
    }

    [Fact]
    public void Removed_neighbours_leave_no_alarm_about_their_te_links()
    {
        var (network, a, _) = Pair(NodeA(Te1OfA), NodeB(Te1OfB, Te2OfB));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Single(a.RaisedAlarms());
        a.Node.Reconfigure(network.Now, NodeA() with { TeLinks = [], Neighbors = [] });
        Assert.Empty(a.RaisedAlarms());
    }

    [Fact]
    public void A_link_id_that_is_not_configured_is_learned_from_the_neighbour()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA with { RemoteId = null }), NodeB(Te1OfB));
        Assert.Null(a.TeLink.RemoteId);
        network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(Identifier.Unnumbered(2), a.TeLink.RemoteId);
        AllGood(a, b);

        // Both ends have told their view.
        Assert.Equal((1, 1), (a.SentOf(MessageType.LinkSummary).Count(), b.SentOf(MessageType.LinkSummary).Count()));
        Assert.Equal(Identifier.Unnumbered(2), ((LinkSummaryMessage)a.SentOf(MessageType.LinkSummary).Single().Message!).TeLink!.RemoteLinkId);
    }

    [Fact]
    public void A_difference_is_told_at_both_ends_although_one_had_to_learn_first()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA with { RemoteId = null }), NodeB(Te1OfB with { DataLinks = [Link("te1-1", 201, 101, Gbps(40))] }));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["te1-1: bandwidth 10 Gbps here, 40 Gbps at b"], a.RaisedAlarms());
        Assert.Equal(["te1-1: bandwidth 40 Gbps here, 10 Gbps at a"], b.RaisedAlarms());
    }

    [Fact]
    public void Where_neither_end_is_told_the_others_link_id_both_say_so()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA with { RemoteId = null }), NodeB(Te1OfB with { RemoteId = null }));
        network.Run(TimeSpan.FromSeconds(10));
        foreach (var (node, other) in (ReadOnlySpan<(VirtualNode, string)>)[(a, "b"), (b, "a")])
        {
            Assert.Equal((TeLinkState.Init, $"the Link_Id of {other} is not known; set remote-id here or there"), (node.TeLink.State, node.TeLink.Reason));
            Assert.Equal($"waiting for link property correlation of te1: {node.TeLink.Reason}", node.TeLink.DataLinks[0].Reason);
        }

        b.Node.Reconfigure(network.Now, NodeB(Te1OfB));
        network.Run(TimeSpan.FromSeconds(10));
        AllGood(a, b);
    }

    [Fact]
    public void A_learned_link_id_follows_the_neighbours()
    {
        // §4: LinkSummary is used "to exchange, correlate, or change TE link parameters".
        var (network, a, b) = Pair(NodeA(Te1OfA with { RemoteId = null }), NodeB(Te1OfB));
        network.Run(TimeSpan.FromSeconds(1));
        a.Node.Allocate(network.Now, ["te1-1"]);
        b.Node.Allocate(network.Now, ["te1-1"]);
        b.Node.Reconfigure(network.Now, NodeB(Te1OfB with { LocalId = Identifier.Unnumbered(77) }));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(Identifier.Unnumbered(77), a.TeLink.RemoteId);
        Assert.Empty(a.RaisedAlarms().Concat(b.RaisedAlarms()));
        Assert.All((VirtualNode[])[a, b], n => Assert.Equal((TeLinkState.Up, DataLinkState.UpAlloc), (n.TeLink.State, n.TeLink.DataLinks[0].State)));
        Assert.DoesNotContain(a.Events.Concat(b.Events), e => e is AllocationChanged { Allocated: false });
    }

    [Fact]
    public void A_learned_link_id_does_not_follow_a_te_link_with_other_data_links()
    {
        var node = new LinkPartner(NodeA(Te1OfA with { RemoteId = null }));
        node.Send(new LinkSummaryMessage(1, TeLinkOfB(2, 1), Listed(201, 101)));
        node.Ack();
        node.Send(new LinkSummaryMessage(2, TeLinkOfB(9, 1), Listed(901, 801)));
        Assert.Equal(Identifier.Unnumbered(2), node.TeLink.RemoteId);
        Assert.Equal(LinkSummaryErrors.InvalidTeLink, node.LastNack.Errors);
        Assert.Equal((TeLinkState.Up, DataLinkState.UpFree), (node.TeLink.State, node.Links[0].State));
    }

    [Fact]
    public void A_wrongly_learned_link_id_gives_way_to_the_te_link_with_our_data_links()
    {
        var node = new LinkPartner(NodeA(Te1OfA with { RemoteId = null }));
        node.Send(new LinkSummaryMessage(1, TeLinkOfB(9, 1), Listed(901, 801)));
        Assert.Equal(Identifier.Unnumbered(9), node.TeLink.RemoteId);
        node.Send(new LinkSummaryMessage(2, TeLinkOfB(2, 1), Listed(201, 101)));
        Assert.Equal(Identifier.Unnumbered(2), node.TeLink.RemoteId);
        Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last(m => m is LinkSummaryAckMessage or LinkSummaryNackMessage));
        Assert.Empty(node.RaisedAlarms);
    }

    [Fact]
    public void A_link_id_taken_out_of_the_configuration_is_learned_again()
    {
        var (network, a, b) = Pair(NodeA(Te1OfA), NodeB(Te1OfB));
        network.Run(TimeSpan.FromSeconds(1));
        a.Node.Reconfigure(network.Now, NodeA(Te1OfA with { RemoteId = null }));
        network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(Identifier.Unnumbered(2), a.TeLink.RemoteId);
        AllGood(a, b);
    }

    [Fact]
    public void Hundreds_of_te_links_correlate_each_with_its_own()
    {
        var (network, a, b) = Pair(
            NodeA([.. Enumerable.Range(0, 300).Select(i => TeLink($"te{i}", "b", 1000 + (uint)i, 5000 + (uint)i, 10_000 + (uint)i, 20_000 + (uint)i))]),
            NodeB([.. Enumerable.Range(0, 300).Select(i => TeLink($"te{i}", "a", 5000 + (uint)i, 1000 + (uint)i, 20_000 + (uint)i, 10_000 + (uint)i))]));
        network.RunMs(100);
        AllGood(a, b);
        Assert.Equal((300, 300), (a.SentOf(MessageType.LinkSummary).Count(), b.SentOf(MessageType.LinkSummary).Count()));
    }

    private static TeLinkConfiguration TeLink(string name, string neighbor, uint local, uint remote, uint localLink, uint remoteLink) =>
        Te(neighbor, local, remote) with { Name = name, DataLinks = [Link($"{name}-1", localLink, remoteLink)] };

    private static void AllGood(params VirtualNode[] nodes)
    {
        foreach (var node in nodes)
        {
            Assert.Equal("", string.Join("\n", node.RaisedAlarms()));
            Assert.All(node.Node.TeLinks, t => Assert.Equal((TeLinkState.Up, DataLinkState.UpFree), (t.State, t.DataLinks[0].State)));
        }
    }
}
