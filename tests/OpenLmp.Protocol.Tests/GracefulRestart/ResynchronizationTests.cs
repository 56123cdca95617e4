// RFC 4204 §8: what goes back and forth after a restart.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.GracefulRestart.Restart;

namespace OpenLmp.Protocol.Tests.GracefulRestart;

public class ResynchronizationTests
{
    [Theory, InlineData(Kept), InlineData(Lost), Requirement("4204-8-4"), Requirement("4204-8-5")]
    public void The_neighbour_sends_LinkSummary_for_each_TE_link_with_nothing_negotiable(Restart kind)
    {
        foreach (var milliseconds in (int[])[100, 3_000])
        {
            var pair = new RestartingPair(Two(Ranges(A()), 3, 4, 103, 203), Two(Ranges(B()), 4, 3, 203, 103));
            var sent = pair.Network.Sent.Count;
            pair.Fail(None, kind, milliseconds);
            pair.RunUntilUp();
            pair.Network.RunMs(1_000);
            var summaries = pair.Network.Sent.Skip(sent).Where(d => d.Source == At("10.255.0.1")).Select(d => d.Message).OfType<LinkSummaryMessage>().ToList();
            Assert.Equal([1, 3], summaries.Take(2).Select(s => (int)s.TeLink!.LocalLinkId.Value).Order());
            Assert.All(summaries.Take(2), s => Assert.All(s.Objects, o => Assert.False(o.Negotiable)));
            Assert.All(pair.A.Node.TeLinks.Concat(pair.B.Node.TeLinks), t => Assert.Equal(TeLinkState.Up, t.State));
            Assert.Empty(pair.A.RaisedAlarms());
            Assert.Empty(pair.B.RaisedAlarms());
            // Later ones negotiate as always.
            pair.A.Node.Summarize(pair.Network.Now, "te1");
            Assert.Contains(((LinkSummaryMessage)pair.Network.Sent[^1].Message!).DataLinks, l => l.Negotiable);
        }
    }

    [Fact, Requirement("4204-8-7"), Requirement("4204-8-1")]
    public void An_end_without_state_takes_the_mapping_from_the_neighbour()
    {
        var pair = new RestartingPair();
        var unmapped = A(teLink: t => t with { RemoteId = null, DataLinks = [Link("te1-1", 101, null), Link("te1-2", 102, null)] });
        pair.Fail(Lost, None, 3_000, configurationOfA: unmapped);
        pair.RunUntilUp();
        Assert.Equal([Identifier.Unnumbered(201), Identifier.Unnumbered(202)], pair.A.TeLink.DataLinks.Select(l => l.RemoteId!.Value));
        Assert.Equal(Identifier.Unnumbered(2), pair.A.TeLink.RemoteId);
        // It was acknowledged at once.
        Assert.Single(pair.Network.Sent, d => d.Type == MessageType.LinkSummaryNack || (d.Type == MessageType.LinkSummaryAck && d.Source == At("10.255.0.1") && d.SentAt > new Instant(4_000_000_000)));

        // And is kept over the next restart, even where nobody tells of it any more.
        pair.Fail(Kept, None, 3_000);
        Assert.Equal([Identifier.Unnumbered(201), Identifier.Unnumbered(202)], pair.A.TeLink.DataLinks.Select(l => l.RemoteId!.Value));
        pair.RunUntilUp();
    }

    [Fact, Requirement("4204-8-7")]
    public void The_configuration_of_an_end_without_state_stands_against_the_neighbour()
    {
        var pair = new RestartingPair();
        pair.B.Node.Allocate(pair.Network.Now, ["te1-1", "te1-2"]);
        pair.Fail(Lost, None, 3_000, configurationOfA: A(teLink: t => t with { DataLinks = [Link("te1-1", 101, 299), Link("te1-2", 102, 202)] }));
        pair.Network.RunUntil(() => pair.A.TeLink.DataLinks[1].State == DataLinkState.UpAlloc);
        pair.Network.RunMs(5_000);
        Assert.Equal((false, DataLinkState.Down), (pair.A.TeLink.DataLinks[0].Allocated, pair.A.TeLink.DataLinks[0].State));
        Assert.Contains("connected to Interface_Id 299 of b here, to 201 at b", pair.A.Alarm(AlarmKind.DataLinkMismatch, "te1-1")!.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Kept), InlineData(Lost), Requirement("4204-8-9")]
    public void Free_links_are_verified_after_a_restart_and_those_that_carry_traffic_never_disturbed(Restart kind)
    {
        foreach (var milliseconds in (int[])[100, 3_000])
        {
            var pair = new RestartingPair(fibres: true);
            pair.Network.RunMs(5_000);
            foreach (var node in (VirtualNode[])[pair.A, pair.B]) Assert.Equal(CommandStatus.Ok, node.Node.Allocate(pair.Network.Now, ["te1-1"]).Status);
            pair.Network.RunMs(5_000);
            pair.A.TestModes.Clear();
            pair.Fail(None, kind, milliseconds);
            pair.RunUntilUp();
            pair.Network.RunMs(10_000);
            pair.RunUntilUp();
            Assert.Single(pair.B.Events.OfType<VerificationFinished>(), v => v.Outcome == VerificationOutcome.AllVerified);
            foreach (var node in (VirtualNode[])[pair.A, pair.B])
            {
                Assert.Equal([DataLinkState.UpAlloc, DataLinkState.UpFree], node.TeLink.DataLinks.Select(l => l.State));
                Assert.DoesNotContain("te1-1", node.TestModes.Keys);
                Assert.True(node.TeLink.DataLinks[1].Verified);
            }

            var order = pair.B.Events.Where(e => e is Resynchronized or VerificationFinished).ToList();
            Assert.IsType<Resynchronized>(order[0]);
        }
    }

    [Fact]
    public void Nothing_is_verified_before_it_is_known_what_carries_traffic()
    {
        var partner = new LinkPartner(LinkConfigurations.NodeA(), options: new NodeOptions { FirstMessageId = 100 });
        partner.Node.ReportDataPlane(partner.Now, null);
        Assert.Contains("b has to tell first which data links carry traffic", partner.Node.Verify(partner.Now, "te1").Text, StringComparison.Ordinal);
        partner.Send(new BeginVerifyMessage(Identifier.Unnumbered(2), 7, Identifier.Unnumbered(1),
            new BeginVerifyObject(BeginVerifyFlags.VerifyAllLinks, 150, 2, EncodingType.Lambda, VerifyTransport.Payload, Gbps10, 0)));
        Assert.Equal(BeginVerifyErrors.Unwilling, Assert.IsType<BeginVerifyNackMessage>(Assert.Single(partner.Messages)).Errors);
        Assert.Equal("after the restart of this node, waiting for what b knows of it", partner.TeLink.Reason);
        partner.Send(LinkConfigurations.SummaryOfB(8));
        Assert.Equal("", partner.Links[0].Reason);
    }

    [Fact]
    public void A_neighbour_that_never_speaks_first_is_told_after_a_while()
    {
        foreach (var (retained, seconds) in ((RetainedState?, double)[])[(new RetainedState(), 7), (null, 10.5)])
        {
            var partner = new LinkPartner(LinkConfigurations.NodeA(), options: new NodeOptions { FirstMessageId = 100, Retained = retained });
            partner.RunMs((int)(seconds * 1000) - 1);
            Assert.Empty(partner.Summaries);
            partner.RunMs(1);
            Assert.Single(partner.Summaries);
            partner.Ack();
            Assert.All(partner.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        }
    }

    [Fact]
    public void Lost_state_is_an_alarm_until_it_is_taken_from_the_neighbours()
    {
        var partner = new LinkPartner(
            LinkConfigurations.NodeA(), options: new NodeOptions { FirstMessageId = 100, StateLostBecause = "lmpd.db: it is damaged; it is kept as lmpd.db.1" });
        Assert.Equal(
            "a: the state from before the restart is lost: lmpd.db: it is damaged; it is kept as lmpd.db.1; it is taken from the neighbours as they come up",
            partner.AlarmText(AlarmKind.StateLost, "a"));
        partner.Send(LinkConfigurations.SummaryOfB(7, LinkConfigurations.Listed(201, 101) with { Flags = DataLinkFlags.Port | DataLinkFlags.Allocated }));
        Assert.Null(partner.AlarmText(AlarmKind.StateLost, "a"));
        partner.Ack();
        Assert.Equal(
            "te1: synchronized with b again; it knew better whether a data link is allocated",
            Assert.Single(partner.Events.OfType<Resynchronized>()).Text);
    }

    private static NodeConfiguration Ranges(NodeConfiguration node) => node with
    {
        TeLinks = [node.TeLinks[0] with { DataLinks = [.. node.TeLinks[0].DataLinks.Select(l => l with { Capabilities = [LinkConfigurations.Lambda(1, 10)] })] }],
    };

    private static NodeConfiguration Two(NodeConfiguration node, uint local, uint remote, uint localLink, uint remoteLink) => node with
    {
        TeLinks =
        [
            .. node.TeLinks,
            Te(node.Neighbors[0].Name, local, remote) with { Name = "te2", DataLinks = [Link("te2-1", localLink, remoteLink) with { Capabilities = [LinkConfigurations.Lambda(1, 10)] }] },
        ],
    };

    [Fact]
    public void An_id_that_was_wrong_at_the_restart_and_is_corrected_does_not_keep_the_node_waiting()
    {
        var pair = new RestartingPair();
        var right = pair.A.Node.Configuration;
        pair.Fail(Kept, None, 2_000, configurationOfA: A(teLink: t => t with { RemoteId = Identifier.Unnumbered(9) }));
        pair.Network.RunMs(15_000);
        // What the neighbour has said it does not say again.
        pair.Network.Filter = d => d.Type != MessageType.LinkSummary || d.Source != At("10.255.0.2");
        pair.A.Node.Reconfigure(pair.Network.Now, right);
        pair.RunUntilUp();
        pair.Network.RunMs(5_000);
        // Channels are told of only by a node that knows which are allocated.
        pair.A.Node.ReportSignal(pair.Network.Now, ["te1-1"], SignalState.Fail);
        pair.Network.RunMs(100);
        Assert.Equal(SignalState.Fail, pair.B.TeLink.DataLinks[0].RemoteSignal);
    }

    [Fact]
    public void A_neighbour_that_agrees_and_never_tells_by_itself_is_not_waited_for_for_ever()
    {
        var pair = new RestartingPair();
        pair.Network.Filter = d => d.Type != MessageType.LinkSummary || d.Source != At("10.255.0.2");
        pair.Fail(Kept, None, 2_000);
        pair.RunUntilUp();
        pair.Network.RunMs(60_000);
        Assert.Single(pair.A.Events.OfType<Resynchronized>());
        pair.A.Node.ReportSignal(pair.Network.Now, ["te1-1"], SignalState.Fail);
        pair.Network.RunMs(100);
        Assert.Equal(SignalState.Fail, pair.B.TeLink.DataLinks[0].RemoteSignal);
    }
}
