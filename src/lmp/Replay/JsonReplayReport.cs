using System.Text;
using System.Text.Json;
using OpenLmp.Cli.Decode;
using OpenLmp.Protocol;
using OpenLmp.Recording;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Replay;

/// <summary>For machines: the lines of a recording, messages decoded besides, and the verdict as the last line.</summary>
internal sealed class JsonReplayReport : IReplayReport
{
    private readonly TextWriter _to;
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _json;
    private readonly MessageJson _message;

    /// <summary>Writes to <paramref name="to"/>.</summary>
    public JsonReplayReport(TextWriter to)
    {
        _to = to;
        _json = new Utf8JsonWriter(_bytes, MessageJson.Options);
        _message = new MessageJson(_json);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
    }

    /// <inheritdoc/>
    public void Line(RecordedLine line)
    {
        var bytes = line switch
        {
            { In: DatagramInput d } => d.Bytes,
            { In: TestInput t } => t.Bytes,
            { Out: SendOutput s } => s.Bytes,
            { Out: SendTestOutput s } => s.Bytes,
            _ => default,
        };
        if (bytes.Count == 0)
        {
            _to.WriteLine(RecordingJson.Text(line));
            return;
        }

        // The line as it is in recordings, and one property more.
        var text = RecordingJson.Text(line);
        _json.WriteStartObject();
        if (LmpMessage.TryDecode(bytes.Span, out var message, out var error)) _message.Write(message, bytes.Count);
        else _message.WriteMalformed(bytes.Span, error);
        _json.WriteEndObject();
        _to.WriteLine($"{text[..^1]},\"message\":{Take()}}}");
    }

    /// <inheritdoc/>
    public void Verdict(OpenLmp.Recording.Replay replay)
    {
        _json.WriteStartObject();
        _json.WriteStartObject("verdict");
        _json.WriteBoolean("asRecorded", replay.IsAsRecorded);
        _json.WriteNumber("inputs", replay.Inputs);
        _json.WriteNumber("compared", replay.Compared);
        _json.WriteNumber("faults", replay.Faults);
        if (replay.Difference is { } difference)
        {
            _json.WriteNumber("t", replay.DifferenceAt);
            Write("recorded", difference.Recorded);
            Write("replayed", difference.Replayed);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        _to.WriteLine(Take());
    }

    private void Write(string name, RecordedLine? line)
    {
        _json.WritePropertyName(name);
        if (line is null) _json.WriteNullValue();
        else RecordingJson.Write(_json, line);
    }

    private string Take()
    {
        _json.Flush();
        _json.Reset();
        var text = Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
        _bytes.SetLength(0);
        return text;
    }
}
