// RFC 4204 §7: ChannelStatus messages that come late, twice or the wrong way round.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.StatusPartner;

namespace OpenLmp.Protocol.Tests;

public class StatusOrderTests
{
    private readonly StatusPartner _b = new();

    private long OutOfOrder => _b.Node.Node.Counters.Dropped(DropReason.OutOfOrder);

    private int Acks => _b.Node.Messages.OfType<ChannelStatusAckMessage>().Count();

    private SignalState First => _b.Node.Links[0].RemoteSignal;

    private SignalState Second => _b.Node.Links[1].RemoteSignal;

    [Fact]
    [Requirement("4204-7-3")]
    [Requirement("4204-7-6")]
    [Requirement("4204-7-8")]
    public void An_older_message_about_the_same_channel_is_dropped_silently()
    {
        _b.Tell(10, Entry(201, false, ChannelCondition.SignalFail));
        _b.Tell(9, Entry(201, false, ChannelCondition.SignalOkay));
        Assert.Equal((SignalState.Fail, 1L, 1), (First, OutOfOrder, Acks));
    }

    [Fact]
    [Requirement("4204-7-6")]
    [Requirement("4204-7-7")]
    [Requirement("4204-7-8")]
    public void An_older_message_counts_for_the_channels_of_which_nothing_newer_has_come()
    {
        _b.Tell(10, Entry(201, false, ChannelCondition.SignalFail));
        _b.Tell(9, Entry(201, false, ChannelCondition.SignalOkay), Entry(202, false, ChannelCondition.SignalDegrade));
        Assert.Equal((SignalState.Fail, SignalState.Degrade, 0L, 2), (First, Second, OutOfOrder, Acks));
        _b.Tell(8, Entry(202, false, ChannelCondition.SignalOkay));
        Assert.Equal((SignalState.Degrade, 1L, 2), (Second, OutOfOrder, Acks));
    }

    [Fact]
    public void A_repeated_message_is_acknowledged_again_and_changes_nothing()
    {
        _b.Tell(10, Entry(201, false, ChannelCondition.SignalFail));
        _b.Tell(11, Entry(202, false, ChannelCondition.SignalFail));
        _b.RunMs(0);
        var told = _b.Statuses.Count;
        foreach (var id in (uint[])[10, 11]) _b.Tell(id, Entry(id + 191, false, ChannelCondition.SignalFail));
        _b.RunMs(0);
        Assert.Equal((4, 0L, told), (Acks, OutOfOrder, _b.Statuses.Count));
    }

    [Fact]
    public void Both_directions_of_a_channel_may_be_in_one_message()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Tell(1, Entry(201, false, ChannelCondition.SignalDegrade), Entry(201, false, ChannelCondition.SignalFail, transmit: true));
        Assert.Equal((SignalState.Degrade, true), (First, _b.Link.IsFaultElsewhere));
    }

    [Fact]
    public void The_order_wraps_around()
    {
        _b.Tell(uint.MaxValue, Entry(201, false, ChannelCondition.SignalFail));
        _b.Tell(3, Entry(201, false, ChannelCondition.SignalOkay));
        Assert.Equal((SignalState.Ok, 0L), (First, OutOfOrder));
    }

    [Fact]
    public void The_whole_TE_link_has_a_place_in_the_order_of_each_of_its_channels()
    {
        _b.Tell(10, Entry(201, false, ChannelCondition.SignalOkay));
        _b.Tell(9, Entry(0, false, ChannelCondition.SignalFail));
        Assert.Equal((SignalState.Ok, SignalState.Fail), (First, Second));
        _b.Tell(11, Entry(0, false, ChannelCondition.SignalFail));
        Assert.Equal((SignalState.Fail, SignalState.Fail), (First, Second));
    }

    [Fact]
    public void After_the_adjacency_was_lost_Message_Ids_may_start_anywhere()
    {
        _b.Tell(1000, Entry(201, false, ChannelCondition.SignalFail));
        _b.Node.TransportDown();
        _b.Node.TransportUp();
        Assert.Equal(TeLinkState.Up, _b.Node.TeLink.State);
        _b.Tell(5, Entry(201, false, ChannelCondition.SignalOkay));
        Assert.Equal((SignalState.Ok, 0L), (First, OutOfOrder));
    }
}
