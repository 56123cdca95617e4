// RFC 4204 §13.3, §13.4
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>
/// A Link_Id or an Interface_Id as configurations write it: a JSON number where it is unnumbered, a JSON string where it is an IPv4 or IPv6 address
/// (RFC 4204 §13.3-13.4). 3232235777 and "192.168.1.1" are two different ids.
/// </summary>
/// <param name="Number">The number of an unnumbered id; 0 where the id is an address.</param>
/// <param name="Address">The address; null where the id is unnumbered.</param>
[JsonConverter(typeof(LinkIdentifierConverter))]
public readonly record struct LinkIdentifier(uint Number, string? Address)
{
    /// <summary>As it is written in configurations.</summary>
    public override string ToString() => Address ?? Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads and writes <see cref="LinkIdentifier"/>: number or string.</summary>
public sealed class LinkIdentifierConverter : JsonConverter<LinkIdentifier>
{
    /// <inheritdoc/>
    public override LinkIdentifier Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? new LinkIdentifier(reader.GetUInt32(), null) : new LinkIdentifier(0, reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LinkIdentifier value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Address is null) writer.WriteNumberValue(value.Number);
        else writer.WriteStringValue(value.Address);
    }
}
