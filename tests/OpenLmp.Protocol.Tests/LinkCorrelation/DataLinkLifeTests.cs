// RFC 4204 §11.3: what becomes of a data link by agreement, signals and allocation; and the commands that do it.
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkState;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class DataLinkLifeTests
{
    private readonly LinkPartner _node = new(NodeA());

    private DataLink Link => _node.Links[0];

    [Fact]
    [Requirement("4204-11.3.3-Down-5b")]
    [Requirement("4204-11.3.4-Down-5b")]
    public void An_agreed_link_without_verification_is_free()
    {
        Assert.Equal(Down, Link.State);
        Assert.Equal("waiting for link property correlation of te1: LinkSummary sent to b, waiting for its answer", Link.Reason);
        _node.Ack();
        Assert.Equal((UpFree, UpFree, UpFree), (Link.ActiveState, Link.PassiveState, Link.State));
        Assert.Equal("", Link.Reason);
        Assert.True(Link.IsCorrelated);
    }

    [Fact]
    [Requirement("4204-11.3.3-UpFree-9")]
    [Requirement("4204-11.3.4-UpFree-9")]
    [Requirement("4204-11.3.3-UpAlloc-10")]
    [Requirement("4204-11.3.4-UpAlloc-10")]
    public void Allocation_and_release_go_there_and_back_and_twice_is_once()
    {
        _node.Ack();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(CommandStatus.Ok, _node.Node.Allocate(_node.Now, ["te1-1", "te1-1"]).Status);
            Assert.Equal((UpAlloc, UpAlloc, true), (Link.ActiveState, Link.PassiveState, Link.Allocated));
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(CommandStatus.Ok, _node.Node.Release(_node.Now, ["te1-1", "te1-1"]).Status);
            Assert.Equal((UpFree, UpFree, false), (Link.ActiveState, Link.PassiveState, Link.Allocated));
        }

        Assert.Equal([true, false], _node.Events.OfType<AllocationChanged>().Select(e => e.Allocated));
    }

    [Fact]
    public void Allocation_is_all_or_nothing_and_says_what_stands_in_the_way()
    {
        Assert.Equal(CommandStatus.Conflict, _node.Node.Allocate(_node.Now, ["te1-1"]).Status);
        _node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, _node.LastSummary.DataLinks.Last());
        Assert.Equal([UpFree, Down], _node.Links.Select(l => l.State));

        var refused = _node.Node.Allocate(_node.Now, ["te1-1", "te1-2"]);
        Assert.Equal(CommandStatus.Conflict, refused.Status);
        Assert.StartsWith("te1-2 is Down, only an Up/Free data link can be allocated; ", refused.Text, StringComparison.Ordinal);
        Assert.Equal(CommandResult.NotFound("there is no data link te9-9"), _node.Node.Allocate(_node.Now, ["te1-1", "te9-9"]));
        Assert.Equal(CommandResult.NotFound("there is no data link te9-9"), _node.Node.Release(_node.Now, ["te1-1", "te9-9"]));
        Assert.Equal(CommandResult.NotFound("there is no data link te9-9"), _node.Node.ReportSignal(_node.Now, ["te1-1", "te9-9"], SignalState.Fail));
        Assert.Equal((UpFree, false, SignalState.Unknown), (Link.State, Link.Allocated, Link.Signal));
        Assert.DoesNotContain(_node.Events, e => e is AllocationChanged or SignalChanged);
    }

    [Fact]
    [Requirement("4204-11.3.3-UpFree-14")]
    [Requirement("4204-11.3.4-UpFree-14")]
    public void A_free_link_without_signal_goes_down_and_comes_back_with_it()
    {
        _node.Ack();
        Signal(SignalState.Fail);
        Assert.Equal((Down, Down), (Link.ActiveState, Link.PassiveState));
        Assert.Equal("no usable signal is received; check the fibre and b's transmitter", Link.Reason);
        Assert.Equal("te1-1: no usable signal is received from b", _node.AlarmText(AlarmKind.SignalFail, "te1-1"));
        Assert.Equal(AlarmSeverity.Major, _node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.Severity);
        Assert.Equal(UpFree, _node.Links[1].State);

        Signal(SignalState.Ok);
        Assert.Equal(UpFree, Link.State);
        Assert.Null(_node.AlarmText(AlarmKind.SignalFail, "te1-1"));
    }

    [Theory]
    [InlineData(SignalState.Ok)]
    [InlineData(SignalState.Degrade)]
    [InlineData(SignalState.Unknown)]
    public void Every_signal_but_a_failed_one_is_usable(SignalState signal)
    {
        Signal(SignalState.Fail);
        _node.Ack();
        Assert.Equal(Down, Link.State);
        Signal(signal);
        Assert.Equal(UpFree, Link.State);
        Assert.Equal(signal == SignalState.Degrade ? "te1-1: the signal received from b is degraded" : null, _node.AlarmText(AlarmKind.SignalDegrade, "te1-1"));
        Signal(SignalState.Fail);
        Assert.Null(_node.AlarmText(AlarmKind.SignalDegrade, "te1-1"));
        Assert.Equal(Down, Link.State);
    }

    [Fact]
    public void Before_agreement_no_signal_brings_a_link_up()
    {
        foreach (var signal in (SignalState[])[SignalState.Ok, SignalState.Degrade, SignalState.Fail, SignalState.Unknown, SignalState.Ok])
        {
            Signal(signal);
            Assert.Equal(Down, Link.State);
            Assert.NotEqual("", Link.Reason);
        }
    }

    [Fact]
    public void A_signal_is_told_once_and_repeated_reports_change_nothing()
    {
        _node.Ack();
        Signal(SignalState.Fail);
        Signal(SignalState.Fail);
        Signal(SignalState.Ok);
        Signal(SignalState.Ok);
        Assert.Equal([(SignalState.Unknown, SignalState.Fail), (SignalState.Fail, SignalState.Ok)], _node.Events.OfType<SignalChanged>().Select(e => (e.From, e.To)));
        Assert.Equal(1, _node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.Count);
    }

    [Fact]
    public void An_allocated_link_stays_so_without_signal_and_its_alarm_is_critical_until_the_release()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        Signal(SignalState.Fail);
        Assert.Equal((UpAlloc, true), (Link.State, Link.Allocated));
        Assert.Equal(AlarmSeverity.Critical, _node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.Severity);
        Signal(SignalState.Degrade);
        Signal(SignalState.Fail);
        Assert.Equal((UpAlloc, true), (Link.State, Link.Allocated));

        _node.Node.Release(_node.Now, ["te1-1"]);
        Assert.Equal((Down, false), (Link.State, Link.Allocated));
        Assert.Equal(AlarmSeverity.Major, _node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.Severity);
        Signal(SignalState.Unknown);
        Assert.Equal(UpFree, Link.State);
    }

    [Fact]
    [Requirement("4204-4-7")]
    [Requirement("4204-11.3.3-UpFree-12")]
    [Requirement("4204-11.3.4-UpFree-12")]
    public void A_disagreement_takes_a_free_link_down_and_is_flagged_on_an_allocated_one_until_its_release()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        _node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102, Ist(40))));
        Assert.Equal([UpAlloc, Down], _node.Links.Select(l => l.State));
        Assert.Equal("te1-1: bandwidth 10 Gbps here, 40 Gbps at b", _node.AlarmText(AlarmKind.DataLinkMismatch, "te1-1"));
        Assert.Equal("te1-2: bandwidth 10 Gbps here, 40 Gbps at b", _node.AlarmText(AlarmKind.DataLinkMismatch, "te1-2"));
        Assert.True(Link.Allocated);

        _node.Node.Release(_node.Now, ["te1-1"]);
        Assert.Equal((Down, Down, false), (Link.ActiveState, Link.PassiveState, Link.Allocated));
        Assert.Equal("bandwidth 10 Gbps here, 40 Gbps at b; correct one end", Link.Reason);
    }

    [Fact]
    public void A_disagreement_that_ends_before_the_release_leaves_no_trace()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        _node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102)));
        _node.Send(SummaryOfB(2));
        Assert.Empty(_node.RaisedAlarms);
        _node.Node.Release(_node.Now, ["te1-1"]);
        Assert.Equal(UpFree, Link.State);
    }

    [Fact]
    [Requirement("4204-11.3.3-UpFree-12")]
    public void An_alarm_for_signal_and_one_for_disagreement_do_not_hide_each_other()
    {
        Signal(SignalState.Fail);
        _node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102)));
        Assert.Equal(["te1-1: bandwidth 10 Gbps here, 40 Gbps at b", "te1-1: no usable signal is received from b"], _node.RaisedAlarms);
        Signal(SignalState.Ok);
        Assert.Equal(Down, Link.State);
        Assert.Equal("bandwidth 10 Gbps here, 40 Gbps at b; correct one end", Link.Reason);
    }

    [Fact]
    public void Allocated_and_failed_links_are_told_as_such()
    {
        _node.Ack();
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        Signal(SignalState.Fail);
        _node.Node.Summarize(_node.Now, "te1");
        Assert.Equal([DataLinkFlags.Port | DataLinkFlags.Allocated | DataLinkFlags.Failed, DataLinkFlags.Port], _node.LastSummary.DataLinks.Select(d => d.Flags));
        Signal(SignalState.Degrade);
        _node.Node.Release(_node.Now, ["te1-1"]);
        _node.Node.Summarize(_node.Now, "te1");
        Assert.Equal([DataLinkFlags.Port, DataLinkFlags.Port], _node.LastSummary.DataLinks.Select(d => d.Flags));
    }

    [Fact]
    public void What_the_neighbour_flags_is_no_disagreement()
    {
        _node.Send(SummaryOfB(1, Listed(201, 101) with { Flags = DataLinkFlags.Allocated | DataLinkFlags.Failed }, Listed(202, 102) with { Flags = DataLinkFlags.None }));
        Assert.IsType<LinkSummaryAckMessage>(_node.Messages.Last());
        Assert.Equal([UpFree, UpFree], _node.Links.Select(l => l.State));
        Assert.False(Link.Allocated);
    }

    [Fact]
    public void Losing_the_control_channels_changes_no_data_link_in_any_state()
    {
        _node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, _node.LastSummary.DataLinks.Last());
        _node.Node.Allocate(_node.Now, ["te1-1"]);
        _node.TransportDown();
        _node.RunMs(100_000);
        Assert.Equal([UpAlloc, Down], _node.Links.Select(l => l.State));
        Assert.Equal(CommandStatus.Ok, _node.Node.Release(_node.Now, ["te1-1"]).Status);
        Assert.Equal(UpFree, Link.State);
        Signal(SignalState.Fail);
        Signal(SignalState.Ok);
        Assert.Equal(UpFree, Link.State);
    }

    private void Signal(SignalState signal) => Assert.Equal(CommandStatus.Ok, _node.Node.ReportSignal(_node.Now, ["te1-1"], signal).Status);
}
