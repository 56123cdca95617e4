// RFC 4631 §8: lmpTeLinkTable, lmpLinkVerificationTable
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

internal static class TeLinkTable
{
    public static readonly ObjectIdentifier Entry = LmpMibModule.Objects.Append(12, 1);
    public static readonly ObjectIdentifier OperStatus = Entry.Append(5);

    public static readonly MibTable<TeLinkRow> Table = new(
        Entry,
        new(1, "lmpTeLinkNbrRemoteNodeId", t => LmpMibValues.NodeId(t.NeighborId)),
        new(2, "lmpTeLinkVerification", t => SnmpValue.Truth(t.LinkVerification)),
        new(3, "lmpTeLinkFaultManagement", t => SnmpValue.Truth(t.FaultManagement)),
        new(4, "lmpTeLinkDwdm", t => SnmpValue.Truth(t.IsDwdm)),
        new(5, "lmpTeLinkOperStatus", t => LmpMibValues.Status(t.State, t.IsInTest)),
        new(6, "lmpTeLinkRowStatus", _ => LmpMibValues.ActiveRow),
        new(7, "lmpTeLinkStorageType", _ => LmpMibValues.ReadOnlyStorage));
}

internal static class VerificationTable
{
    public static readonly MibTable<TeLinkRow> Table = new(
        LmpMibModule.Objects.Append(14, 1),
        new(1, "lmpLinkVerifyInterval", t => LmpMibValues.Interval((int)t.Configuration.Verification.Interval.TotalMilliseconds)),
        new(2, "lmpLinkVerifyDeadInterval", t => LmpMibValues.Interval((int)t.Configuration.Verification.DeadInterval.TotalMilliseconds)),
        new(3, "lmpLinkVerifyTransportMechanism", t => LmpMibValues.Transports(Transports(t))),
        // Periodic verification and that on establishment are of all free data links.
        new(4, "lmpLinkVerifyAllLinks", _ => SnmpValue.Truth(true)),
        new(5, "lmpLinkVerifyTransmissionRate", t => Rate(t)),
        new(6, "lmpLinkVerifyWavelength", t => SnmpValue.Unsigned(Wavelength(t))),
        new(7, "lmpLinkVerifyRowStatus", _ => LmpMibValues.ActiveRow),
        new(8, "lmpLinkVerifyStorageType", _ => LmpMibValues.ReadOnlyStorage));

    // What is configured; where that is left to the data plane, what was agreed last.
    private static VerifyTransport Transports(TeLinkRow link) =>
        link.Configuration.Verification.Transports.Aggregate(VerifyTransport.None, (all, t) => all | t) is not VerifyTransport.None and var wanted ? wanted
            : link.Transports == VerifyTransport.None ? VerifyTransport.Payload : link.Transports;

    // As BEGIN_VERIFY tells it (RFC 4204 §13.8); what an Unsigned32 cannot hold, 34 Gbps and more, is cut.
    private static SnmpValue? Rate(TeLinkRow link) => link.Configuration.DataLinks.Count == 0 ? null
        : SnmpValue.Unsigned((uint)Math.Min(link.Configuration.DataLinks.Min(d => (double)d.Capabilities[0].MaximumBandwidth), uint.MaxValue));

    private static uint Wavelength(TeLinkRow link)
    {
        var links = link.Configuration.DataLinks;
        return links.Count > 0 && links.All(d => d.Wavelength == links[0].Wavelength && d.Capabilities[0].SwitchingType == SwitchingType.Fsc) ? links[0].Wavelength : 0;
    }
}
