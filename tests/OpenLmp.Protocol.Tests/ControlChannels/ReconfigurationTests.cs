// RFC 4204 §11.1.2, event 14: another configuration while control channels are in every state.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ReconfigurationTests
{
    private const ControlChannelRole Passive = ControlChannelRole.Passive;

    [Theory]
    [InlineData(Down)]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    [InlineData(GoingDown)]
    public void The_same_configuration_disturbs_nothing(ControlChannelState state)
    {
        var duel = Duel.In(state);
        var reason = duel.Channel.Reason;
        duel.Reconfigure(c => c with { });
        Assert.Equal((state, reason), (duel.State, duel.Channel.Reason));
        Assert.Empty(duel.Node.Events);
        Assert.Empty(duel.Peer.Hear());
    }

    [Theory]
    [InlineData(Active)]
    [InlineData(Up)]
    [InlineData(GoingDown)]
    public void Who_starts_is_of_no_interest_to_a_channel_that_has_started(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Reconfigure(c => c with { Role = Passive });
        Assert.Equal(state, duel.State);
        Assert.Empty(duel.Node.Events);
        Assert.Empty(duel.Peer.Hear());
        if (state == GoingDown) return;
        duel.RunMs(500);
        Assert.Equal(ConfRcv, duel.State);
    }

    [Fact]
    public void A_role_that_changes_during_negotiation_starts_it_over()
    {
        var duel = Duel.In(ConfSnd);
        duel.Reconfigure(c => c with { Role = Passive });
        Assert.Equal(["ConfSnd>Down", "Down>ConfRcv"], duel.Changes);
        Assert.Equal("waiting for a Config from b at 10.255.0.2", duel.Channel.Reason);
        Assert.DoesNotContain(duel.Node.Events.OfType<ControlChannelStateChanged>(), e => e.Reason.Length == 0);
        duel.RunMs(60_000);
        Assert.Empty(duel.Peer.Hear());

        duel = Duel.In(ConfRcv, Passive);
        duel.Reconfigure(c => c with { Role = ControlChannelRole.Active });
        Assert.Equal(["ConfRcv>Down", "Down>ConfSnd"], duel.Changes);
        Assert.Single(duel.Peer.Hear<ConfigMessage>());
    }

    [Fact]
    public void In_the_pause_after_giving_up_new_parameters_are_tried_at_once()
    {
        var duel = new Duel();
        duel.RunMs(3_600);
        Assert.Equal(Down, duel.State);
        duel.Peer.Hear();
        duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200) });
        Assert.Equal((ConfSnd, 200), (duel.State, duel.Channel.HelloInterval));
        Assert.Equal(200, duel.Peer.HearOne<ConfigMessage>().Find<HelloConfig>()!.HelloInterval);
        Assert.NotEmpty(duel.Channel.Reason);
    }

    [Fact]
    public void A_passive_channel_that_the_neighbour_took_down_starts_when_it_becomes_active()
    {
        var duel = Duel.In(Up, Passive);
        duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        Assert.Equal(Down, duel.State);
        duel.Reconfigure(c => c with { Role = ControlChannelRole.Active });
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void Without_transport_a_new_configuration_waits_for_it()
    {
        var duel = Duel.In(Up);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down");
        duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around(200), Role = Passive });
        Assert.Equal((Down, "interface eth0 is down"), (duel.State, duel.Channel.Reason));
        duel.RunMs(60_000);
        Assert.Equal(Down, duel.State);
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        Assert.Equal(ConfRcv, duel.State);
    }

    [Theory]
    [InlineData(ControlChannelRole.Active, ControlChannelRole.Active)]
    [InlineData(ControlChannelRole.Active, Passive)]
    [InlineData(Passive, ControlChannelRole.Active)]
    public void New_hello_ranges_at_one_end_of_a_channel_that_is_up_are_agreed_anew(ControlChannelRole roleOfA, ControlChannelRole roleOfB)
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A(c => c with { Role = roleOfA })), network.Add(B(c => c with { Role = roleOfB })));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        a.Node.Reconfigure(network.Now, A(c => c with { Role = roleOfA, HelloInterval = IntervalRange.Exactly(300), HelloDeadInterval = IntervalRange.Exactly(1000) }));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && b.Channel.HelloInterval == 300, seconds: 5);
        network.RunMs(10_000);
        Assert.Equal((Up, Up), (a.Channel.State, b.Channel.State));
        Assert.Equal(0, a.Channel.Flaps);
        Assert.Equal(1000, b.Channel.HelloDeadInterval);

        // Ranges that do not meet are told, and meeting again heals.
        b.Node.Reconfigure(network.Now, B(c => c with { Role = roleOfB, HelloInterval = IntervalRange.Exactly(150) }));
        network.RunMs(10_000);
        Assert.NotNull(a.Alarm(AlarmKind.NegotiationFailed, "b/1"));
        Assert.NotNull(b.Alarm(AlarmKind.NegotiationFailed, "a/11"));
        b.Node.Reconfigure(network.Now, B(c => c with { Role = roleOfB }));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, seconds: 15);
        Assert.Null(a.Alarm(AlarmKind.NegotiationFailed, "b/1"));
        Assert.Null(b.Alarm(AlarmKind.ControlChannelDown, "a/11"));
    }

    [Fact]
    public void Retransmission_parameters_hold_for_the_next_message()
    {
        var duel = Duel.In(Up);
        duel.Reconfigure(c => c with { Retransmit = new RetransmitConfiguration(TimeSpan.FromMilliseconds(100), 0, 5, TimeSpan.FromSeconds(1)) });
        Assert.Equal(Up, duel.State);
        duel.RunMs(500);
        duel.Peer.Hear();
        var start = duel.Now;
        duel.RunMs(1_500);
        Assert.Equal([100, 200, 300, 400, 1500], duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds));
    }

    [Theory]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    [InlineData(GoingDown)]
    [InlineData(Down)]
    public void A_channel_that_is_removed_tells_the_neighbour_and_leaves_nothing_behind(ControlChannelState state)
    {
        var duel = Duel.In(state);
        if (state == Down)
        {
            duel.Node.TransportUp();
            duel.RunMs(4_000);
            duel.Peer.Hear();
        }

        duel.Node.Events.Clear();
        duel.Lmp.Reconfigure(duel.Now, duel.Configuration with { Neighbors = [duel.Configuration.Neighbors[0] with { ControlChannels = [] }] });
        Assert.Equal((Down, "it is no longer configured"), (duel.State, duel.Channel.Reason));
        Assert.Equal(state is Active or Up ? [HeaderFlags.ControlChannelDown] : [], duel.Peer.Hear().Select(m => m.Flags));
        Assert.All(duel.Node.Events.OfType<ControlChannelStateChanged>(), e => Assert.Equal("it is no longer configured", e.Reason));
        Assert.Empty(duel.Node.Open);
        Assert.Equal(Instant.Never, duel.Lmp.NextDeadline);
        Assert.DoesNotContain(duel.Lmp.Alarms.All, a => a.State != AlarmState.Cleared);
        Assert.Equal("no control channel is configured", duel.Lmp.Neighbors.Single().Reason);

        // The host may not have heard yet.
        duel.Lmp.TransportUp(duel.Now, duel.Channel);
        duel.Lmp.TransportDown(duel.Now, duel.Channel, "gone");
        duel.Peer.SayConfig();
        Assert.Equal((Down, "it is no longer configured"), (duel.State, duel.Channel.Reason));
        Assert.Empty(duel.Peer.Hear());
        Assert.Equal(CommandStatus.NotFound, duel.Lmp.ControlChannelUp(duel.Now, "b", 1).Status);
    }

    [Fact]
    public void Other_addresses_make_another_channel_that_comes_up()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A()), network.Add(B()));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        var before = a.Channel;
        a.Node.Reconfigure(network.Now, A(c => c with { Local = At("10.255.9.1") }));
        b.Node.Reconfigure(network.Now, B(c => c with { Remote = At("10.255.9.1") }));
        Assert.NotSame(before, a.Channel);
        a.TransportUp();
        b.TransportUp();
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, seconds: 15);
        Assert.Equal(At("10.255.9.1"), b.Channel.Remote);
        var last = network.Sent.Last(d => d.Source == before.Local);
        Assert.Equal((before.LastChange, true), (last.SentAt, last.Message!.Flags.HasFlag(HeaderFlags.ControlChannelDown)));
    }

    [Fact]
    public void A_second_channel_is_added_and_the_first_removed_without_losing_the_adjacency()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(A()), network.Add(B()));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        var (firstA, firstB) = (A().Neighbors[0], B().Neighbors[0]);
        var (secondA, secondB) = (Channel(2, "10.255.1.1", "10.255.1.2"), Channel(12, "10.255.1.2", "10.255.1.1"));
        a.Events.Clear();
        b.Events.Clear();

        a.Node.Reconfigure(network.Now, A() with { Neighbors = [firstA with { ControlChannels = [.. firstA.ControlChannels, secondA] }] });
        b.Node.Reconfigure(network.Now, B() with { Neighbors = [firstB with { ControlChannels = [.. firstB.ControlChannels, secondB] }] });
        a.TransportUp();
        b.TransportUp();
        network.RunUntil(() => a.Node.Neighbors.Single().ControlChannels.Concat(b.Node.Neighbors.Single().ControlChannels).All(c => c.State == Up));
        a.Node.Reconfigure(network.Now, A() with { Neighbors = [firstA with { ControlChannels = [secondA] }] });
        b.Node.Reconfigure(network.Now, B() with { Neighbors = [firstB with { ControlChannels = [secondB] }] });
        network.RunMs(30_000);

        Assert.Equal((2u, Up, 0), (a.Channel.Id, a.Channel.State, a.Channel.Flaps));
        Assert.Empty(a.Events.Concat(b.Events).OfType<AdjacencyChanged>());
        Assert.Empty(a.Events.Concat(b.Events).OfType<TeLinkStateChanged>());
    }

    [Fact]
    public void Names_and_Node_Ids_that_change_make_another_neighbour()
    {
        var duel = Duel.In(Up);
        var neighbor = duel.Configuration.Neighbors[0];
        duel.Lmp.Reconfigure(duel.Now, duel.Configuration with { Neighbors = [neighbor with { Name = "c" }] });
        Assert.Equal(HeaderFlags.ControlChannelDown, duel.Peer.HearOne<HelloMessage>().Flags);
        duel.Node.TransportUp();
        Assert.Equal(("c/1", ConfSnd), (duel.Node.Channel.ToString(), duel.Node.Channel.State));
        duel.Lmp.Reconfigure(duel.Now, duel.Configuration with { Neighbors = [neighbor with { Name = "c", NodeId = Id("10.0.0.7") }] });
        duel.Node.TransportUp();
        duel.Peer.SayConfig();
        Assert.Equal("the node at 10.255.0.2 has Node_Id 10.0.0.2, c is configured as 10.0.0.7; correct node-id, or the address", duel.Node.Channel.Reason);
    }
}
