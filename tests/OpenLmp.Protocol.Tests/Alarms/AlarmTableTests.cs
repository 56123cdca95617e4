using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class AlarmTableTests
{
    [Fact]
    public void An_alarm_is_raised_and_cleared_in_place_and_counts()
    {
        var node = new LinkPartner(NodeA());
        var first = node.Now;
        Signal(node, "te1-1", SignalState.Fail);
        var alarm = Assert.Single(node.Node.Alarms.All);
        Assert.Equal((AlarmKind.SignalFail, "te1-1", AlarmSeverity.Major, AlarmState.Raised, 1, first), (alarm.Kind, alarm.Object, alarm.Severity, alarm.State, alarm.Count, alarm.RaisedAt));

        node.RunMs(1000);
        Signal(node, "te1-1", SignalState.Ok);
        Assert.Equal((AlarmState.Cleared, node.Now, first), (alarm.State, alarm.ClearedAt, alarm.RaisedAt));

        node.RunMs(1000);
        Signal(node, "te1-1", SignalState.Fail);
        Assert.Same(alarm, Assert.Single(node.Node.Alarms.All, a => a.Kind == AlarmKind.SignalFail));
        Assert.Equal((AlarmState.Raised, 2, node.Now), (alarm.State, alarm.Count, alarm.RaisedAt));
    }

    [Fact]
    public void Each_change_is_told_once_as_it_was_then()
    {
        var node = new LinkPartner(NodeA(Link("te1-1", 101, 201)));
        node.Ack();
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(40))));
        node.Send(SummaryOfB(2, Listed(201, 101, Ist(40))));
        node.Send(SummaryOfB(3, Listed(201, 101, Ist(100))));
        node.Send(SummaryOfB(4, Listed(201, 101)));
        node.Send(SummaryOfB(5, Listed(201, 101)));
        Assert.Equal(
            [
                "Raised Major te1-1: bandwidth 10 Gbps here, 40 Gbps at b",
                "Raised Major te1-1: bandwidth 10 Gbps here, 100 Gbps at b",
                "Cleared Major te1-1: bandwidth 10 Gbps here, 100 Gbps at b",
            ],
            node.AlarmsTold);
        Assert.Equal(1, node.Node.Alarms.Find(AlarmKind.DataLinkMismatch, "te1-1")!.Count);
    }

    [Fact]
    public void Alarms_of_different_kinds_and_objects_do_not_touch_one_another()
    {
        var node = new LinkPartner(NodeA());
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102, Ist(40))));
        Signal(node, "te1-1", SignalState.Fail);
        Assert.Equal(3, node.RaisedAlarms.Count);
        node.Send(SummaryOfB(2, Listed(201, 101), Listed(202, 102, Ist(40))));
        Assert.Equal(["te1-1: no usable signal is received from b", "te1-2: bandwidth 10 Gbps here, 40 Gbps at b"], node.RaisedAlarms);
    }

    [Fact]
    public void What_is_raised_is_all_kept_and_of_what_is_cleared_the_last_thousand()
    {
        var node = new LinkPartner(NodeA([.. Enumerable.Range(1, 2200).Select(i => Link($"l{i}", (uint)i, 10_000 + (uint)i))])) { Records = false };
        for (var i = 1; i <= 2200; i++) Signal(node, $"l{i}", SignalState.Fail);
        Assert.Equal(2200, node.Node.Alarms.All.Count);
        for (var i = 1; i <= 2000; i++) Signal(node, $"l{i}", SignalState.Ok);
        Assert.Equal(200 + AlarmTable.MaxCleared, node.Node.Alarms.All.Count);
        Assert.Null(node.Node.Alarms.Find(AlarmKind.SignalFail, "l1000"));
        Assert.Equal(AlarmState.Cleared, node.Node.Alarms.Find(AlarmKind.SignalFail, "l1001")?.State);
        Assert.Equal(AlarmState.Raised, node.Node.Alarms.Find(AlarmKind.SignalFail, "l2001")?.State);
    }

    [Fact]
    public void An_alarm_that_comes_and_goes_does_not_push_others_out()
    {
        var node = new LinkPartner(NodeA([.. Enumerable.Range(1, 1001).Select(i => Link($"l{i}", (uint)i, 10_000 + (uint)i))])) { Records = false };
        for (var i = 1; i <= 1000; i++)
        {
            Signal(node, $"l{i}", SignalState.Fail);
            Signal(node, $"l{i}", SignalState.Ok);
        }

        // Raised again, it is no longer among the cleared; cleared again, it is the last of them.
        for (var i = 0; i < 200_000; i++) Signal(node, "l1", i % 2 == 0 ? SignalState.Fail : SignalState.Ok);
        Assert.Equal(1000, node.Node.Alarms.All.Count);
        Assert.Equal(100_001, node.Node.Alarms.Find(AlarmKind.SignalFail, "l1")!.Count);

        Signal(node, "l1001", SignalState.Fail);
        Signal(node, "l1001", SignalState.Ok);
        Assert.Equal(1000, node.Node.Alarms.All.Count);
        Assert.Null(node.Node.Alarms.Find(AlarmKind.SignalFail, "l2"));
        Assert.NotNull(node.Node.Alarms.Find(AlarmKind.SignalFail, "l1"));
    }

    private static void Signal(LinkPartner node, string link, SignalState signal) => Assert.Equal(CommandStatus.Ok, node.Node.ReportSignal(node.Now, [link], signal).Status);
}
