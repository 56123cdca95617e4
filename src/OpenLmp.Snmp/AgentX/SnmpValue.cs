// RFC 2741 §5.4
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>The types of values; the numbers are AgentX's.</summary>
public enum SnmpType : ushort
{
#pragma warning disable CS1591 // The names are the RFC's.
    Integer = 2,
    OctetString = 4,
    Null = 5,
    ObjectIdentifier = 6,
    IpAddress = 64,
    Counter32 = 65,
    Gauge32 = 66, // Unsigned32 as well
    TimeTicks = 67,
    Opaque = 68,
    Counter64 = 70,
    NoSuchObject = 128,
    NoSuchInstance = 129,
    EndOfMibView = 130,
#pragma warning restore CS1591
}

/// <summary>A value of SNMP.</summary>
public readonly record struct SnmpValue
{
    /// <summary>There is no such object.</summary>
    public static readonly SnmpValue NoSuchObject = new() { Type = SnmpType.NoSuchObject };

    /// <summary>There is no such instance of the object.</summary>
    public static readonly SnmpValue NoSuchInstance = new() { Type = SnmpType.NoSuchInstance };

    /// <summary>There is nothing after that.</summary>
    public static readonly SnmpValue EndOfMibView = new() { Type = SnmpType.EndOfMibView };

    /// <summary>The type.</summary>
    public SnmpType Type { get; init; }

    /// <summary>The value of numeric types.</summary>
    public ulong Number { get; init; }

    /// <summary>The value of octet strings, IP addresses and opaque values.</summary>
    public ValueList<byte> Octets { get; init; }

    /// <summary>The value of object identifiers.</summary>
    public ObjectIdentifier Identifier { get; init; }

    /// <summary>An Integer32 or enumerated INTEGER.</summary>
    public static SnmpValue Integer(int value) => new() { Type = SnmpType.Integer, Number = (uint)value };

    /// <summary>A TruthValue (RFC 2579).</summary>
    public static SnmpValue Truth(bool value) => Integer(value ? 1 : 2);

    /// <summary>An Unsigned32.</summary>
    public static SnmpValue Unsigned(uint value) => new() { Type = SnmpType.Gauge32, Number = value };

    /// <summary>A Counter32: what does not fit wraps.</summary>
    public static SnmpValue Counter(long value) => new() { Type = SnmpType.Counter32, Number = unchecked((uint)value) };

    /// <summary>TimeTicks, hundredths of a second.</summary>
    public static SnmpValue Ticks(uint value) => new() { Type = SnmpType.TimeTicks, Number = value };

    /// <summary>An OCTET STRING.</summary>
    public static SnmpValue String(params ReadOnlySpan<byte> octets) => new() { Type = SnmpType.OctetString, Octets = ValueList.Create(octets) };

    /// <summary>An OBJECT IDENTIFIER.</summary>
    public static SnmpValue Oid(in ObjectIdentifier identifier) => new() { Type = SnmpType.ObjectIdentifier, Identifier = identifier };
}
