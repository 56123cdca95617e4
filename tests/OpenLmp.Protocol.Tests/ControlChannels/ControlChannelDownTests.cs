// RFC 4204 §3.2.3: taking a control channel down, and up again.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class ControlChannelDownTests
{
    [Fact, Requirement("4204-3.2.3-2"), Requirement("4204-3.2.3-3")]
    public void The_flag_goes_there_and_back_and_both_are_down_in_one_round_trip()
    {
        var (network, a, b) = TwoUp();
        var start = network.Now;
        Assert.Equal("b/1 is going down", a.Node.ControlChannelDown(network.Now, "b", 1).Text);
        network.RunMs(2);
        Assert.Equal((Down, Down), (a.Channel.State, b.Channel.State));
        Assert.Equal(["a", "b"], network.Sent.Where(d => d.SentAt >= start).Select(d => d.Source == a.Channel.Local ? "a" : "b"));
        Assert.All(network.Sent.Where(d => d.SentAt >= start), d => Assert.Equal(HeaderFlags.ControlChannelDown, d.Message!.Flags));
        Assert.Equal("the operator took it down; lmp control-channel up b/1", a.Channel.Reason);
        Assert.Equal("a took the control channel down; take it up at a", b.Channel.Reason);
        Assert.Equal((0, 1), (a.Channel.Flaps, b.Channel.Flaps));
        Assert.Null(a.Alarm(AlarmKind.ControlChannelDown, "b/1"));
        Assert.Equal("a/11: " + b.Channel.Reason, b.Alarm(AlarmKind.ControlChannelDown, "a/11")?.Text);
    }

    [Fact, Requirement("4204-3.2.3-2")]
    public void While_going_down_every_message_carries_the_flag()
    {
        // Nothing gets through: the whole time runs.
        var (network, a, _) = TwoUp();
        var start = network.Now;
        network.Filter = d => d.Source != a.Channel.Local;
        a.Node.ControlChannelDown(network.Now, "b", 1);
        network.RunMs(499);
        Assert.Equal(GoingDown, a.Channel.State);
        network.RunMs(10_000);
        var sent = network.Sent.Where(d => d.SentAt >= start && d.Source == a.Channel.Local).ToList();
        Assert.Equal([0, 150, 300, 450], sent.Select(d => (d.SentAt - start).TotalMilliseconds));
        Assert.All(sent, d => Assert.True(d.Message!.Flags.HasFlag(HeaderFlags.ControlChannelDown)));
    }

    [Fact]
    public void With_Hello_off_the_flag_is_told_for_one_second()
    {
        var duel = Duel.In(Up, channel: c => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off });
        var start = duel.Now;
        duel.Lmp.ControlChannelDown(duel.Now, "b", 1);
        duel.RunMs(999);
        Assert.Equal(GoingDown, duel.State);
        duel.RunMs(1);
        Assert.Equal(Down, duel.State);
        Assert.Equal([0, 150, 300, 450, 600, 750, 900], duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds));
    }

    [Theory]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    public void An_active_channel_tries_again_five_seconds_after_the_neighbour_took_it_down(ControlChannelState state)
    {
        var duel = Duel.In(state);
        duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        if (state == ConfSnd || state == ConfRcv) duel.Peer.SayConfig(flags: HeaderFlags.ControlChannelDown);
        Assert.Equal((Down, "b took the control channel down; take it up at b"), (duel.State, duel.Channel.Reason));
        duel.Peer.Hear();
        duel.RunMs(4_999);
        Assert.Empty(duel.Peer.Hear());
        duel.RunMs(1);
        Assert.IsType<ConfigMessage>(Assert.Single(duel.Peer.Hear()));

        // It stays known why, however often nobody answers.
        for (var i = 0; i < 30; i++)
        {
            duel.RunMs(1_000);
            Assert.Equal("b took the control channel down; take it up at b", duel.Channel.Reason);
        }
    }

    [Fact]
    public void A_passive_channel_waits_until_the_neighbour_sends_Config_again()
    {
        var duel = Duel.In(Up, ControlChannelRole.Passive);
        duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        duel.Peer.Hear();
        duel.RunMs(60_000);
        Assert.Equal(Down, duel.State);
        Assert.Empty(duel.Peer.Hear());
        duel.Peer.SayConfig();
        Assert.Equal(["Up>Down", "Down>ConfRcv", "ConfRcv>Active"], duel.Changes);
    }

    [Fact]
    public void In_Down_the_flag_is_not_answered_again()
    {
        var duel = Duel.In(Up);
        for (var i = 0; i < 5; i++) duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        Assert.Single(duel.Peer.Hear());
        Assert.Equal(4, duel.Dropped(DropReason.WrongState));
    }

    [Fact, Requirement("4204-3.2.3-3")]
    public void Any_message_over_the_channel_may_carry_the_flag()
    {
        var config = new Duel();
        config.Peer.SayConfig(flags: HeaderFlags.ControlChannelDown);
        var ack = new Duel();
        ack.Peer.Acknowledge(ack.Peer.HearOne<ConfigMessage>(), HeaderFlags.ControlChannelDown);
        var other = Duel.In(Up, channel: c => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off });
        other.Peer.Say(new LinkSummaryAckMessage(1) { Flags = HeaderFlags.ControlChannelDown });
        foreach (var duel in (Duel[])[config, ack, other])
        {
            Assert.Equal(Down, duel.State);
            Assert.Equal(HeaderFlags.ControlChannelDown, duel.Peer.HearOne<HelloMessage>().Flags);
        }
    }

    [Fact]
    public void Both_operators_at_once_end_in_Down_at_both_ends()
    {
        var (network, a, b) = TwoUp();
        a.Node.ControlChannelDown(network.Now, "b", 1);
        b.Node.ControlChannelDown(network.Now, "a", 11);
        network.RunMs(1);
        Assert.Equal((Down, Down), (a.Channel.State, b.Channel.State));
        network.RunMs(60_000);
        Assert.Equal((Down, Down), (a.Channel.State, b.Channel.State));

        // Up by one of them is not enough, as both have taken it down.
        a.Node.ControlChannelUp(network.Now, "b", 1);
        network.RunMs(30_000);
        Assert.Equal(Down, b.Channel.State);
        b.Node.ControlChannelUp(network.Now, "a", 11);
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, "up", seconds: 10);
    }

    public static TheoryData<ControlChannelRole, ControlChannelRole, bool> Roles() => ContentionTests.Starts();

    [Theory, MemberData(nameof(Roles))]
    public void Down_and_up_again_works_whichever_message_gets_lost(ControlChannelRole roleOfA, ControlChannelRole roleOfB, bool off)
    {
        for (var lost = 0; lost < 12; lost++)
        {
            for (var wait = 0; wait < 8_000; wait += 1_999)
            {
                var (network, a, b) = TwoUp(roleOfA, roleOfB, off);
                var sent = 0;
                network.Filter = _ => sent++ != lost;
                a.Node.ControlChannelDown(network.Now, "b", 1);
                network.RunMs(wait);
                // Without Hello, a neighbour that never hears of it does not know: it learns by the next Config.
                if (wait > 1_000 && !off) Assert.Equal((Down, false), (a.Channel.State, b.Channel.State == Up));
                Assert.Equal("b/1 is coming up", a.Node.ControlChannelUp(network.Now, "b", 1).Text);
                network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up, $"up again, {lost} lost, after {wait} ms", seconds: 15);
                network.RunMs(5_000);
                Assert.Equal((Up, Up), (a.Channel.State, b.Channel.State));
            }
        }
    }

    [Fact]
    public void Up_while_going_down_comes_up_when_the_neighbour_has_been_told()
    {
        var duel = Duel.In(GoingDown);
        duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
        Assert.Equal(GoingDown, duel.State);
        Assert.NotEmpty(duel.Channel.Reason);
        duel.RunMs(500);
        Assert.Equal(["GoingDown>Down", "Down>ConfSnd"], duel.Changes);

        duel = Duel.In(GoingDown);
        duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
        duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        Assert.Equal(["GoingDown>Down", "Down>ConfSnd"], duel.Changes);
        Assert.Null(duel.Alarm(AlarmKind.ControlChannelDown));
    }

    [Theory]
    [InlineData(Down)]
    [InlineData(ConfSnd)]
    [InlineData(ConfRcv)]
    [InlineData(Active)]
    [InlineData(Up)]
    public void What_the_operator_took_down_stays_down_whatever_comes(ControlChannelState state)
    {
        var duel = Duel.In(state);
        if (state == Down)
        {
            duel.Node.TransportUp();
            duel.RunMs(3_500);
        }

        Assert.Equal(CommandStatus.Ok, duel.Lmp.ControlChannelDown(duel.Now, "b", 1).Status);
        Assert.Equal("b/1 is down already, by the operator", duel.Lmp.ControlChannelDown(duel.Now, "b", 1).Text);
        duel.RunMs(5_000);
        duel.Peer.Hear();
        for (var i = 0; i < 20; i++)
        {
            duel.Peer.SayConfig();
            duel.Peer.SayHello(1, 1);
            duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
            duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down");
            duel.Lmp.TransportUp(duel.Now, duel.Channel);
            duel.Reconfigure(c => c with { HelloInterval = IntervalRange.Around((ushort)(100 + i)) });
            duel.RunMs(1_000);
            Assert.Equal((Down, "the operator took it down; lmp control-channel up b/1"), (duel.State, duel.Channel.Reason));
        }

        Assert.Empty(duel.Peer.Hear());
        Assert.DoesNotContain(duel.Lmp.Alarms.All, a => a.State != AlarmState.Cleared);
        duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void Commands_for_channels_that_are_not_there_say_so()
    {
        var duel = Duel.In(Up);
        Assert.Equal(new CommandResult(CommandStatus.NotFound, "there is no control channel b/2"), duel.Lmp.ControlChannelDown(duel.Now, "b", 2));
        Assert.Equal(new CommandResult(CommandStatus.NotFound, "there is no control channel c/1"), duel.Lmp.ControlChannelUp(duel.Now, "c", 1));
        Assert.Equal("b/1 is up", duel.Lmp.ControlChannelUp(duel.Now, "b", 1).Text);
    }

    [Fact, Requirement("4204-3.2.3-1")]
    public void Taking_down_the_last_channel_of_links_in_use_is_done_and_told()
    {
        var (network, a, b) = TwoUp();
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        a.Node.Allocate(network.Now, ["te1-1"]);
        Assert.Equal(
            "b/1 is going down; it was the last control channel to b: its TE links are Degraded until one is up",
            a.Node.ControlChannelDown(network.Now, "b", 1).Text);
    }

    private static (VirtualNetwork Network, VirtualNode A, VirtualNode B) TwoUp(
        ControlChannelRole roleOfA = ControlChannelRole.Active, ControlChannelRole roleOfB = ControlChannelRole.Active, bool off = false)
    {
        var network = new VirtualNetwork();
        var a = network.Add(Configurations.A(c => Change(c, roleOfA, off)));
        var b = network.Add(Configurations.B(c => Change(c, roleOfB, off)));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up && !a.Channel.LmpRestart && !b.Channel.LmpRestart);
        return (network, a, b);
    }

    private static ControlChannelConfiguration Change(ControlChannelConfiguration c, ControlChannelRole role, bool off) =>
        off ? c with { Role = role, HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off } : c with { Role = role };
}
