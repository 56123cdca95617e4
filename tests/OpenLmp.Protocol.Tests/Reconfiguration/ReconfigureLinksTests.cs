using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class ReconfigureLinksTests
{
    private readonly LinkPartner _node = new(NodeA());

    [Fact]
    public void The_same_configuration_changes_nothing()
    {
        _node.Ack();
        var (sent, events) = (_node.Sent.Count, _node.Events.Count);
        _node.Reconfigure(NodeA());
        _node.RunMs(60_000);
        Assert.Equal((sent, events), (_node.Sent.Count, _node.Events.Count));
    }

    [Fact]
    [Requirement("4204-4-5")]
    public void A_changed_data_link_is_agreed_anew_and_the_others_do_not_notice()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        var events = _node.Events.Count;
        _node.Reconfigure(NodeA(Link("te1-1", 101, 201), Link("te1-2", 102, 202, Gbps(40))));
        Assert.Equal(2, _node.Summaries.Count());
        Assert.Equal([DataLinkFlags.Port | DataLinkFlags.Allocated, DataLinkFlags.Port], _node.LastSummary.DataLinks.Select(d => d.Flags));
        _node.Ack();
        Assert.Equal(LinkSummaryOutcome.Acknowledged, Assert.IsType<LinkSummaryFinished>(Assert.Single(_node.Events.Skip(events))).Outcome);
        Assert.Equal([DataLinkState.UpAlloc, DataLinkState.UpFree], _node.Links.Select(l => l.State));
    }

    [Fact]
    public void Data_links_come_and_go_while_the_te_link_stays_up()
    {
        _node.Ack();
        _node.Reconfigure(NodeA(Link("te1-2", 102, 202), Link("te1-3", 103, 203)));
        Assert.Equal([("te1-2", DataLinkState.UpFree), ("te1-3", DataLinkState.Down)], _node.Links.Select(l => (l.Name, l.State)));
        Assert.Equal([102u, 103u], _node.LastSummary.DataLinks.Select(d => (uint)d.LocalInterfaceId.Value));
        Assert.Equal(CommandStatus.NotFound, _node.Node.Allocate(_node.Now, ["te1-1"]).Status);
        _node.Ack();
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.Equal(TeLinkState.Up, _node.TeLink.State);
    }

    [Fact]
    public void What_is_taken_away_takes_its_alarms_along()
    {
        _node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102, Ist(40)), Listed(209, 109)));
        _node.Node.ReportSignal(_node.Now, ["te1-1", "te1-2"], SignalState.Fail);
        _node.RunMs(4000);
        Assert.Equal(6, _node.RaisedAlarms.Count);
        _node.Reconfigure(NodeA(Link("te1-2", 102, 202)));
        Assert.DoesNotContain(_node.RaisedAlarms, t => t.StartsWith("te1-1", StringComparison.Ordinal));
        Assert.Equal(4, _node.RaisedAlarms.Count);
        _node.Reconfigure(NodeA() with { TeLinks = [] });
        Assert.Empty(_node.RaisedAlarms);
    }

    [Fact]
    public void A_configuration_that_only_the_reload_shows_to_be_wrong_is_told_before_the_neighbour_is_asked()
    {
        _node.AnswersConfig = false;
        _node.Ack();
        _node.Send(SummaryOfB(1));
        _node.TransportDown();
        _node.Reconfigure(NodeA(Link("te1-1", 101, 201, Gbps(40)), Link("te1-2", 102, 202)));
        Assert.Equal(["te1-1: bandwidth 40 Gbps here, 10 Gbps at b"], _node.RaisedAlarms.Where(t => t.StartsWith("te1", StringComparison.Ordinal)));
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], _node.Links.Select(l => l.State));
        _node.Reconfigure(NodeA());
        Assert.DoesNotContain(_node.RaisedAlarms, t => t.StartsWith("te1", StringComparison.Ordinal));
        Assert.Equal([DataLinkState.UpFree, DataLinkState.UpFree], _node.Links.Select(l => l.State));
    }

    [Fact]
    public void An_alarm_that_still_holds_with_other_values_is_changed_not_cleared()
    {
        _node.Send(SummaryOfB(1, Listed(201, 101, Ist(100)), Listed(202, 102)));
        _node.Reconfigure(NodeA(Link("te1-1", 101, 201, Gbps(40)), Link("te1-2", 102, 202)));
        Assert.Equal(
            ["Raised Major te1-1: bandwidth 10 Gbps here, 100 Gbps at b", "Raised Major te1-1: bandwidth 40 Gbps here, 100 Gbps at b"], _node.AlarmsTold);
        Assert.Equal(1, _node.Node.Alarms.Find(AlarmKind.DataLinkMismatch, "te1-1")!.Count);
    }

    [Fact]
    public void A_reconfiguration_in_the_middle_of_an_exchange_begins_it_again_with_the_view_of_now()
    {
        var old = _node.LastSummary.MessageId!.Value;
        _node.RunMs(100);
        _node.Reconfigure(NodeA(Link("te1-1", 101, 201, Gbps(40)), Link("te1-2", 102, 202)));
        Assert.Equal(2, _node.Summaries.Count());
        Assert.Equal(Ist(40), _node.LastSummary.DataLinks.First().Subobjects[0]);
        _node.Send(new LinkSummaryAckMessage(old));
        Assert.Equal((TeLinkState.Init, 1L), (_node.TeLink.State, _node.Node.Counters.Dropped(DropReason.StaleAnswer)));
        _node.RunMs(600);
        Assert.Equal([old, old + 1, old + 1], _node.Summaries.Select(s => s.MessageId!.Value));
    }

    [Fact]
    public void A_remote_id_taken_out_of_the_configuration_takes_a_free_link_out_of_service()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-2"]);
        _node.Reconfigure(NodeA(Link("te1-1", 101, null), Link("te1-2", 102, null)));
        Assert.Equal([DataLinkState.Down, DataLinkState.UpAlloc], _node.Links.Select(l => l.State));
        Assert.Equal("the neighbour's Interface_Id is not known; set remote-id, or verify the TE link", _node.Links[0].Reason);
        Assert.Single(_node.Summaries);
        _node.Node.Release(_node.Now, ["te1-2"]);
        Assert.Equal(DataLinkState.Down, _node.Links[1].State);
        _node.Reconfigure(NodeA());
        _node.Ack();
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_data_link_moved_to_another_te_link_keeps_its_allocation_its_signal_and_its_alarm(bool toTheFirst)
    {
        var (from, to) = toTheFirst ? ("te2", "te1") : ("te1", "te2");
        NodeConfiguration Configure(string owner) => NodeA(
            [.. ((string[])["te1", "te2"]).Select((name, i) => (i == 0 ? Te("b", 1, 2) : Te("b", 3, 4)) with
            {
                Name = name,
                DataLinks = [Link($"{name}-1", 111 + (uint)i, 211 + (uint)i), .. name == owner ? [Link("moved", 101, 201)] : (DataLinkConfiguration[])[]],
            })]);
        var node = new LinkPartner(Configure(from));
        foreach (var summary in node.Summaries.ToList()) node.Send(new LinkSummaryAckMessage(summary.MessageId!.Value));
        node.Node.Allocate(node.Now, ["moved"]);
        node.Node.ReportSignal(node.Now, ["moved"], SignalState.Fail);

        node.Reconfigure(Configure(to));
        var moved = node.Node.TeLinks.Single(t => t.Name == to).DataLinks.Single(l => l.Name == "moved");
        Assert.Equal((true, SignalState.Fail), (moved.Allocated, moved.Signal));
        Assert.Equal(["moved: no usable signal is received from b"], node.RaisedAlarms);
        Assert.Equal(DataLinkFlags.Port | DataLinkFlags.Allocated | DataLinkFlags.Failed, node.Summaries.Last(s => s.DataLinks.Count() == 2).DataLinks.Last().Flags);
        Assert.DoesNotContain(node.Events, e => e is AllocationChanged { Allocated: false });

        foreach (var summary in node.Summaries.TakeLast(2).ToList()) node.Send(new LinkSummaryAckMessage(summary.MessageId!.Value));
        node.Node.ReportSignal(node.Now, ["moved"], SignalState.Ok);
        Assert.Equal(DataLinkState.UpAlloc, moved.State);
    }

    [Fact]
    public void A_te_link_with_another_link_id_starts_over_but_keeps_what_is_true_of_its_data_links()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        _node.Node.ReportSignal(_node.Now, ["te1-2"], SignalState.Fail);
        _node.Reconfigure(NodeA(t => t with { LocalId = Identifier.Unnumbered(77) }));
        Assert.Equal(TeLinkState.Init, _node.TeLink.State);
        Assert.Equal([(true, SignalState.Unknown), (false, SignalState.Fail)], _node.Links.Select(l => (l.Allocated, l.Signal)));
        Assert.Equal(["te1-2: no usable signal is received from b"], _node.RaisedAlarms);
        _node.Ack();
        Assert.Equal([DataLinkState.UpAlloc, DataLinkState.Down], _node.Links.Select(l => l.State));
        Assert.Equal(TeLinkState.Up, _node.TeLink.State);
    }

    [Fact]
    public void An_allocation_with_one_neighbour_is_none_with_another()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        _node.Node.ReportSignal(_node.Now, ["te1-1"], SignalState.Degrade);
        var c = new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3"), ControlChannels = [NoHello(Channel(2, "10.255.1.1", "10.255.1.3"))] };
        _node.Reconfigure(NodeA(t => t with { Neighbor = "c" }) with { Neighbors = [NodeA().Neighbors[0], c] });
        Assert.Equal((false, SignalState.Degrade), (_node.Links[0].Allocated, _node.Links[0].Signal));
        Assert.Equal(["te1-1: the signal received from c is degraded"], _node.RaisedAlarms);
    }

    [Fact]
    public void Names_and_ids_can_be_exchanged_between_data_links_and_te_links()
    {
        _node.Ack();
        _node.Reconfigure(NodeA(Link("te1-2", 101, 201), Link("te1-1", 102, 202)));
        Assert.Equal([("te1-2", 101u), ("te1-1", 102u)], _node.Links.Select(l => (l.Name, (uint)l.LocalId.Value)));
        _node.Ack();
        Assert.All(_node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));

        var (te1, te2) = (Te("b", 1, 2, (101, 201)), Te("b", 3, 4, (103, 203)) with { Name = "te2", DataLinks = [Link("te2-1", 103, 203)] });
        _node.Reconfigure(NodeA(te1, te2));
        _node.Reconfigure(NodeA(te1 with { Name = "te2" }, te2 with { Name = "te1" }));
        Assert.Equal([("te1", 3u, "te2-1"), ("te2", 1u, "te1-1")], _node.Node.TeLinks.Select(t => (t.Name, (uint)t.LocalId.Value, t.DataLinks[0].Name)));
        foreach (var summary in _node.Summaries.TakeLast(2).ToList()) _node.Send(new LinkSummaryAckMessage(summary.MessageId!.Value));
        Assert.All(_node.Node.TeLinks, t => Assert.Equal((TeLinkState.Up, DataLinkState.UpFree), (t.State, t.DataLinks[0].State)));
    }

    [Fact]
    public void Another_node_id_begins_everything_anew()
    {
        _node.Ack();
        _node.Reconfigure(NodeA() with { NodeId = Id("10.0.0.9") });
        Assert.Equal((TeLinkState.Init, DataLinkState.Down), (_node.TeLink.State, _node.Links[0].State));
        _node.Ack();
        Assert.Equal((TeLinkState.Up, DataLinkState.UpFree), (_node.TeLink.State, _node.Links[0].State));
    }

    [Fact]
    public void A_reload_that_has_nothing_for_a_te_link_leaves_its_running_exchange_alone()
    {
        _node.RunMs(700);
        _node.Reconfigure(NodeA() with { Name = "renamed" });
        _node.RunMs(1000);
        Assert.Equal(3, _node.Summaries.Count());
        Assert.Single(_node.Summaries.Select(s => s.MessageId).Distinct());
    }

    [Fact]
    public void Random_reconfigurations_end_like_a_start_with_the_last_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (network, a, b) = Pair(RandomNode(random, isA: true, missing: 2), RandomNode(random, isA: false, missing: 2));
            network.Filter = d =>
            {
                network.Delay = TimeSpan.FromMilliseconds(random.Next(1, 300));
                return d.Type is not (MessageType.LinkSummary or MessageType.LinkSummaryAck or MessageType.LinkSummaryNack) || random.Next(5) > 0;
            };
            for (var i = 0; i < 25; i++)
            {
                network.RunMs(random.Next(0, 4000));
                if (random.Next(2) == 0) a.Node.Reconfigure(network.Now, RandomNode(random, isA: true));
                else b.Node.Reconfigure(network.Now, RandomNode(random, isA: false));
            }

            network.Run(TimeSpan.FromMinutes(1));
            var sent = network.Sent.Count;
            network.Run(TimeSpan.FromHours(1));
            Assert.True(network.Sent.Count == sent, $"seed {seed}: {network.Sent.Count - sent} messages in an hour");
            var (fresh, freshA, freshB) = Pair(a.Node.Configuration, b.Node.Configuration);
            fresh.Run(TimeSpan.FromMinutes(1));
            Assert.True(Picture(freshA) == Picture(a), $"seed {seed}, a:\n{Picture(a)}\nafter a start:\n{Picture(freshA)}");
            Assert.True(Picture(freshB) == Picture(b), $"seed {seed}, b:\n{Picture(b)}\nafter a start:\n{Picture(freshB)}");
        }
    }

    // Two TE links between the nodes; now and then one is missing, or a data link is, or has a wrong id, another bandwidth or wavelength, or
    // is to be learned. A TE link that is there stays, with a data link at least: LMP has no message to tell that it is gone.
    private static NodeConfiguration RandomNode(Random random, bool isA, int missing = 0)
    {
        var teLinks = new List<TeLinkConfiguration>();
        for (uint te = 0; te < 2; te++)
        {
            if (random.Next(8) < missing) continue;
            // A TE link with a wrong id is told by its data links: some have to be right.
            var remoteId = isA ? random.Next(8) : 8;
            var links = new List<DataLinkConfiguration>();
            for (var i = 10 * te; i < (10 * te) + 3; i++)
            {
                if (remoteId > 0 && i % 10 > 0 && random.Next(8) == 0) continue;
                var link = Link($"l{i}", (isA ? 100u : 200u) + i, (isA ? 200u : 100u) + i + (remoteId > 0 && random.Next(10) == 0 ? 5u : 0));
                var capability = random.Next(3) switch { 0 => Lambda(10, 10), 1 => Lambda(5, 20), _ => Lambda(random.Next(1, 3), random.Next(3, 30)) };
                links.Add(link with { Capabilities = [capability], Wavelength = random.Next(6) == 0 ? 8u : 7 });
            }

            var teLink = Te(isA ? "b" : "a", (isA ? 10u : 20u) + te, (isA ? 20u : 10u) + te) with { Name = $"te{te}", DataLinks = [.. links] };
            teLinks.Add(remoteId > 1 ? teLink : teLink with { RemoteId = remoteId == 1 ? null : Identifier.Unnumbered(40 + te) });
        }

        return isA ? NodeA([.. teLinks]) : NodeB([.. teLinks]);
    }

    private static string Picture(VirtualNode node) => string.Join("\n",
        node.RaisedAlarms().Concat(node.Node.TeLinks.SelectMany(t => t.DataLinks).Select(l => $"{l.Name} {l.State}")).Concat(node.Node.TeLinks.Select(t => $"{t.Name} {t.DataLinks.Count}")));
}
