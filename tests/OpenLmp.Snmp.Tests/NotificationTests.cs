// RFC 4631 §8: notifications
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using static OpenLmp.Protocol.ControlChannelState;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Snmp.LmpNotificationKind;

namespace OpenLmp.Snmp.Tests;

/// <summary>What is notified, when, how often, and with which objects.</summary>
public class NotificationTests
{
    private static readonly Instant Now = new(1_000_000_000);

    [Fact]
    public void A_control_channel_is_notified_when_it_goes_Up_and_when_it_is_no_longer()
    {
        var notifier = new LmpNotifier(NotificationGroups.All);
        Assert.Empty(Channel(notifier, "b/1", Down, ConfSnd));
        Assert.Empty(Channel(notifier, "b/1", ConfSnd, Active));
        Assert.Equal([(ControlChannelUp, "b/1", Up)], Channel(notifier, "b/1", Active, Up));
        Assert.Equal([(ControlChannelDown, "b/1", ConfRcv)], Channel(notifier, "b/1", Up, ConfRcv));
        Assert.Empty(Channel(notifier, "b/1", ConfRcv, Down));
    }

    [Fact]
    public void The_loss_of_the_last_redundant_channel_is_notified_with_the_one_that_is_left()
    {
        var notifier = new LmpNotifier(NotificationGroups.Unprotected);
        foreach (var name in (string[])["b/1", "b/2", "b/3", "bb/4"]) Assert.Empty(Channel(notifier, name, Active, Up));
        Assert.Empty(Channel(notifier, "b/1", Up, Down));
        Assert.Equal([(Unprotected, "b/2")], Channel(notifier, "b/3", Up, Down).Select(n => (n.Kind, n.Object)));
        Assert.Empty(Channel(notifier, "b/2", Up, Down));
        Assert.Empty(Channel(notifier, "bb/4", Up, Down));
    }

    [Fact]
    public void A_TE_link_is_notified_when_it_is_degraded_and_when_it_is_no_longer()
    {
        var notifier = new LmpNotifier(NotificationGroups.TeLink);
        Assert.Empty(notifier.Take(new TeLinkHappening(Now, "te1", TeLinkState.Init, TeLinkState.Up)));
        var degraded = Assert.Single(notifier.Take(new TeLinkHappening(Now, "te1", TeLinkState.Up, TeLinkState.Degraded)));
        var better = Assert.Single(notifier.Take(new TeLinkHappening(Now, "te1", TeLinkState.Degraded, TeLinkState.Up)));
        Assert.Equal((TeLinkDegraded, TeLinkNotDegraded, TeLinkState.Up), (degraded.Kind, better.Kind, better.TeLink));
    }

    [Theory]
    [InlineData(AlarmKind.TeLinkMismatch, TeLinkPropertyMismatch)]
    [InlineData(AlarmKind.DataLinkMismatch, DataLinkPropertyMismatch)]
    [InlineData(AlarmKind.VerificationFailed, DataLinkVerificationFailure)]
    public void An_alarm_is_notified_once_until_it_is_cleared(AlarmKind alarm, LmpNotificationKind kind)
    {
        var notifier = new LmpNotifier(NotificationGroups.All);
        Assert.Equal(kind, Assert.Single(Take(isCleared: false)).Kind);
        Assert.Empty(Take(isCleared: false));
        Assert.Empty(Take(isCleared: true));
        Assert.Single(Take(isCleared: false));

        IEnumerable<LmpNotification> Take(bool isCleared) => notifier.Take(new AlarmHappening(Now, "te1-1", alarm, isCleared)).ToList();
    }

    [Theory]
    [InlineData(NotificationGroups.None)]
    [InlineData(NotificationGroups.ControlChannel)]
    [InlineData(NotificationGroups.LinkProperty | NotificationGroups.TeLink)]
    [InlineData(NotificationGroups.DataLink)]
    public void Only_what_is_enabled_is_notified(NotificationGroups enabled)
    {
        var notifier = new LmpNotifier(enabled);
        LmpHappening[] all =
        [
            new ControlChannelHappening(Now, "b/1", Active, Up), new TeLinkHappening(Now, "te1", TeLinkState.Up, TeLinkState.Degraded),
            new AlarmHappening(Now, "te1", AlarmKind.TeLinkMismatch, false), new AlarmHappening(Now, "te1-1", AlarmKind.VerificationFailed, false),
        ];
        LmpNotificationKind[] expected =
        [
            .. enabled.HasFlag(NotificationGroups.ControlChannel) ? [ControlChannelUp] : (LmpNotificationKind[])[],
            .. enabled.HasFlag(NotificationGroups.TeLink) ? [TeLinkDegraded] : (LmpNotificationKind[])[],
            .. enabled.HasFlag(NotificationGroups.LinkProperty) ? [TeLinkPropertyMismatch] : (LmpNotificationKind[])[],
            .. enabled.HasFlag(NotificationGroups.DataLink) ? [DataLinkVerificationFailure] : (LmpNotificationKind[])[],
        ];
        Assert.Equal(expected, all.SelectMany(notifier.Take).Select(n => n.Kind));
    }

    [Fact]
    public void Each_notification_carries_the_objects_of_the_MIB()
    {
        var node = new VirtualNetwork().Add(A(), start: false).Node;
        var view = LmpMibModule.View(LmpMibData.Take(node), new LmpMibHost(NotificationSettings.Off, _ => 0, false, _ => 0));
        foreach (var kind in Enum.GetValues<LmpNotificationKind>())
        {
            var (name, index) = kind switch
            {
                TeLinkPropertyMismatch or TeLinkDegraded or TeLinkNotDegraded => ("te1", 1u),
                DataLinkPropertyMismatch or DataLinkVerificationFailure => ("te1-1", 101u),
                _ => ("b/1", 1u),
            };
            var pdu = LmpNotificationObjects.Of(new LmpNotification(kind, Now, name), view, 4711)!;
            var module = MibObject.All.Single(o => o.Name == $"lmp{kind}");
            Assert.Equal(new VarBind(ObjectIdentifier.Parse("1.3.6.1.2.1.1.3.0"), SnmpValue.Ticks(4711)), pdu.VarBinds[0]);
            Assert.Equal(new VarBind(ObjectIdentifier.Parse("1.3.6.1.6.3.1.1.4.1.0"), SnmpValue.Oid(module.Oid)), pdu.VarBinds[1]);
            Assert.Equal(module.Access.Split(',').Select(o => OidOf(o).Append(index).ToString()), pdu.VarBinds.Skip(2).Select(b => b.Name.ToString()));
            Assert.Null(LmpNotificationObjects.Of(new LmpNotification(kind, Now, "gone"), view, 0));
        }

        // Two are of TE-LINK-STD-MIB (RFC 4220).
        static ObjectIdentifier OidOf(string name) => name switch
        {
            "teLinkRemoteIpAddr" => ObjectIdentifier.Parse("1.3.6.1.2.1.10.200.1.1.1.3"),
            "teLinkIncomingIfId" => ObjectIdentifier.Parse("1.3.6.1.2.1.10.200.1.1.1.9"),
            _ => MibObject.All.Single(o => o.Name == name).Oid,
        };
    }

    [Fact]
    public void In_no_minute_are_there_more_than_the_bound()
    {
        var throttle = new NotificationThrottle(3);
        var sent = new List<Instant>();
        for (var now = Now; now < Now + TimeSpan.FromMinutes(5); now += TimeSpan.FromSeconds(7))
        {
            // As long as it says, and no longer.
            now += throttle.Wait(now);
            Assert.Equal(TimeSpan.Zero, throttle.Wait(now));
            throttle.Sent(now);
            sent.Add(now);
        }

        Assert.All(sent, first => Assert.InRange(sent.Count(s => s >= first && s - first < TimeSpan.FromMinutes(1)), 1, 3));
        Assert.Equal(16, sent.Count);
        var unbounded = new NotificationThrottle(0);
        for (var i = 0; i < 1_000; i++) unbounded.Sent(Now);
        Assert.Equal(TimeSpan.Zero, unbounded.Wait(Now));
    }

    [Fact]
    public void A_data_link_fails_verification_at_most_once_in_a_verification_interval()
    {
        var throttle = new NotificationThrottle(0);
        var hour = TimeSpan.FromHours(1);
        Assert.False(IsTooEarly("te1-1", 0));
        Assert.True(IsTooEarly("te1-1", 59));
        Assert.False(IsTooEarly("te1-2", 59));
        Assert.False(IsTooEarly("te1-1", 60));
        Assert.False(throttle.IsTooEarly(new LmpNotification(ControlChannelUp, Now, "te1-1"), hour));

        bool IsTooEarly(string name, int minutes) =>
            throttle.IsTooEarly(new LmpNotification(DataLinkVerificationFailure, Now + TimeSpan.FromMinutes(minutes), name), hour);
    }

    private static List<(LmpNotificationKind Kind, string Object, ControlChannelState Channel)> Channel(
        LmpNotifier notifier, string name, ControlChannelState from, ControlChannelState to) =>
        [.. notifier.Take(new ControlChannelHappening(Now, name, from, to)).Select(n => (n.Kind, n.Object, n.Channel))];
}
