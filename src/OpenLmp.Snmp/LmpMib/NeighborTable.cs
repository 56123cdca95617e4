// RFC 4631 §8: lmpNbrTable
namespace OpenLmp.Snmp;

internal static class NeighborTable
{
    public static readonly MibTable<NeighborRow> Table = new(
        LmpMibModule.Objects.Append(3, 1),
        new(2, "lmpNbrRetransmitInterval", n => SnmpValue.Unsigned((uint)n.Retransmit.Interval.TotalMilliseconds)),
        new(3, "lmpNbrRetryLimit", n => SnmpValue.Unsigned((uint)n.Retransmit.Limit)),
        new(4, "lmpNbrRetransmitDelta", n => SnmpValue.Unsigned((uint)Math.Round(n.Retransmit.Delta))),
        new(5, "lmpNbrAdminStatus", n => LmpMibValues.UpDown(!n.AdminDown)),
        new(6, "lmpNbrOperStatus", n => LmpMibValues.UpDown(n.IsUp)),
        new(7, "lmpNbrRowStatus", _ => LmpMibValues.ActiveRow),
        new(8, "lmpNbrStorageType", _ => LmpMibValues.ReadOnlyStorage));
}
