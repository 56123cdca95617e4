// RFC 4204 §3, §11.1.2 event 2: what is known from below.
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class TransportTests
{
    private const string Why = "interface eth0 is down";

    [Fact]
    public void A_channel_waits_for_its_transport_and_says_so()
    {
        var duel = Duel.In(Down);
        Assert.Equal("its transport is being set up", duel.Channel.Reason);
        duel.RunMs(60_000);
        Assert.Empty(duel.Network.Sent);
        duel.Node.TransportUp();
        Assert.Equal(ConfSnd, duel.State);
    }

    [Theory]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    public void Losing_it_is_told_at_once_and_its_return_starts_over(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        Assert.Equal((Down, Why, state == Up ? 1 : 0), (duel.State, duel.Channel.Reason, duel.Channel.Flaps));
        Assert.Equal("b/1: " + Why, duel.Alarm(AlarmKind.ControlChannelDown)?.Text);
        Assert.Equal(Why, duel.Node.Events.OfType<ControlChannelStateChanged>().Single().Reason);
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());

        duel.Lmp.TransportDown(duel.Now, duel.Channel, "address 10.255.0.1 is not on this machine");
        Assert.Equal("address 10.255.0.1 is not on this machine", duel.Channel.Reason);
        Assert.Equal("b/1: address 10.255.0.1 is not on this machine", duel.Alarm(AlarmKind.ControlChannelDown)?.Text);

        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        duel.Agree();
        duel.Peer.SayHello(1, 1);
        Assert.Equal(Up, duel.State);
        Assert.Null(duel.Alarm(AlarmKind.ControlChannelDown));
    }

    [Theory]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    [InlineData(GoingDown)]
    public void Being_told_twice_that_it_is_there_changes_nothing(ControlChannelState state)
    {
        var duel = Duel.In(state);
        var reason = duel.Channel.Reason;
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        Assert.Equal((state, reason), (duel.State, duel.Channel.Reason));
        Assert.Empty(duel.Node.Events);
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact]
    public void What_arrives_nevertheless_is_not_taken()
    {
        // The neighbour's datagrams may find another way in.
        var duel = Duel.In(Up);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        duel.Peer.SayConfig();
        duel.Peer.SayHello(1, 1);
        Assert.Equal((Down, 2, Why), (duel.State, duel.Dropped(DropReason.WrongState), duel.Channel.Reason));
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact]
    public void Losing_it_in_the_pause_after_giving_up_ends_the_trying()
    {
        var duel = new Duel();
        duel.RunMs(3_600);
        duel.Peer.Hear();
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        Assert.Equal(Instant.Never, duel.Lmp.NextDeadline);
        duel.RunMs(60_000);
        Assert.Equal((Down, Why), (duel.State, duel.Channel.Reason));
        Assert.Empty(duel.Peer.Hear());
    }

    [Fact]
    public void The_operators_wish_and_the_transport_are_both_needed()
    {
        var duel = Duel.In(Up);
        duel.Lmp.ControlChannelDown(duel.Now, "b", 1);
        duel.RunMs(500);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        Assert.Equal("the operator took it down; lmp control-channel up b/1", duel.Channel.Reason);
        Assert.Null(duel.Alarm(AlarmKind.ControlChannelDown));
        Assert.Equal("b/1 is to come up: " + Why, duel.Lmp.ControlChannelUp(duel.Now, "b", 1).Text);
        Assert.Equal((Down, Why), (duel.State, duel.Channel.Reason));
        Assert.Equal("b/1: " + Why, duel.Alarm(AlarmKind.ControlChannelDown)?.Text);
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        Assert.Equal(ConfSnd, duel.State);

        duel = Duel.In(ConfSnd);
        duel.Lmp.ControlChannelDown(duel.Now, "b", 1);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        Assert.Equal((Down, "the operator took it down; lmp control-channel up b/1"), (duel.State, duel.Channel.Reason));
        duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void Losing_it_while_going_down_ends_the_procedure()
    {
        var duel = Duel.In(GoingDown);
        duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, Why);
        duel.RunMs(10_000);
        Assert.Equal((Down, Why), (duel.State, duel.Channel.Reason));
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        Assert.Equal(ConfSnd, duel.State);
    }
}
