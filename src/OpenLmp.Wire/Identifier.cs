// RFC 4204 §13.3, §13.4: Link_Id and Interface_Id come in three forms.
using System.Globalization;
using System.Net;

namespace OpenLmp.Wire;

/// <summary>The three forms of Link_Ids and Interface_Ids (RFC 4204 §13.3-13.4).</summary>
public enum IdentifierType : byte
{
    /// <summary>A 32-bit number, unique within the node.</summary>
    Unnumbered,

    /// <summary>An IPv4 address.</summary>
    IPv4,

    /// <summary>An IPv6 address.</summary>
    IPv6,
}

/// <summary>A Link_Id or an Interface_Id: unnumbered, IPv4 or IPv6 (RFC 4204 §13.3-13.4).</summary>
/// <param name="Type">The form.</param>
/// <param name="Value">The number, or the address as a number; below 2^32 unless <paramref name="Type"/> is IPv6.</param>
public readonly record struct Identifier(IdentifierType Type, UInt128 Value)
{
    /// <summary>Whether the id is zero, which LINK_ID, INTERFACE_ID, TE_LINK and DATA_LINK forbid.</summary>
    public bool IsZero => Value == 0;

    /// <summary>Bytes on the wire: 4 or 16.</summary>
    public int Length => LengthOf(Type);

    /// <summary>An unnumbered id.</summary>
    public static Identifier Unnumbered(uint value) => new(IdentifierType.Unnumbered, value);

    /// <summary>Bytes on the wire of an id of <paramref name="type"/>: 4 or 16.</summary>
    public static int LengthOf(IdentifierType type) => type == IdentifierType.IPv6 ? 16 : 4;

    /// <summary>Reads an id of the given form.</summary>
    public static Identifier Read(IdentifierType type, ref LmpReader reader) =>
        new(type, type == IdentifierType.IPv6 ? reader.ReadUInt128() : reader.ReadUInt32());

    /// <summary>Writes the id.</summary>
    public void Write(ref LmpWriter writer)
    {
        if (Type == IdentifierType.IPv6) writer.WriteUInt128(Value);
        else writer.WriteUInt32((uint)Value);
    }

    /// <summary>Parses <c>101</c> (unnumbered), <c>192.0.2.1</c> or <c>2001:db8::1</c>.</summary>
    public static bool TryParse(string text, out Identifier id)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            id = Unnumbered(number);
            return true;
        }

        id = default;
        // IPAddress also takes "1.2", "0x7f000001", "010.0.0.1" (octal), "fe80::1%eth0" and "[::1]:701"; an id is written in full and plainly.
        if (!IPAddress.TryParse(text, out var address) || text.AsSpan().ContainsAny("%[")) return false;
        if (!text.Contains(':', StringComparison.Ordinal) && address.ToString() != text) return false;
        var bytes = address.GetAddressBytes();
        var reader = new LmpReader(bytes);
        id = Read(bytes.Length == 16 ? IdentifierType.IPv6 : IdentifierType.IPv4, ref reader);
        return true;
    }

    /// <summary>The id as it is written in configurations: <c>101</c>, <c>192.0.2.1</c> or <c>2001:db8::1</c>.</summary>
    public override string ToString()
    {
        if (Type == IdentifierType.Unnumbered) return ((uint)Value).ToString(CultureInfo.InvariantCulture);
        Span<byte> bytes = stackalloc byte[Length];
        var writer = new LmpWriter(bytes);
        Write(ref writer);
        return new IPAddress(bytes).ToString();
    }
}
