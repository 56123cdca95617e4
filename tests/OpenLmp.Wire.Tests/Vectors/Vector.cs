using System.Net;

namespace OpenLmp.Wire.Tests.Vectors;

/// <summary>A message as bytes and as a value, both written by hand from the RFC.</summary>
/// <param name="Name">The message's name; after a colon what is special about it.</param>
/// <param name="Hex">The bytes; <c>#</c> starts a comment.</param>
/// <param name="Value">The value.</param>
internal sealed record MessageVector(string Name, string Hex, LmpMessage Value)
{
    public byte[] Bytes { get; } = Vector.Parse(Hex);
}

/// <summary>An object as bytes, as a value and in words.</summary>
/// <param name="Name">The object's name; after a colon what is special about it.</param>
/// <param name="Hex">The bytes, object header included.</param>
/// <param name="Value">The value.</param>
/// <param name="Described">What <see cref="LmpObject.Describe"/> tells, as <see cref="FieldText"/> shows it.</param>
internal sealed record ObjectVector(string Name, string Hex, LmpObject Value, string Described)
{
    public byte[] Bytes { get; } = Vector.Parse(Hex);
}

/// <summary>A subobject of DATA_LINK as bytes, as a value and in words.</summary>
/// <param name="Name">The subobject's name; after a colon what is special about it.</param>
/// <param name="Hex">The bytes, Type and Length included, padding too.</param>
/// <param name="Value">The value.</param>
/// <param name="Described">What <see cref="DataLinkSubobject.Describe"/> tells, as <see cref="FieldText"/> shows it.</param>
internal sealed record SubobjectVector(string Name, string Hex, DataLinkSubobject Value, string Described)
{
    public byte[] Bytes { get; } = Vector.Parse(Hex);
}

/// <summary>Shorthands that keep vectors readable.</summary>
internal static class Vector
{
    public static byte[] Parse(string hex)
    {
        var digits = hex.Split('\n').SelectMany(line => line.Split('#')[0]).Where(c => !char.IsWhiteSpace(c));
        return Convert.FromHexString(string.Concat(digits));
    }

    public static NodeId Node(string text) => NodeId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public static Identifier Number(uint value) => Identifier.Unnumbered(value);

    public static Identifier Address(string text)
    {
        var bytes = IPAddress.Parse(text).GetAddressBytes();
        var value = bytes.Aggregate(UInt128.Zero, (sum, b) => (sum << 8) | b);
        return new Identifier(bytes.Length == 4 ? IdentifierType.IPv4 : IdentifierType.IPv6, value);
    }

    public static ChannelStatusEntry Channel(Identifier id, bool active, ChannelDirection direction, ChannelCondition condition) =>
        new(id, new ChannelState(active, direction, condition));
}
