// RFC 4204 §6.2, §6.3, Figure 2: one cause, one alarm at each end of the failed span; everywhere else alarms point there.
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkState;

namespace OpenLmp.Protocol.Tests;

public class LocalizationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Requirement("4204-6.2-2")]
    public void Figure_2_a_one_direction_fails_between_3_and_4(bool unidirectional)
    {
        var line = new LightLine(4) { EastwardOnly = unidirectional };
        line.Cut(3, westward: false);
        line.Network.RunMs(20);
        Assert.Equal(["n3 FaultLocalized east-1", "n4 FaultLocalized west-1"], line.Raised);
        Assert.Equal(["n4 SignalFail west-1: fault-localized west-1"], line.Suppressed);
        Assert.Equal((Down, true, Down, true), (line.Link(3, "east-1").State, line.Link(3, "east-1").Allocated, line.Link(4, "west-1").State, line.Link(4, "west-1").Allocated));
        Assert.Equal(UpAlloc, line.Link(3, "west-1").State);
        Assert.Equal(SignalState.Fail, line.Link(3, "east-1").RemoteSignal);
        Assert.Contains("fault between n3:10001 and n4:20001: no usable signal arrives at n4", line[3].Alarm(AlarmKind.FaultLocalized, "east-1")!.Text, StringComparison.Ordinal);
        Assert.Contains("fault between n3:10001 and n4:20001: no usable signal arrives at n4", line[4].Alarm(AlarmKind.FaultLocalized, "west-1")!.Text, StringComparison.Ordinal);
        Assert.Equal(AlarmSeverity.Critical, line[4].Alarm(AlarmKind.FaultLocalized, "west-1")!.Severity);
        AssertRepaired(line, 3);
    }

    [Fact]
    public void A_data_link_that_is_new_here_learns_what_the_neighbour_receives()
    {
        var line = new LightLine(2, links: 2, allocate: false);
        var whole = line[2].Node.Configuration;
        line.Cut(1);
        line.Network.RunMs(20);
        line[2].Node.Reconfigure(line.Network.Now, whole with { TeLinks = [whole.TeLinks[0] with { DataLinks = [whole.TeLinks[0].DataLinks[1]] }] });
        line.Network.RunMs(5_000);
        line[2].Node.Reconfigure(line.Network.Now, whole);
        line[2].Node.ReportSignal(line.Network.Now, ["west-1"], SignalState.Fail);
        line.Network.RunMs(5_000);
        Assert.Equal((SignalState.Fail, true, true), (line.Link(2, "west-1").RemoteSignal, line.Link(2, "west-1").Fault?.Receive, line.Link(2, "west-1").Fault?.Transmit));
    }

    [Fact]
    public void A_fault_names_the_port_that_the_configuration_names_now()
    {
        var line = new LightLine(2, allocate: false);
        var right = line[1].Node.Configuration;
        var wrong = right with { TeLinks = [right.TeLinks[0] with { DataLinks = [right.TeLinks[0].DataLinks[0] with { RemoteId = Identifier.Unnumbered(999) }] }] };
        line.Cut(1, westward: false);
        line.Network.RunMs(20);
        line[1].Node.Reconfigure(line.Network.Now, wrong);
        line.Network.RunMs(20);
        // Meanwhile it is looked at again.
        foreach (var signal in (SignalState[])[SignalState.Degrade, SignalState.Ok])
        {
            line.Set(1, signal, eastward: false);
            line.Refresh();
            line.Network.RunMs(2_000);
        }

        line[1].Node.Reconfigure(line.Network.Now, right);
        line.Network.RunMs(5_000);
        Assert.Equal(("n1:10001", "n2:20001"), ($"{line.Link(1, "east-1").Fault?.First}", $"{line.Link(1, "east-1").Fault?.Second}"));
        Assert.Contains("fault between n1:10001 and n2:20001", line[1].Alarm(AlarmKind.FaultLocalized, "east-1")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("4204-6.2-2")]
    [Requirement("4204-11.3.3-UpAlloc-13")]
    [Requirement("4204-11.3.4-UpAlloc-13")]
    public void Figure_2_b_both_directions_fail_between_2_and_3()
    {
        var line = new LightLine(4);
        line.Cut(2);
        Assert.Equal(UpAlloc, line.Link(3, "west-1").State);
        line.Network.RunMs(20);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
        Assert.Equal(
            ["n1 SignalFail east-1: a fault upstream of n2", "n2 SignalFail east-1: fault-localized east-1", "n3 SignalFail west-1: fault-localized west-1",
                "n4 SignalFail west-1: a fault upstream of n3"],
            line.Suppressed);
        Assert.Contains("at either end", line[2].Alarm(AlarmKind.FaultLocalized, "east-1")!.Text, StringComparison.Ordinal);
        // Up/Alloc stays on signal fail where the fault is elsewhere.
        Assert.Equal([UpAlloc, Down, Down, UpAlloc], new[] { line.Link(1, "east-1"), line.Link(2, "east-1"), line.Link(3, "west-1"), line.Link(4, "west-1") }.Select(l => l.State));
        Assert.True(line.Link(4, "west-1").IsFaultElsewhere);
        AssertRepaired(line, 2);
    }

    [Fact]
    public void What_signalling_needs_is_in_the_event()
    {
        var line = new LightLine(3);
        var at = line.Network.Now;
        line.Cut(2, westward: false);
        line.Network.RunMs(20);
        var told = Assert.Single(line[3].Events.OfType<FaultLocalized>());
        Assert.Equal((line.Link(3, "west-1"), SignalState.Fail, true, false, at), (told.DataLink, told.Fault.Signal, told.Fault.Receive, told.Fault.Transmit, told.Fault.Since));
        Assert.Equal(("n2:10001", "n3:20001"), (told.Fault.First.ToString(), told.Fault.Second.ToString()));
        Assert.True(Assert.Single(line[2].Events.OfType<FaultLocalized>()).Fault is { Transmit: true, Receive: false });
        Assert.Contains(line[2].Events.OfType<RemoteSignalChanged>(), e => e is { To: SignalState.Fail } && e.DataLink.Name == "east-1");
        line.Repair(2);
        line.Network.RunMs(20);
        Assert.Equal(told.Fault, Assert.Single(line[3].Events.OfType<FaultCleared>()).Fault);
        Assert.Null(line.Link(3, "west-1").Fault);
    }

    [Fact]
    [Requirement("4204-6.2-2")]
    public void Where_an_LSP_goes_one_way_the_other_direction_is_none_of_its_business()
    {
        var line = new LightLine(4, connect: false);
        foreach (var node in (int[])[2, 3]) line.CrossConnect(node, 1, eastwardOnly: true);
        // Eastward one LSP from n1 to n4; westward each node has light of its own for the next.
        line.Cut(1, eastward: false);
        line.Cut(2, eastward: false);
        line.Network.RunMs(20);
        // If n2 took what it receives on east-1 for what it sends on west-1, it would find the first fault further upstream.
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized east-1", "n2 FaultLocalized west-1", "n3 FaultLocalized west-1"], line.Raised);
        line.Repair(2);
        line.Cut(1, westward: false);
        line.Network.RunMs(3000);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
        Assert.Contains("at either end", line[2].Alarm(AlarmKind.FaultLocalized, "west-1")!.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["n1 SignalFail east-1: fault-localized east-1", "n2 SignalFail west-1: fault-localized west-1", "n3 SignalFail west-1: a fault upstream of n2",
                "n4 SignalFail west-1: a fault upstream of n3"],
            line.Suppressed);
        AssertRepaired(line, 1);
    }

    [Fact]
    public void A_failure_inside_a_node_is_between_it_and_the_next()
    {
        var line = new LightLine(4);
        line.Break(2, eastward: true);
        line.Network.RunMs(20);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
        line.Break(2, eastward: true, broken: false);
        line.Network.RunMs(3000);
        Assert.Empty(line.Raised);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failure_at_the_edge_is_localized_there(int span)
    {
        var line = new LightLine(4);
        line.Cut(span);
        line.Network.RunMs(20);
        Assert.Equal([$"n{span} FaultLocalized east-1", $"n{span + 1} FaultLocalized west-1"], line.Raised);
        AssertRepaired(line, span);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void Of_two_faults_the_second_shows_as_soon_as_the_first_no_longer_hides_it(int first, int second)
    {
        var line = new LightLine(4);
        line.Cut(first);
        line.Network.RunMs(500);
        line.Cut(second);
        line.Network.RunMs(500);
        // Eastward light stops at the westernmost cut, westward light at the easternmost: each is seen from one side.
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1", "n3 FaultLocalized east-1", "n4 FaultLocalized west-1"], line.Raised);
        line.Repair(first);
        line.Network.RunMs(3000);
        Assert.Equal([$"n{second} FaultLocalized east-1", $"n{second + 1} FaultLocalized west-1"], line.Raised);
        Assert.Contains("at either end", line[second].Alarm(AlarmKind.FaultLocalized, "east-1")!.Text, StringComparison.Ordinal);
        AssertRepaired(line, second);
    }

    [Fact]
    public void Of_two_faults_in_one_direction_the_hidden_one_takes_no_part_until_the_other_is_repaired()
    {
        var line = new LightLine(4) { EastwardOnly = true };
        line.Set(1, SignalState.Fail, westward: false);
        line.Set(3, SignalState.Fail, westward: false);
        line.Refresh();
        line.Network.RunMs(500);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
        line.Set(1, SignalState.Ok);
        line.Refresh();
        var told = line.Network.Nodes.Sum(n => n.Events.OfType<FaultLocalized>().Count());
        line.Network.RunMs(3000);
        Assert.Equal(["n3 FaultLocalized east-1", "n4 FaultLocalized west-1"], line.Raised);
        Assert.Equal(told + 2, line.Network.Nodes.Sum(n => n.Events.OfType<FaultLocalized>().Count()));
        AssertRepaired(line, 3);
    }

    [Fact]
    public void A_repair_upstream_that_the_next_node_sees_later_accuses_nobody_in_between()
    {
        var line = new LightLine(4, teLink: t => t with { Signal = new SignalConfiguration { HoldOn = TimeSpan.FromMilliseconds(t.Neighbor == "n1" ? 100 : 900) } });
        line.Cut(1, westward: false);
        line.Network.RunMs(200);
        var told = line.Network.Nodes.Sum(n => n.Events.OfType<FaultLocalized>().Count());
        line.Repair(1);
        line.Network.RunMs(5000);
        Assert.Empty(line.Raised);
        Assert.Equal(told, line.Network.Nodes.Sum(n => n.Events.OfType<FaultLocalized>().Count()));
    }

    [Fact]
    public void A_fault_on_a_span_without_control_channel_is_localized_when_that_comes_back()
    {
        var line = new LightLine(4);
        line.Network.Filter = d => !d.Source.ToString().StartsWith("10.2.", StringComparison.Ordinal);
        line.Network.RunMs(2000);
        Assert.Equal([TeLinkState.Up, TeLinkState.Degraded], line[2].Node.TeLinks.Select(t => t.State).Order());
        line.Cut(2, westward: false);
        line.Network.RunMs(2000);
        // n3 sees it and cannot ask n2; n4 is told that it is not its own.
        Assert.Equal(["n3 SignalFail west-1"], line.Raised);
        Assert.Equal(["n4 SignalFail west-1: a fault upstream of n3"], line.Suppressed);
        Assert.Equal((UpAlloc, true), (line.Link(3, "west-1").State, line.Link(3, "west-1").Allocated));
        line.Network.Filter = _ => true;
        line.Network.RunMs(10_000);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
        AssertRepaired(line, 2);
    }

    [Fact]
    public void A_repair_while_the_control_channel_is_down_is_known_when_it_comes_back()
    {
        var line = new LightLine(3);
        line.Cut(2, westward: false);
        line.Network.RunMs(100);
        line.Network.Filter = d => !d.Source.ToString().StartsWith("10.2.", StringComparison.Ordinal);
        line.Network.RunMs(2000);
        line.Repair(2);
        line.Network.RunMs(2000);
        Assert.Equal(["n2 FaultLocalized east-1"], line.Raised);
        line.Network.Filter = _ => true;
        line.Network.RunMs(10_000);
        Assert.Empty(line.Raised);
        Assert.Equal((UpAlloc, UpAlloc), (line.Link(2, "east-1").State, line.Link(3, "west-1").State));
    }

    [Fact]
    public void Without_a_known_cross_connect_the_next_span_is_accused_with_a_hint_and_exonerated_when_it_is_told()
    {
        var line = new LightLine(4, connect: false);
        line.CrossConnect(2, 1);
        line.SwitchSilently(3, 1);
        line.Cut(1, westward: false);
        line.Network.RunMs(100);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1", "n3 FaultLocalized east-1", "n4 FaultLocalized west-1"], line.Raised);
        Assert.Contains("lmp cross-connect add", line[3].Alarm(AlarmKind.FaultLocalized, "east-1")!.Text, StringComparison.Ordinal);
        line.CrossConnect(3, 1);
        line.Network.RunMs(100);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
        Assert.Contains("n4 SignalFail west-1: a fault upstream of n3", line.Suppressed);
        Assert.Equal((UpAlloc, UpAlloc), (line.Link(3, "east-1").State, line.Link(4, "west-1").State));
        AssertRepaired(line, 1);
    }

    [Fact]
    public void Free_links_are_watched_too_and_no_traffic_is_affected()
    {
        var line = new LightLine(3, connect: false, allocate: false);
        line.Cut(1);
        line.Network.RunMs(20);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
        var alarm = line[1].Alarm(AlarmKind.FaultLocalized, "east-1")!;
        Assert.Equal(AlarmSeverity.Major, alarm.Severity);
        Assert.Contains("it carries no traffic", alarm.Text, StringComparison.Ordinal);
        Assert.Equal((Down, Down), (line.Link(1, "east-1").State, line.Link(2, "west-1").State));
        Assert.Contains("fault between n1:10001 and n2:20001", line.Link(1, "east-1").Reason, StringComparison.Ordinal);
        line.Repair(1);
        line.Network.RunMs(20);
        Assert.Empty(line.Raised);
        Assert.Equal((UpFree, UpFree), (line.Link(1, "east-1").State, line.Link(2, "west-1").State));
    }

    [Fact]
    public void A_free_link_that_fails_in_one_direction_is_down_at_both_ends()
    {
        var line = new LightLine(2, allocate: false);
        line.Cut(1, westward: false);
        line.Network.RunMs(20);
        Assert.Equal((Down, Down), (line.Link(1, "east-1").State, line.Link(2, "west-1").State));
        Assert.Equal(CommandStatus.Conflict, line[1].Node.Allocate(line.Network.Now, ["east-1"]).Status);
        line.Repair(1);
        line.Network.RunMs(20);
        Assert.Equal((UpFree, UpFree), (line.Link(1, "east-1").State, line.Link(2, "west-1").State));
    }

    [Fact]
    public void A_degraded_span_is_found_like_a_failed_one_and_stays_in_use()
    {
        var line = new LightLine(4);
        line.Set(2, SignalState.Degrade, westward: false);
        line.Refresh();
        line.Network.RunMs(20);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
        Assert.Equal(["n3 SignalDegrade west-1: fault-localized west-1", "n4 SignalDegrade west-1: a fault upstream of n3"], line.Suppressed);
        Assert.Equal(AlarmSeverity.Minor, line[2].Alarm(AlarmKind.FaultLocalized, "east-1")!.Severity);
        Assert.Equal(UpAlloc, line.Link(3, "west-1").State);
        line.Cut(3, westward: false);
        line.Network.RunMs(20);
        Assert.Contains("n4 FaultLocalized west-1", line.Raised);
        Assert.Equal(Down, line.Link(4, "west-1").State);
        line.Repair(3);
        AssertRepaired(line, 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void In_any_weather_all_nodes_come_to_the_same_end(int seed)
    {
        var line = new LightLine(4, links: 3, seed: seed);
        line.Set(1, SignalState.Fail, link: 1);
        line.Set(2, SignalState.Fail, link: 2, westward: false);
        line.Refresh();
        line.Network.RunUntil(
            () => line.Raised.SequenceEqual(["n1 FaultLocalized east-1", "n2 FaultLocalized east-2", "n2 FaultLocalized west-1", "n3 FaultLocalized west-2"]),
            "localized", 120);
        line.Repair(1, 1);
        line.Repair(2, 2);
        line.Network.RunUntil(() => line.Raised.Count + line.Suppressed.Count == 0, "cleared", 120);
        line.Network.RunUntil(() => line.Network.Nodes.SelectMany(n => n.Node.TeLinks).SelectMany(t => t.DataLinks).All(l => l.State == UpAlloc), "in use again", 120);
    }

    [Theory]
    [InlineData(MessageType.ChannelStatus)]
    [InlineData(MessageType.ChannelStatusAck)]
    [Requirement("4204-7-2")]
    public void The_first_message_of_each_node_may_get_lost(MessageType type)
    {
        var line = new LightLine(4);
        var lost = new HashSet<NetworkEndpoint>();
        line.Network.Filter = d => d.Type != type || !lost.Add(d.Source);
        line.Cut(2);
        line.Network.RunMs(2000);
        Assert.NotEmpty(lost);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
        AssertRepaired(line, 2);
    }

    [Theory]
    [InlineData(MessageType.ChannelStatusRequest)]
    [InlineData(MessageType.ChannelStatusResponse)]
    [Requirement("4204-6.2-3")]
    public void Where_answers_never_arrive_a_question_helps_even_if_it_or_its_answer_gets_lost(MessageType type)
    {
        var line = new LightLine(2);
        var lost = false;
        line.Network.Filter = d => d.Type switch
        {
            MessageType.ChannelStatus => d.Source.ToString().StartsWith("10.1.0.2", StringComparison.Ordinal),
            _ when d.Type == type && !lost => !(lost = true),
            _ => true,
        };
        line.Cut(1, westward: false);
        line.Network.RunMs(900);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 SignalFail west-1"], line.Raised);
        line.Network.RunMs(1100);
        Assert.True(lost);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
        line.Network.Filter = _ => true;
        line.Network.RunMs(10_000);
        AssertRepaired(line, 1);
    }

    [Fact]
    public void A_node_that_starts_anew_is_told_what_its_neighbours_see()
    {
        var line = new LightLine(3, allocate: false);
        line.Cut(2, westward: false);
        line.Network.RunMs(100);
        line.Restart(2);
        line.Network.RunUntil(() => line.Network.Nodes.All(n => n.Node.TeLinks.All(t => t.State == TeLinkState.Up)), "all TE links up");
        line.Network.RunMs(5000);
        Assert.Equal(SignalState.Fail, line.Link(2, "east-1").RemoteSignal);
        Assert.Equal(["n2 FaultLocalized east-1", "n3 FaultLocalized west-1"], line.Raised);
    }

    private static void AssertRepaired(LightLine line, int span)
    {
        line.Repair(span);
        line.Network.RunMs(5000);
        Assert.Empty(line.Raised);
        Assert.Empty(line.Suppressed);
        foreach (var link in line.Network.Nodes.SelectMany(n => n.Node.TeLinks).SelectMany(t => t.DataLinks))
            Assert.Equal((link.Name, UpAlloc, true, null), (link.Name, link.State, link.Allocated, link.Fault));
    }
}
