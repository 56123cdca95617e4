// RFC 4204 §3.2.1, §12.4: Hello is sent at HelloInterval, silence is noticed after HelloDeadInterval; exactly, on virtual time.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HelloTimingTests
{
    [Theory, Requirement("4204-12.4-2"), Requirement("4204-2-2"), Requirement("4204-3-3")]
    [InlineData(1, 3)]
    [InlineData(10, 30)]
    [InlineData(150, 500)]
    [InlineData(1000, 4000)]
    [InlineData(65534, 65535)]
    public void Hello_goes_out_every_HelloInterval_and_silence_is_noticed_after_HelloDeadInterval(ushort hello, ushort dead)
    {
        var duel = Duel.In(Up, channel: c => c with { HelloInterval = IntervalRange.Exactly(hello), HelloDeadInterval = IntervalRange.Exactly(dead) });
        var start = duel.Now;
        for (uint i = 2; i < 8; i++)
        {
            duel.RunMs(dead - 1);
            duel.Peer.SayHello(i, i);
        }

        var last = duel.Now;
        duel.RunMs(dead - 1);
        Assert.Equal(Up, duel.State);
        var times = duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds).ToList();
        Assert.Equal(Enumerable.Range(1, (int)((duel.Now - start).TotalMilliseconds / hello)).Select(i => (double)i * hello), times);
        duel.RunMs(1);
        Assert.Equal((ConfSnd, last + TimeSpan.FromMilliseconds(dead), 1), (duel.State, duel.Channel.LastChange, duel.Channel.Flaps));
        var text = $"no Hello from b at 10.255.0.2 for {dead} ms; is lmpd running there, is the path to it up?";
        Assert.Equal("b/1: " + text, duel.Alarm(AlarmKind.ControlChannelDown)?.Text);
        Assert.Equal(text, duel.Channel.Reason);
    }

    [Fact]
    public void Without_any_Hello_Active_ends_after_HelloDeadInterval()
    {
        var duel = Duel.In(Active);
        duel.RunMs(499);
        Assert.Equal(Active, duel.State);
        duel.RunMs(1);
        Assert.Equal((ConfSnd, 0), (duel.State, duel.Channel.Flaps));
    }

    [Theory]
    [InlineData(ControlChannelRole.Active, ConfSnd)]
    [InlineData(ControlChannelRole.Passive, ConfRcv)]
    public void What_was_agreed_holds_until_the_channel_is_lost(ControlChannelRole role, ControlChannelState next)
    {
        // §11.1.1: in Down, "the control channel parameters should be set to the initial values"; there is no agreement in negotiation either.
        var duel = Duel.In(role == ControlChannelRole.Active ? ConfSnd : ConfRcv, role);
        duel.Peer.SayConfig(1_000, 4_000);
        duel.Peer.SayHello(1, 1);
        Assert.Equal((Up, 1_000, 4_000), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
        duel.RunMs(4_000);
        Assert.Equal((next, 150, 500), (duel.State, duel.Channel.HelloInterval, duel.Channel.HelloDeadInterval));
    }

    [Fact]
    public void A_dead_neighbour_is_noticed_by_a_real_node_within_the_agreed_interval()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(Configurations.A()), network.Add(Configurations.B()));
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        network.RunMs(1_234);
        network.Kill(b);
        var lastHello = b.SentOf(MessageType.Hello).Last().SentAt + network.Delay;
        network.RunUntil(() => a.Channel.State != Up);
        Assert.Equal(lastHello + TimeSpan.FromMilliseconds(500), a.Channel.LastChange);
    }

    [Fact]
    public void A_node_that_was_late_sends_one_Hello_and_goes_on_from_there()
    {
        var duel = Duel.In(Up, channel: c => c with { HelloDeadInterval = IntervalRange.Exactly(60_000) });
        duel.RunMs(150);
        duel.Peer.Hear();
        // The process did not run for a while: the loop comes back seconds later.
        var late = duel.Now + TimeSpan.FromMilliseconds(4_000);
        duel.Lmp.Advance(late);
        Assert.Single(duel.Peer.Hear());
        // In the step it had: 150 + 4,000 ms are 27 intervals and 100 ms. Those that were late together are not to send together ever after.
        Assert.Equal(late + TimeSpan.FromMilliseconds(50), duel.Lmp.NextDeadline);
    }

    [Theory]
    [InlineData(600, 450)]
    [InlineData(5_000, 500)]
    public void A_node_that_was_late_itself_waits_that_much_longer_but_once_and_at_most_HelloDeadInterval(int pause, int longer)
    {
        var duel = Duel.In(Up);
        var back = duel.Now + TimeSpan.FromMilliseconds(pause);
        duel.Lmp.Advance(back);
        duel.Network.Run(back - duel.Now);
        duel.RunMs(longer - 1);
        Assert.Equal(Up, duel.State);
        duel.RunMs(1);
        Assert.Equal(ConfSnd, duel.State);
        var text = $"no Hello from b at 10.255.0.2 for 500 ms, but this node itself was {pause - 150} ms late: lmpd was suspended, or this machine is"
            + " overloaded; look at lmp show node and the load here first";
        Assert.Equal(text, duel.Channel.Reason);
        Assert.Equal("b/1: " + text, duel.Alarm(AlarmKind.ControlChannelDown)?.Text);
    }

    [Fact]
    public void Two_nodes_that_were_stopped_together_do_not_lose_each_other()
    {
        // Such as those of one machine that is moved to another: nobody has said anything meanwhile.
        var duel = Duel.In(Up);
        var back = duel.Now + TimeSpan.FromMilliseconds(700);
        duel.Lmp.Advance(back);
        duel.Network.Run(back - duel.Now);
        duel.RunMs(100);
        duel.Peer.SayHello(2, 2);
        Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
        // And silence is noticed as ever.
        duel.RunMs(499);
        Assert.Equal(Up, duel.State);
        duel.RunMs(1);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void Its_own_lateness_of_long_ago_is_not_to_blame()
    {
        var duel = Duel.In(Up, channel: c => c with { HelloDeadInterval = IntervalRange.Exactly(2_000) });
        duel.Lmp.Advance(duel.Now + TimeSpan.FromMilliseconds(1_000));
        duel.RunMs(1_500);
        duel.Peer.SayHello(2, 2);
        duel.RunMs(1_990);
        duel.Peer.SayHello(2, 2);
        duel.RunMs(2_000);
        Assert.Equal(ConfSnd, duel.State);
        Assert.StartsWith("no Hello from b at 10.255.0.2 for 2000 ms; is lmpd running there", duel.Channel.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_little_lateness_does_not_add_up()
    {
        var duel = Duel.In(Up, channel: c => c with { HelloDeadInterval = IntervalRange.Exactly(60_000) });
        var start = duel.Now;
        for (var i = 1; i <= 10; i++)
        {
            var due = start + TimeSpan.FromMilliseconds(150 * i);
            Assert.Equal(due, duel.Lmp.NextDeadline);
            duel.Lmp.Advance(due + TimeSpan.FromMilliseconds(20));
        }
    }

    [Theory, Requirement("4204-3.2.1-3"), Requirement("4204-13.6-2")]
    [InlineData(ControlChannelRole.Active)]
    [InlineData(ControlChannelRole.Passive)]
    public void With_Hello_off_the_channel_is_Up_with_the_agreement_and_no_Hello_is_ever_sent(ControlChannelRole role)
    {
        var duel = new Duel(role, c => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off });
        duel.Agree();
        Assert.Equal(["ConfSnd>Active", "Active>Up"], duel.Changes.TakeLast(2).Select(c => c.Replace("ConfRcv", "ConfSnd", StringComparison.Ordinal)));
        Assert.Equal(Up, duel.State);
        duel.Network.Run(TimeSpan.FromDays(30));
        Assert.Equal(Up, duel.State);
        Assert.DoesNotContain(duel.Peer.Hear(), m => m is HelloMessage);
        Assert.Equal(Instant.Never, duel.Lmp.NextDeadline);

        duel.Lmp.TransportDown(duel.Now, duel.Channel, "interface eth0 is down");
        Assert.Equal((Down, "interface eth0 is down"), (duel.State, duel.Channel.Reason));
    }
}
