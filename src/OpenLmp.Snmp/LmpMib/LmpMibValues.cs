// RFC 4631, RFC 4001, RFC 2579: how values of LMP are written in SNMP.
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>Values of the node as values of the MIB's textual conventions.</summary>
internal static class LmpMibValues
{
    /// <summary>StorageType readOnly(5): rows are changed by the configuration file only.</summary>
    public static readonly SnmpValue ReadOnlyStorage = SnmpValue.Integer(5);

    /// <summary>RowStatus active(1).</summary>
    public static readonly SnmpValue ActiveRow = SnmpValue.Integer(1);

    private const int InetUnknown = 0;
    private const int InetIPv4 = 1;
    private const int InetIPv6 = 2;
    private const int InetIPv6Zoned = 4;

    // BITS: the first bit is the highest.
    private static readonly (VerifyTransport Transport, byte Bit)[] TransportBits =
    [
        (VerifyTransport.Payload, 0x80), (VerifyTransport.Dccs, 0x40), (VerifyTransport.Dccl, 0x20), (VerifyTransport.J0Trace, 0x10),
        (VerifyTransport.J1Trace, 0x08), (VerifyTransport.J2Trace, 0x04),
    ];

    /// <summary>up(1) or down(2).</summary>
    public static SnmpValue UpDown(bool up) => SnmpValue.Integer(up ? 1 : 2);

    /// <summary>LmpNodeId.</summary>
    public static SnmpValue NodeId(NodeId id) => SnmpValue.String(Bytes(isIPv6: false, id.Value));

    /// <summary>LmpInterval: 1 to 65535 ms; what Hello is when it is off has no value.</summary>
    public static SnmpValue? Interval(int milliseconds) => milliseconds is > 0 and <= ushort.MaxValue ? SnmpValue.Unsigned((uint)milliseconds) : null;

    /// <summary>InetAddressType of a remote address, which may be unknown yet.</summary>
    public static SnmpValue AddressType(NetworkAddress? address) => SnmpValue.Integer(address switch
    {
        null => InetUnknown,
        { IsIPv6: false } => InetIPv4,
        { Scope: 0 } => InetIPv6,
        _ => InetIPv6Zoned,
    });

    /// <summary>InetAddress of a remote address.</summary>
    public static SnmpValue Address(NetworkAddress? address)
    {
        if (address is not { } known) return SnmpValue.String();
        var bytes = Bytes(known.IsIPv6, known.Value);
        return known.Scope == 0 ? SnmpValue.String(bytes) : SnmpValue.String([.. bytes, .. Bytes(isIPv6: false, known.Scope)]);
    }

    /// <summary>InetAddressType of a Link_Id or Interface_Id: unknown(0) where it is unnumbered.</summary>
    public static SnmpValue AddressType(Identifier id) => SnmpValue.Integer(id.Type switch
    {
        IdentifierType.IPv4 => InetIPv4,
        IdentifierType.IPv6 => InetIPv6,
        _ => InetUnknown,
    });

    /// <summary>InetAddress of an id; empty where it is unnumbered or not known.</summary>
    public static SnmpValue Address(Identifier? id) =>
        id is { Type: not IdentifierType.Unnumbered } known ? SnmpValue.String(Bytes(known.Type == IdentifierType.IPv6, known.Value)) : SnmpValue.String();

    /// <summary>InterfaceIndexOrZero of an id: 0 where it is numbered or not known; none where it is beyond an InterfaceIndex.</summary>
    public static SnmpValue? InterfaceIndex(Identifier? id) =>
        id is not { Type: IdentifierType.Unnumbered } known ? SnmpValue.Integer(0) : known.Value <= int.MaxValue ? SnmpValue.Integer((int)known.Value) : null;

    /// <summary>lmpCcOperStatus.</summary>
    public static SnmpValue Status(ControlChannelState state) => SnmpValue.Integer(state switch
    {
        ControlChannelState.Up => 1,
        ControlChannelState.ConfSnd => 3,
        ControlChannelState.ConfRcv => 4,
        ControlChannelState.Active => 5,
        ControlChannelState.GoingDown => 6,
        _ => 2,
    });

    /// <summary>lmpTeLinkOperStatus: testing(3) while a verification is under way.</summary>
    public static SnmpValue Status(TeLinkState state, bool isInTest) => SnmpValue.Integer(state switch
    {
        TeLinkState.Degraded => 5,
        _ when isInTest => 3,
        TeLinkState.Up => 1,
        TeLinkState.Init => 4,
        _ => 2,
    });

    /// <summary>lmpDataLinkActiveOperStatus, lmpDataLinkPassiveOperStatus.</summary>
    public static SnmpValue Status(DataLinkState state) => SnmpValue.Integer(state switch
    {
        DataLinkState.UpAlloc => 1,
        DataLinkState.UpFree => 2,
        DataLinkState.Test or DataLinkState.PasvTest => 4,
        _ => 3,
    });

    /// <summary>lmpLinkVerifyTransportMechanism.</summary>
    public static SnmpValue Transports(VerifyTransport transports)
    {
        byte bits = 0;
        foreach (var (transport, bit) in TransportBits)
            if ((transports & transport) != 0) bits |= bit;
        return SnmpValue.String(bits);
    }

    private static ReadOnlySpan<byte> Bytes(bool isIPv6, UInt128 value)
    {
        var bytes = new byte[isIPv6 ? 16 : 4];
        var writer = new LmpWriter(bytes);
        if (isIPv6) writer.WriteUInt128(value);
        else writer.WriteUInt32((uint)value);
        return bytes;
    }
}
