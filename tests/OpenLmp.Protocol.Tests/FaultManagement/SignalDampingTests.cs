// RFC 4204 §6.1: hold-off and hold-on; a fibre that comes and goes.
using static OpenLmp.Protocol.SignalState;

namespace OpenLmp.Protocol.Tests;

public class SignalDampingTests
{
    private static readonly SignalConfiguration Damped = new() { HoldOff = TimeSpan.FromMilliseconds(100), HoldOn = TimeSpan.FromSeconds(1) };

    private readonly StatusPartner _b = new(t => t with { Signal = SignalConfiguration.Default });

    private Alarm? Flapping => _b.Node.Node.Alarms.Find(AlarmKind.SignalFlapping, "te1-1");

    private IEnumerable<string> Changes => _b.Node.Events.OfType<SignalChanged>().Select(e => $"{e.From}>{e.To}");

    [Fact]
    public void The_defaults_believe_a_failure_at_once_and_its_end_after_a_second()
    {
        _b.Signal(Fail, "te1-1");
        Assert.Equal((Fail, Fail, DataLinkState.Down), (_b.Link.Signal, _b.Link.SettledSignal, _b.Link.State));
        _b.RunMs(10);
        _b.AcknowledgeAll();
        _b.Signal(Ok, "te1-1");
        Assert.Equal((Ok, Fail, DataLinkState.Down), (_b.Link.Signal, _b.Link.SettledSignal, _b.Link.State));
        Assert.Contains("hold-on", _b.Link.Reason, StringComparison.Ordinal);
        _b.RunMs(999);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.SignalFail, "te1-1"));
        _b.RunMs(1);
        Assert.Equal((Ok, DataLinkState.UpFree), (_b.Link.SettledSignal, _b.Link.State));
        Assert.Null(_b.Node.AlarmText(AlarmKind.SignalFail, "te1-1"));
        Assert.Null(Flapping);
    }

    [Fact]
    public void A_flapping_fibre_is_one_failure_that_flaps_and_floods_nobody()
    {
        _b.Node.AnswersStatus = true;
        var alarms = _b.Node.AlarmsTold.Count;
        for (var i = 0; i < 1000; i++)
        {
            _b.Signal(Fail, "te1-1");
            _b.RunMs(20);
            _b.Signal(Ok, "te1-1");
            _b.RunMs(20);
        }

        Assert.Equal(["Unknown>Fail"], Changes);
        Assert.Equal(1000, _b.Link.SignalFailures);
        Assert.Equal((AlarmState.Raised, 1), (Flapping!.State, Flapping.Count));
        Assert.Contains("comes and goes: it failed 512 times so far", Flapping.Text, StringComparison.Ordinal);
        // Once for the failure, once for each time that the count has doubled; the neighbour hears of one failure.
        Assert.InRange(_b.Node.AlarmsTold.Count - alarms, 2, 11);
        Assert.True(_b.Node.Node.Counters.Sent(Wire.MessageType.ChannelStatus) <= 1);
        _b.RunMs(1000);
        Assert.Empty(_b.Node.RaisedAlarms);
        Assert.Equal(DataLinkState.UpFree, _b.Link.State);
    }

    [Fact]
    public void A_failure_shorter_than_hold_off_is_none_but_many_of_them_flap()
    {
        var b = new StatusPartner(t => t with { Signal = Damped });
        b.Signal(Ok, "te1-1");
        b.RunMs(0);
        b.Acknowledge();
        b.Node.Messages.Clear();
        for (var i = 0; i < 4; i++)
        {
            b.Signal(Fail, "te1-1");
            b.RunMs(99);
            b.Signal(Ok, "te1-1");
            b.RunMs(50);
        }

        Assert.Empty(b.Statuses);
        Assert.Equal(["te1-1: the signal received from b comes and goes: it failed 4 times so far; check connectors and power levels"], b.Node.RaisedAlarms);
        b.RunMs(1000);
        Assert.Empty(b.Node.RaisedAlarms);
        b.Signal(Fail, "te1-1");
        b.RunMs(99);
        Assert.Empty(b.Node.RaisedAlarms);
        b.RunMs(1);
        Assert.Single(b.Node.RaisedAlarms);
        Assert.Single(b.Statuses);
    }

    [Fact]
    public void Nobody_is_accused_while_a_failure_is_being_held_off()
    {
        var line = new LightLine(3, teLink: t => t with { Signal = t.Neighbor == "n1" ? Damped : t.Signal });
        line.Cut(1, westward: false);
        line.Network.RunMs(50);
        Assert.Equal(["n3 SignalFail west-1: a fault upstream of n2"], line.Suppressed);
        Assert.Empty(line.Raised);
        line.Network.RunMs(200);
        Assert.Equal(["n1 FaultLocalized east-1", "n2 FaultLocalized west-1"], line.Raised);
    }

    [Fact]
    public void Rank_by_rank()
    {
        var damping = new SignalDamping();
        var at = new Instant(0);
        damping.Report(at, Ok, Damped);
        Assert.Equal((Ok, Instant.Never), (damping.Settled, damping.SettlesAt));
        damping.Report(at, Degrade, Damped);
        Assert.Equal((Ok, at + Damped.HoldOff), (damping.Settled, damping.SettlesAt));
        // Getting worse still does not begin the wait anew.
        damping.Report(at + TimeSpan.FromMilliseconds(40), Fail, Damped);
        Assert.Equal(at + Damped.HoldOff, damping.SettlesAt);
        damping.Settle();
        Assert.Equal((Fail, 2, true), (damping.Settled, damping.Failures, damping.IsFlapping));
        damping.Report(at, Degrade, Damped);
        damping.Settle();
        Assert.Equal((Degrade, 2), (damping.Settled, damping.Failures));
        damping.Report(at, Unknown, Damped);
        Assert.Equal((Degrade, Degrade), (damping.Settled, damping.Worst));
        damping.Settle();
        Assert.Equal((Unknown, 0, 2), (damping.Settled, damping.Failures, damping.TotalFailures));
    }
}
