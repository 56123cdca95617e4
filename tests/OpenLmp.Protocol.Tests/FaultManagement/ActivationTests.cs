// RFC 4204 §6.4, §6.5: channel activation and deactivation indication.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.StatusPartner;

namespace OpenLmp.Protocol.Tests;

public class ActivationTests
{
    private readonly StatusPartner _b = new();

    [Fact]
    public void Allocation_and_release_are_indicated_by_the_Active_bit_all_of_a_command_together()
    {
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-1", "te1-2"]);
        _b.RunMs(0);
        Assert.Equal(
            [Entry(101, true, ChannelCondition.SignalOkay), Entry(102, true, ChannelCondition.SignalOkay)], Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels);
        _b.Acknowledge();
        _b.Node.Node.Release(_b.Node.Now, ["te1-2"]);
        _b.RunMs(0);
        Assert.Equal([Entry(102, false, ChannelCondition.SignalOkay)], Assert.Single(_b.Statuses[^1].ChannelStatuses).Channels);
    }

    [Fact]
    [Requirement("4204-6.4-1")]
    [Requirement("4204-6.4-2")]
    [Requirement("4204-6.4-3")]
    public void Activation_makes_the_link_active_and_a_failure_that_is_found_is_told()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.Tell(1, Entry(201, true, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.True(_b.Link is { IsActiveThere: true, IsWatched: true });
        Assert.True(Assert.Single(_b.Node.Events.OfType<ChannelActivationChanged>()).Active);
        Assert.Equal(2, _b.Statuses.Count);
        Assert.Equal([Entry(101, false, ChannelCondition.SignalFail)], Assert.Single(_b.Statuses[^1].ChannelStatuses).Channels);
        // It is the neighbour's channel that is allocated; ours is for our side's signalling to allocate.
        Assert.False(_b.Link.Allocated);
    }

    [Fact]
    [Requirement("4204-6.5-1")]
    public void A_deactivated_channel_is_no_longer_watched_until_it_is_activated_again()
    {
        _b.Tell(1, Entry(201, true, ChannelCondition.SignalOkay));
        _b.Tell(2, Entry(201, false, ChannelCondition.SignalOkay));
        Assert.True(_b.Link is { IsActiveThere: false, IsWatched: false });
        // Light that goes away with the connection is no fault.
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(5000);
        Assert.Empty(_b.Statuses);
        Assert.Empty(_b.Node.RaisedAlarms);
        Assert.Equal((DataLinkState.UpFree, SignalState.Fail), (_b.Link.State, _b.Link.Signal));

        _b.Tell(3, Entry(201, true, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.Equal([Entry(101, false, ChannelCondition.SignalFail)], Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.SignalFail, "te1-1"));
        Assert.Equal(DataLinkState.Down, _b.Link.State);
    }

    [Fact]
    [Requirement("4204-6.5-1")]
    public void Deactivation_ends_what_is_known_of_a_fault_and_releases_nothing()
    {
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-1"]);
        _b.Tell(1, Entry(201, true, ChannelCondition.SignalOkay));
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.AcknowledgeAll();
        _b.Tell(2, Entry(201, true, ChannelCondition.SignalOkay, transmit: true));
        _b.RunMs(0);
        Assert.Equal(DataLinkState.Down, _b.Link.State);
        Assert.NotNull(_b.Link.Fault);

        _b.Tell(3, Entry(201, false, ChannelCondition.SignalOkay));
        _b.RunMs(0);
        Assert.Empty(_b.Node.RaisedAlarms);
        Assert.Equal((DataLinkState.UpAlloc, true, null), (_b.Link.State, _b.Link.Allocated, _b.Link.Fault));
        // That it is over is told all the same: the neighbour knows of it.
        _b.Signal(SignalState.Ok, "te1-1");
        _b.RunMs(0);
        Assert.Equal([Entry(101, true, ChannelCondition.SignalOkay)], Assert.Single(_b.Statuses[^1].ChannelStatuses).Channels);
    }

    [Fact]
    public void A_report_of_a_fault_activates_and_deactivates_nothing()
    {
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-1"]);
        _b.Tell(1, Entry(201, false, ChannelCondition.SignalFail));
        Assert.True(_b.Link.IsWatched);
        Assert.Empty(_b.Node.Events.OfType<ChannelActivationChanged>());
    }

    [Fact]
    public void Our_own_allocation_watches_a_deactivated_link_again()
    {
        _b.Tell(1, Entry(201, true, ChannelCondition.SignalOkay));
        _b.Tell(2, Entry(201, false, ChannelCondition.SignalOkay));
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        Assert.Equal(CommandStatus.Ok, _b.Node.Node.Allocate(_b.Node.Now, ["te1-1"]).Status);
        _b.RunMs(0);
        Assert.Equal([Entry(101, true, ChannelCondition.SignalFail)], Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels);
        Assert.Equal((DataLinkState.UpAlloc, AlarmSeverity.Critical), (_b.Link.State, _b.Node.Node.Alarms.Find(AlarmKind.SignalFail, "te1-1")!.Severity));
    }

    [Fact]
    public void After_a_release_at_both_ends_dark_fibre_is_nobodys_fault()
    {
        var line = new LightLine(2);
        for (var i = 1; i <= 2; i++) line[i].Node.Release(line.Network.Now, [i == 1 ? "east-1" : "west-1"]);
        line.Network.RunMs(100);
        line.Cut(1);
        line.Network.RunMs(5000);
        Assert.Empty(line.Raised);
        Assert.Equal((DataLinkState.UpFree, DataLinkState.UpFree), (line.Link(1, "east-1").State, line.Link(2, "west-1").State));
    }

    [Fact]
    public void What_was_said_of_a_data_link_that_turns_out_to_be_another_is_void()
    {
        var right = _b.Node.Node.Configuration;
        var (first, second) = (right.TeLinks[0].DataLinks[0], right.TeLinks[0].DataLinks[1]);
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-2"]);
        _b.Tell(1, Entry(202, true, ChannelCondition.SignalOkay));
        _b.Node.Node.Reconfigure(_b.Node.Now, right with
        {
            TeLinks = [right.TeLinks[0] with { DataLinks = [first with { RemoteId = second.RemoteId }, second with { RemoteId = first.RemoteId }] }],
        });
        // Of its data link 201, which is thought to be ours of 102.
        _b.Tell(2, Entry(201, true, ChannelCondition.SignalOkay));
        _b.Tell(3, Entry(201, false, ChannelCondition.SignalFail));
        _b.Node.Node.Reconfigure(_b.Node.Now, right);
        Assert.Equal([true, true], _b.Node.Links.Select(l => l.IsWatched));
        Assert.Equal([SignalState.Unknown, SignalState.Unknown], _b.Node.Links.Select(l => l.RemoteSignal));
        _b.RunMs(0);
        // And what is so is asked for.
        Assert.NotEmpty(_b.Requests);
    }
}
