// RFC 4631 §8: lmpControlChannelTable
using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

internal static class ControlChannelTable
{
    public static readonly ObjectIdentifier Entry = LmpMibModule.Objects.Append(10, 1);
    public static readonly ObjectIdentifier NeighborNodeId = Entry.Append(4);
    public static readonly ObjectIdentifier AdminStatus = Entry.Append(19);
    public static readonly ObjectIdentifier OperStatus = Entry.Append(20);

    public static MibTable<ControlChannelRow> Of(LmpMibHost host) => new(
        Entry,
        new(2, "lmpCcUnderlyingIfIndex", c => SnmpValue.Integer(c.Configuration.Interface is { } name ? (int)host.InterfaceIndex(name) : 0)),
        // A channel that is bound to an interface goes down with it: that is what true(1) with an ifIndex of zero says.
        new(3, "lmpCcIsIf", c => SnmpValue.Truth(c.Configuration.Interface is not null)),
        new(4, "lmpCcNbrNodeId", c => LmpMibValues.NodeId(c.NeighborId)),
        new(5, "lmpCcRemoteId", c => SnmpValue.Unsigned(c.RemoteId)),
        new(6, "lmpCcRemoteAddressType", c => LmpMibValues.AddressType(c.Remote)),
        new(7, "lmpCcRemoteIpAddr", c => LmpMibValues.Address(c.Remote)),
        new(8, "lmpCcSetupRole", c => SnmpValue.Integer(c.Configuration.Role == ControlChannelRole.Active ? 1 : 2)),
        new(9, "lmpCcAuthentication", _ => SnmpValue.Truth(false)),
        new(10, "lmpCcHelloInterval", c => LmpMibValues.Interval(c.Configuration.HelloInterval.Prefer)),
        new(11, "lmpCcHelloIntervalMin", c => LmpMibValues.Interval(c.Configuration.HelloInterval.Min)),
        new(12, "lmpCcHelloIntervalMax", c => LmpMibValues.Interval(c.Configuration.HelloInterval.Max)),
        new(13, "lmpCcHelloIntervalNegotiated", c => c.IsNegotiated ? LmpMibValues.Interval(c.HelloInterval) : null),
        new(14, "lmpCcHelloDeadInterval", c => LmpMibValues.Interval(c.Configuration.HelloDeadInterval.Prefer)),
        new(15, "lmpCcHelloDeadIntervalMin", c => LmpMibValues.Interval(c.Configuration.HelloDeadInterval.Min)),
        new(16, "lmpCcHelloDeadIntervalMax", c => LmpMibValues.Interval(c.Configuration.HelloDeadInterval.Max)),
        new(17, "lmpCcHelloDeadIntervalNegotiated", c => c.IsNegotiated ? LmpMibValues.Interval(c.HelloDeadInterval) : null),
        new(18, "lmpCcLastChange", c => SnmpValue.Ticks(host.SysUpTime(c.LastChange))),
        new(19, "lmpCcAdminStatus", c => LmpMibValues.UpDown(!c.AdminDown)),
        new(20, "lmpCcOperStatus", c => LmpMibValues.Status(c.State)),
        new(21, "lmpCcRowStatus", _ => LmpMibValues.ActiveRow),
        new(22, "lmpCcStorageType", _ => LmpMibValues.ReadOnlyStorage));
}
