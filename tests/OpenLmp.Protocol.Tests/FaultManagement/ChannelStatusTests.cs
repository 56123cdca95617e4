// RFC 4204 §6, §12.7, §13.13: ChannelStatus and its acknowledgement, both ways, message by message.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class ChannelStatusTests
{
    private readonly StatusPartner _b = new();

    [Fact]
    public void The_alarm_about_an_unanswered_ChannelStatus_ends_with_what_it_had_to_tell()
    {
        // The neighbour receives nothing, and does not acknowledge what we have to send.
        _b.Tell(1, StatusPartner.Entry(201, false, ChannelCondition.SignalFail));
        _b.RunMs(3_500);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.ChannelStatusUnanswered, "te1"));
        // Nobody has anything to say any more: no acknowledgement will come.
        _b.Tell(2, StatusPartner.Entry(201, false, ChannelCondition.SignalOkay));
        _b.RunMs(10_000);
        Assert.Null(_b.Node.AlarmText(AlarmKind.ChannelStatusUnanswered, "te1"));
    }

    [Fact]
    [Requirement("4204-12.7.1-2")]
    [Requirement("4204-7-1")]
    public void A_failed_input_is_told_at_the_end_of_the_turn_in_the_RFCs_order()
    {
        _b.Signal(SignalState.Fail, "te1-2");
        Assert.Empty(_b.Statuses);
        _b.RunMs(0);
        var message = Assert.Single(_b.Statuses);
        Assert.Equal([ObjectClass.LinkId, ObjectClass.MessageId, ObjectClass.ChannelStatus], message.Objects.Select(o => o.Class));
        Assert.Equal(Identifier.Unnumbered(1), message.LocalLinkId);
        Assert.Equal([StatusPartner.Entry(102, false, ChannelCondition.SignalFail)], Assert.Single(message.ChannelStatuses).Channels);
        _b.Acknowledge();
        _b.Signal(SignalState.Degrade, "te1-2");
        _b.RunMs(0);
        Assert.Equal([StatusPartner.Entry(102, false, ChannelCondition.SignalDegrade)], Assert.Single(_b.Statuses[^1].ChannelStatuses).Channels);
        Assert.True(_b.Statuses[^1].MessageId > message.MessageId);
    }

    [Fact]
    [Requirement("4204-6.2-1")]
    [Requirement("4204-6.4-1")]
    [Requirement("4204-12.7.1-1")]
    [Requirement("4204-12.7.2-1")]
    [Requirement("4204-12.7.2-2")]
    public void Every_ChannelStatus_is_acknowledged_by_its_Message_Id()
    {
        foreach (var (id, condition) in ((uint, ChannelCondition)[])[(7, ChannelCondition.SignalFail), (8, ChannelCondition.SignalOkay), (9, (ChannelCondition)77)])
        {
            _b.Tell(id, StatusPartner.Entry(201, true, condition));
            var ack = Assert.IsType<ChannelStatusAckMessage>(_b.Node.Messages[^1]);
            Assert.Equal((id, 1), (ack.MessageIdAck!.Value, ack.Objects.Count));
        }

        // Of a TE link, and of data links, that nobody knows.
        _b.Node.Send(new ChannelStatusMessage(Identifier.Unnumbered(99), 10, new ChannelStatusObject(IdentifierType.Unnumbered, [StatusPartner.Entry(201, false, ChannelCondition.SignalFail)])));
        Assert.Equal(10u, Assert.IsType<ChannelStatusAckMessage>(_b.Node.Messages[^1]).MessageIdAck);
        _b.Tell(11, StatusPartner.Entry(999, false, ChannelCondition.SignalFail));
        Assert.Equal(11u, Assert.IsType<ChannelStatusAckMessage>(_b.Node.Messages[^1]).MessageIdAck);
        Assert.Equal(2, _b.Node.Node.Counters.Dropped(DropReason.UnknownLink));
    }

    [Fact]
    [Requirement("4204-6.2-2")]
    public void What_the_neighbour_does_not_receive_is_answered_with_what_we_have_to_send()
    {
        _b.Tell(1, StatusPartner.Entry(201, false, ChannelCondition.SignalFail));
        _b.RunMs(0);
        // Nothing is cross-connected to it: it is the edge, and there is light.
        Assert.Equal([StatusPartner.Entry(101, false, ChannelCondition.SignalOkay, transmit: true)], Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.FaultLocalized, "te1-1"));
        Assert.Equal((SignalState.Fail, DataLinkState.Down), (_b.Link.RemoteSignal, _b.Link.State));
        _b.Acknowledge();

        // Asked again, answered again; and taken back.
        _b.Tell(2, StatusPartner.Entry(201, false, ChannelCondition.SignalFail));
        _b.RunMs(0);
        Assert.Equal(2, _b.Statuses.Count);
        _b.Acknowledge();
        _b.Tell(3, StatusPartner.Entry(201, false, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.Null(_b.Node.AlarmText(AlarmKind.FaultLocalized, "te1-1"));
        Assert.Equal((SignalState.Ok, DataLinkState.UpFree, 2), (_b.Link.RemoteSignal, _b.Link.State, _b.Statuses.Count));
    }

    [Theory]
    [InlineData(ChannelCondition.SignalOkay, true, AlarmState.Suppressed)]
    [InlineData(ChannelCondition.SignalDegrade, true, AlarmState.Suppressed)]
    [InlineData(ChannelCondition.SignalFail, false, AlarmState.Suppressed)]
    [InlineData((ChannelCondition)0, false, AlarmState.Raised)]
    public void What_the_neighbour_has_to_send_tells_where_the_fault_is(ChannelCondition sends, bool here, AlarmState own)
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        Assert.Equal(AlarmState.Raised, _b.Node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.State);
        _b.Acknowledge();
        _b.Tell(1, StatusPartner.Entry(201, false, sends, transmit: true));
        _b.RunMs(0);
        Assert.Equal(here, _b.Node.AlarmText(AlarmKind.FaultLocalized, "te1-1") is not null);
        var alarm = _b.Node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!;
        Assert.Equal(own, alarm.State);
        Assert.Equal(own == AlarmState.Raised ? null : here ? "fault-localized te1-1" : "a fault upstream of b", alarm.Cause);
        Assert.Equal(SignalState.Unknown, _b.Link.RemoteSignal);
        _b.Signal(SignalState.Ok, "te1-1");
        _b.RunMs(0);
        Assert.Empty(_b.Node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-6.2-4")]
    [Requirement("4204-13.13-1")]
    public void All_of_a_TE_link_failed_is_told_by_one_Interface_Id_and_that_is_zero()
    {
        _b.Signal(SignalState.Fail, "te1-1", "te1-2");
        _b.RunMs(0);
        var entry = Assert.Single(Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels);
        Assert.Equal(StatusPartner.Entry(0, false, ChannelCondition.SignalFail), entry);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_TE_link_that_failed_as_a_whole_is_understood_in_both_forms(bool empty)
    {
        var whole = empty
            ? new ChannelStatusObject(IdentifierType.Unnumbered, [])
            : ChannelStatusObject.ForTeLink(IdentifierType.Unnumbered, new ChannelState(false, ChannelDirection.Receive, ChannelCondition.SignalFail));
        _b.Node.Send(new ChannelStatusMessage(Identifier.Unnumbered(2), 5, whole));
        _b.RunMs(0);
        Assert.Equal([SignalState.Fail, SignalState.Fail], _b.Node.Links.Select(l => l.RemoteSignal));
        // One cause, one alarm.
        var raised = Assert.Single(_b.Node.Node.Alarms.All, a => a.State == AlarmState.Raised);
        Assert.Equal((AlarmKind.FaultLocalized, "te1", AlarmSeverity.Major), (raised.Kind, raised.Object, raised.Severity));
        Assert.Equal(["fault-localized te1", "fault-localized te1"], _b.Node.Node.Alarms.All.Where(a => a.State == AlarmState.Suppressed).Select(a => a.Cause));
        _b.Tell(6, StatusPartner.Entry(201, false, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.FaultLocalized, "te1"));
        _b.Tell(7, StatusPartner.Entry(202, false, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.Empty(_b.Node.RaisedAlarms);
    }

    [Fact]
    [Requirement("4204-7-2")]
    public void Unacknowledged_it_is_sent_again_with_its_Message_Id_then_given_up_with_an_alarm_and_told_anew()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(3499);
        Assert.Equal([0, 500, 1500], _b.StatusTimes);
        Assert.Single(_b.Statuses.Select(s => s.MessageId).Distinct());
        _b.RunMs(1);
        Assert.Contains("ChannelStatus messages unanswered by b", _b.Node.AlarmText(AlarmKind.ChannelStatusUnanswered, "te1"), StringComparison.Ordinal);
        _b.Signal(SignalState.Degrade, "te1-1");
        _b.RunMs(2000);
        // What is told anew is how it is by now.
        Assert.Equal([StatusPartner.Entry(101, false, ChannelCondition.SignalDegrade)], Assert.Single(_b.Statuses[^1].ChannelStatuses).Channels);
        Assert.NotEqual(_b.Statuses[0].MessageId, _b.Statuses[^1].MessageId);
        _b.Acknowledge();
        Assert.Null(_b.Node.AlarmText(AlarmKind.ChannelStatusUnanswered, "te1"));
    }

    [Fact]
    public void Where_one_end_does_not_support_it_nothing_is_sent_and_what_comes_is_acknowledged_and_ignored()
    {
        foreach (var partner in (StatusPartner[])[new(t => t with { FaultManagement = false }), new(theirs: TeLinkFlags.LinkVerification)])
        {
            partner.Signal(SignalState.Fail, "te1-1");
            partner.Node.Node.Allocate(partner.Node.Now, ["te1-2"]);
            partner.RunMs(5000);
            Assert.Empty(partner.Statuses);
            Assert.NotNull(partner.Node.AlarmText(AlarmKind.SignalFail, "te1-1"));
            partner.Tell(1, StatusPartner.Entry(202, true, ChannelCondition.SignalFail));
            Assert.IsType<ChannelStatusAckMessage>(partner.Node.Messages[^1]);
            partner.RunMs(0);
            Assert.Equal((SignalState.Unknown, 1), (partner.Node.Links[1].RemoteSignal, partner.Node.Node.Counters.Dropped(DropReason.Unsupported)));
        }
    }

    [Fact]
    public void Support_that_the_neighbour_withdraws_takes_what_it_said_along()
    {
        _b.Tell(1, StatusPartner.Entry(201, false, ChannelCondition.SignalFail));
        _b.RunMs(0);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.FaultLocalized, "te1-1"));
        _b.Node.Send(SummaryOfB(500) with { Objects = [new MessageId(500), TeLinkOfB() with { Flags = TeLinkFlags.LinkVerification }, Listed(201, 101), Listed(202, 102)] });
        _b.RunMs(0);
        Assert.Empty(_b.Node.RaisedAlarms);
        Assert.Equal((SignalState.Unknown, DataLinkState.UpFree), (_b.Link.RemoteSignal, _b.Link.State));
    }

    [Fact]
    public void Another_channel_takes_over_a_ChannelStatus_that_waits()
    {
        var b = new StatusPartner(channels: 2);
        b.Signal(SignalState.Fail, "te1-1");
        b.RunMs(0);
        var used = b.Node.Sent[^1].Channel;
        b.Node.TransportDown(b.Node.Channels[0].Id == used ? 0 : 1);
        b.RunMs(600);
        Assert.NotEqual(used, b.Node.Sent[^1].Channel);
        Assert.Equal(TeLinkState.Up, b.Node.TeLink.State);
    }

    [Fact]
    public void Any_input_leaves_links_and_allocations_in_order()
    {
        var random = new Random(4204);
        var b = new StatusPartner();
        b.Node.Node.Allocate(b.Node.Now, ["te1-1"]);
        for (var i = 0; i < 3000; i++)
        {
            var id = (uint)random.Next(1, 40);
            var entries = Enumerable.Range(0, random.Next(0, 4)).Select(_ => new ChannelStatusEntry(
                Identifier.Unnumbered((uint)random.Next(0, 4) is var n && n == 0 ? 0 : 200 + n),
                new ChannelState(random.Next(2) == 0, (ChannelDirection)random.Next(2), (ChannelCondition)random.Next(0, 5))));
            var objects = new LmpObject[] { new ChannelStatusObject(IdentifierType.Unnumbered, [.. entries]) };
            var link = Identifier.Unnumbered((uint)random.Next(1, 4));
            LmpMessage message = random.Next(6) switch
            {
                0 => new ChannelStatusAckMessage(id),
                1 => new ChannelStatusResponseMessage(id + 100, objects),
                2 => new ChannelStatusRequestMessage(link, id, new ChannelStatusRequestObject(IdentifierType.Unnumbered, [Identifier.Unnumbered(200u + id)])),
                _ => new ChannelStatusMessage(link, id, objects),
            };
            b.Node.Send(message);
            if (random.Next(5) == 0) b.Signal((SignalState)random.Next(4), $"te1-{random.Next(1, 3)}");
            b.RunMs(random.Next(0, 200));
            Assert.True(b.Link.Allocated);
            Assert.NotNull(b.Node.Links.Select(l => l.State is DataLinkState.Down && l.Reason.Length == 0 ? null : l.Name).First());
            foreach (var l in b.Node.Links)
                Assert.Equal(l.Fault is not null, b.Node.Node.Alarms.Find(AlarmKind.FaultLocalized, l.Name) is { State: not AlarmState.Cleared });
        }
    }
}
