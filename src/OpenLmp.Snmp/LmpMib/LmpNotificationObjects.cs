// RFC 4631 §8, RFC 3416 §4.2.6: what a notification carries.
namespace OpenLmp.Snmp;

/// <summary>The variable bindings of notifications.</summary>
public static class LmpNotificationObjects
{
    private static readonly ObjectIdentifier SysUpTime = ObjectIdentifier.Of(1, 3, 6, 1, 2, 1, 1, 3, 0);
    private static readonly ObjectIdentifier SnmpTrapOid = ObjectIdentifier.Of(1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0);
    // TE-LINK-STD-MIB (RFC 4220).
    private static readonly ObjectIdentifier TeLinkRemoteIpAddr = ObjectIdentifier.Of(1, 3, 6, 1, 2, 1, 10, 200, 1, 1, 1, 3);
    private static readonly ObjectIdentifier TeLinkIncomingIfId = ObjectIdentifier.Of(1, 3, 6, 1, 2, 1, 10, 200, 1, 1, 1, 9);

    /// <summary>The message to send; null where what it is about is not there any more.</summary>
    /// <param name="notification">What happened.</param>
    /// <param name="view">The node since.</param>
    /// <param name="sysUpTime">When it happened, by the master's sysUpTime.</param>
    public static NotifyPdu? Of(LmpNotification notification, LmpMibView view, uint sysUpTime)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(view);
        return Objects(notification, view) is not { } objects ? null : new NotifyPdu(
        [
            new VarBind(SysUpTime, SnmpValue.Ticks(sysUpTime)),
            new VarBind(SnmpTrapOid, SnmpValue.Oid(LmpMibModule.Notifications.Append((uint)notification.Kind))),
            .. objects,
        ]);
    }

    private static VarBind[]? Objects(LmpNotification notification, LmpMibView view)
    {
        switch (notification.Kind)
        {
            case LmpNotificationKind.TeLinkPropertyMismatch when view.TeLink(notification.Object) is { } t:
                // "represented by either teLinkRemoteIpAddr or teLinkIncomingIfId, depending on whether the TE link is numbered or unnumbered".
                var incoming = LmpMibValues.InterfaceIndex(t.Row.RemoteId) ?? SnmpValue.Integer(0);
                return [Bind(TeLinkRemoteIpAddr, t, LmpMibValues.Address(t.Row.RemoteId)), Bind(TeLinkIncomingIfId, t, incoming)];
            case LmpNotificationKind.DataLinkPropertyMismatch when view.DataLink(notification.Object) is { } d:
                var remote = LmpMibValues.InterfaceIndex(d.Row.RemoteId) ?? SnmpValue.Integer(0);
                return [Bind(DataLinkTable.LinkType, d, DataLinkTable.Type(d.Row)!.Value), Bind(DataLinkTable.RemoteIfId, d, remote)];
            case LmpNotificationKind.Unprotected when view.ControlChannel(notification.Object) is { } c:
                return [Bind(ControlChannelTable.NeighborNodeId, c, LmpMibValues.NodeId(c.Row.NeighborId))];
            case LmpNotificationKind.ControlChannelUp or LmpNotificationKind.ControlChannelDown when view.ControlChannel(notification.Object) is { } c:
                return
                [
                    Bind(ControlChannelTable.AdminStatus, c, LmpMibValues.UpDown(!c.Row.AdminDown)),
                    Bind(ControlChannelTable.OperStatus, c, LmpMibValues.Status(notification.Channel)),
                ];
            case LmpNotificationKind.TeLinkDegraded or LmpNotificationKind.TeLinkNotDegraded when view.TeLink(notification.Object) is { } t:
                return [Bind(TeLinkTable.OperStatus, t, LmpMibValues.Status(notification.TeLink, isInTest: false))];
            case LmpNotificationKind.DataLinkVerificationFailure when view.DataLink(notification.Object) is { } d:
                return
                [
                    Bind(DataLinkTable.ActiveOperStatus, d, LmpMibValues.Status(d.Row.ActiveState)),
                    Bind(DataLinkTable.PassiveOperStatus, d, LmpMibValues.Status(d.Row.PassiveState)),
                ];
            default:
                return null;
        }
    }

    private static VarBind Bind<TRow>(in ObjectIdentifier column, in MibRow<TRow> row, in SnmpValue value) => new(column.Append(row.Index.Span), value);
}
