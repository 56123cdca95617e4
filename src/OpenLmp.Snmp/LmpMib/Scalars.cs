// RFC 4631 §8: the objects that are in no table.
using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

internal static class Scalars
{
    public static readonly MibTable<(LmpMibData Data, NotificationSettings Settings)> Table = new(
        LmpMibModule.Objects,
        // What has a configuration and runs is up: there is no other way to stop LMP than to stop the daemon.
        new(1, "lmpAdminStatus", _ => LmpMibValues.UpDown(true)),
        new(2, "lmpOperStatus", _ => LmpMibValues.UpDown(true)),
        new(4, "lmpCcHelloIntervalDefault", _ => LmpMibValues.Interval(IntervalRange.DefaultHello.Prefer)),
        new(5, "lmpCcHelloIntervalDefaultMin", _ => LmpMibValues.Interval(IntervalRange.DefaultHello.Min)),
        new(6, "lmpCcHelloIntervalDefaultMax", _ => LmpMibValues.Interval(IntervalRange.DefaultHello.Max)),
        new(7, "lmpCcHelloDeadIntervalDefault", _ => LmpMibValues.Interval(IntervalRange.DefaultHelloDead.Prefer)),
        new(8, "lmpCcHelloDeadIntervalDefaultMin", _ => LmpMibValues.Interval(IntervalRange.DefaultHelloDead.Min)),
        new(9, "lmpCcHelloDeadIntervalDefaultMax", _ => LmpMibValues.Interval(IntervalRange.DefaultHelloDead.Max)),
        new(13, "lmpGlobalLinkVerificationInterval", row => SnmpValue.Unsigned((uint)Math.Min(row.Data.VerificationInterval.TotalMilliseconds, uint.MaxValue))),
        new(18, "lmpNotificationMaxRate", row => SnmpValue.Unsigned((uint)row.Settings.MaxPerMinute)),
        Enabled(19, "lmpLinkPropertyNotificationsEnabled", NotificationGroups.LinkProperty),
        Enabled(20, "lmpUnprotectedNotificationsEnabled", NotificationGroups.Unprotected),
        Enabled(21, "lmpCcUpDownNotificationsEnabled", NotificationGroups.ControlChannel),
        Enabled(22, "lmpTeLinkNotificationsEnabled", NotificationGroups.TeLink),
        Enabled(23, "lmpDataLinkNotificationsEnabled", NotificationGroups.DataLink));

    private static ColumnDefinition<(LmpMibData Data, NotificationSettings Settings)> Enabled(uint number, string name, NotificationGroups group) =>
        new(number, name, row => SnmpValue.Truth((row.Settings.Enabled & group) != 0));
}
