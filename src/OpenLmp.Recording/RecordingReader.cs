using System.Text.Json;

namespace OpenLmp.Recording;

/// <summary>A recording cannot be read; the message says where and why.</summary>
public sealed class RecordingException(string message) : Exception(message);

/// <summary>Reads a recording line by line, however long it is.</summary>
public sealed class RecordingReader
{
    private readonly TextReader _text;
    private readonly string _name;
    private string? _next;
    private long _number;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The recording.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="RecordingException">It does not begin as a recording.</exception>
    public RecordingReader(TextReader text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        (_text, _name) = (text, name);
        _next = text.ReadLine();
        var first = Next();
        if (first?.Start is not { } start) throw new RecordingException(IsCut ? $"{name}: it ends in its first line" : $"{name}: it is no recording of lmpd --record");
        if (start.Recording is < 1 or > RecordingStart.CurrentVersion)
            throw new RecordingException($"{name}: it is a recording of version {start.Recording}, by {start.By}; this build reads up to {RecordingStart.CurrentVersion}");
        if (start.Node is null || start.Options is null) throw new RecordingException($"{name}:1: its start lacks the node's configuration or options");
        Start = start;
    }

    /// <summary>What it starts with.</summary>
    public RecordingStart Start { get; }

    /// <summary>Whether it ends in the middle of a line: who recorded was killed.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="RecordingException">A line before the last is none of a recording.</exception>
    public RecordedLine? Next()
    {
        if (_next is not { } text || IsCut) return null;
        _number++;
        _next = _text.ReadLine();
        try
        {
            var line = RecordingJson.Read(text);
            var parts = (line.Start is null ? 0 : 1) + (line.In is null ? 0 : 1) + (line.Out is null ? 0 : 1) + (line.End is null ? 0 : 1);
            if (parts == 1 && line.Start is null == _number > 1 && line.T is null == line is { In: null, End: null }) return line;
            throw new JsonException("it is neither start, input, output nor end");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            if (_next is not null || _number == 1 && text.EndsWith('}')) throw new RecordingException($"{_name}:{_number}: it is no line of a recording: {e.Message}");
            IsCut = true;
            return null;
        }
    }
}
