using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording;

/// <summary>A value that is written as people write it.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        return TryParse(text, out var value) ? value : throw new JsonException($"'{text}' is no {typeof(T).Name}");
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    protected abstract bool TryParse(string text, out T value);

    protected virtual string Text(T value) => $"{value}";
}

internal sealed class EndpointConverter : TextConverter<NetworkEndpoint>
{
    protected override bool TryParse(string text, out NetworkEndpoint value) => NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out value);
}

internal sealed class AddressConverter : TextConverter<NetworkAddress>
{
    protected override bool TryParse(string text, out NetworkAddress value) => NetworkAddress.TryParse(text, out value);
}

internal sealed class IdentifierConverter : TextConverter<Identifier>
{
    protected override bool TryParse(string text, out Identifier value) => Identifier.TryParse(text, out value);
}

internal sealed class NodeIdConverter : TextConverter<NodeId>
{
    protected override bool TryParse(string text, out NodeId value) => NodeId.TryParse(text, out value);
}

/// <summary>Bytes in hexadecimal.</summary>
internal sealed class BytesConverter : TextConverter<ValueList<byte>>
{
    protected override bool TryParse(string text, out ValueList<byte> value)
    {
        var bytes = new byte[text.Length / 2];
        var isHex = Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done;
        value = [.. bytes];
        return isHex && written == bytes.Length;
    }

    protected override string Text(ValueList<byte> value) => Convert.ToHexStringLower(value.Span);
}

internal sealed class LabelConverter : TextConverter<DataChannelLabel>
{
    protected override bool TryParse(string text, out DataChannelLabel value)
    {
        var isNumber = uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        if (!isNumber) return DataChannelLabel.TryParseHex(text, out value);
        value = DataChannelLabel.Of(number);
        return true;
    }
}

/// <summary>An array.</summary>
internal sealed class ListConverter<T> : JsonConverter<ValueList<T>>
{
    public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. JsonSerializer.Deserialize(ref reader, Array(options)) ?? []];

    public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Span.ToArray(), Array(options));

    private static JsonTypeInfo<T[]> Array(JsonSerializerOptions options) => (JsonTypeInfo<T[]>)options.GetTypeInfo(typeof(T[]));
}
