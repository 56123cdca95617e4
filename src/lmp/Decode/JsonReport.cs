using System.Globalization;
using System.Text.Json;
using OpenLmp.Cli.Capture;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>One JSON object a line for each message.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="json">Writes to <paramref name="output"/>, as <see cref="MessageJson.Options"/> say.</param>
internal sealed class JsonReport(Utf8Text output, Utf8JsonWriter json) : IReport
{
    private readonly MessageJson _message = new(json);

    /// <inheritdoc/>
    public void Message(in LmpPacket packet, LmpMessage message)
    {
        Start(packet);
        _message.Write(message, packet.Length);
        End();
    }

    /// <inheritdoc/>
    public void Hello(in LmpPacket packet, in Hello hello) =>
        Message(packet, new HelloMessage(hello.LocalCcid, hello.TxSeqNum, hello.RcvSeqNum) { Flags = hello.Flags });

    /// <inheritdoc/>
    public void Malformed(in LmpPacket packet, DecodeError error)
    {
        Start(packet);
        _message.WriteMalformed(packet.Payload, error);
        End();
    }

    /// <inheritdoc/>
    public void Truncated(in LmpPacket packet)
    {
        Start(packet);
        if (PartialMessage.Header(packet.Payload) is { } header) _message.Header(header);
        json.WriteBoolean("truncated", true);
        json.WriteNumber("capturedLength", packet.Payload.Length);
        _message.Objects(PartialMessage.ObjectsUpTo(packet.Payload, packet.Payload.Length));
        End();
    }

    private void Start(in LmpPacket packet)
    {
        json.Reset();
        json.WriteStartObject();
        json.WriteNumber("packet", packet.Number);
        Time(packet.Time);
        Endpoint("source", "sourcePort", packet.Route.Source);
        Endpoint("destination", "destinationPort", packet.Route.Destination);
    }

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
        output.EndLine();
    }

    private void Time(CaptureTime time)
    {
        if (!time.IsKnown)
        {
            json.WriteNull("time");
            return;
        }

        Span<char> text = stackalloc char[40];
        var second = DateTime.UnixEpoch.AddTicks(time.Seconds * TimeSpan.TicksPerSecond);
        second.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (time.Digits > 0)
        {
            text[length++] = '.';
            for (var (i, rest) = (time.Digits - 1, time.Fraction); i >= 0; i--, rest /= 10) text[length + i] = (char)('0' + (rest % 10));
            length += time.Digits;
        }

        text[length++] = 'Z';
        json.WriteString("time", text[..length]);
    }

    private void Endpoint(string address, string port, NetworkEndpoint endpoint)
    {
        Span<char> text = stackalloc char[64];
        endpoint.Address.ToIPAddress().TryFormat(text, out var length);
        json.WriteString(address, text[..length]);
        json.WriteNumber(port, endpoint.Port);
    }
}
