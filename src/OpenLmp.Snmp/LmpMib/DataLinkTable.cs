// RFC 4631 §8: lmpDataLinkTable
namespace OpenLmp.Snmp;

internal static class DataLinkTable
{
    public static readonly ObjectIdentifier Entry = LmpMibModule.Objects.Append(16, 1);
    public static readonly ObjectIdentifier LinkType = Entry.Append(1);
    public static readonly ObjectIdentifier RemoteIfId = Entry.Append(5);
    public static readonly ObjectIdentifier ActiveOperStatus = Entry.Append(7);
    public static readonly ObjectIdentifier PassiveOperStatus = Entry.Append(8);

    public static readonly MibTable<DataLinkRow> Table = new(
        Entry,
        new(1, "lmpDataLinkType", Type),
        new(2, "lmpDataLinkAddressType", d => LmpMibValues.AddressType(d.Configuration.LocalId)),
        new(3, "lmpDataLinkIpAddr", d => LmpMibValues.Address(d.Configuration.LocalId)),
        new(4, "lmpDataLinkRemoteIpAddress", d => LmpMibValues.Address(d.RemoteId)),
        new(5, "lmpDataLinkRemoteIfId", d => LmpMibValues.InterfaceIndex(d.RemoteId)),
        // The MIB has room for one: that of the first interface switching capability. The numbers are those of RFC 3471.
        new(6, "lmpDataLinkEncodingType", d => SnmpValue.Integer((int)d.Configuration.Capabilities[0].Encoding)),
        new(7, "lmpDataLinkActiveOperStatus", d => LmpMibValues.Status(d.ActiveState)),
        new(8, "lmpDataLinkPassiveOperStatus", d => LmpMibValues.Status(d.PassiveState)),
        new(9, "lmpDataLinkRowStatus", _ => LmpMibValues.ActiveRow),
        new(10, "lmpDataLinkStorageType", _ => LmpMibValues.ReadOnlyStorage));

    /// <summary>port(1) or componentLink(2).</summary>
    public static SnmpValue? Type(DataLinkRow link) => SnmpValue.Integer(link.Configuration.Port ? 1 : 2);
}
