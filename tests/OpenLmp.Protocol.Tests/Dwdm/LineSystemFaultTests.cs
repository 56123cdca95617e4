// RFC 4209 §2.4: what line systems detect starts the localization between the peer nodes. One cause, one alarm at each node that it concerns.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LineSystem;

namespace OpenLmp.Protocol.Tests;

public class LineSystemFaultTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_span_is_localized_by_the_line_systems_and_in_the_line_system_by_the_peer_nodes(bool darkens)
    {
        var line = new LineSystem(darkens: darkens);
        line.Cut(2);
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized span-1", "ols2 FaultLocalized span-1", "oxc1 FaultLocalized peer-1", "oxc2 FaultLocalized peer-1"], line.Raised);
        string[] suppressed =
        [
            "ols1 SignalFail span-1: fault-localized span-1", "ols2 SignalFail span-1: fault-localized span-1",
            "oxc1 SignalFail peer-1: fault-localized peer-1", "oxc2 SignalFail peer-1: fault-localized peer-1",
        ];
        string[] dark = ["oxc1 SignalFail line-1: fault-localized peer-1", "oxc2 SignalFail line-1: fault-localized peer-1"];
        Assert.Equal(suppressed.Concat(darkens ? dark : []).Order(StringComparer.Ordinal), line.Suppressed);
        var text = line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer-1")!.Text;
        Assert.Contains("fault between oxc1:5001 and oxc2:5001: no usable signal arrives at either end", text, StringComparison.Ordinal);
        Assert.Contains("ols1 says that what it sends on line-1 has failed: it lies in the line system beyond ols1, or at its far end", text, StringComparison.Ordinal);
        Assert.Equal(text["peer-1: ".Length..], Link(line.Oxc1, "peer-1").Reason);
        Assert.Equal((SignalState.Fail, SignalState.Fail), (Link(line.Oxc2, "line-1").LineSignal, Link(line.Oxc2, "peer-1").Signal));
        Assert.Contains(line.Oxc2.Events.OfType<LineSignalChanged>(), e => e is { To: SignalState.Fail } && e.DataLink.Name == "line-1");
        AssertRepaired(line, 2);
    }

    [Fact]
    public void One_direction_of_the_span_is_enough_and_the_transmitting_end_knows_that_its_patch_cord_is_right()
    {
        var line = new LineSystem();
        line.Cut(2, westward: false);
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized span-1", "ols2 FaultLocalized span-1", "oxc1 FaultLocalized peer-1", "oxc2 FaultLocalized peer-1"], line.Raised);
        Assert.Contains(
            "no usable signal arrives at oxc2; it carries no traffic; it lies in the line system beyond ols1, or at its far end",
            line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer-1")!.Text, StringComparison.Ordinal);
        AssertRepaired(line, 2);
    }

    [Fact]
    public void A_degraded_span_degrades_what_goes_through_it()
    {
        var line = new LineSystem();
        line.Set(2, SignalState.Degrade, 1, eastward: true, westward: false);
        line.Network.RunMs(50);
        Assert.Equal((SignalState.Degrade, SignalState.Degrade), (Link(line.Oxc2, "line-1").LineSignal, Link(line.Oxc2, "peer-1").SettledSignal));
        Assert.Equal(DataLinkState.UpFree, Link(line.Oxc2, "peer-1").State);
        Assert.Contains("is degraded: it lies in the line system beyond ols2", line.Oxc2.Alarm(AlarmKind.FaultLocalized, "peer-1")!.Text, StringComparison.Ordinal);
        line.Cut(2, westward: false);
        line.Network.RunMs(50);
        Assert.Equal(SignalState.Fail, Link(line.Oxc2, "peer-1").SettledSignal);
        AssertRepaired(line, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_patch_cord_is_the_cause_at_the_peer_node_and_in_the_line_system_for_the_other(bool darkens)
    {
        var line = new LineSystem(darkens: darkens);
        line.Cut(1);
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized client-1", "oxc1 FaultLocalized line-1", "oxc2 FaultLocalized peer-1"], line.Raised);
        string[] suppressed =
        [
            "ols1 SignalFail client-1: fault-localized client-1", "ols2 SignalFail span-1: a fault upstream of ols1",
            "oxc1 FaultLocalized peer-1: fault-localized line-1", "oxc1 SignalFail line-1: fault-localized line-1",
            "oxc1 SignalFail peer-1: fault-localized line-1", "oxc2 SignalFail peer-1: fault-localized peer-1",
        ];
        string[] dark = ["oxc2 SignalFail line-1: fault-localized peer-1"];
        Assert.Equal(suppressed.Concat(darkens ? dark : []).Order(StringComparer.Ordinal), line.Suppressed);
        Assert.Contains("fault between oxc1:1001 and ols1:2001", line.Oxc1.Alarm(AlarmKind.FaultLocalized, "line-1")!.Text, StringComparison.Ordinal);
        Assert.Contains("it lies in the line system beyond ols2, or at its far end", line.Oxc2.Alarm(AlarmKind.FaultLocalized, "peer-1")!.Text, StringComparison.Ordinal);
        AssertRepaired(line, 1);
    }

    [Fact]
    public void Until_the_line_system_has_answered_the_lost_signal_itself_is_the_one_alarm()
    {
        var line = new LineSystem();
        line.Cut(1, eastward: false);
        Assert.Equal(["oxc1 SignalFail line-1"], line.Raised);
        Assert.Equal(["oxc1 SignalFail peer-1: signal-fail line-1"], line.Suppressed);
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized client-1", "oxc1 FaultLocalized line-1", "oxc2 FaultLocalized peer-1"], line.Raised);
        AssertRepaired(line, 1);
    }

    [Fact]
    public void Traffic_of_the_peer_nodes_makes_the_fault_of_the_patch_cord_critical()
    {
        var line = new LineSystem();
        foreach (var oxc in (VirtualNode[])[line.Oxc1, line.Oxc2]) Assert.Equal(CommandStatus.Ok, oxc.Node.Allocate(line.Network.Now, ["peer-1"]).Status);
        line.Network.RunMs(50);
        line.Cut(1);
        line.Network.RunMs(50);
        var alarm = line.Oxc1.Alarm(AlarmKind.FaultLocalized, "line-1")!;
        Assert.Equal(AlarmSeverity.Critical, alarm.Severity);
        Assert.Contains("traffic is affected", alarm.Text, StringComparison.Ordinal);
        line.Oxc1.Node.Release(line.Network.Now, ["peer-1"]);
        line.Network.RunMs(50);
        Assert.Equal(AlarmSeverity.Major, alarm.Severity);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Two_faults_are_repaired_in_any_order(int first, int second)
    {
        var line = new LineSystem(darkens: true);
        line.Cut(1);
        line.Network.RunMs(50);
        line.Cut(2);
        line.Network.RunMs(50);
        line.Repair(first);
        line.Network.RunMs(3000);
        string[] expected = second == 2
            ? ["ols1 FaultLocalized span-1", "ols2 FaultLocalized span-1", "oxc1 FaultLocalized peer-1", "oxc2 FaultLocalized peer-1"]
            : ["ols1 FaultLocalized client-1", "oxc1 FaultLocalized line-1", "oxc2 FaultLocalized peer-1"];
        Assert.Equal(expected, line.Raised);
        AssertRepaired(line, second);
    }

    [Fact]
    public void What_a_peer_node_does_not_receive_elsewhere_it_does_not_send_and_its_patch_cord_is_not_blamed()
    {
        var line = new LineSystem(links: 2);
        line.Oxc1.Node.AddCrossConnect(line.Network.Now, "peer-1", "peer-2");
        line.Cut(2, link: 2, eastward: false);
        line.Network.RunMs(50);
        // OXC1 has nothing to send on peer-1, so nothing comes out of line-1.
        line.Cut(1, link: 1, westward: false);
        line.Network.RunMs(50);
        Assert.DoesNotContain("oxc1 FaultLocalized line-1", line.Raised);
        Assert.Contains("ols1 SignalFail client-1: a fault upstream of oxc1", line.Suppressed);
        Assert.Contains("oxc2 SignalFail peer-1: a fault upstream of oxc1", line.Suppressed);
        // Its input is back, and still nothing comes: now it is the patch cord.
        line.Repair(2, link: 2);
        line.Network.RunMs(3000);
        Assert.Contains("oxc1 FaultLocalized line-1", line.Raised);
    }

    [Fact]
    public void A_laser_that_fails_is_one_message_with_one_object_and_its_data_links_and_no_others_are_localized()
    {
        var line = new LineSystem(links: 20, linkGroups: k => [k <= 8 ? 7u : 8u, 100u + (uint)k]);
        var before = line.Ols2.SentOf(MessageType.ChannelStatus).Count();
        line.SetAll(2, SignalState.Fail, Enumerable.Range(1, 8), westward: false);
        line.Network.RunMs(50);
        var toPeer = line.Ols2.SentOf(MessageType.ChannelStatus).Skip(before).Where(d => d.Source.ToString().StartsWith("10.3.", StringComparison.Ordinal)).ToList();
        var status = (ChannelStatusMessage)Assert.Single(toPeer).Message!;
        Assert.Equal(
            new LinkGroupChannelStatus([new LinkGroupStatusEntry(7, new ChannelState(false, ChannelDirection.Transmit, ChannelCondition.SignalFail))]),
            Assert.Single(status.Objects.Skip(2)));
        Assert.Equal("oxc2 FaultLocalized peer", Assert.Single(line.Raised, a => a.StartsWith("oxc2", StringComparison.Ordinal)));
        Assert.Equal(
            Enumerable.Range(1, 8).Select(k => $"oxc2 FaultLocalized peer-{k}: fault-localized peer"),
            line.Suppressed.Where(a => a.StartsWith("oxc2 FaultLocalized", StringComparison.Ordinal)));
        line.SetAll(2, SignalState.Ok, Enumerable.Range(1, 8));
        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);
    }

    [Fact]
    public void A_cut_cable_is_one_alarm_for_the_TE_link_and_the_patch_cords_explain_all_that_goes_through_them()
    {
        var line = new LineSystem(links: 10);
        line.SetAll(2, SignalState.Fail, Enumerable.Range(1, 10));
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized span", "ols2 FaultLocalized span", "oxc1 FaultLocalized peer", "oxc2 FaultLocalized peer"], line.Raised);
        Assert.Contains("all 10 data links between oxc1 and oxc2 failed at once", line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer")!.Text, StringComparison.Ordinal);
        Assert.Contains("it lies in the line system beyond ols1", line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer")!.Text, StringComparison.Ordinal);
        line.SetAll(2, SignalState.Ok, Enumerable.Range(1, 10));
        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);
        line.SetAll(1, SignalState.Fail, Enumerable.Range(1, 10));
        line.Network.RunMs(50);
        Assert.Equal(["ols1 FaultLocalized client", "oxc1 FaultLocalized line", "oxc2 FaultLocalized peer"], line.Raised);
        Assert.Equal("fault-localized line", line.Oxc1.Alarm(AlarmKind.FaultLocalized, "peer-3")!.Cause);
        line.SetAll(1, SignalState.Ok, Enumerable.Range(1, 10));
        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);
    }

    [Fact]
    public void Hold_on_counts_once()
    {
        var line = new LineSystem(teLink: t => t.Name is "peer" or "line" ? t with { Signal = new SignalConfiguration { HoldOn = TimeSpan.FromSeconds(2) } } : t);
        line.Network.RunMs(5000);
        line.Cut(1, eastward: false);
        line.Cut(2, westward: false);
        line.Network.RunMs(500);
        line.Repair(1);
        line.Repair(2);
        line.Network.RunMs(1900);
        Assert.All([line.Oxc1, line.Oxc2], n => Assert.Equal((SignalState.Ok, SignalState.Fail), (Link(n, "peer-1").Signal, Link(n, "peer-1").SettledSignal)));
        line.Network.RunMs(200);
        Assert.All([line.Oxc1, line.Oxc2], n => Assert.Equal(SignalState.Ok, Link(n, "peer-1").SettledSignal));
    }

    private static void AssertRepaired(LineSystem line, int segment)
    {
        line.Repair(segment);
        line.Network.RunMs(5000);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);
        Assert.All(line.Network.Nodes.SelectMany(n => n.Node.TeLinks).SelectMany(t => t.DataLinks), l => Assert.Equal(("UpFree", null), ($"{l.State}", l.Fault)));
    }
}
