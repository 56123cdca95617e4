using System.Text.Encodings.Web;
using System.Text.Json;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Writes LMP messages as JSON properties: the one shape that all verbs use.</summary>
/// <param name="json">Inside an object.</param>
internal sealed class MessageJson(Utf8JsonWriter json)
{
    private readonly JsonFieldSink _fields = new(json);

    /// <summary>How all verbs write JSON: on one line, and no escapes that only a web page would need.</summary>
    public static JsonWriterOptions Options => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="length">Its LMP Length.</param>
    public void Write(LmpMessage message, int length)
    {
        Header(new CommonHeader(message.Flags, message.Type, (ushort)length));
        if (message.MessageId is { } id) json.WriteNumber("messageId", id);
        if (message.MessageIdAck is { } ack) json.WriteNumber("messageIdAck", ack);
        Objects(message.Objects);
    }

    /// <summary>Writes what can be told of bytes that do not decode.</summary>
    /// <param name="payload">The UDP payload.</param>
    /// <param name="error">What is wrong.</param>
    public void WriteMalformed(ReadOnlySpan<byte> payload, DecodeError error)
    {
        if (PartialMessage.Header(payload) is { } header) Header(header);
        json.WriteBoolean("malformed", true);
        json.WriteStartObject("error");
        json.WriteString("kind", DecodeErrorNames.Name(error.Kind));
        json.WriteNumber("offset", error.Offset);
        json.WriteNumber("value", error.Value);
        json.WriteString("text", error.ToString());
        json.WriteEndObject();
        Objects(PartialMessage.ObjectsBefore(payload, error));
    }

    /// <summary>Writes the type, flags and length.</summary>
    public void Header(CommonHeader header)
    {
        json.WriteString("type", MessageTypeRegistry.Name(header.Type));
        json.WriteNumber("typeNumber", (byte)header.Type);
        json.WriteStartArray("flags");
        if (header.Flags.HasFlag(HeaderFlags.ControlChannelDown)) json.WriteStringValue("ControlChannelDown"u8);
        if (header.Flags.HasFlag(HeaderFlags.LmpRestart)) json.WriteStringValue("LmpRestart"u8);
        json.WriteEndArray();
        json.WriteNumber("length", header.Length);
    }

    /// <summary>Writes the objects with all their fields.</summary>
    public void Objects(ValueList<LmpObject> objects)
    {
        json.WriteStartArray("objects");
        foreach (var o in objects)
        {
            json.WriteStartObject();
            json.WriteString("name", o.Name);
            json.WriteNumber("class", (byte)o.Class);
            json.WriteNumber("cType", o.CType);
            json.WriteBoolean("negotiable", o.Negotiable);
            o.Describe(_fields);
            _fields.Finish();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
