// RFC 4204 §6.2: "bundling together the notification of all the failed data links".
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

public class BundlingTests
{
    [Fact]
    public void A_thousand_links_that_fail_in_one_instant_cost_one_message_each_way_and_one_alarm_at_each_end()
    {
        var line = new LightLine(4, links: 1000);
        var before = line.Network.Nodes.Select(n => n.Node.Counters.Sent(MessageType.ChannelStatus)).ToList();
        for (var k = 1; k <= 1000; k++) line.Set(2, SignalState.Fail, k);
        line.Refresh();
        line.Network.RunMs(100);
        Assert.Equal(["n2 FaultLocalized east", "n3 FaultLocalized west"], line.Raised);
        Assert.Equal(4 * 1000 + (2 * 1000), line.Suppressed.Count);
        Assert.Contains("all 1000 data links between n2 and n3 failed at once; traffic on 1000 of them is affected", line[2].Alarm(AlarmKind.FaultLocalized, "east")!.Text, StringComparison.Ordinal);
        // A report from each receiver; the answers of n2 and n3, to each other and to n1 and n4.
        Assert.Equal([1, 3, 3, 1], line.Network.Nodes.Select((n, i) => n.Node.Counters.Sent(MessageType.ChannelStatus) - before[i]));
        Assert.Equal(0, line.Network.Nodes.Sum(n => n.Node.Counters.Retransmitted(MessageType.ChannelStatus)));

        // Repaired one by one, the one alarm stands until the last, and says how many are left.
        for (var k = 1; k <= 1000; k++)
        {
            Assert.Equal(["n2 FaultLocalized east", "n3 FaultLocalized west"], line.Raised.Take(2));
            line.Set(2, SignalState.Ok, k);
            if (k % 250 != 0) continue;
            line.Refresh();
            line.Network.RunMs(k == 750 ? 3000 : 10);
            if (k == 750) Assert.Contains("is affected; 250 of them still have no signal; ", line[2].Alarm(AlarmKind.FaultLocalized, "east")!.Text, StringComparison.Ordinal);
        }

        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);
    }

    [Fact]
    public void What_failed_long_before_has_an_alarm_of_its_own_and_hides_no_cut_cable()
    {
        var line = new LightLine(2, links: 5);
        line.Cut(1, 3);
        line.Network.RunMs(5_000);
        foreach (var k in (int[])[1, 2, 4, 5]) line.Set(1, SignalState.Fail, k);
        line.Refresh();
        line.Network.RunMs(20);
        string[] both = ["n1 FaultLocalized east", "n1 FaultLocalized east-3", "n2 FaultLocalized west", "n2 FaultLocalized west-3"];
        Assert.Equal(both, line.Raised);
        Assert.StartsWith(
            "east: 4 data links between n1 and n2 failed at once, and no other is left; traffic on 4 of them is affected; ",
            line[1].Alarm(AlarmKind.FaultLocalized, "east")!.Text, StringComparison.Ordinal);
        foreach (var k in (int[])[1, 2, 4]) line.Set(1, SignalState.Ok, k);
        line.Refresh();
        line.Network.RunMs(20);
        Assert.Equal(both, line.Raised);
        Assert.EndsWith("; 1 of them still has no signal; check the cable: n1:10005 - n2:20005", line[1].Alarm(AlarmKind.FaultLocalized, "east")!.Text, StringComparison.Ordinal);
        line.Repair(1, 5);
        line.Network.RunMs(20);
        Assert.Equal(["n1 FaultLocalized east-3", "n2 FaultLocalized west-3"], line.Raised);
    }

    [Fact]
    public void A_cut_cable_that_is_reported_port_by_port_is_one_cause_too()
    {
        var line = new LightLine(2, links: 5);
        for (var k = 1; k <= 5; k++)
        {
            line.Cut(1, k);
            line.Network.RunMs(20);
        }

        Assert.Equal(["n1 FaultLocalized east", "n2 FaultLocalized west"], line.Raised);
        Assert.Equal(5, line.Suppressed.Count(s => s.EndsWith(": fault-localized east", StringComparison.Ordinal)));
        Assert.Equal(
            "east: all 5 data links between n1 and n2 failed at once; traffic on 5 of them is affected; check the cable: n1:10001 - n2:20001, n1:10002 - n2:20002, n1:10003 - n2:20003 and 2 more",
            line[1].Alarm(AlarmKind.FaultLocalized, "east")!.Text);
        for (var k = 1; k <= 5; k++) line.Repair(1, k);
        line.Network.RunMs(20);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);
    }

    [Fact]
    public void A_cable_that_is_a_part_of_the_TE_link_is_one_cause_and_the_next_one_joins_it()
    {
        const string Cable = "n1:10001 - n2:20001, n1:10002 - n2:20002, n1:10003 - n2:20003 and";
        var line = new LightLine(2, links: 20);
        Fail(1..13);
        string[] both = ["n1 FaultLocalized east", "n2 FaultLocalized west"];
        Assert.Equal(both, line.Raised);
        Assert.Equal($"east: 12 of 20 data links between n1 and n2 failed at once; traffic on 12 of them is affected; check the cable: {Cable} 9 more", Text());
        Assert.Equal(12, line.Suppressed.Count(s => s.EndsWith(": fault-localized east", StringComparison.Ordinal)));

        // A fibre of another cable, and then all of that.
        line.Network.RunMs(5_000);
        line.Cut(1, 20);
        line.Network.RunMs(5_000);
        Assert.Equal(["n1 FaultLocalized east", "n1 FaultLocalized east-20", "n2 FaultLocalized west", "n2 FaultLocalized west-20"], line.Raised);
        line.Repair(1, 20);
        line.Network.RunMs(5_000);
        Fail(13..21);
        Assert.Equal(both, line.Raised);
        Assert.Equal($"east: all 20 data links between n1 and n2 failed; traffic on 20 of them is affected; check the cable: {Cable} 17 more", Text());

        for (var k = 1; k <= 20; k++) line.Repair(1, k);
        line.Network.RunMs(20);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);

        // Seven fibres may break within a second, who knows.
        Fail(1..8);
        Assert.Equal(2 * 7, line.Raised.Count);

        string Text() => line[1].Alarm(AlarmKind.FaultLocalized, "east")!.Text;

        void Fail(Range links)
        {
            for (var k = links.Start.Value; k < links.End.Value; k++) line.Set(1, SignalState.Fail, k);
            line.Refresh();
            line.Network.RunMs(20);
        }
    }

    [Fact]
    public void Faults_that_follow_one_another_slowly_have_a_cause_each()
    {
        var line = new LightLine(2, links: 2);
        line.Cut(1, 1);
        line.Network.RunMs(1_500);
        line.Cut(1, 2);
        line.Network.RunMs(20);
        Assert.Equal(["n1 FaultLocalized east-1", "n1 FaultLocalized east-2", "n2 FaultLocalized west-1", "n2 FaultLocalized west-2"], line.Raised);
    }

    [Fact]
    public void What_does_not_fit_one_datagram_is_split_and_nothing_is_lost()
    {
        // 65,507 bytes: 8,183 channels of 8 bytes beside headers and objects. LinkSummary bounds a TE link far below that.
        var entries = Enumerable.Range(1, 20_000).Select(i => StatusPartner.Entry((uint)i, false, ChannelCondition.SignalFail)).ToList();
        var overhead = new ChannelStatusMessage(Identifier.Unnumbered(1), 1).EncodedLength;
        var parts = ChannelStatusBuilder.Split(entries, overhead).ToList();
        Assert.Equal(3, parts.Count);
        Assert.Equal([0, parts[0].Count, parts[0].Count + parts[1].Count], parts.Select(p => p.Start));
        Assert.Equal(20_000, parts.Sum(p => p.Count));
        foreach (var (start, count) in parts)
        {
            var message = new ChannelStatusMessage(Identifier.Unnumbered(1), 1, ChannelStatusBuilder.Objects(entries.GetRange(start, count).ToArray()));
            Assert.InRange(message.EncodedLength, 0, CommonHeader.MaxMessageLength);
            Assert.Equal(entries.GetRange(start, count), message.ChannelStatuses.Single().Channels);
        }
    }

    [Fact]
    public void Ids_of_several_forms_share_a_message_in_objects_of_their_own()
    {
        string[] ids = ["2001:db8::1", "7", "192.0.2.1", "8"];
        var entries = ids.Select(i => new ChannelStatusEntry(LinkConfigurations.Parse(i), new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalOkay))).ToArray();
        var objects = ChannelStatusBuilder.Objects(entries).Cast<ChannelStatusObject>().ToList();
        Assert.Equal([IdentifierType.Unnumbered, IdentifierType.IPv4, IdentifierType.IPv6], objects.Select(o => o.Form));
        Assert.Equal(["7", "8"], objects[0].Channels.Span.ToArray().Select(c => c.InterfaceId.ToString()).Order());
    }

    [Fact]
    public void While_many_are_unacknowledged_what_changes_waits_and_is_told_as_it_is_then()
    {
        var links = Enumerable.Range(1, 20).Select(i => Link($"te1-{i}", 100u + (uint)i, 200u + (uint)i)).ToArray();
        var b = new StatusPartner(t => t with { DataLinks = [.. links] });
        for (var i = 1; i <= 20; i++)
        {
            b.Signal(SignalState.Fail, $"te1-{i}");
            b.RunMs(1);
        }

        Assert.Equal(8, b.Statuses.Count);
        b.Signal(SignalState.Degrade, "te1-20");
        b.RunMs(1);
        b.Acknowledge();
        b.RunMs(0);
        Assert.Equal(9, b.Statuses.Count);
        var rest = Assert.Single(b.Statuses[^1].ChannelStatuses).Channels.Span.ToArray().ToDictionary(c => c.InterfaceId, c => c.State.Condition);
        Assert.Equal(12, rest.Count);
        Assert.Equal((ChannelCondition.SignalFail, ChannelCondition.SignalDegrade), (rest[Identifier.Unnumbered(119)], rest[Identifier.Unnumbered(120)]));
    }
}
