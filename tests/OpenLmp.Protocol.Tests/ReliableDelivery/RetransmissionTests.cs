// RFC 4204 §10: exponential back-off.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ReliableDelivery;

public class RetransmissionTests
{
    [Fact, Requirement("4204-10-1"), Requirement("4204-12.3.1-2"), Requirement("4204-7-2")]
    public void By_default_a_message_goes_out_at_0_and_500_and_1500_ms_and_is_given_up_at_3500_ms()
    {
        var duel = new Duel();
        var start = duel.Now;
        duel.RunMs(3_499);
        Assert.Equal(ConfSnd, duel.State);
        duel.RunMs(1);
        Assert.Equal(Down, duel.State);
        Assert.Equal([0, 500, 1500], duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds));
        Assert.Equal(3, duel.Lmp.Counters.Sent(MessageType.Config));
        Assert.Equal(2, duel.Lmp.Counters.Retransmitted(MessageType.Config));
        const string Text = "3 Config messages unanswered; is lmpd running on 10.255.0.2, and is UDP 701 open?";
        Assert.Equal("b/1: " + Text, duel.Alarm(AlarmKind.ControlChannelDown)?.Text);
        Assert.Equal(Text, duel.Channel.Reason);
    }

    [Fact]
    public void After_the_pause_it_starts_over_for_ever()
    {
        var duel = new Duel();
        var start = duel.Now;
        duel.RunMs(60_000);
        var times = duel.Peer.HearDatagrams().Select(d => (d.SentAt - start).TotalMilliseconds);
        Assert.Equal(Enumerable.Range(0, 11).SelectMany(i => (double[])[5500.0 * i, (5500.0 * i) + 500, (5500.0 * i) + 1500]).Where(t => t <= 60_000), times);
        Assert.Equal(1, duel.Lmp.Alarms.Find(AlarmKind.ControlChannelDown, "b/1")!.Count);
    }

    [Theory]
    [InlineData(100, 0, 4, 1000, new[] { 0, 100, 200, 300, 1400 })]
    [InlineData(100, 0.5, 4, 1000, new[] { 0, 100, 250, 475, 1812 })]
    [InlineData(100, 1, 1, 1000, new[] { 0, 1100 })]
    [InlineData(100, 2, 3, 0, new[] { 0, 100, 400, 1300 })]
    [InlineData(10, 9, 5, 500, new[] { 0, 10, 110, 1110, 11110, 111610 })]
    public void Interval_delta_limit_and_pause_are_as_configured(int interval, double delta, int limit, int pause, int[] times)
    {
        var duel = new Duel(channel: c => c with
        {
            Retransmit = new RetransmitConfiguration(TimeSpan.FromMilliseconds(interval), delta, limit, TimeSpan.FromMilliseconds(pause)),
        });
        var start = duel.Now;
        duel.RunMs(times[^1]);
        duel.RunMs(1);
        // The last is the first of the next burst.
        Assert.Equal(times, duel.Peer.HearDatagrams().Select(d => (int)(d.SentAt - start).TotalMilliseconds));
    }

    [Fact]
    public void One_transmission_only_is_told_as_such()
    {
        var duel = new Duel(channel: c => c with { Remote = Configurations.At("10.255.0.2:7011"), Retransmit = c.Retransmit with { Limit = 1 } });
        duel.RunMs(500);
        Assert.Equal("a Config message was unanswered; is lmpd running on 10.255.0.2:7011, and is UDP 7011 open?", duel.Channel.Reason);
    }

    [Fact, Requirement("4204-7-1")]
    public void Retransmissions_keep_their_Message_Id_and_a_new_burst_has_a_fresh_one()
    {
        var duel = new Duel();
        duel.RunMs(3 * 5_500);
        Assert.Equal([100u, 100u, 100u, 101u, 101u, 101u, 102u, 102u, 102u, 103u], duel.Peer.Hear().Select(m => m.MessageId!.Value));
    }

    [Fact, Requirement("4204-10.2-1")]
    public void An_answer_ends_the_retransmission_at_any_time()
    {
        foreach (var answerAt in (int[])[0, 499, 500, 1499, 1500, 3499])
        {
            var duel = new Duel();
            duel.RunMs(answerAt);
            duel.Agree();
            Assert.Equal(Active, duel.State);
            duel.Peer.SayHello(1, 0);
            duel.Peer.Hear();
            duel.RunMs(499);
            Assert.DoesNotContain(duel.Peer.Hear(), m => m is ConfigMessage);
        }
    }

    [Fact]
    public void An_answer_after_giving_up_is_stale()
    {
        var duel = new Duel();
        var config = duel.Peer.HearOne<ConfigMessage>();
        duel.RunMs(3_500);
        duel.Peer.Acknowledge(config);
        Assert.Equal((Down, 1), (duel.State, duel.Dropped(DropReason.StaleAnswer)));
        duel.RunMs(2_000);
        duel.Peer.Acknowledge(config);
        Assert.Equal((ConfSnd, 2), (duel.State, duel.Dropped(DropReason.StaleAnswer)));
    }

    [Theory]
    [InlineData(500, 1, 3, 3_500)]
    [InlineData(100, 0, 5, 500)]
    [InlineData(1000, 1, 1, 1_000)]
    [InlineData(500, 1, 60, 86_400_000)]
    [InlineData(500, 100, 1000, 86_400_000)]
    [InlineData(1000, 0, int.MaxValue, 86_400_000)]
    public void The_time_of_a_burst_is_known_and_cut_off_at_a_day(int interval, double delta, int limit, int milliseconds) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            Retransmission.Duration(new RetransmitConfiguration(TimeSpan.FromMilliseconds(interval), delta, limit, TimeSpan.Zero)));

    [Fact]
    public void Long_limits_reach_their_threshold_and_go_on()
    {
        var duel = new Duel(channel: c => c with { Retransmit = c.Retransmit with { Limit = 1000, Delta = 100 } });
        duel.Network.Run(TimeSpan.FromDays(10));
        Assert.InRange(duel.Lmp.Counters.Sent(MessageType.Config), 10, 15);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void A_message_started_anew_replaces_the_one_that_waits()
    {
        var queue = new DeadlineQueue();
        var sent = new List<(long, uint)>();
        Retransmission? retransmission = null;
        retransmission = new Retransmission(queue, now => sent.Add((now.Nanoseconds / 1_000_000, retransmission!.MessageId)), now => sent.Add((now.Nanoseconds / 1_000_000, 0)));
        retransmission.Start(new Instant(0), 7, RetransmitConfiguration.Default);
        queue.Advance(new Instant(600_000_000));
        Assert.True(retransmission.IsAnsweredBy(7));
        retransmission.Start(new Instant(600_000_000), 8, RetransmitConfiguration.Default);
        Assert.False(retransmission.IsAnsweredBy(7));
        Assert.False(retransmission.IsAnsweredBy(null));
        for (var t = 600; t <= 6_000; t++) queue.Advance(new Instant(t * 1_000_000L));
        // A late wake-up at 600 instead of 500 shifts what follows, it does not compress it.
        Assert.Equal([(0, 7), (600, 7), (600, 8), (1100, 8), (2100, 8), (4100, 0u)], sent);
        Assert.False(retransmission.IsRunning);
        Assert.Equal(Instant.Never, queue.Next);
    }
}
