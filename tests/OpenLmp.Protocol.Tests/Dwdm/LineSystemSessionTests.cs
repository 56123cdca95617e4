// RFC 4209 §1: sessions with line systems and between peer nodes are independent. §2.2: verification is coordinated.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LineSystem;

namespace OpenLmp.Protocol.Tests;

public class LineSystemSessionTests
{
    private static readonly string[] SpanCut = ["ols1 FaultLocalized span-1", "ols2 FaultLocalized span-1", "oxc1 FaultLocalized peer-1", "oxc2 FaultLocalized peer-1"];

    [Theory]
    [InlineData(1, 3, 4, false)]
    [InlineData(4, 3, 1, false)]
    [InlineData(3, 4, 1, false)]
    [InlineData(1, 4, 3, true)]
    [InlineData(4, 1, 3, true)]
    [InlineData(3, 1, 4, true)]
    [Requirement("4209-1-1")]
    public void Sessions_in_any_order_come_to_the_same(int first, int second, int third, bool cutFirst)
    {
        var line = new LineSystem(sessions: [2, first]);
        line.Network.RunMs(3000);
        if (cutFirst) line.Cut(2);
        foreach (var session in (int[])[second, third])
        {
            line.Unblock(session);
            line.Network.RunMs(10_000);
        }

        line.WaitForAll();
        if (!cutFirst) line.Cut(2);
        line.Network.RunMs(5000);
        Assert.Equal(SpanCut, line.Raised);
        line.Repair(2);
        line.Network.RunMs(5000);
        Assert.Empty(line.Raised);
    }

    [Fact]
    [Requirement("4209-1-2")]
    public void Without_any_line_system_the_peer_nodes_go_by_what_they_receive_themselves()
    {
        var line = new LineSystem(darkens: true, sessions: [2, 4]);
        line.Network.RunUntil(() => line.Oxc1.Node.TeLinks.Single(t => t.Name == "peer").State == TeLinkState.Up, "peers");
        line.Cut(2);
        line.Network.RunMs(50);
        Assert.Equal(
            ["oxc1 FaultLocalized peer-1", "oxc1 SignalFail line-1", "oxc2 FaultLocalized peer-1", "oxc2 SignalFail line-1"],
            line.Raised.Where(a => a.StartsWith("oxc", StringComparison.Ordinal)));
        Assert.Contains("check the fibre and the two ports", line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer-1")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("4209-1-2")]
    public void Losing_the_session_with_the_line_system_changes_nothing_of_what_goes_through_it()
    {
        var line = new LineSystem();
        line.Network.RunMs(3000);
        var link = Link(line.Oxc2, "peer-1");
        var since = line.Oxc2.Events.Count;
        line.Block(3);
        line.Network.RunMs(120_000);
        Assert.False(line.Oxc2.Node.Neighbors.Single(n => n.Name == "ols2").IsUp);
        Assert.Equal((DataLinkState.UpFree, SignalState.Ok), (link.State, link.SettledSignal));
        Assert.DoesNotContain(line.Oxc2.Events.Skip(since), e => e is DataLinkStateChanged or SignalChanged or RemoteSignalChanged);
    }

    [Fact]
    public void The_last_word_of_a_line_system_that_is_lost_holds_for_a_minute()
    {
        var line = new LineSystem();
        line.Cut(2, westward: false);
        line.Network.RunMs(50);
        line.Block(3);
        line.Network.RunMs(50_000);
        Assert.Contains("oxc2 FaultLocalized peer-1", line.Raised);
        line.Network.RunMs(20_000);
        Assert.Equal((SignalState.Unknown, SignalState.Ok), (Link(line.Oxc2, "line-1").LineSignal, Link(line.Oxc2, "peer-1").SettledSignal));
        Assert.DoesNotContain(line.Raised, a => a.StartsWith("oxc", StringComparison.Ordinal));
        line.Unblock(3);
        line.Network.RunMs(20_000);
        Assert.Equal(SpanCut, line.Raised);

        // A short loss is no loss, and what changed meanwhile is told at its end.
        line.Block(3);
        line.Network.RunMs(10_000);
        Assert.Equal(SpanCut, line.Raised);
        line.Repair(2);
        line.Network.RunMs(1000);
        Assert.Contains("oxc2 FaultLocalized peer-1", line.Raised);
        line.Unblock(3);
        line.Network.RunMs(20_000);
        Assert.Empty(line.Raised);
    }

    [Fact]
    public void Fibres_are_verified_by_one_name_at_a_time_and_in_the_end_by_each()
    {
        var line = new LineSystem(links: 3, sessions: [2]);
        line.AllowTests();
        foreach (var oxc in (VirtualNode[])[line.Oxc1, line.Oxc2])
        {
            var names = Enumerable.Range(1, 3).ToList();
            oxc.Told = _ => Assert.All(names, k => Assert.False(Link(oxc, $"line-{k}").IsInTest && Link(oxc, $"peer-{k}").IsInTest, $"{oxc.Node.Name} {k}"));
        }

        foreach (var session in (int[])[1, 3, 4]) line.Unblock(session);
        line.Network.RunUntil(
            () => line.Network.Nodes.Where(n => n.Node.Name.StartsWith('o')).SelectMany(n => n.Node.TeLinks).Where(t => t.Name != "span").SelectMany(t => t.DataLinks)
                .All(l => l is { Verified: true, State: DataLinkState.UpFree }),
            "all verified", 120);
        foreach (var name in (string[])["line", "peer", "line", "peer"]) line.Oxc1.Node.Verify(line.Network.Now, name);
        line.Network.RunMs(60_000);
        Assert.All([line.Oxc1, line.Oxc2], n => Assert.DoesNotContain(n.Node.Alarms.All, a => a.State != AlarmState.Cleared));
        Assert.Contains(line.Oxc1.Events.OfType<VerificationFinished>(), v => v.TeLink!.Name == "peer" && v.Outcome == VerificationOutcome.AllVerified);
    }

    [Fact]
    public void While_what_goes_through_is_verified_our_own_verification_waits_and_the_line_systems_is_refused()
    {
        var line = new LineSystem(links: 2);
        line.AllowTests();
        line.Network.RunMs(60_000);
        var now = line.Network.Now;
        Assert.Equal(CommandStatus.Ok, line.Oxc1.Node.Verify(now, "peer").Status);
        var waits = line.Oxc1.Node.Verify(now, "line");
        Assert.Equal((CommandStatus.Conflict, "line: peer is being verified over the same fibres; it follows when that is over"), (waits.Status, waits.Text));
        Assert.Equal(CommandStatus.Ok, line.Ols1.Node.Verify(now, "client").Status);
        var events = line.Oxc1.Events.Count;
        line.Network.RunMs(30_000);
        Assert.Contains(line.Ols1.Events.OfType<VerificationFinished>(), v => v.Outcome == VerificationOutcome.Unwilling && v.At >= now);
        Assert.Equal(VerificationOutcome.AllVerified, line.Ols1.Events.OfType<VerificationFinished>().Last().Outcome);
        Assert.Equal(
            ["peer AllVerified", "line AllVerified"],
            line.Oxc1.Events.Skip(events).OfType<VerificationFinished>().Where(v => v.Outcome != VerificationOutcome.Unwilling).Select(v => $"{v.TeLink!.Name} {v.Outcome}").Take(2));

        // And the other way round, where the line system has begun.
        Assert.Equal(CommandStatus.Ok, line.Ols1.Node.Verify(line.Network.Now, "client").Status);
        line.Network.RunMs(2);
        Assert.True(Link(line.Oxc1, "line-1").IsInTest);
        Assert.Equal(CommandStatus.Conflict, line.Oxc1.Node.Verify(line.Network.Now, "peer").Status);
        Assert.Equal(CommandStatus.Ok, line.Oxc2.Node.Verify(line.Network.Now, "peer").Status);
        line.Network.RunMs(30_000);
        Assert.Equal(VerificationOutcome.AllVerified, line.Oxc2.Events.OfType<VerificationFinished>().Last(v => v.TeLink!.Name == "peer").Outcome);
    }

    [Fact]
    public void Data_links_of_different_pairs_do_not_wait_for_each_other()
    {
        var line = new LineSystem(links: 2);
        var link = line.Oxc1.Node.Configuration.TeLinks.Single(t => t.Name == "peer").DataLinks[0];
        foreach (var oxc in (VirtualNode[])[line.Oxc1, line.Oxc2]) Change(line, oxc, "peer", t => t with { DataLinks = [link] });
        line.AllowTests();
        line.Network.RunMs(60_000);
        Assert.Equal(CommandStatus.Ok, line.Oxc1.Node.Verify(line.Network.Now, "peer").Status);
        Assert.Equal(CommandStatus.Ok, line.Oxc1.Node.Verify(line.Network.Now, "line").Status);
        line.Network.RunMs(2);
        Assert.Equal((true, false, true), (Link(line.Oxc1, "peer-1").IsInTest, Link(line.Oxc1, "line-1").IsInTest, Link(line.Oxc1, "line-2").Verifications > 0));
        line.Network.RunMs(60_000);
        Assert.All(line.Oxc1.Node.TeLinks.SelectMany(t => t.DataLinks), l => Assert.Equal((true, 0), (l.Verified, l.Verifications)));
    }

    [Fact]
    public void A_fibre_with_traffic_is_not_tested_by_its_other_name()
    {
        var line = new LineSystem();
        line.AllowTests();
        line.Network.RunMs(60_000);
        foreach (var oxc in (VirtualNode[])[line.Oxc1, line.Oxc2]) Assert.Equal(CommandStatus.Ok, oxc.Node.Allocate(line.Network.Now, ["peer-1"]).Status);
        Assert.Equal("line: it has no free data link", line.Oxc1.Node.Verify(line.Network.Now, "line").Text);
        line.Ols1.Node.Verify(line.Network.Now, "client");
        line.Network.RunMs(5000);
        Assert.Equal(VerificationOutcome.Unwilling, line.Ols1.Events.OfType<VerificationFinished>().Last().Outcome);
    }

    [Fact]
    public void After_a_restart_without_state_no_fibre_is_tested_before_it_is_known_whether_it_carries_traffic()
    {
        var line = new LineSystem(links: 2);
        line.AllowTests();
        line.Network.RunMs(60_000);
        foreach (var oxc in (VirtualNode[])[line.Oxc1, line.Oxc2]) Assert.Equal(CommandStatus.Ok, oxc.Node.Allocate(line.Network.Now, ["peer-1"]).Status);
        line.Network.RunMs(1000);
        line.Block(4);
        var oxc1 = line.Network.Restart(line.Oxc1, line.Oxc1.Node.Configuration, new NodeOptions { FirstMessageId = 7 });
        oxc1.Told = _ => Assert.False(Link(oxc1, "line-1").IsInTest);
        line.AllowTests();
        line.Network.RunMs(30_000);
        Assert.Equal(
            "line: after the restart of this node, oxc2 has to tell first which data links of peer carry traffic on the same fibres",
            oxc1.Node.Verify(line.Network.Now, "line").Text);
        line.Unblock(4);
        line.Network.RunMs(60_000);
        Assert.True(Link(oxc1, "peer-1").Allocated);
        Assert.Equal((false, true), (Link(oxc1, "line-1").Verified, Link(oxc1, "line-2").Verified));
    }

    [Fact]
    public void A_line_system_that_is_configured_away_leaves_nothing_behind()
    {
        var line = new LineSystem();
        line.Cut(1);
        line.Network.RunMs(50);
        var configuration = line.Oxc1.Node.Configuration;
        line.Oxc1.Node.Reconfigure(line.Network.Now, configuration with
        {
            Neighbors = [.. configuration.Neighbors.Where(n => n.Wdm == WdmRole.None)],
            TeLinks = [.. configuration.TeLinks.Where(t => t.Name == "peer").Select(t => t with { DataLinks = [t.DataLinks[0] with { Through = null }] })],
        });
        line.Network.RunMs(3000);
        Assert.DoesNotContain(line.Oxc1.Node.Alarms.All, a => a.State != AlarmState.Cleared && a.Object.StartsWith("line", StringComparison.Ordinal));
        Assert.Equal((null, SignalState.Unknown), (Link(line.Oxc1, "peer-1").Through, Link(line.Oxc1, "peer-1").SettledSignal));
    }

    [Fact]
    public void What_goes_through_what_may_change_at_run_time()
    {
        var line = new LineSystem(links: 2);
        line.Cut(2, link: 1, westward: false);
        line.Network.RunMs(50);
        Assert.Equal(SignalState.Fail, Link(line.Oxc2, "peer-1").SettledSignal);
        Through("line-2", "line-1");
        Assert.Equal((SignalState.Ok, SignalState.Fail), (Link(line.Oxc2, "peer-1").SettledSignal, Link(line.Oxc2, "peer-2").SettledSignal));
        Through(null, null);
        Assert.DoesNotContain(line.Raised, a => a.StartsWith("oxc2", StringComparison.Ordinal));
        Assert.Equal((null, null), (Link(line.Oxc2, "line-1").Carries, Link(line.Oxc2, "peer-2").Through));
        Through("line-1", null);
        Assert.Equal(SignalState.Fail, Link(line.Oxc2, "peer-1").SettledSignal);
        Assert.Same(Link(line.Oxc2, "peer-1"), Link(line.Oxc2, "line-1").Carries);
        Change(line, line.Oxc2, "peer", t => t with { DataLinks = [t.DataLinks[1]] });
        Assert.Null(Link(line.Oxc2, "line-1").Carries);

        void Through(string? first, string? second)
        {
            Change(line, line.Oxc2, "peer", t => t with { DataLinks = [t.DataLinks[0] with { Through = first }, t.DataLinks[1] with { Through = second }] });
            line.Network.RunMs(3000);
        }
    }

    [Fact]
    public void Link_groups_that_change_at_run_time_are_used_once_the_neighbour_has_agreed_to_them()
    {
        var line = new LineSystem(links: 3, linkGroups: _ => [7]);
        Change(line, line.Ols2, "client", t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { LinkGroups = l.Name == "client-3" ? [9] : [8] })] });
        line.SetAll(2, SignalState.Fail, [1, 2], westward: false);
        line.Network.RunMs(0);
        Assert.Equal([2], Last().ChannelStatuses.Select(s => s.Channels.Count));
        line.Network.RunMs(3000);
        line.SetAll(2, SignalState.Ok, [1, 2]);
        line.Network.RunMs(0);
        Assert.Equal([8u], Assert.Single(Last().LinkGroupStatuses).Groups.Select(g => g.LinkGroupId));
        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);

        ChannelStatusMessage Last() => (ChannelStatusMessage)line.Ols2.SentOf(MessageType.ChannelStatus).Last(d => d.Source.ToString().StartsWith("10.3.", StringComparison.Ordinal)).Message!;
    }

    private static void Change(LineSystem line, VirtualNode node, string teLink, Func<TeLinkConfiguration, TeLinkConfiguration> change)
    {
        var configuration = node.Node.Configuration;
        node.Node.Reconfigure(line.Network.Now, configuration with { TeLinks = [.. configuration.TeLinks.Select(t => t.Name == teLink ? change(t) : t)] });
    }
}
